//! The text of a file with and without an entry, in the format of its client.

use super::client::{Client, Format};
use super::entry::Entry;
use super::error::Fault;
use super::{json, toml};

/// Some editors of Windows begin a file with it.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// Returns the text with the entry in it.
pub(super) fn insert(text: &str, client: Client, entry: &Entry) -> Result<String, Fault> {
    framed(text, client, |text| match client.format() {
        Format::Json => json::insert(text, client, entry),
        Format::Toml => toml::insert(text, client, entry),
    })
}

/// Returns the entry of this server with a name.
pub(super) fn find(text: &str, client: Client, name: &str) -> Result<Option<Entry>, Fault> {
    let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    match client.format() {
        Format::Json => json::find(text, client, name),
        Format::Toml => toml::find(text, client, name),
    }
}

/// Returns the text with the entry as an earlier text had it, or without it if that had none.
pub(super) fn restore(
    text: &str,
    earlier: &str,
    client: Client,
    name: &str,
) -> Result<String, Fault> {
    let earlier = earlier.strip_prefix(BYTE_ORDER_MARK).unwrap_or(earlier);
    framed(text, client, |text| match client.format() {
        Format::Json => json::restore(text, earlier, client, name),
        Format::Toml => toml::restore(text, earlier, client, name),
    })
}

/// Changes a text and keeps its byte order mark and the line breaks of Windows. The JSON editor
/// keeps line breaks by itself.
fn framed(
    text: &str,
    client: Client,
    change: impl FnOnce(&str) -> Result<String, Fault>,
) -> Result<String, Fault> {
    let (mark, text) = match text.strip_prefix(BYTE_ORDER_MARK) {
        Some(rest) => ("\u{feff}", rest),
        None => ("", text),
    };
    let breaks = text.matches("\r\n").count();
    let is_windows = breaks > 0 && breaks == text.matches('\n').count();
    if client.format() == Format::Toml && is_windows {
        let changed = change(&text.replace("\r\n", "\n"))?;
        return Ok(format!("{mark}{}", changed.replace('\n', "\r\n")));
    }
    Ok(format!("{mark}{}", change(text)?))
}
