//! JSON values: members, elements and pointers.

use serde_json::{Map, Value};

pub(super) static NULL: Value = Value::Null;

/// A member of an object, or null.
pub fn get<'a>(value: &'a Value, key: &str) -> &'a Value {
    value.get(key).unwrap_or(&NULL)
}

/// A string member of an object, or an empty string.
pub fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    get(value, key).as_str().unwrap_or_default()
}

/// The members of an object; none for anything else.
pub fn entries(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value.as_object().into_iter().flat_map(Map::iter).map(|(key, value)| (key.as_str(), value))
}

/// The elements of an array; none for anything else.
pub fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// A JSON pointer one step further down.
pub fn join(pointer: &str, key: impl std::fmt::Display) -> String {
    let key = key.to_string().replace('~', "~0").replace('/', "~1");
    format!("{pointer}/{key}")
}

/// Calls a function on every value of a document, with its JSON pointer, parents first.
pub fn walk<'a>(value: &'a Value, pointer: &str, visit: &mut impl FnMut(&str, &'a Value)) {
    visit(pointer, value);
    for (key, member) in entries(value) {
        walk(member, &join(pointer, key), visit);
    }
    for (index, element) in items(value).enumerate() {
        walk(element, &join(pointer, index), visit);
    }
}

/// The kind of a JSON value, for messages.
pub fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "a mapping",
    }
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn a_pointer_escapes_slashes_and_tildes() {
        assert_eq!(join("/paths", "/a~b/{c}"), "/paths/~1a~0b~1{c}");
    }
}
