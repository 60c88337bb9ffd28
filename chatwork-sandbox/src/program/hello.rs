//! The first line on stdout.

use std::io::Write;

use chatwork_sandbox::Sandbox;

/// The first line, as JSON.
pub(crate) fn announce(sandbox: &Sandbox) -> String {
    // Strings and numbers can always be written.
    serde_json::to_string(&sandbox.announcement()).unwrap_or_default()
}

pub(crate) fn print(line: &str) -> std::io::Result<()> {
    let mut stdout = std::io::stdout().lock();
    writeln!(stdout, "{line}")?;
    stdout.flush()
}
