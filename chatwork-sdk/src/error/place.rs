//! Finds the JSON path of the position at which a reply could not be read.
//!
//! serde reports line and column. The path is found by scanning the text up to there. That needs no
//! type, so the code is compiled once and not for each kind of reply.

use std::fmt::Write;

/// The path to a line and a column, both counted from 1 as serde does, for example
/// `[3].account.account_id`; `.` is the whole text.
pub(crate) fn path(json: &[u8], line: usize, column: usize) -> String {
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

/// What has begun and not ended.
enum Open<'a> {
    /// A list, at this element.
    List(usize),
    /// An object, at this key.
    Object(Option<&'a [u8]>),
}

/// Goes past one byte that is not in a string.
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

/// Goes past a string, whose first quote has been read. The first one of a pair is its key.
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
        // Writing to a string does not fail.
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
    use super::path;
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

    /// The path at which serde stops.
    fn stops(json: &str) -> String {
        let error = serde_json::from_str::<Vec<Boat>>(json).unwrap_err();
        path(json.as_bytes(), error.line(), error.column())
    }

    #[test]
    fn a_value_of_another_type_is_named_by_its_keys() {
        assert_eq!(stops(r#"[{"name":"a"},{"name":"b","owner":{"id":"x"}}]"#), "[1].owner.id");
    }

    #[test]
    fn every_kind_of_value_is_found() {
        for value in ["7", "-1.5e3", "true", "null", "[]", "{}"] {
            assert_eq!(stops(&format!(r#"[{{"name":{value},"crew":[]}}]"#)), "[0].name", "{value}");
        }
    }

    #[test]
    fn what_is_missing_is_missed_in_its_object() {
        assert_eq!(stops(r#"[{"name":"a","crew":[{"id":1},{"di":2}]}]"#), "[0].crew[1]");
    }

    #[test]
    fn what_is_there_twice_is_named() {
        assert_eq!(stops(r#"[{"name":"a","name":"b"}]"#), "[0].name");
    }

    #[test]
    fn the_whole_text_is_a_dot() {
        for json in ["7", "{}", "\"text\""] {
            assert_eq!(stops(json), ".", "{json}");
        }
    }

    #[test]
    fn lines_are_counted() {
        let json = "[\n  {\"name\": \"a\"},\n  {\n    \"name\": 7\n  }\n]";
        assert_eq!(stops(json), "[1].name");
    }

    #[test]
    fn brackets_quotes_and_commas_in_strings_are_text() {
        let json = r#"[{"name":"a,[{\"\\"},{"other":"],}","name":"あ","owner":{"id":true}}]"#;
        assert_eq!(stops(json), "[1].owner.id");
    }

    #[test]
    fn any_text_and_any_place_have_some_path() {
        for json in ["", "]", "}}", "\"", "{\"", "[,,", "\\", "\"\\"] {
            for (line, column) in [(0, 0), (1, 1), (9, 9), (usize::MAX, usize::MAX)] {
                assert!(!path(json.as_bytes(), line, column).is_empty(), "{json}");
            }
        }
    }
}
