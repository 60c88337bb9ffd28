//! The keywords of schemas hold what OpenAPI says that they hold.

use serde_json::Value;

use crate::diagnostic::Diagnostics;
use crate::document::{Document, get, join, kind, reference};
use crate::schema;

/// What a keyword holds, in the words of a diagnostic, and how to check it.
type Kind = (&'static str, fn(&Value) -> bool, &'static [&'static str]);

const KINDS: [Kind; 6] = [
    ("a whole number from 0", Value::is_u64, &["maxItems", "maxLength", "minItems", "minLength"]),
    ("a number", Value::is_number, &["maximum", "minimum"]),
    ("true or false", Value::is_boolean, &["exclusiveMaximum", "exclusiveMinimum", "nullable"]),
    ("a string", Value::is_string, &["description", "pattern"]),
    ("a list", Value::is_array, &["allOf", "enum", "oneOf", "required"]),
    ("a mapping", Value::is_object, &["discriminator", "items", "properties"]),
];
/// Bounds of which the first is not above the second.
const BOUNDS: [(&str, &str); 3] =
    [("minItems", "maxItems"), ("minLength", "maxLength"), ("minimum", "maximum")];

pub(super) fn check(document: &Document, diagnostics: &mut Diagnostics) {
    schema::visit(document, &mut |at, schema| {
        if reference(schema).is_none() {
            kinds(schema, at, diagnostics);
            bounds(schema, at, diagnostics);
            pattern(schema, at, diagnostics);
        }
    });
}

fn kinds(schema: &Value, at: &str, diagnostics: &mut Diagnostics) {
    for (what, fits, keywords) in KINDS {
        for keyword in keywords {
            if let Some(value) = schema.get(keyword).filter(|value| !fits(value)) {
                let found = if value.is_number() { value.to_string() } else { kind(value).into() };
                diagnostics.add(join(at, keyword), format!("expected {what}, found {found}"));
            }
        }
    }
}

fn pattern(schema: &Value, at: &str, diagnostics: &mut Diagnostics) {
    if let Some(pattern) = schema.get("pattern").filter(|pattern| pattern.is_string()) {
        let alone = serde_json::json!({ "pattern": pattern });
        if jsonschema::options().build(&alone).is_err() {
            diagnostics.add(join(at, "pattern"), "expected a regular expression");
        }
    }
}

fn bounds(schema: &Value, at: &str, diagnostics: &mut Diagnostics) {
    for (low, high) in BOUNDS {
        let number = |key: &str| get(schema, key).as_f64();
        if let (Some(least), Some(most)) = (number(low), number(high))
            && least > most
        {
            let message = format!("expected at most `{high}`, which is {most}, found {least}");
            diagnostics.add(join(at, low), message);
        }
    }
}
