//! The flat edition of a document, for generators of other languages that read less of OpenAPI.
//!
//! Three constructs break code that common generators write. The flat edition replaces them:
//!
//! | construct | in the flat edition |
//! |---|---|
//! | a field of a form that refers to a scalar schema | the schema, written out |
//! | a `oneOf` of a string and a number | a schema without a type |
//! | a flag, `enum: [0, 1]` | an integer from 0 to 1 |
//!
//! A schema that no reference leads to any more is left out: two enums with a value of one name do
//! not compile in Go.
//!
//! It describes the same requests and replies. Everything else is as in the document.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::document::nodes::{Kind, rewrite};
use crate::document::{
    Document, FORM, MULTIPART, get, is_flag, number_or_text, walk, wrapped_reference,
};

const SCHEMAS: &str = "#/components/schemas/";

/// How many references of a schema are followed: those of a circle have no end.
const STEPS: u8 = 32;

/// Returns the flat edition of a document.
///
/// ```
/// use chatwork_codegen::{Document, flat};
///
/// let yaml = "components: { schemas: { Flag: { type: integer, enum: [0, 1] } } }";
/// let flat = flat::flat(&Document::parse(yaml)?);
/// assert_eq!(flat.at("/components/schemas/Flag/maximum"), 1);
/// # Ok::<(), chatwork_codegen::Error>(())
/// ```
pub fn flat(document: &Document) -> Document {
    let mut root = document.root().clone();
    rewrite(Kind::Root, &mut root, Kind::Body, &mut |body| write_out_fields(document, body));
    rewrite(Kind::Root, &mut root, Kind::Schema, &mut |schema| {
        remove_choice(document, schema);
        flag_to_range(schema);
    });
    remove_unused(&referenced(document.root()), &mut root);
    Document::from_value(root)
}

/// Removes the schemas that were referred to and are no longer. Those of them that others refer to
/// follow when the others are gone.
fn remove_unused(before: &BTreeSet<String>, root: &mut Value) {
    loop {
        let unused: Vec<_> = before.difference(&referenced(root)).cloned().collect();
        let Some(Value::Object(schemas)) = root.pointer_mut("/components/schemas") else {
            return;
        };
        let count = schemas.len();
        for name in unused {
            schemas.shift_remove(&name);
        }
        if schemas.len() == count {
            return;
        }
    }
}

/// The names of the schemas that a `$ref` or the mapping of a discriminator leads to.
fn referenced(root: &Value) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    walk(root, "", &mut |_, value| {
        let name = value.as_str().and_then(|text| text.strip_prefix(SCHEMAS));
        names.extend(name.map(str::to_owned));
    });
    names
}

/// Replaces each reference to a scalar schema among the fields of a form.
fn write_out_fields(document: &Document, body: &mut Map<String, Value>) {
    let Some(Value::Object(content)) = body.get_mut("content") else {
        return;
    };
    for (_, media) in content.iter_mut().filter(|(name, _)| [FORM, MULTIPART].contains(&&***name)) {
        let Some(schema) = media.get_mut("schema") else {
            continue;
        };
        *schema = document.resolve(schema).clone();
        let fields = schema.get_mut("properties").and_then(Value::as_object_mut);
        for field in fields.into_iter().flat_map(Map::values_mut) {
            if let Some(scalar) = written_out(document, field, STEPS) {
                *field = scalar;
            }
        }
    }
}

/// The scalar schema that a schema refers to, with what the schema itself says in its place. `None`
/// if it refers to no schema, or to an object or a list.
fn written_out(document: &Document, schema: &Value, steps: u8) -> Option<Value> {
    let target = document.target(wrapped_reference(schema)?);
    let next = written_out(document, target, steps.checked_sub(1)?);
    let mut scalar = next.unwrap_or_else(|| target.clone());
    if !matches!(get(&scalar, "type").as_str(), Some("string" | "integer" | "number" | "boolean")) {
        return None;
    }
    let own = schema.as_object()?.iter().filter(|(key, _)| !["$ref", "allOf"].contains(&&***key));
    let own: Vec<_> = own.map(|(key, value)| (key.clone(), value.clone())).collect();
    scalar.as_object_mut()?.extend(own);
    Some(scalar)
}

/// Removes the `oneOf` of a string and a number. OpenAPI 3.0 has `nullable` beside a type only.
fn remove_choice(document: &Document, schema: &mut Map<String, Value>) {
    if number_or_text(document, &Value::Object(schema.clone())).is_some() {
        schema.shift_remove("oneOf");
        schema.shift_remove("nullable");
    }
}

/// Replaces the values of a flag by the range that they span, in the same place.
fn flag_to_range(schema: &mut Map<String, Value>) {
    if !is_flag(&Value::Object(schema.clone())) {
        return;
    }
    let keys = std::mem::take(schema).into_iter();
    *schema = keys
        .flat_map(|(key, value)| match key.as_str() {
            "enum" => vec![("minimum".to_owned(), 0.into()), ("maximum".to_owned(), 1.into())],
            _ => vec![(key, value)],
        })
        .collect();
}
