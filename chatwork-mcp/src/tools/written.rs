//! Words and steps that several tools share.

use chatwork_app::{Compose, Composed, Format, one_line};
use chatwork_sdk::notation::Address;
use chatwork_sdk::{MessageId, RoomId};

use crate::call::Call;
use crate::fault::{Fault, cut};
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
    let looks_so = composed.text.as_str().to_ascii_lowercase().contains("[toall]");
    match call.shared.options.allow_toall || !(composed.notifies_all() || looks_so) {
        true => Ok(()),
        false => Err(Fault::new(
            "The text has [toall], which notifies every member, and this server may not",
            "Leave it out, or name people with `to`.",
        )),
    }
}

/// Says what of a Markdown text has no counterpart; empty if all has.
pub(super) fn lost(composed: &Composed) -> String {
    let lost: Vec<_> = composed.lost.iter().map(ToString::to_string).collect();
    match lost.is_empty() {
        true => String::new(),
        false => format!(" Chatwork has no {}: only the text is there.", lost.join(", ")),
    }
}

/// Says what would be written.
pub(super) fn dry_run(what: &str, text: &str) -> String {
    let text = cut(&chatwork_app::visible(text), 4_000);
    match text.is_empty() {
        true => format!("dry run, nothing was done: would {what}"),
        false => format!("dry run, nothing was done: would {what} with the text:\n{text}"),
    }
}

/// Returns the address of a message; empty if its id has no address.
pub(super) fn address(room: RoomId, message: &MessageId) -> String {
    Address::of_message(room, message).map(|it| format!(" {it}")).unwrap_or_default()
}

/// Returns a foreign name for a question to the person.
pub(super) fn quoted(name: &str) -> String {
    format!("「{}」", cut(&one_line(name), 100))
}
