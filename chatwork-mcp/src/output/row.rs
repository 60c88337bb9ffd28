//! A row of a list, and how much of an answer it takes.

use serde_json::Value;

use super::{Form, People};

/// A row of a list.
pub(crate) trait Row {
    /// Returns the row as one line. Foreign texts take at most so many characters.
    fn text(&self, people: &mut People, most: usize) -> String;

    /// Returns the row as a JSON object. Foreign texts take at most so many characters.
    fn json(&self, most: usize) -> Value;

    /// Returns the cursor that goes on behind this row.
    fn cursor(&self) -> String;

    /// Returns the line that stands once above all rows that have the same one, if there is one.
    fn heading(&self) -> Option<String> {
        None
    }

    /// Returns what JSON has of that line: an object for each room.
    fn group(&self) -> Option<Value> {
        None
    }

    /// Returns whether a text of the row is longer than so many written characters.
    fn is_cut(&self, _: Form, _: usize) -> bool {
        false
    }
}

/// What a row adds to a page.
pub(super) struct Added {
    pub(super) line: String,
    pub(super) item: Value,
    pub(super) above: Option<String>,
    pub(super) group: Option<Value>,
    pub(super) size: usize,
}

/// Writes a row, with what stands above it unless the row before has the same.
pub(super) fn add<R: Row>(
    row: &R,
    people: &mut People,
    heading: Option<&String>,
    form: Form,
    most: usize,
) -> Added {
    let above = row.heading();
    let is_new = above.as_ref() != heading;
    let length = |text: &str| text.chars().count() + 1;
    match form {
        Form::Text => {
            let line = row.text(people, most);
            let size = length(&line) + above.as_deref().filter(|_| is_new).map_or(0, length);
            Added { line, item: Value::Null, above, group: None, size }
        }
        Form::Json => {
            let (item, group) = (row.json(most), row.group().filter(|_| is_new));
            let size = length(&item.to_string())
                + group.as_ref().map_or(0, |group| length(&group.to_string()));
            Added { line: String::new(), item, above, group, size }
        }
    }
}
