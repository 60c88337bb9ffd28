//! One entry: its fields below each other.

use anstyle::Style;
use chatwork_app::visible;
use unicode_width::UnicodeWidthStr;

use super::shape::{Kind, Shape};
use super::{Item, Out, table};

/// Returns the fields with their heads, for a person. A long text stands below in its own lines.
pub(super) fn block(out: &Out, shape: &Shape, item: &Item) -> String {
    let width = shape.columns.iter().map(|it| it.head.text().width()).max().unwrap_or(0);
    let bold = Style::new().bold();
    let (mut text, mut long) = (String::new(), String::new());
    for column in shape.columns {
        let raw = out.raw(column, item);
        if raw.is_empty() {
            continue;
        }
        if column.kind == Kind::Long {
            long.push_str(&format!("\n{}\n", visible(&raw)));
            continue;
        }
        let head = column.head.text();
        let space = " ".repeat(width.saturating_sub(head.width()));
        text.push_str(&format!("{bold}{head}{bold:#}{space}  {}\n", out.cell(column, item)));
    }
    text + &long
}

/// Returns lines of a field's name, a tab and its value, for other programs.
pub(super) fn lines(out: &Out, shape: &Shape, item: &Item) -> String {
    let line = |column: &super::shape::Column| {
        format!("{}\t{}\n", column.field, table::escaped(&out.raw(column, item)))
    };
    shape.columns.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::out::shape;

    fn message() -> Item {
        let value = json!({"message_id": "9", "send_time": 0, "update_time": 0,
            "account": {"account_id": 1, "name": "A\u{1b}"}, "text": "one\ntwo"});
        value.as_object().unwrap().clone()
    }

    #[test]
    fn a_long_text_keeps_its_lines_on_a_terminal_and_is_escaped_elsewhere() {
        let block = block(&Out::default(), &shape::MESSAGE, &message());
        assert!(block.ends_with("A␛\n\none\ntwo\n"), "{block}");
        let lines = lines(&Out::default(), &shape::MESSAGE, &message());
        assert!(lines.ends_with("text\tone\\ntwo\n"), "{lines}");
    }
}
