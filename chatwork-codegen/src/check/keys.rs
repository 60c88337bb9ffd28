//! Misspelt keys: they have no effect in any tool and would go unnoticed.
//!
//! Those of operations are for `operations` to report, those of schemas for `schemas`, and vendor
//! extensions for `extensions`.

use serde_json::Value;

use super::operations;
use crate::diagnostic::Diagnostics;
use crate::document::{Document, METHODS, entries, get, items, join, reference, text};
use crate::schema;

const ROOT: [&str; 8] =
    ["openapi", "info", "externalDocs", "servers", "tags", "security", "paths", "components"];
const INFO: [&str; 6] = ["title", "description", "termsOfService", "contact", "license", "version"];
const DOCS: [&str; 2] = ["description", "url"];
const CONTACT: [&str; 3] = ["name", "url", "email"];
const LICENSE: [&str; 2] = ["name", "url"];
const LIMIT: [&str; 5] = ["description", "requests", "seconds", "per", "error"];
const API_KEY: [&str; 4] = ["type", "description", "name", "in"];
const OAUTH: [&str; 3] = ["type", "description", "flows"];
const FLOWS: [&str; 4] = ["implicit", "password", "clientCredentials", "authorizationCode"];
const FLOW: [&str; 4] = ["authorizationUrl", "tokenUrl", "refreshUrl", "scopes"];
const DISCRIMINATOR: [&str; 2] = ["propertyName", "mapping"];
const ENCODING: [&str; 5] = ["contentType", "headers", "style", "explode", "allowReserved"];
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

pub(super) fn check(document: &Document, diagnostics: &mut Diagnostics) {
    let root = document.root();
    keys(root, "", "a document", &ROOT, diagnostics);
    let info = get(root, "info");
    keys(info, "/info", "`info`", &INFO, diagnostics);
    keys(get(info, "contact"), "/info/contact", "`contact`", &CONTACT, diagnostics);
    keys(get(info, "license"), "/info/license", "`license`", &LICENSE, diagnostics);
    docs(root, "", diagnostics);
    for (kind, known, what) in [("servers", DOCS.as_slice(), "a server"), ("tags", &TAG, "a tag")] {
        for (index, value) in items(get(root, kind)).enumerate() {
            let at = join(&join("", kind), index);
            keys(value, &at, what, known, diagnostics);
            docs(value, &at, diagnostics);
        }
    }
    for (name, value) in entries(get(root, "x-rate-limits")) {
        keys(value, &join("/x-rate-limits", name), "a rate limit", &LIMIT, diagnostics);
    }
    schema::visit(document, &mut |at, schema| {
        docs(schema, at, diagnostics);
        let tag = get(schema, "discriminator");
        let at = join(at, "discriminator");
        keys(tag, &at, "a `discriminator`", &DISCRIMINATOR, diagnostics);
    });
    for (path, item) in entries(get(root, "paths")) {
        path_item(item, &join("/paths", path), diagnostics);
    }
    for (name, item) in entries(get(root, "x-webhooks")) {
        let at = join("/x-webhooks", name);
        path_item(item, &at, diagnostics);
        let post = get(item, "post");
        keys(post, &join(&at, "post"), "a delivery", &operations::KEYS, diagnostics);
    }
    components(get(root, "components"), diagnostics);
}

fn components(components: &Value, diagnostics: &mut Diagnostics) {
    keys(components, "/components", "`components`", &COMPONENTS, diagnostics);
    let members = |kind: &str| {
        let at = join("/components", kind);
        entries(get(components, kind)).map(move |(name, value)| (join(&at, name), value))
    };
    members("securitySchemes").for_each(|(at, value)| scheme(value, &at, diagnostics));
    members("parameters").for_each(|(at, value)| parameter(value, &at, diagnostics));
    members("headers").for_each(|(at, value)| header(value, &at, diagnostics));
    members("responses").for_each(|(at, value)| response(value, &at, diagnostics));
    members("examples")
        .for_each(|(at, value)| keys(value, &at, "an example", &EXAMPLE, diagnostics));
}

