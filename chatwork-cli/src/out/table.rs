//! Tables on a terminal, and tab-separated lines for other programs.

use anstyle::Style;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::shape::{Kind, Shape};
use super::{Item, Out};

/// The space between two columns.
const GAP: &str = "  ";
/// The least width to which a column is cut.
const LEAST: usize = 8;

/// Returns a table. If it is wider than the terminal, its texts are cut, and the cut is shown (`…`).
pub(super) fn list(out: &Out, shape: &Shape, items: &[Item], width: Option<usize>) -> String {
    let heads: Vec<String> = shape.columns.iter().map(|it| it.head.text().to_owned()).collect();
    let row = |item: &Item| shape.columns.iter().map(|column| out.cell(column, item)).collect();
    let rows: Vec<Vec<String>> = items.iter().map(row).collect();
    let mut widths: Vec<usize> = heads.iter().map(|head| head.width()).collect();
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }
    if let Some(width) = width {
        fit(&mut widths, shape, width);
    }
    let bold = Style::new().bold();
    let mut text = format!("{bold}{}{bold:#}\n", line(&heads, &widths, shape));
    for row in &rows {
        text.push_str(&line(row, &widths, shape));
        text.push('\n');
    }
    text
}

/// Makes columns of texts narrower until the table fits: long texts first, then others.
fn fit(widths: &mut [usize], shape: &Shape, width: usize) {
    let gaps = GAP.len() * widths.len().saturating_sub(1);
    for kind in [Kind::Long, Kind::Text] {
        for index in (0..widths.len()).rev() {
            let sum = widths.iter().sum::<usize>() + gaps;
            let is_of_kind = shape.columns.get(index).is_some_and(|it| it.kind == kind);
            if let Some(column) = widths.get_mut(index).filter(|_| is_of_kind && sum > width) {
                *column = column.saturating_sub(sum - width).max(LEAST.min(*column));
            }
        }
    }
}

fn line(cells: &[String], widths: &[usize], shape: &Shape) -> String {
    let mut text = String::new();
    for ((cell, width), column) in cells.iter().zip(widths).zip(shape.columns) {
        let cell = cut(cell, *width);
        let space = " ".repeat(width.saturating_sub(cell.width()));
        let right = matches!(column.kind, Kind::Number | Kind::Size);
        let (before, behind) = if right { (space.as_str(), "") } else { ("", space.as_str()) };
        if !text.is_empty() {
            text.push_str(GAP);
        }
        text.extend([before, cell.as_str(), behind]);
    }
    text.truncate(text.trim_end().len());
    text
}

/// Cuts a text to a width; a full-width character takes two.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut room = width.saturating_sub(1);
    let mut cut = String::new();
    for it in text.chars() {
        let wide = it.width().unwrap_or(0);
        if wide > room {
            break;
        }
        room -= wide;
        cut.push(it);
    }
    cut.push('…');
    cut
}

/// Returns the same columns as lines with tabs between them, uncut and without a head.
pub(super) fn lines(out: &Out, shape: &Shape, items: &[Item]) -> String {
    let mut text = String::new();
    for item in items {
        let cells: Vec<String> =
            shape.columns.iter().map(|column| escaped(&out.raw(column, item))).collect();
        text.push_str(&cells.join("\t"));
        text.push('\n');
    }
    text
}

/// Escapes what separates cells and lines, and makes visible what a terminal would obey.
pub(super) fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace("\r\n", "\\n").replace('\n', "\\n");
    chatwork_app::one_line(&text.replace('\t', "\\t")).into_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::out::shape;

    fn room(id: i64, name: &str) -> Item {
        let value = json!({"room_id": id, "type": "group", "unread_num": 3, "mention_num": 0,
            "last_update_time": 0, "name": name});
        value.as_object().unwrap().clone()
    }

    fn plain(text: &str) -> String {
        anstream::adapter::strip_str(text).to_string()
    }

    #[test]
    fn full_width_characters_take_two_columns() {
        let items = [room(1, "営業部"), room(22, "a")];
        let table = plain(&list(&Out::default(), &shape::ROOMS, &items, None));
        let lines: Vec<_> = table.lines().collect();
        assert_eq!(lines[1], "1     group       3      0           営業部");
        assert_eq!(lines[2], "22    group       3      0           a");
        assert!(lines[0].starts_with("ROOM  TYPE   UNREAD  TO ME  UPDATED  NAME"), "{}", lines[0]);
    }

    #[test]
    fn a_table_is_cut_to_the_terminal_and_says_so() {
        let items = [room(1, "とても長い名前のルームです")];
        let table = plain(&list(&Out::default(), &shape::ROOMS, &items, Some(50)));
        for line in table.lines() {
            assert!(line.width() <= 50, "{line}");
        }
        assert!(table.lines().nth(1).unwrap().ends_with('…'));
        assert_eq!(cut("会議", 3), "会…");
        assert_eq!(cut("会議", 4), "会議");
    }

    #[test]
    fn tabs_and_line_breaks_are_escaped_for_other_programs() {
        assert_eq!(escaped("a\tb\nc\\d\u{1b}"), "a\\tb\\nc\\\\d␛");
        let lines = lines(&Out::default(), &shape::ROOMS, &[room(1, "x\ny")]);
        assert_eq!(lines, "1\tgroup\t3\t0\t\tx\\ny\n");
    }
}
