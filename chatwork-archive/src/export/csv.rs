//! CSV for Excel in Japan.

use std::io::Write;

use super::ExportOptions;
use super::rows::{ExportRow, each_message, written};
use crate::error::Result;
use crate::query::UtcOffset;
use crate::store::Reader;

const HEAD: &str = "room_id,room,message_id,sent,account_id,sender,edited,status,text\r\n";
/// Excel keeps 15 digits of a number.
const DIGITS: usize = 15;
/// Excel cuts a cell at 32,767 characters.
const CELL: usize = 32_767;

impl Reader {
    /// Writes messages as CSV that Excel in Japan opens as it is: UTF-8 with a byte order mark,
    /// lines that end in CRLF.
    ///
    /// It loses something. Ids of more than 15 digits are written as `="…"`, since Excel rounds
    /// numbers. A text that begins with `=`, `+`, `-`, `@`, a tab or a line break gets a `'` in
    /// front, since Excel would run it as a formula. NUL is left out, and a text of more than 32,767
    /// characters is cut. For a lossless export use [`Reader::export_jsonl`].
    ///
    /// # Errors
    ///
    /// The archive cannot be read, or the writer fails.
    pub fn export_csv(&self, options: &ExportOptions, writer: &mut dyn Write) -> Result<()> {
        let transaction = self.begin()?;
        written(writer.write_all("\u{feff}".as_bytes()))?;
        written(writer.write_all(HEAD.as_bytes()))?;
        each_message(self, &transaction, options, |row| {
            written(writer.write_all(line(row, options.offset).as_bytes()))
        })?;
        written(writer.flush())
    }
}

fn line(row: &ExportRow, offset: UtcOffset) -> String {
    let edited = match row.update_time > 0 {
        true => offset.at(row.update_time).to_string(),
        false => String::new(),
    };
    let cells = [
        id(&row.room_id.to_string()),
        cell(&row.room),
        id(&row.message_id),
        offset.at(row.send_time).to_string(),
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
    let cut: String = text.chars().filter(|it| *it != '\0').take(CELL - 1).collect();
    // Excel looks for a formula behind spaces, too, and full-width signs begin one in Japan.
    let start = cut.trim_start_matches([' ', '\u{3000}']).chars().next();
    let formula = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    let formula = start.is_some_and(|it| formula.contains(&it));
    let mark = if formula { "'" } else { "" };
    format!("\"{mark}{}\"", cut.replace('"', "\"\""))
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
    fn long_ids_are_texts_and_short_ones_are_numbers() {
        assert_eq!(id("1928374655950779718"), "=\"1928374655950779718\"");
        assert_eq!(id("93207172"), "\"93207172\"");
        assert_eq!(id("=cmd|' /C calc'!A0"), "\"'=cmd|' /C calc'!A0\"");
    }

    #[test]
    fn quotes_and_lines_stay_in_their_cell() {
        assert_eq!(cell("a \"b\"\nc,d"), "\"a \"\"b\"\"\nc,d\"");
    }
}
