//! Schemas: where they stand in a document, and whether a value is what a schema admits.

use serde_json::{Map, Value, json};

use crate::document::{Document, entries, get, items, join};

/// The keywords under which a schema holds one schema, a list of them, or a map of them.
const ONE: [&str; 3] = ["items", "not", "additionalProperties"];
const LIST: [&str; 3] = ["allOf", "oneOf", "anyOf"];
const MAP: &str = "properties";
/// What holds data in which `schema` and `properties` are ordinary keys.
const DATA: [&str; 4] = ["example", "examples", "default", "enum"];

/// Calls a function on every schema of the document, parents first, with its JSON pointer.
pub fn visit<'a>(document: &'a Document, call: &mut impl FnMut(&str, &'a Value)) {
    for (name, schema) in document.schemas() {
        visit_schema(schema, &join("/components/schemas", name), call);
    }
    visit_holders(document, &mut |at, holder| {
        visit_schema(get(holder, "schema"), &join(at, "schema"), call);
    });
}

/// Calls a function on everything that has a schema, such as a parameter, with its JSON pointer.
pub fn visit_holders<'a>(document: &'a Document, call: &mut impl FnMut(&str, &'a Value)) {
    holders(document.root(), "", call);
}

fn holders<'a>(value: &'a Value, pointer: &str, call: &mut impl FnMut(&str, &'a Value)) {
    for (key, member) in entries(value) {
        let here = join(pointer, key);
        if key == "schema" {
            call(pointer, value);
        } else if !DATA.contains(&key) && here != "/components/schemas" {
            holders(member, &here, call);
        }
    }
    for (index, element) in items(value).enumerate() {
        holders(element, &join(pointer, index), call);
    }
}

fn visit_schema<'a>(schema: &'a Value, pointer: &str, call: &mut impl FnMut(&str, &'a Value)) {
    call(pointer, schema);
    for key in ONE {
        if let Some(inner) = schema.get(key).filter(|inner| inner.is_object()) {
            visit_schema(inner, &join(pointer, key), call);
        }
    }
    for key in LIST {
        for (index, inner) in items(get(schema, key)).enumerate() {
            visit_schema(inner, &join(&join(pointer, key), index), call);
        }
    }
    for (name, inner) in entries(get(schema, MAP)) {
        visit_schema(inner, &join(&join(pointer, MAP), name), call);
    }
}

/// Calls a function on every schema of a document, children first, and lets it change them.
pub(crate) fn rewrite(root: &mut Value, change: &mut impl FnMut(&mut Map<String, Value>)) {
    rewrite_holders(root, change);
    let schemas = root.pointer_mut("/components/schemas").and_then(Value::as_object_mut);
    for schema in schemas.into_iter().flat_map(Map::values_mut) {
        rewrite_schema(schema, change);
    }
}

fn rewrite_holders(value: &mut Value, change: &mut impl FnMut(&mut Map<String, Value>)) {
    match value {
        Value::Object(object) => {
            for (key, member) in object {
                match key.as_str() {
                    "schema" => rewrite_schema(member, change),
                    "schemas" => {}
                    key if DATA.contains(&key) => {}
                    _ => rewrite_holders(member, change),
                }
            }
        }
        Value::Array(array) => array.iter_mut().for_each(|item| rewrite_holders(item, change)),
        _ => {}
    }
}

fn rewrite_schema(schema: &mut Value, change: &mut impl FnMut(&mut Map<String, Value>)) {
    let Value::Object(object) = schema else {
        return;
    };
    for (key, member) in object.iter_mut() {
        let key = key.as_str();
        if ONE.contains(&key) {
            rewrite_schema(member, change);
        } else if LIST.contains(&key) {
            let list = member.as_array_mut().into_iter().flatten();
            list.for_each(|inner| rewrite_schema(inner, change));
        } else if key == MAP {
            let map = member.as_object_mut().into_iter().flat_map(Map::values_mut);
            map.for_each(|inner| rewrite_schema(inner, change));
        }
    }
    change(object);
}

/// Says whether values are what schemas of one document admit.
///
/// OpenAPI 3.0 schemas are JSON Schema of draft 4 with `nullable` and a few formats besides.
#[derive(Debug)]
pub struct Validator {
    components: Value,
}

