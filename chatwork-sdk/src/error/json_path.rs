//! Finds the JSON path of the position at which serde stopped.
//!
//! serde reports a line and a column. A scan of the text up to that position finds the path. The scan
//! needs no type, so the code is compiled once, not for each kind of reply.

use std::fmt::Write;

/// Returns the path of a line and a column, for example `[3].account.account_id`, or `.` for the
/// whole text. Both are counted from 1, as serde does.
pub(crate) fn find(json: &[u8], line: usize, column: usize) -> String {
    let begin: usize =
        json.split(|byte| *byte == b'\n').take(line.saturating_sub(1)).map(|it| it.len() + 1).sum();
    let end = begin.saturating_add(column).min(json.len());
    let mut open = Vec::new();
    let mut rest = json.get(..end).unwrap_or_default();
    while let [byte, after @ ..] = rest {
        rest = if *byte == b'"' { string(after, open.last_mut()) } else { after };
        step(*byte, &mut open);
    }
    written(&open)
}

/// A list or an object that has begun and not ended.
enum Open<'a> {
    /// A list, and the index of the current element.
    List(usize),
    /// An object, and the current key.
    Object(Option<&'a [u8]>),
}

/// Handles one byte that is not in a string.
fn step(byte: u8, open: &mut Vec<Open<'_>>) {
    match byte {
        b'[' => open.push(Open::List(0)),
        b'{' => open.push(Open::Object(None)),
        b']' | b'}' => drop(open.pop()),
        b',' => match open.last_mut() {
            Some(Open::List(index)) => *index += 1,
            Some(Open::Object(key)) => *key = None,
            None => {}
        },
        _ => {}
    }
}

/// Skips a string whose opening quote has been read, and returns the text after it. In an object,
/// the first string of a pair is the key.
fn string<'a>(text: &'a [u8], open: Option<&mut Open<'a>>) -> &'a [u8] {
    let mut escaped = false;
    let end = text.iter().position(|byte| {
        let ends = *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        ends
    });
    let (content, rest) = text.split_at(end.unwrap_or(text.len()));
    if let Some(Open::Object(key @ None)) = open {
        *key = Some(content);
    }
    rest.get(1..).unwrap_or_default()
}

fn written(open: &[Open<'_>]) -> String {
    let mut path = String::new();
    for level in open {
        // Writing to a `String` does not fail.
        let _ = match level {
            Open::List(index) => write!(path, "[{index}]"),
            Open::Object(None) => Ok(()),
            Open::Object(Some(key)) => {
                let dot = if path.is_empty() { "" } else { "." };
                write!(path, "{dot}{}", String::from_utf8_lossy(key))
            }
        };
    }
    if path.is_empty() { ".".to_owned() } else { path }
}

#[cfg(test)]
mod tests {
    use super::find;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[allow(dead_code)]
    struct Boat {
        name: String,
        #[serde(default)]
        owner: Option<Owner>,
        #[serde(default)]
        crew: Vec<Owner>,
    }

    #[derive(Debug, Deserialize)]
    #[allow(dead_code)]
    struct Owner {
        id: i64,
    }

    /// Returns the path at which serde stops.
    fn path(json: &str) -> String {
        let error = serde_json::from_str::<Vec<Boat>>(json).unwrap_err();
        find(json.as_bytes(), error.line(), error.column())
    }

    #[test]
    fn a_value_of_another_type_is_named_by_its_keys() {
        assert_eq!(path(r#"[{"name":"a"},{"name":"b","owner":{"id":"x"}}]"#), "[1].owner.id");
    }

    #[test]
    fn a_value_of_every_json_type_is_found() {
        for value in ["7", "-1.5e3", "true", "null", "[]", "{}"] {
            assert_eq!(path(&format!(r#"[{{"name":{value},"crew":[]}}]"#)), "[0].name", "{value}");
        }
    }

    #[test]
    fn a_missing_field_has_the_path_of_its_object() {
        assert_eq!(path(r#"[{"name":"a","crew":[{"id":1},{"di":2}]}]"#), "[0].crew[1]");
    }

    #[test]
    fn a_duplicate_field_is_named() {
        assert_eq!(path(r#"[{"name":"a","name":"b"}]"#), "[0].name");
    }

    #[test]
    fn the_path_of_the_whole_text_is_a_dot() {
        for json in ["7", "{}", "\"text\""] {
            assert_eq!(path(json), ".", "{json}");
        }
    }

    #[test]
    fn a_position_on_a_later_line_is_found() {
        let json = format!("[{{\"name\": \"a\"}},{}{{\"name\": 7}}]", "\n".repeat(30));
        assert_eq!(path(&json), "[1].name");
    }

    #[test]
    fn brackets_quotes_and_commas_in_strings_are_text() {
        let json = r#"[{"name":"a,[{\"\\"},{"other":"],}","name":"あ","owner":{"id":true}}]"#;
        assert_eq!(path(json), "[1].owner.id");
    }

    #[test]
    fn every_text_and_every_position_have_a_path() {
        for json in ["", "]", "}}", "\"", "{\"", "[,,", "\\", "\"\\"] {
            for (line, column) in [(0, 0), (1, 1), (9, 9), (usize::MAX, usize::MAX)] {
                assert!(!find(json.as_bytes(), line, column).is_empty(), "{json}");
            }
        }
    }
}
