//! Request bodies are one form, url-encoded or multipart, with scalar fields.

use serde_json::Value;

use super::expected_property;
use crate::diagnostic::Diagnostics;
use crate::document::{
    Document, FORM, MULTIPART, Operation, entries, get, is_required, join, kind, properties,
    reference, text,
};

pub(super) fn check(document: &Document, diagnostics: &mut Diagnostics) {
    for operation in document.operations() {
        let body = document.resolve(get(operation.value, "requestBody"));
        if body.is_null() {
            continue;
        }
        let at = join(&operation.pointer(), "requestBody");
        if text(body, "description").is_empty() {
            diagnostics.add(&at, "expected a description of the body, found none");
        }
        for (media, content) in entries(get(body, "content")) {
            if reference(get(content, "schema")).is_some() {
                let here = join(&join(&join(&at, "content"), media), "schema");
                diagnostics.add(here, "expected the schema of the body here, not behind a `$ref`");
            }
        }
        media(&operation, body, &at, diagnostics);
        required(&operation, body, &at, diagnostics);
        if let (Some((media, schema)), Some(at)) = (operation.body(), operation.body_pointer()) {
            fields(document, media, schema, &at, diagnostics);
        }
    }
}

fn media(operation: &Operation<'_>, body: &Value, at: &str, diagnostics: &mut Diagnostics) {
    let here = join(at, "content");
    let types: Vec<&str> = entries(get(body, "content")).map(|(media, _)| media).collect();
    if types != [FORM] && types != [MULTIPART] {
        let message = format!("expected one of `{FORM}` and `{MULTIPART}`, found {types:?}");
        diagnostics.add(&here, message);
    }
    let Some((_, schema)) = operation.body() else {
        return;
    };
    for (media, content) in entries(get(body, "content")) {
        for (name, _) in entries(get(content, "encoding")) {
            if get(get(schema, "properties"), name).is_null() {
                let place = join(&join(&join(&here, media), "encoding"), name);
                diagnostics.add(
                    place,
                    format!("`{name}` is not a field of the body: {}", expected_property(schema)),
                );
            }
        }
    }
}

/// A body that has a required field is required itself, and the other way round.
fn required(operation: &Operation<'_>, body: &Value, at: &str, diagnostics: &mut Diagnostics) {
    let Some((_, schema)) = operation.body() else {
        return;
    };
    let must = properties(schema).any(|(name, _)| is_required(schema, name));
    let required = get(body, "required");
    if !required.is_null() && !required.is_boolean() {
        let message = format!("expected true or false, found {}", kind(required));
        diagnostics.add(join(at, "required"), message);
    } else if (required == true) != must {
        let why = if must { "a field of it is required" } else { "no field of it is required" };
        diagnostics.add(join(at, "required"), format!("expected {must}: {why}"));
    }
}

fn fields(
    document: &Document,
    media: &str,
    schema: &Value,
    at: &str,
    diagnostics: &mut Diagnostics,
) {
    if text(schema, "type") != "object" {
        diagnostics.add(
            join(at, "type"),
            "expected a schema of type object, whose properties are the fields",
        );
    }
    if properties(schema).next().is_none() {
        diagnostics.add(join(at, "properties"), "expected at least one field, found none");
    }
    for (name, property) in properties(schema) {
        let here = join(&join(at, "properties"), name);
        let resolved = crate::document::wrapped_reference(property)
            .map_or(property, |reference| document.target(reference));
        let kind = text(resolved, "type");
        if !["string", "integer", "boolean"].contains(&kind) {
            let message = "expected type string, integer or boolean: a form has no other values \
                           (a list is a string with commas, `x-comma-separated`)";
            diagnostics.add(&here, message);
        }
        if media == MULTIPART && text(resolved, "format") == "password" {
            diagnostics
                .add(&here, "expected another format: a secret is not sent as a part of a form");
        }
        let null = get(property, "nullable") == true;
        if media == MULTIPART && null && is_required(schema, name) {
            diagnostics
                .add(&here, "a part cannot be null: expected it to be left out of `required`");
        }
        let binary = text(resolved, "format") == "binary";
        if binary && text(property, "format") != "binary" {
            diagnostics.add(&here, "expected the file here, not behind a `$ref`");
        }
        if binary && media != MULTIPART {
            diagnostics.add(&here, format!("a file is sent as `{MULTIPART}` only"));
        }
        if binary && get(property, "x-max-bytes").is_null() {
            diagnostics.add(&here, "expected `x-max-bytes`, the largest size of the file in bytes");
        }
    }
}
