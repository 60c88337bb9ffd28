//! An empty program with clap. `cargo xtask measure startup` counts its start beside that of
//! `chatwork`.

use clap::Parser;

/// Does nothing.
#[derive(Parser)]
#[command(version)]
struct Empty {}

fn main() {
    let Empty {} = Empty::parse();
}