impl Validator {
    /// Takes the components of a document.
    pub fn new(document: &Document) -> Self {
        let mut root = json!({ "components": { "schemas": document.at("/components/schemas") } });
        rewrite(&mut root, &mut nullable);
        Self { components: get(&root, "components").clone() }
    }

    /// Everything about a value that its schema does not admit, each with the place in the value.
    ///
    /// The value itself is not quoted: it may hold what nobody should read in a log.
    pub fn faults(&self, schema: &Value, value: &Value) -> Vec<String> {
        let mut root = json!({ "schema": schema });
        rewrite(&mut root, &mut nullable);
        let whole = json!({
            "$schema": "http://json-schema.org/draft-04/schema#",
            "components": self.components,
            "allOf": [get(&root, "schema")],
        });
        match jsonschema::options().should_validate_formats(false).build(&whole) {
            Ok(validator) => validator
                .iter_errors(value)
                .map(|error| place(&error.instance_path().to_string(), &error.masked().to_string()))
                .collect(),
            Err(error) => vec![format!("the schema cannot be used: {}", error.masked())],
        }
    }
}

fn place(path: &str, message: &str) -> String {
    if path.is_empty() { message.to_owned() } else { format!("at {path}: {message}") }
}

/// Says in draft 4 what `nullable: true` says in OpenAPI 3.0.
fn nullable(schema: &mut Map<String, Value>) {
    if schema.remove("nullable") != Some(Value::Bool(true)) {
        return;
    }
    if let Some(kind) = schema.get("type").cloned() {
        schema.insert("type".to_owned(), json!([kind, "null"]));
    }
}

#[cfg(test)]
mod tests {
    use super::{Document, Validator, Value, json};

    /// What a schema has against a value, in a document with a component `Boat`.
    fn faults(schema: Value, value: Value) -> Vec<String> {
        let boat = json!({
            "type": "object",
            "required": ["name"],
            "properties": {
                "name": { "type": "string" },
                "port": { "type": "string", "nullable": true },
            },
        });
        let root = json!({ "components": { "schemas": { "Boat": boat } } });
        Validator::new(&Document::from_value(root)).faults(&schema, &value)
    }

    fn boat() -> Value {
        json!({ "$ref": "#/components/schemas/Boat" })
    }

    #[test]
    fn a_value_that_fits_has_no_fault() {
        assert_eq!(faults(boat(), json!({ "name": "港" })), Vec::<String>::new());
    }

    #[test]
    fn null_fits_where_it_may_be() {
        assert_eq!(faults(boat(), json!({ "name": "a", "port": null })), Vec::<String>::new());
    }

    #[test]
    fn null_fits_nowhere_else() {
        let expected = ["at /name: value is not of type \"string\""];
        assert_eq!(faults(boat(), json!({ "name": null })), expected);
    }

    #[test]
    fn null_fits_a_nullable_enum_only_when_it_is_a_value() {
        let color = |values: Value| json!({ "type": "string", "nullable": true, "enum": values });
        assert_eq!(faults(color(json!(["red", null])), Value::Null), Vec::<String>::new());
        assert_eq!(faults(color(json!(["red"])), Value::Null), ["value is not one of \"red\""]);
    }

    #[test]
    fn a_bound_may_be_excluded_as_in_draft_4() {
        let above = json!({ "type": "integer", "minimum": 0, "exclusiveMinimum": true });
        let expected = ["value is less than or equal to the minimum of 0"];
        assert_eq!(faults(above, json!(0)), expected);
    }

    #[test]
    fn every_fault_is_told_with_its_place() {
        let fleet = json!({ "type": "array", "items": boat() });
        let expected = [
            "at /0: \"name\" is a required property",
            "at /1/name: value is not of type \"string\"",
        ];
        assert_eq!(faults(fleet, json!([{}, { "name": 1 }])), expected);
    }

    #[test]
    fn the_value_itself_is_not_quoted() {
        let code = json!({ "type": "string", "pattern": "^[0-9]+$" });
        assert_eq!(faults(code, json!("secret")), ["value does not match \"^[0-9]+$\""]);
    }

    #[test]
    fn a_property_that_the_schema_does_not_know_is_admitted() {
        assert_eq!(faults(boat(), json!({ "name": "a", "new": 1 })), Vec::<String>::new());
    }
}
