//! Schemas: described, typed exactly, and without keywords that mislead generators.

use serde_json::Value;

use super::Faults;
use crate::document::{
    Document, entries, get, is_flag, is_required, items, join, properties, reference, text,
    wrapped_reference,
};
use crate::schema;

/// The keywords of OpenAPI 3.0 schemas that this document uses. A misspelt one has no effect in
/// any tool and would go unnoticed.
const KEYWORDS: [&str; 23] = [
    "additionalProperties",
    "allOf",
    "anyOf",
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

pub(super) fn check(document: &Document, faults: &mut Faults) {
    for (name, component) in document.schemas() {
        if text(component, "description").is_empty() {
            let at = join("/components/schemas", name);
            faults.add(at, "expected a description of the schema, found none");
        }
    }
    schema::visit(document, &mut |at, schema| {
        if reference(schema).is_none() {
            keywords(schema, at, faults);
            kind(schema, at, faults);
            members(document, schema, at, faults);
        }
    });
}

fn keywords(schema: &Value, at: &str, faults: &mut Faults) {
    for (key, _) in entries(schema) {
        if key == "default" {
            let message = "some generators always send a declared default: \
                           expected it in the description instead";
            faults.add(join(at, key), message);
        } else if !KEYWORDS.contains(&key) && !key.starts_with("x-") {
            faults.add(
                join(at, key),
                format!("`{key}` is no keyword of a schema here"),
            );
        }
    }
}

fn kind(schema: &Value, at: &str, faults: &mut Faults) {
    let kind = text(schema, "type");
    if get(schema, "nullable") == true && kind.is_empty() {
        faults.add(at, "`nullable` says nothing without `type` beside it");
    }
    if kind == "integer" && text(schema, "format") != "int64" && get(schema, "enum").is_null() {
        faults.add(
            at,
            "expected `format: int64` on an integer: ids exceed 32 bits",
        );
    }
    if kind == "array" && get(schema, "items").is_null() {
        faults.add(at, "expected `items` on an array, found none");
    }
    if let Some(all) = schema.get("allOf")
        && (wrapped_reference(schema).is_none() || items(all).count() != 1)
    {
        let message = "expected an `allOf` of one `$ref`, which gives it a description of its own";
        faults.add(join(at, "allOf"), message);
    }
    enumeration(schema, at, faults);
}

/// An enum with a choice has a name: it is a component, unless it is a flag.
fn enumeration(schema: &Value, at: &str, faults: &mut Faults) {
    let Some(values) = schema.get("enum") else {
        return;
    };
    let count = items(values).count();
    if count == 0 {
        faults.add(join(at, "enum"), "expected at least one value, found none");
    }
    let component = at
        .strip_prefix("/components/schemas/")
        .is_some_and(|name| !name.contains('/'));
    if count > 1 && !component && !is_flag(schema) {
        faults.add(
            join(at, "enum"),
            "expected a component of its own, so that it has a name",
        );
    }
}

fn members(document: &Document, schema: &Value, at: &str, faults: &mut Faults) {
    for (name, property) in properties(schema) {
        let described = !text(property, "description").is_empty()
            || !text(document.resolve(property), "description").is_empty();
        if !described {
            let place = join(&join(at, "properties"), name);
            faults.add(place, "expected a description of the property, found none");
        }
    }
    for name in items(get(schema, "required")).filter_map(Value::as_str) {
        if get(get(schema, "properties"), name).is_null() && is_required(schema, name) {
            faults.add(
                join(at, "required"),
                format!("`{name}` is required but no property"),
            );
        }
    }
}
