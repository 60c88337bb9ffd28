//! Misspelt keys: they have no effect in any tool and would go unnoticed.
//!
//! Those of operations are for `operations` to report, those of schemas for `schemas`, and vendor
//! extensions for `extensions`.

use serde_json::Value;

use super::operations;
use crate::diagnostic::Diagnostics;
use crate::document::{Document, METHODS, entries, get, items, join, reference};

const ROOT: [&str; 8] =
    ["openapi", "info", "externalDocs", "servers", "tags", "security", "paths", "components"];
const INFO: [&str; 6] = ["title", "description", "termsOfService", "contact", "license", "version"];
const DOCS: [&str; 2] = ["description", "url"];
const TAG: [&str; 3] = ["name", "description", "externalDocs"];
const PATH: [&str; 3] = ["summary", "description", "parameters"];
const COMPONENTS: [&str; 6] =
    ["securitySchemes", "parameters", "headers", "responses", "examples", "schemas"];
const PARAMETER: [&str; 10] = [
    "name",
    "in",
    "required",
    "description",
    "allowEmptyValue",
    "style",
    "explode",
    "schema",
    "example",
    "examples",
];
const HEADER: [&str; 5] = ["description", "required", "schema", "example", "examples"];
const BODY: [&str; 3] = ["description", "required", "content"];
const RESPONSE: [&str; 3] = ["description", "headers", "content"];
const MEDIA: [&str; 4] = ["schema", "example", "examples", "encoding"];
const EXAMPLE: [&str; 3] = ["summary", "description", "value"];

pub(super) fn check(document: &Document, faults: &mut Diagnostics) {
    let root = document.root();
    keys(root, "", "a document", &ROOT, faults);
    keys(get(root, "info"), "/info", "`info`", &INFO, faults);
    keys(get(root, "externalDocs"), "/externalDocs", "`externalDocs`", &DOCS, faults);
    for (kind, known, what) in [("servers", DOCS.as_slice(), "a server"), ("tags", &TAG, "a tag")] {
        for (index, value) in items(get(root, kind)).enumerate() {
            keys(value, &join(&join("", kind), index), what, known, faults);
        }
    }
    for (path, item) in entries(get(root, "paths")) {
        path_item(item, &join("/paths", path), faults);
    }
    for (name, item) in entries(get(root, "x-webhooks")) {
        let at = join("/x-webhooks", name);
        path_item(item, &at, faults);
        let post = get(item, "post");
        keys(post, &join(&at, "post"), "a delivery", &operations::KEYS, faults);
    }
    components(get(root, "components"), faults);
}

fn components(components: &Value, faults: &mut Diagnostics) {
    keys(components, "/components", "`components`", &COMPONENTS, faults);
    let members = |kind: &str| {
        let at = join("/components", kind);
        entries(get(components, kind)).map(move |(name, value)| (join(&at, name), value))
    };
    members("parameters").for_each(|(at, value)| parameter(value, &at, faults));
    members("headers").for_each(|(at, value)| header(value, &at, faults));
    members("responses").for_each(|(at, value)| response(value, &at, faults));
    members("examples").for_each(|(at, value)| keys(value, &at, "an example", &EXAMPLE, faults));
}

fn path_item(item: &Value, at: &str, faults: &mut Diagnostics) {
    let known: Vec<&str> = PATH.into_iter().chain(METHODS).collect();
    keys(item, at, "a path", &known, faults);
    parameters(item, at, faults);
    for (method, operation) in entries(item).filter(|(key, _)| METHODS.contains(key)) {
        let at = join(at, method);
        parameters(operation, &at, faults);
        let here = join(&at, "requestBody");
        let body = get(operation, "requestBody");
        keys(body, &here, "a request body", &BODY, faults);
        content(body, &here, faults);
        for (status, value) in entries(get(operation, "responses")) {
            response(value, &join(&join(&at, "responses"), status), faults);
        }
    }
}

fn parameters(holder: &Value, at: &str, faults: &mut Diagnostics) {
    for (index, value) in items(get(holder, "parameters")).enumerate() {
        parameter(value, &join(&join(at, "parameters"), index), faults);
    }
}

fn parameter(value: &Value, at: &str, faults: &mut Diagnostics) {
    keys(value, at, "a parameter", &PARAMETER, faults);
    examples(value, at, faults);
}

fn header(value: &Value, at: &str, faults: &mut Diagnostics) {
    keys(value, at, "a header", &HEADER, faults);
    examples(value, at, faults);
}

fn response(value: &Value, at: &str, faults: &mut Diagnostics) {
    keys(value, at, "a reply", &RESPONSE, faults);
    for (name, value) in entries(get(value, "headers")) {
        header(value, &join(&join(at, "headers"), name), faults);
    }
    content(value, at, faults);
}

fn content(holder: &Value, at: &str, faults: &mut Diagnostics) {
    for (media, value) in entries(get(holder, "content")) {
        let here = join(&join(at, "content"), media);
        keys(value, &here, "a media type", &MEDIA, faults);
        examples(value, &here, faults);
    }
}

fn examples(holder: &Value, at: &str, faults: &mut Diagnostics) {
    for (name, value) in entries(get(holder, "examples")) {
        keys(value, &join(&join(at, "examples"), name), "an example", &EXAMPLE, faults);
    }
}

fn keys(value: &Value, at: &str, what: &str, known: &[&str], faults: &mut Diagnostics) {
    if reference(value).is_some() {
        return;
    }
    for (key, _) in entries(value).filter(|(key, _)| !key.starts_with("x-")) {
        if !known.contains(&key) {
            let message = format!("`{key}` is no key of {what}: it has {}", known.join(", "));
            faults.add(join(at, key), message);
        }
    }
}
