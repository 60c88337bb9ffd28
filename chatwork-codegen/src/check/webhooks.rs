//! The webhook deliveries under `x-webhooks`, which OpenAPI 3.0 has no place for.

use std::collections::HashSet;

use crate::diagnostic::Diagnostics;
use crate::document::{Document, JSON, entries, get, join, text};

pub(super) fn check(document: &Document, diagnostics: &mut Diagnostics) {
    let mut ids: HashSet<&str> = document.operations().map(|operation| operation.id()).collect();
    for (name, item) in entries(document.at("/x-webhooks")) {
        let at = join(&join("/x-webhooks", name), "post");
        let post = get(item, "post");
        for key in ["operationId", "summary", "description"] {
            if text(post, key).is_empty() {
                diagnostics.add(join(&at, key), format!("expected `{key}`, found none"));
            }
        }
        if !ids.insert(text(post, "operationId")) {
            let message = "the operationId is already used: expected another name";
            diagnostics.add(join(&at, "operationId"), message);
        }
        let content = get(get(get(post, "requestBody"), "content"), JSON);
        if get(content, "schema").is_null() || get(content, "examples").is_null() {
            let message = format!("expected `{JSON}` with a schema and a named example");
            diagnostics.add(join(&at, "requestBody"), message);
        }
    }
}
