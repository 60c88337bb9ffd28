//! Schemas: described, typed exactly, and without keywords that mislead generators.

use serde_json::Value;

use super::expected_property;
use crate::diagnostic::Diagnostics;
use crate::document::{
    Document, entries, get, is_component, is_flag, is_required, items, join, properties, reference,
    text, wrapped_reference,
};
use crate::schema;

/// The keywords of OpenAPI 3.0 schemas that this document uses. A misspelt one has no effect in
/// any tool and would go unnoticed.
const KEYWORDS: [&str; 21] = [
    "allOf",
    "description",
    "discriminator",
    "enum",
    "example",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "items",
    "maxItems",
    "maxLength",
    "maximum",
    "minItems",
    "minLength",
    "minimum",
    "nullable",
    "oneOf",
    "pattern",
    "properties",
    "required",
    "type",
];

/// The types that a schema may have.
const TYPES: [&str; 6] = ["array", "boolean", "integer", "number", "object", "string"];
/// The formats that have a meaning here: another would be a type of a crate that is not there.
const FORMATS: [&str; 3] = ["binary", "int64", "password"];

pub(super) fn check(document: &Document, diagnostics: &mut Diagnostics) {
    for (name, component) in document.schemas() {
        if text(component, "description").is_empty() {
            let at = join("/components/schemas", name);
            diagnostics.add(at, "expected a description of the schema, found none");
        }
    }
    schema::visit(document, &mut |at, schema| {
        if reference(schema).is_none() {
            keywords(schema, at, diagnostics);
            kind(schema, at, diagnostics);
            format(schema, at, diagnostics);
            nullable(schema, at, diagnostics);
            all_of(schema, at, diagnostics);
            enumeration(schema, at, diagnostics);
            members(document, schema, at, diagnostics);
        }
    });
}

fn keywords(schema: &Value, at: &str, diagnostics: &mut Diagnostics) {
    for (key, _) in entries(schema) {
        if key == "default" {
            let message = "some generators always send a declared default: \
                           expected it in the description instead";
            diagnostics.add(join(at, key), message);
        } else if !KEYWORDS.contains(&key) && !key.starts_with("x-") {
            let known = KEYWORDS.join(", ");
            let message =
                format!("`{key}` is not a valid keyword of a schema: expected one of {known}");
            diagnostics.add(join(at, key), message);
        }
    }
}

fn kind(schema: &Value, at: &str, diagnostics: &mut Diagnostics) {
    let kind = text(schema, "type");
    let choice = !get(schema, "allOf").is_null() || !get(schema, "oneOf").is_null();
    let left_out = get(schema, "type").is_null() && choice;
    if !left_out && !TYPES.contains(&kind) {
        let message = format!("expected one of {}", TYPES.join(", "));
        diagnostics.add(join(at, "type"), message);
    }
    if kind == "integer" && text(schema, "format") != "int64" && get(schema, "enum").is_null() {
        diagnostics.add(at, "expected `format: int64` on an integer: ids exceed 32 bits");
    }
    if kind == "array" && get(schema, "items").is_null() {
        diagnostics.add(at, "expected `items` on an array, found none");
    }
    if kind == "object" && !is_component(at) && !is_body(at) {
        diagnostics
            .add(at, "expected a schema under `components/schemas`, so that its type has a name");
    }
}

fn format(schema: &Value, at: &str, diagnostics: &mut Diagnostics) {
    let format = get(schema, "format");
    if !format.is_null() && !FORMATS.iter().any(|known| format == known) {
        let message = format!("expected one of {}", FORMATS.join(", "));
        diagnostics.add(join(at, "format"), message);
    }
}

fn nullable(schema: &Value, at: &str, diagnostics: &mut Diagnostics) {
    if get(schema, "nullable") != true {
        return;
    }
    if text(schema, "type").is_empty() {
        diagnostics.add(at, "`nullable` has no effect without a type: expected `type` beside it");
    }
    if is_component(at) {
        let message =
            "expected `nullable` on the properties that may be null, not on the component";
        diagnostics.add(join(at, "nullable"), message);
    }
}

fn all_of(schema: &Value, at: &str, diagnostics: &mut Diagnostics) {
    if let Some(all) = schema.get("allOf")
        && (wrapped_reference(schema).is_none() || items(all).count() != 1)
    {
        let message = "expected an `allOf` of one `$ref`, which gives it a description of its own";
        diagnostics.add(join(at, "allOf"), message);
    }
}

/// Whether a JSON pointer is that of the schema of a request body.
fn is_body(at: &str) -> bool {
    at.contains("/requestBody/content/") && at.ends_with("/schema")
}

/// An enum with a choice has a name: it is a component, unless it is a flag.
fn enumeration(schema: &Value, at: &str, diagnostics: &mut Diagnostics) {
    let Some(values) = schema.get("enum") else {
        return;
    };
    let count = items(values).count();
    if count == 0 {
        diagnostics.add(join(at, "enum"), "expected at least one value, found none");
    }
    let nullable = get(schema, "nullable") == true;
    let text = text(schema, "type") == "string";
    let fits = |value: &Value| value.is_string() == text || (nullable && value.is_null());
    if !items(values).all(fits) {
        diagnostics.add(join(at, "enum"), "expected values of the declared `type`");
    }
    if count > 0 && !text && !is_flag(schema) {
        diagnostics.add(join(at, "enum"), "expected a string enum, or a flag of 0 and 1");
    } else if count > 1 && !is_component(at) && !is_flag(schema) {
        diagnostics.add(
            join(at, "enum"),
            "expected a schema under `components/schemas`, so that its type has a name",
        );
    }
}

fn members(document: &Document, schema: &Value, at: &str, diagnostics: &mut Diagnostics) {
    for (name, property) in properties(schema) {
        let described = !text(property, "description").is_empty()
            || !text(document.resolve(property), "description").is_empty();
        if !described {
            let place = join(&join(at, "properties"), name);
            diagnostics.add(place, "expected a description of the property, found none");
        }
    }
    for name in items(get(schema, "required")).filter_map(Value::as_str) {
        if get(get(schema, "properties"), name).is_null() && is_required(schema, name) {
            let message = format!(
                "`{name}` is required but is not a property: {}",
                expected_property(schema)
            );
            diagnostics.add(join(at, "required"), message);
        }
    }
}
