//! The first line on stdout.

use std::io::Write;

use chatwork_sandbox::{AccountEntry, AppEntry, RoomEntry, Sandbox, Webhook};
use serde::Serialize;

/// The first line. A struct keeps the order of the keys; that of a JSON value would depend on the
/// features of serde_json that other crates of the build have on.
#[derive(Serialize)]
struct Hello<'a> {
    base_url: String,
    authorization_url: String,
    token_url: String,
    accounts: &'a [AccountEntry],
    apps: Vec<AppEntry>,
    rooms: Vec<RoomEntry>,
    webhooks: Vec<Webhook>,
}

/// The first line, as JSON.
pub(crate) fn announce(sandbox: &Sandbox) -> String {
    let hello = Hello {
        base_url: sandbox.base_url(),
        authorization_url: sandbox.authorization_url(),
        token_url: sandbox.token_url(),
        accounts: sandbox.accounts(),
        apps: sandbox.apps(),
        rooms: sandbox.rooms(),
        webhooks: sandbox.webhooks().all(),
    };
    // Strings and numbers can always be written.
    serde_json::to_string(&hello).unwrap_or_default()
}

pub(crate) fn print(line: &str) -> std::io::Result<()> {
    let mut stdout = std::io::stdout().lock();
    writeln!(stdout, "{line}")?;
    stdout.flush()
}
