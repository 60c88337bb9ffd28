//! CSV that Excel in Japan opens as it is.

use super::shape::{Column, Kind, Shape};
use super::{Item, Out};

/// Excel keeps 15 digits of a number.
const DIGITS: usize = 15;
/// Excel cuts a cell at 32,767 characters.
const CELL: usize = 32_767;

/// Returns the columns as CSV: UTF-8 with a byte order mark, lines that end in CRLF.
///
/// A text that Excel would run as a formula gets a `'` in front. An id of more than 15 digits is
/// written as `="…"`, since Excel would round it.
pub(super) fn list(out: &Out, shape: &Shape, items: &[Item]) -> String {
    items.iter().fold(head(shape), |text, item| text + &row(out, shape, item))
}

/// Returns the byte order mark and the heads of the columns.
pub(super) fn head(shape: &Shape) -> String {
    let heads: Vec<String> = shape.columns.iter().map(|it| cell(it.head.text())).collect();
    format!("\u{feff}{}\r\n", heads.join(","))
}

/// Returns the line of an entry.
pub(super) fn row(out: &Out, shape: &Shape, item: &Item) -> String {
    let cell = |column: &Column| {
        let raw = out.raw(column, item);
        match column.kind {
            Kind::Text | Kind::Long | Kind::Flag | Kind::Time => cell(&raw),
            _ => number(&raw),
        }
    };
    let cells: Vec<String> = shape.columns.iter().map(cell).collect();
    cells.join(",") + "\r\n"
}

/// A long number as a text. Only digits stand in the formula.
fn number(text: &str) -> String {
    match text.bytes().all(|it| it.is_ascii_digit()) {
        true if text.len() > DIGITS => format!("=\"{text}\""),
        true => text.to_owned(),
        false => cell(text),
    }
}

fn cell(text: &str) -> String {
    let shown: String = chatwork_app::visible(text).chars().take(CELL - 1).collect();
    // Excel looks for a formula behind spaces, too, and full-width signs begin one in Japan.
    let start = shown.trim_start_matches([' ', '\u{3000}']).chars().next();
    let formula = ['=', '+', '-', '@', '\t', '\n', '＝', '＋', '－', '＠'];
    let mark = if start.is_some_and(|it| formula.contains(&it)) { "'" } else { "" };
    format!("\"{mark}{}\"", shown.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_and_long_ids_are_texts() {
        assert_eq!(cell("=1+1"), "\"'=1+1\"");
        assert_eq!(cell(" @SUM(A1)"), "\"' @SUM(A1)\"");
        assert_eq!(cell("a \"b\"\nc"), "\"a \"\"b\"\"\nc\"");
        assert_eq!(cell("\u{1b}x"), "\"␛x\"");
        assert_eq!(number("1928374655950779718"), "=\"1928374655950779718\"");
        assert_eq!(number("42"), "42");
        assert_eq!(number("=cmd"), "\"'=cmd\"");
    }
}
