//! Programs on a pseudo-terminal.

use std::process::Command;

use crate::support::{BIN, Desk};

/// A command on a pseudo-terminal, which `script` of util-linux makes. What a person types is its
/// standard input, what the terminal shows its standard output.
pub(crate) fn terminal(desk: &Desk, args: &[&str]) -> Command {
    let words = std::iter::once(&BIN).chain(args).map(|word| quoted(word));
    let line: Vec<String> = words.collect();
    let mut command = Command::new("script");
    desk.isolate(&mut command);
    command.env("TERM", "xterm").env("COLUMNS", "200");
    command.args(["-qec", &format!("exec {}", line.join(" ")), "/dev/null"]);
    command
}

/// Returns a word as a shell reads it.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}
