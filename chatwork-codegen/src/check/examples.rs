//! Every reply has a named example, and every example is what its schema admits.

use serde_json::{Map, Value};

use crate::diagnostic::Diagnostics;
use crate::document::{Document, JSON, MULTIPART, entries, get, join, text};
use crate::schema::{self, Validator};

pub(super) fn check(document: &Document, diagnostics: &mut Diagnostics) {
    let validator = Validator::strict(document);
    for operation in document.operations() {
        for (_, place, response) in operation.response_places() {
            let content = get(get(response, "content"), JSON);
            if !get(content, "schema").is_null() && entries(get(content, "examples")).count() == 0 {
                let here = join(&join(&join(&place, "content"), JSON), "examples");
                diagnostics.add(here, "expected a named example under `examples`, found none");
            }
        }
    }
    schema::visit_holders(document, &mut |at, holder| {
        examples(document, &validator, holder, at, diagnostics);
    });
    schema::visit(document, &mut |at, schema| {
        if let Some(example) = schema.get("example") {
            compare(&validator, schema, example, &join(at, "example"), diagnostics);
        }
    });
}

/// The examples beside a schema: of a reply, a body, a parameter or a header.
fn examples(
    document: &Document,
    validator: &Validator,
    holder: &Value,
    at: &str,
    diagnostics: &mut Diagnostics,
) {
    let mut schema = get(holder, "schema").clone();
    if at.ends_with(&join("", MULTIPART)) {
        without_files(&mut schema);
    }
    if let Some(example) = holder.get("example") {
        compare(validator, &schema, example, &join(at, "example"), diagnostics);
    }
    for (name, example) in entries(get(holder, "examples")) {
        let (here, example) = document.place(join(&join(at, "examples"), name), example);
        match example.get("value") {
            Some(value) => compare(validator, &schema, value, &join(&here, "value"), diagnostics),
            None => diagnostics.add(join(&here, "value"), "expected `value`, found none"),
        }
    }
}

/// Takes the files out of the schema of a body: an example does not show their bytes.
fn without_files(schema: &mut Value) {
    let mut files: Vec<String> = Vec::new();
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        let is_file = |value: &Value| text(value, "format") == "binary";
        files.extend(properties.iter().filter(|(_, p)| is_file(p)).map(|(name, _)| name.clone()));
        properties.retain(|_, property: &mut Value| !is_file(property));
    }
    let object: Option<&mut Map<String, Value>> = schema.as_object_mut();
    let Some(object) = object else {
        return;
    };
    if let Some(Value::Array(required)) = object.get_mut("required") {
        required.retain(|name| files.iter().all(|file| name != file));
        if required.is_empty() {
            // Draft 4 does not admit an empty list.
            object.shift_remove("required");
        }
    }
}

fn compare(
    validator: &Validator,
    schema: &Value,
    value: &Value,
    at: &str,
    diagnostics: &mut Diagnostics,
) {
    for error in validator.errors(schema, value) {
        diagnostics.add(at, format!("the example does not match its schema: {error}"));
    }
}
