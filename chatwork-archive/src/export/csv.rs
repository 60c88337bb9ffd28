//! CSV for Excel in Japan.

use std::io::Write;

use super::ExportOptions;
use super::markdown::is_hidden;
use super::rows::{ExportRow, each_message, written};
use super::zone::Zone;
use crate::error::Result;
use crate::store::Reader;

const HEAD: &str = "room_id,room,message_id,sent,account_id,sender,edited,status,text\r\n";
/// Excel keeps 15 digits of a number.
const DIGITS: usize = 15;
/// Excel cuts a cell at 32,767 characters, and counts an emoji as two: units of UTF-16.
const CELL: usize = 32_767;

impl Reader {
    /// Writes messages as CSV that Excel in Japan opens as it is: UTF-8 with a byte order mark,
    /// lines that end in CRLF.
    ///
    /// It loses something. Ids of more than 15 digits are written as `="…"`, since Excel rounds
    /// numbers. A text that begins with `=`, `+`, `-`, `@`, a tab or a line break gets a `'` in
    /// front, since Excel would run it as a formula. Control and direction marks are shown as their
    /// code points, and a text of more than 32,767 characters is cut, as Excel counts
    /// them: an emoji is two. For a lossless export use [`Reader::export_jsonl`].
    ///
    /// # Errors
    ///
    /// The archive cannot be read, or the writer fails.
    pub fn export_csv(&self, options: &ExportOptions, writer: &mut dyn Write) -> Result<()> {
        let transaction = self.begin()?;
        written(writer.write_all("\u{feff}".as_bytes()))?;
        written(writer.write_all(HEAD.as_bytes()))?;
        each_message(self, &transaction, options, |row| {
            written(writer.write_all(line(row, &options.zone).as_bytes()))
        })?;
        written(writer.flush())
    }
}

fn line(row: &ExportRow, zone: &Zone) -> String {
    let edited = match row.update_time > 0 {
        true => zone.at(row.update_time).to_string(),
        false => String::new(),
    };
    let cells = [
        id(&row.room_id.to_string()),
        cell(&row.room),
        id(&row.message_id),
        zone.at(row.send_time).to_string(),
        id(&row.account_id.to_string()),
        cell(&row.sender),
        edited,
        row.status.clone(),
        cell(&row.text),
    ];
    format!("{}\r\n", cells.join(","))
}

/// A long number as a text. Only digits stand in the formula.
fn id(text: &str) -> String {
    match text.len() > DIGITS && text.bytes().all(|it| it.is_ascii_digit()) {
        true => format!("=\"{text}\""),
        false => cell(text),
    }
}

fn cell(text: &str) -> String {
    let cut = cut(shown(text));
    // Excel looks for a formula behind spaces, too, and full-width signs begin one in Japan.
    let start = cut.trim_start_matches([' ', '\u{3000}']).chars().next();
    let formula = ['=', '+', '-', '@', '\t', '\n', '＝', '＋', '－', '＠'];
    let formula = start.is_some_and(|it| formula.contains(&it));
    let mark = if formula { "'" } else { "" };
    format!("\"{mark}{}\"", cut.replace('"', "\"\""))
}

/// Cuts a text so that it fits into a cell with a mark in front.
fn cut(mut text: String) -> String {
    let mut length = 0;
    let end = text.char_indices().find(|(_, it)| {
        length += it.len_utf16();
        length > CELL - 1
    });
    if let Some((end, _)) = end {
        text.truncate(end);
    }
    text
}

/// Shows control and direction marks as their code points: a person may look at the file in a
/// terminal, which would obey them.
fn shown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(it) = rest.next() {
        match it {
            // A line break of Windows.
            '\r' if rest.peek() == Some(&'\n') => {}
            it if is_hidden(it) => shown.push_str(&format!("<U+{:04X}>", u32::from(it))),
            it => shown.push(it),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_texts() {
        assert_eq!(cell("=1+1"), "\"'=1+1\"");
        assert_eq!(cell("@SUM(A1)"), "\"'@SUM(A1)\"");
        assert_eq!(cell(" -1"), "\"' -1\"");
        assert_eq!(cell("a=b"), "\"a=b\"");
    }

    #[test]
    fn nothing_that_a_terminal_obeys_is_left() {
        assert_eq!(cell("a\u{1b}]52;c;eA==\u{7}"), "\"a<U+001B>]52;c;eA==<U+0007>\"");
        assert_eq!(cell("\u{9b}2J\u{202e}\0"), "\"<U+009B>2J<U+202E><U+0000>\"");
        assert_eq!(cell("one\r\ntwo\tthree"), "\"one\ntwo\tthree\"");
    }

    #[test]
    fn long_ids_are_texts_and_short_ones_are_numbers() {
        assert_eq!(id("1928374655950779718"), "=\"1928374655950779718\"");
        assert_eq!(id("93207172"), "\"93207172\"");
        assert_eq!(id("=cmd|' /C calc'!A0"), "\"'=cmd|' /C calc'!A0\"");
    }

    #[test]
    fn a_cell_has_no_more_characters_than_excel_keeps() {
        for (text, length) in [("あ", 32_766), ("😀", 16_383)] {
            assert_eq!(cell(&text.repeat(40_000)), format!("\"{}\"", text.repeat(length)));
        }
        let whole = "😀".repeat(16_383);
        assert_eq!(cell(&whole), format!("\"{whole}\""));
    }

    #[test]
    fn quotes_and_lines_stay_in_their_cell() {
        assert_eq!(cell("a \"b\"\nc,d"), "\"a \"\"b\"\"\nc,d\"");
    }
}