fn scheme(scheme: &Value, at: &str, diagnostics: &mut Diagnostics) {
    match text(scheme, "type") {
        "apiKey" => keys(scheme, at, "a scheme of `type: apiKey`", &API_KEY, diagnostics),
        "oauth2" => keys(scheme, at, "a scheme of `type: oauth2`", &OAUTH, diagnostics),
        // `security` reports the type.
        _ => return,
    }
    let at = join(at, "flows");
    keys(get(scheme, "flows"), &at, "`flows`", &FLOWS, diagnostics);
    for (flow, value) in entries(get(scheme, "flows")) {
        keys(value, &join(&at, flow), "a flow", &FLOW, diagnostics);
    }
}

fn docs(holder: &Value, at: &str, diagnostics: &mut Diagnostics) {
    let value = get(holder, "externalDocs");
    keys(value, &join(at, "externalDocs"), "`externalDocs`", &DOCS, diagnostics);
}

fn path_item(item: &Value, at: &str, diagnostics: &mut Diagnostics) {
    let known: Vec<&str> = PATH.into_iter().chain(METHODS).collect();
    keys(item, at, "a path", &known, diagnostics);
    parameters(item, at, diagnostics);
    for (method, operation) in entries(item).filter(|(key, _)| METHODS.contains(key)) {
        let at = join(at, method);
        parameters(operation, &at, diagnostics);
        docs(operation, &at, diagnostics);
        let here = join(&at, "requestBody");
        let body = get(operation, "requestBody");
        keys(body, &here, "a request body", &BODY, diagnostics);
        content(body, &here, diagnostics);
        for (status, value) in entries(get(operation, "responses")) {
            response(value, &join(&join(&at, "responses"), status), diagnostics);
        }
    }
}

fn parameters(holder: &Value, at: &str, diagnostics: &mut Diagnostics) {
    for (index, value) in items(get(holder, "parameters")).enumerate() {
        parameter(value, &join(&join(at, "parameters"), index), diagnostics);
    }
}

fn parameter(value: &Value, at: &str, diagnostics: &mut Diagnostics) {
    keys(value, at, "a parameter", &PARAMETER, diagnostics);
    examples(value, at, diagnostics);
}

fn header(value: &Value, at: &str, diagnostics: &mut Diagnostics) {
    keys(value, at, "a header", &HEADER, diagnostics);
    examples(value, at, diagnostics);
}

fn response(value: &Value, at: &str, diagnostics: &mut Diagnostics) {
    keys(value, at, "a reply", &RESPONSE, diagnostics);
    for (name, value) in entries(get(value, "headers")) {
        header(value, &join(&join(at, "headers"), name), diagnostics);
    }
    content(value, at, diagnostics);
}

fn content(holder: &Value, at: &str, diagnostics: &mut Diagnostics) {
    for (media, value) in entries(get(holder, "content")) {
        let here = join(&join(at, "content"), media);
        keys(value, &here, "a media type", &MEDIA, diagnostics);
        examples(value, &here, diagnostics);
        for (field, value) in entries(get(value, "encoding")) {
            let at = join(&join(&here, "encoding"), field);
            keys(value, &at, "an encoding", &ENCODING, diagnostics);
            for (name, value) in entries(get(value, "headers")) {
                header(value, &join(&join(&at, "headers"), name), diagnostics);
            }
        }
    }
}

fn examples(holder: &Value, at: &str, diagnostics: &mut Diagnostics) {
    for (name, value) in entries(get(holder, "examples")) {
        keys(value, &join(&join(at, "examples"), name), "an example", &EXAMPLE, diagnostics);
    }
}

fn keys(value: &Value, at: &str, what: &str, known: &[&str], diagnostics: &mut Diagnostics) {
    if reference(value).is_some() {
        return;
    }
    for (key, _) in entries(value).filter(|(key, _)| !key.starts_with("x-")) {
        if !known.contains(&key) {
            let known = known.join(", ");
            let message = format!("`{key}` is not a valid key of {what}: expected one of {known}");
            diagnostics.add(join(at, key), message);
        }
    }
}
