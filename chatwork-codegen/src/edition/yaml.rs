//! YAML that readers of YAML 1.1 read as those of 1.2 do.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::Value;
use serde_saphyr::DoubleQuoted;

use crate::document::Document;
use crate::error::Error;

/// Writes a document as YAML that [`Document::parse`] reads back to the same value.
///
/// Texts of digits are in quotes: Ruby takes `1484814,2739132` for a number, and other readers take
/// `10:30` for one.
///
/// # Errors
///
/// [`Error::Serialize`] if the YAML cannot be written.
pub fn yaml(document: &Document) -> Result<String, Error> {
    serde_saphyr::to_string(&Quoting(document.root()))
        .map_err(|error| Error::Serialize(error.to_string()))
}

/// A value whose texts of digits are written in quotes.
struct Quoting<'a>(&'a Value);

impl Serialize for Quoting<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::String(text) if looks_like_number(text) => {
                DoubleQuoted(text.as_str()).serialize(serializer)
            }
            Value::Array(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                items.iter().try_for_each(|item| list.serialize_element(&Quoting(item)))?;
                list.end()
            }
            Value::Object(object) => {
                let mut map = serializer.serialize_map(Some(object.len()))?;
                let mut entries = object.iter();
                entries.try_for_each(|(key, value)| map.serialize_entry(key, &Quoting(value)))?;
                map.end()
            }
            other => other.serialize(serializer),
        }
    }
}

/// Whether a text has digits and nothing but what a number or a time may have besides.
fn looks_like_number(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
        && text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.,:_ eExXoTZ".contains(&byte))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Document, yaml};

    #[test]
    fn a_text_of_digits_is_in_quotes() {
        let texts = ["1484814,2739132", "10:30", "2025-06-25", "1_000", "2.0.0"];
        for text in texts {
            let document = Document::from_value(json!({ "a": text }));
            let written = yaml(&document).unwrap_or_default();
            assert_eq!(written.trim_end(), format!("a: \"{text}\""));
        }
    }

    #[test]
    fn other_texts_and_numbers_are_not_in_quotes() {
        let document = Document::from_value(json!({ "a": ["room 1", 1, "ルーム"] }));
        let written = yaml(&document).unwrap_or_default();
        assert!(!written.contains(['"', '\'']), "{written}");
    }
}
