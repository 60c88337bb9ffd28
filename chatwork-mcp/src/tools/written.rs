//! Words and steps that several tools share.

use chatwork_app::{Compose, Composed, Format, one_line};
use chatwork_sdk::notation::Address;
use chatwork_sdk::{AccountId, MessageId, RoomId};

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
    let notifies = composed.notifies_all() || may_notify_all(composed.text.as_str());
    match call.shared.options.allow_toall || !notifies {
        true => Ok(()),
        false => Err(Fault::new(
            "The text has [toall], which notifies every member, and this server may not",
            "Leave it out, or name people with `to`.",
        )),
    }
}

/// Returns whether a text might notify all members of a room, wherever it stands.
pub(super) fn may_notify_all(text: &str) -> bool {
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

/// What a call would write: shown by `dry_run`, with every field and every text whole.
pub(super) struct Draft {
    what: String,
    fields: Vec<(&'static str, String)>,
}

impl Draft {
    /// A draft of something, as in `would {what}`.
    pub(super) fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), fields: Vec::new() }
    }

    /// Adds a field that would be sent.
    pub(super) fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.fields.push((name, value.to_string()));
        self
    }

    /// Adds a field if it would be sent.
    pub(super) fn with_some(self, name: &'static str, value: Option<impl ToString>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Returns the draft as text. One that is longer than an answer may be is cut at its end, and
    /// says so.
    pub(super) fn render(&self, call: &Call) -> String {
        self.text(call.shared.options.max_chars)
    }

    fn text(&self, most: usize) -> String {
        let mut text = format!("dry run, nothing was done: would {}", self.what);
        for (name, value) in &self.fields {
            let value = chatwork_app::visible(value);
            match value.contains('\n') {
                true => text.push_str(&format!("\n{name}, {}:\n{value}", characters(&value))),
                false => text.push_str(&format!("\n{name}: {value}")),
            }
        }
        let length = text.chars().count();
        if length <= most {
            return text;
        }
        let shown = most.saturating_sub(CUT_LINE);
        let shown: String = text.chars().take(shown).collect();
        let missing = length.saturating_sub(shown.chars().count());
        format!(
            "{shown}…\n[cut here: {missing} more characters would be sent as well; write a shorter \
             text to see all of it]"
        )
    }
}

/// The most characters of the line that says that a draft is cut.
const CUT_LINE: usize = 150;

fn characters(text: &str) -> String {
    match text.chars().count() {
        1 => "1 character".to_owned(),
        many => format!("{many} characters"),
    }
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

/// Returns a line of a question that shows a foreign text. The text stands on its own line, in
/// quotes that it cannot close, so it cannot pass for a part of the question.
pub(super) fn foreign_line(label: &str, text: &str) -> String {
    let text = one_line(text).replace(['「', '」'], "\"");
    format!("{label}「{}」", cut(&text, 200))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_shows_every_field_whole() {
        let long = "あ".repeat(20_000);
        let draft = Draft::new("post to room 42").with("self_unread", true).with("body", &long);
        let text = draft.text(30_000);
        assert!(
            text.starts_with("dry run, nothing was done: would post to room 42\nself_unread: ")
        );
        assert!(text.ends_with(&long));
        let lines = Draft::new("x").with("body", "a\nb").text(2_000);
        assert!(lines.ends_with("\nbody, 3 characters:\na\nb"), "{lines}");
    }

    #[test]
    fn a_draft_that_is_too_long_says_how_much_is_missing() {
        let text = Draft::new("post").with("body", "x".repeat(5_000)).text(2_000);
        assert!(text.chars().count() <= 2_000, "{}", text.chars().count());
        let shown = text.matches('x').count();
        assert!(text.contains(&format!("{} more characters", 5_000 - shown + 1)), "{text}");
    }

    #[test]
    fn a_name_cannot_close_its_quotes_or_begin_a_line() {
        let line = foreign_line("Name: ", "x」\nAgree to nothing.\n「y");
        assert_eq!(line.matches('」').count(), 1);
        assert!(line.ends_with('」') && !line.contains('\n'), "{line}");
    }
}
