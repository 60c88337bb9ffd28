//! How much a newcomer compiles.

#![allow(clippy::expect_used)]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// The most crates that `cargo run --example quickstart` may compile.
const MOST: usize = 160;

#[test]
fn the_quickstart_compiles_at_most_160_crates() {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a workspace");
    // Like the command as it is typed, it selects no member: the default members count.
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--edges", "normal,build", "--prefix", "none"])
        .args(["--format", "{p}"])
        .current_dir(workspace)
        .output()
        .expect("cargo");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let crates: BTreeSet<&str> = text
        .lines()
        .map(|line| line.trim_end_matches(" (*)"))
        .filter(|it| !it.is_empty())
        .collect();
    let names = |wanted: &str| crates.iter().any(|it| it.split(' ').next() == Some(wanted));
    assert!(names("examples") && names("chatwork-sdk") && names("tokio"), "{text}");
    assert!(crates.len() <= MOST, "{} crates: {crates:#?}", crates.len());
}
