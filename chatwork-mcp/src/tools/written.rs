//! Words and steps that several tools share.

use std::collections::BTreeSet;

use chatwork_app::{Compose, Composed, Format};
use chatwork_sdk::notation::Address;
use chatwork_sdk::{AccountId, MessageId, RoomId};

use crate::call::Call;
use crate::fault::Fault;
use crate::output::Row;

/// Says that items of a list could not be read.
pub(super) fn unreadable(items: usize) -> Option<String> {
    (items > 0).then(|| format!("{items} of them cannot be read"))
}

/// A cursor that is not one of this tool.
pub(super) fn invalid_cursor() -> Fault {
    Fault::new("The cursor is not one of this tool", "Begin without a cursor.")
}

/// Returns at which character a text goes on: 0 without a cursor.
pub(super) fn begin_of_text(call: &Call) -> Result<usize, Fault> {
    let Some(cursor) = call.arguments.text("cursor") else { return Ok(0) };
    let number = cursor.strip_prefix('c').and_then(|number| number.parse().ok());
    number.ok_or_else(invalid_cursor)
}

/// Writes the cursor at a character of a text.
pub(super) fn text_cursor(next: Option<usize>) -> Option<String> {
    next.map(|at| format!("c{at}"))
}

/// Returns the rows behind the one with this cursor.
pub(super) fn after<R: Row>(rows: Vec<R>, cursor: Option<&str>) -> Result<Vec<R>, Fault> {
    let Some(cursor) = cursor else { return Ok(rows) };
    let at = rows.iter().position(|row| row.cursor() == cursor).ok_or_else(|| {
        Fault::new("The list has no row of this cursor any more", "Begin without a cursor.")
    })?;
    Ok(rows.into_iter().skip(at + 1).collect())
}

/// Returns a text begun as the argument `format` says.
pub(super) fn compose(call: &Call) -> Compose {
    let format = match call.arguments.text("format") {
        Some("markdown") => Format::Markdown,
        Some("notation") => Format::Notation,
        _ => Format::Plain,
    };
    Compose::new().format(format)
}

/// Refuses a text that notifies all members of a room, unless the server may.
pub(super) fn allow_text(call: &Call, composed: &Composed) -> Result<(), Fault> {
    // The parser decides what is a tag. Where the service might read it otherwise, nothing is sent.
    let notifies = composed.notifies_all() || may_notify_all(composed.text.as_str());
    match call.shared.options.allow_toall || !notifies {
        true => Ok(()),
        false => Err(Fault::new(
            "The text has [toall], which notifies every member, and this server may not",
            "Leave it out, or name people with `to`.",
        )),
    }
}

/// Refuses `[toall]` in what is sent as it is, such as a name: the service may write it into a message.
pub(super) fn allow_name(call: &Call, what: &str, text: &str) -> Result<(), Fault> {
    match call.shared.options.allow_toall || !may_notify_all(text) {
        true => Ok(()),
        false => {
            let what = format!(
                "{what} has [toall], which can notify every member of the room, and this server may \
                 not"
            );
            Err(Fault::new(what, "Use another one."))
        }
    }
}

/// Refuses `[toall]` in arguments that are sent as they are.
pub(super) fn allow_names(call: &Call, arguments: &[&str]) -> Result<(), Fault> {
    let text = |name: &&str| call.arguments.text(name).unwrap_or_default();
    arguments.iter().try_for_each(|name| allow_name(call, &format!("`{name}`"), text(name)))
}

/// Returns whether a text might notify all members of a room, wherever it stands.
fn may_notify_all(text: &str) -> bool {
    text.to_ascii_lowercase().contains("[toall]")
}

/// Says what of a Markdown text has no counterpart; empty if all has.
pub(super) fn lost(composed: &Composed) -> String {
    let lost: Vec<_> = composed.lost.iter().map(ToString::to_string).collect();
    match lost.is_empty() {
        true => String::new(),
        false => format!(" Chatwork has no {}: only the text is there.", lost.join(", ")),
    }
}

/// Returns a set of accounts for the key of a write, in an order of its own, each once.
pub(super) fn set_of(accounts: impl Iterator<Item = AccountId>) -> String {
    let accounts: BTreeSet<_> = accounts.map(|id| id.0).collect();
    let accounts: Vec<_> = accounts.iter().map(i64::to_string).collect();
    accounts.join(",")
}

/// Returns accounts as texts.
pub(super) fn ids(accounts: &[AccountId]) -> String {
    let ids: Vec<_> = accounts.iter().map(|id| id.0.to_string()).collect();
    if ids.is_empty() { "none".to_owned() } else { ids.join(", ") }
}

/// Returns the address of a message; empty if its id has no address.
pub(super) fn address(room: RoomId, message: &MessageId) -> String {
    Address::of_message(room, message).map(|it| format!(" {it}")).unwrap_or_default()
}
