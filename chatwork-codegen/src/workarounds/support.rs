//! What more than one workaround needs.

use serde_json::{Map, Value, json};

use crate::document::METHODS;

/// The name of the type of flags, and of the schema that represents it in the lowered document.
pub(super) const FLAG: &str = "Flag";

/// The operations of a document, to be changed.
pub(super) fn operations_mut(root: &mut Value) -> impl Iterator<Item = &mut Map<String, Value>> {
    let paths = root.get_mut("paths").and_then(Value::as_object_mut);
    paths
        .into_iter()
        .flat_map(Map::values_mut)
        .filter_map(Value::as_object_mut)
        .flat_map(|item| item.iter_mut())
        .filter(|(key, _)| METHODS.contains(&key.as_str()))
        .filter_map(|(_, operation)| operation.as_object_mut())
}

/// Turns a schema into a reference to a component. Keeps its description and `nullable`.
pub(super) fn refer(schema: &mut Map<String, Value>, name: &str) {
    schema.retain(|key, _| ["description", "nullable"].contains(&key.as_str()));
    let reference = format!("#/components/schemas/{name}");
    schema.insert("allOf".to_owned(), json!([{ "$ref": reference }]));
}

/// Adds a component that represents a hand-written type of the crate.
pub(super) fn declare(root: &mut Value, name: &str, schema: &Value) {
    let schemas = root.pointer_mut("/components/schemas").and_then(Value::as_object_mut);
    if let Some(schemas) = schemas {
        schemas.insert(name.to_owned(), schema.clone());
    }
}
