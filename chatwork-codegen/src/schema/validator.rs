//! Whether a value is what a schema admits.

use serde_json::{Map, Value, json};

use super::walk::{rewrite, rewrite_schema};
use crate::document::{Document, get};

/// Says whether values are what schemas of one document admit.
///
/// OpenAPI 3.0 schemas are JSON Schema of draft 4 with `nullable` and a few formats besides.
#[derive(Debug)]
pub struct Validator {
    components: Value,
    strict: bool,
}

impl Validator {
    /// Takes the components of a document.
    pub fn new(document: &Document) -> Self {
        let mut root = json!({ "components": { "schemas": document.at("/components/schemas") } });
        rewrite(&mut root, &mut nullable);
        Self { components: get(&root, "components").clone(), strict: false }
    }

    /// Takes the components of a document, and admits only properties that a schema names.
    pub fn strict(document: &Document) -> Self {
        let mut root = json!({ "components": { "schemas": document.at("/components/schemas") } });
        rewrite(&mut root, &mut nullable);
        rewrite(&mut root, &mut closed);
        Self { components: get(&root, "components").clone(), strict: true }
    }

    /// Everything about a value that its schema does not admit, each with the place in the value.
    ///
    /// The value itself is not quoted: it may be private.
    pub fn errors(&self, schema: &Value, value: &Value) -> Vec<String> {
        let mut schema = schema.clone();
        rewrite_schema(&mut schema, &mut nullable);
        if self.strict {
            rewrite_schema(&mut schema, &mut closed);
        }
        let whole = json!({
            "$schema": "http://json-schema.org/draft-04/schema#",
            "components": self.components,
            "allOf": [schema],
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

/// Admits no property besides those that an object names.
fn closed(schema: &mut Map<String, Value>) {
    if schema.contains_key("properties") {
        schema.entry("additionalProperties").or_insert(Value::Bool(false));
    }
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
    fn errors(schema: Value, value: Value) -> Vec<String> {
        let boat = json!({
            "type": "object",
            "required": ["name"],
            "properties": {
                "name": { "type": "string" },
                "port": { "type": "string", "nullable": true },
            },
        });
        let root = json!({ "components": { "schemas": { "Boat": boat } } });
        Validator::new(&Document::from_value(root)).errors(&schema, &value)
    }

    fn boat() -> Value {
        json!({ "$ref": "#/components/schemas/Boat" })
    }

    #[test]
    fn a_value_that_fits_has_no_error() {
        assert_eq!(errors(boat(), json!({ "name": "港" })), Vec::<String>::new());
    }

    #[test]
    fn null_fits_where_it_may_be() {
        assert_eq!(errors(boat(), json!({ "name": "a", "port": null })), Vec::<String>::new());
    }

    #[test]
    fn null_fits_nowhere_else() {
        let expected = ["at /name: value is not of type \"string\""];
        assert_eq!(errors(boat(), json!({ "name": null })), expected);
    }

    #[test]
    fn null_fits_a_nullable_enum_only_when_it_is_a_value() {
        let color = |values: Value| json!({ "type": "string", "nullable": true, "enum": values });
        assert_eq!(errors(color(json!(["red", null])), Value::Null), Vec::<String>::new());
        assert_eq!(errors(color(json!(["red"])), Value::Null), ["value is not one of \"red\""]);
    }

    #[test]
    fn a_bound_may_be_excluded_as_in_draft_4() {
        let above = json!({ "type": "integer", "minimum": 0, "exclusiveMinimum": true });
        let expected = ["value is less than or equal to the minimum of 0"];
        assert_eq!(errors(above, json!(0)), expected);
    }

    #[test]
    fn every_fault_is_told_with_its_place() {
        let fleet = json!({ "type": "array", "items": boat() });
        let expected = [
            "at /0: \"name\" is a required property",
            "at /1/name: value is not of type \"string\"",
        ];
        assert_eq!(errors(fleet, json!([{}, { "name": 1 }])), expected);
    }

    #[test]
    fn the_value_itself_is_not_quoted() {
        let code = json!({ "type": "string", "pattern": "^[0-9]+$" });
        assert_eq!(errors(code, json!("secret")), ["value does not match \"^[0-9]+$\""]);
    }

    #[test]
    fn a_strict_validator_refuses_a_property_that_the_schema_does_not_know() {
        let boat = json!({ "type": "object", "properties": { "name": { "type": "string" } } });
        let root = json!({ "components": { "schemas": { "Boat": boat } } });
        let strict = Validator::strict(&Document::from_value(root));
        let schema = json!({ "$ref": "#/components/schemas/Boat" });
        assert_eq!(strict.errors(&schema, &json!({ "name": "a" })), Vec::<String>::new());
        assert_eq!(strict.errors(&schema, &json!({ "new": 1 })).len(), 1);
    }

    #[test]
    fn a_strict_validator_closes_the_schema_that_it_is_given_too() {
        let strict = Validator::strict(&Document::from_value(json!({})));
        let boat = json!({ "type": "object", "properties": { "name": { "type": "string" } } });
        let fleet = json!({ "type": "array", "items": boat });
        assert_eq!(strict.errors(&boat, &json!({ "name": "a" })), Vec::<String>::new());
        assert_eq!(strict.errors(&boat, &json!({ "new": 1 })).len(), 1);
        assert_eq!(strict.errors(&fleet, &json!([{ "new": 1 }])).len(), 1);
    }

    #[test]
    fn a_property_that_the_schema_does_not_know_is_admitted() {
        assert_eq!(errors(boat(), json!({ "name": "a", "new": 1 })), Vec::<String>::new());
    }
}
