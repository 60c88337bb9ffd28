//! The objects of a document that may have texts for readers.

use serde_json::Value;

use crate::document::{Document, entries, items, join, reference};

/// The keys whose value is a map from names that the document chooses. The value under a name such
/// as `description` is then not a text.
const MAPS: [&str; 15] = [
    "content",
    "encoding",
    "examples",
    "flows",
    "headers",
    "parameters",
    "paths",
    "properties",
    "requestBodies",
    "responses",
    "schemas",
    "securitySchemes",
    "variables",
    "x-rate-limits",
    "x-webhooks",
];

/// The keys whose value holds no text for readers: data, and names.
const OTHER: [&str; 8] =
    ["default", "discriminator", "enum", "example", "mapping", "scopes", "security", "value"];

/// The JSON pointers of all objects that may have texts, parents first.
pub(super) fn of_texts(document: &Document) -> Vec<String> {
    let mut places = Vec::new();
    object(document.root(), "", &mut places);
    places
}

fn object(value: &Value, at: &str, places: &mut Vec<String>) {
    // Every tool ignores the keys beside a `$ref`.
    if reference(value).is_some() {
        return;
    }
    if value.is_object() {
        places.push(at.to_owned());
    }
    for (key, member) in entries(value).filter(|(key, _)| !OTHER.contains(key)) {
        let here = join(at, key);
        match member {
            Value::Object(_) if MAPS.contains(&key) => {
                entries(member).for_each(|(name, value)| object(value, &join(&here, name), places));
            }
            Value::Object(_) => object(member, &here, places),
            _ => items(member)
                .enumerate()
                .for_each(|(index, value)| object(value, &join(&here, index), places)),
        }
    }
}
