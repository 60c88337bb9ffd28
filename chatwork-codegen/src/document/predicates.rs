//! What a schema is.

use serde_json::Value;

use super::{Document, entries, get, items, text};

/// Whether a JSON pointer is that of a schema of `components`.
pub fn is_component(pointer: &str) -> bool {
    pointer.strip_prefix("/components/schemas/").is_some_and(|name| !name.contains('/'))
}

/// The number of a `oneOf` that holds a number and a string.
pub fn number_or_text<'a>(document: &'a Document, schema: &'a Value) -> Option<&'a Value> {
    let choices: Vec<&Value> = items(get(schema, "oneOf")).collect();
    let kind = |choice: &Value| text(document.resolve(choice), "type").to_owned();
    match choices.as_slice() {
        [a, b] if kind(a) == "string" && kind(b) == "integer" => Some(b),
        [a, b] if kind(a) == "integer" && kind(b) == "string" => Some(a),
        _ => None,
    }
}

/// The properties of an object schema, in the document's order.
pub fn properties(schema: &Value) -> impl Iterator<Item = (&str, &Value)> {
    entries(get(schema, "properties"))
}

/// Whether an object schema requires a property.
pub fn is_required(schema: &Value, property: &str) -> bool {
    items(get(schema, "required")).any(|name| name == property)
}

/// The values of a string enum, empty for every other schema.
pub fn string_enum(schema: &Value) -> Vec<&str> {
    if text(schema, "type") != "string" {
        return Vec::new();
    }
    items(get(schema, "enum")).filter_map(Value::as_str).collect()
}

/// Whether a schema is a flag: an integer that is 0 or 1, or null where it may be.
pub fn is_flag(schema: &Value) -> bool {
    let nullable = get(schema, "nullable") == true;
    let mut values = items(get(schema, "enum")).filter(|value| !(nullable && value.is_null()));
    text(schema, "type") == "integer"
        && [0, 1].iter().all(|flag| values.next().is_some_and(|value| value == flag))
        && values.next().is_none()
}

/// The target of a value that is a reference.
pub fn reference(value: &Value) -> Option<&str> {
    value.get("$ref").and_then(Value::as_str)
}

/// The last segment of a reference: the name of the component.
pub fn component_name(reference: &str) -> &str {
    reference.rsplit('/').next().unwrap_or(reference)
}

/// The reference that a schema is, or wraps in an `allOf` of one to give it its own description.
pub fn wrapped_reference(schema: &Value) -> Option<&str> {
    reference(schema).or_else(|| match get(schema, "allOf").as_array()?.as_slice() {
        [only] => reference(only),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{is_flag, wrapped_reference};

    #[test]
    fn a_flag_is_an_integer_that_is_0_or_1_or_null_where_it_may_be() {
        assert!(is_flag(&json!({ "type": "integer", "enum": [0, 1] })));
        assert!(is_flag(&json!({ "type": "integer", "nullable": true, "enum": [0, 1, null] })));
        assert!(!is_flag(&json!({ "type": "integer", "enum": [0, 1, null] })));
        assert!(!is_flag(&json!({ "type": "integer", "enum": [0, 1, 2] })));
        assert!(!is_flag(&json!({ "type": "integer", "enum": [0] })));
        assert!(!is_flag(&json!({ "type": "string", "enum": ["0", "1"] })));
    }

    #[test]
    fn a_reference_may_be_wrapped_in_an_all_of_one() {
        let plain = json!({ "$ref": "#/a" });
        assert_eq!(wrapped_reference(&plain), Some("#/a"));
        assert_eq!(wrapped_reference(&json!({ "allOf": [plain] })), Some("#/a"));
        assert_eq!(wrapped_reference(&json!({ "allOf": [plain, plain] })), None);
    }
}
