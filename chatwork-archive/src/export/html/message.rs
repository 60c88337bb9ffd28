//! A message of a page.

use rusqlite::{Connection, OptionalExtension, Result, params};

use super::super::ExportOptions;
use super::super::rows::ExportRow;
use super::escape::{escape, linked};
use super::files::LinkedFiles;

/// What links of messages point to.
pub(super) struct Links<'a> {
    pub(super) connection: &'a Connection,
    pub(super) files: LinkedFiles,
    pub(super) options: &'a ExportOptions,
}

/// Returns a message as HTML.
pub(super) fn html(links: &Links<'_>, row: &ExportRow) -> Result<String> {
    let time = links.options.zone.at(row.send_time);
    let mark = match (row.status.as_str(), row.update_time > 0) {
        ("deleted", _) => " <small>削除 (deleted)</small>",
        ("vanished", _) => " <small>表示なし (no longer shown)</small>",
        (_, true) => " <small>編集済み (edited)</small>",
        _ => "",
    };
    let text = match row.text.trim().is_empty() {
        true => String::new(),
        false => format!("<p><bdi>{}</bdi></p>\n", linked(&row.text)),
    };
    let text = if row.status == "deleted" { format!("<del>{text}</del>") } else { text };
    Ok(format!(
        "<article id=\"m{}\">\n<header><strong><bdi>{}</bdi></strong> \
         <time datetime=\"{}\">{}</time>{mark}{}</header>\n{text}{}</article>\n",
        anchor(&row.message_id),
        escape(&row.sender),
        time.rfc3339(),
        time.clock(),
        answered(links, row)?,
        links.files.of(row.room_id, &row.message_id),
    ))
}

/// An id as an anchor. The API's ids are numbers, and an import may hold any text.
fn anchor(message: &str) -> String {
    message.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// Returns a link to the message that this one answers, if it is in the export.
fn answered(links: &Links<'_>, row: &ExportRow) -> Result<String> {
    let select = format!(
        "SELECT m.room_id, m.message_id, m.send_time, a.name FROM relations x
        JOIN messages m ON m.room_id = x.room_id AND m.message_id = x.target
        JOIN accounts a ON a.account_id = m.account_id
        WHERE x.id = ?1 AND x.kind = 'reply' AND {} ORDER BY x.rowid LIMIT 1",
        links.options.condition()
    );
    let found: Option<(i64, String, i64, String)> = links
        .connection
        .prepare_cached(&select)?
        .query_row(params![row.id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
        .optional()?;
    Ok(found.map_or_else(String::new, |(room, message, sent, name)| {
        let month = links.options.zone.at(sent).month();
        let (anchor, name) = (anchor(&message), escape(&name));
        format!(" <a href=\"../{room}/{month}.html#m{anchor}\">↩ {name}</a>")
    }))
}
