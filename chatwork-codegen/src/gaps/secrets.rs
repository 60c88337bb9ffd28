//! Gap: a string of `format: password` is a string like any other, and shows in `Debug`.
//!
//! It becomes `crate::Secret`, which does not. Can go when typify knows the format.

use progenitor_impl::{GenerationSettings, TypeImpl};
use serde_json::{Map, Value, json};

use super::Gap;
use crate::document::Document;
use crate::schema;

pub(super) struct Secrets;

/// The name of the type, and of the schema that stands for it in the lowered document.
const SECRET: &str = "Secret";

impl Gap for Secrets {
    fn lower(&self, root: &mut Value) {
        let mut found = false;
        schema::rewrite(root, &mut |schema| {
            if schema.get("format").is_some_and(|format| format == "password") {
                found = true;
                refer(schema, SECRET);
            }
        });
        if found {
            declare(root, SECRET, &json!({ "type": "string", "description": "A secret." }));
        }
    }

    fn configure(&self, _: &Document, settings: &mut GenerationSettings) {
        settings.with_replacement(SECRET, "crate::Secret", std::iter::empty::<TypeImpl>());
    }
}

/// Makes a schema a reference to a component; it keeps its description and may still be null.
pub(super) fn refer(schema: &mut Map<String, Value>, name: &str) {
    schema.retain(|key, _| ["description", "nullable"].contains(&key.as_str()));
    let reference = format!("#/components/schemas/{name}");
    schema.insert("allOf".to_owned(), json!([{ "$ref": reference }]));
}

/// Adds a component that stands for a type of the crate.
pub(super) fn declare(root: &mut Value, name: &str, schema: &Value) {
    let schemas = root.pointer_mut("/components/schemas").and_then(Value::as_object_mut);
    if let Some(schemas) = schemas {
        schemas.insert(name.to_owned(), schema.clone());
    }
}
