//! Replies: statuses, their meaning, and what the generator can tell apart.

use serde_json::Value;

use crate::diagnostic::Diagnostics;
use crate::document::{
    Document, JSON, Operation, component_name, entries, get, join, reference, text,
};

/// What every operation documents besides its success: a bad token, and too many requests.
const ALWAYS: [&str; 2] = ["401", "429"];
/// The name of the schema of every error body.
const ERROR: &str = "ErrorResponse";

pub(super) fn check(document: &Document, diagnostics: &mut Diagnostics) {
    for operation in document.operations() {
        let at = join(&operation.pointer(), "responses");
        statuses(&operation, &at, diagnostics);
        for (status, place, response) in operation.response_places() {
            if status.len() != 3 || !status.bytes().all(|byte| byte.is_ascii_digit()) {
                let message = format!("expected a status of three digits, found `{status}`");
                diagnostics.add(join(&at, status), message);
            }
            one(status, response, &place, diagnostics);
        }
    }
    for (name, header) in entries(document.at("/components/headers")) {
        if text(header, "description").is_empty() {
            let at = join("/components/headers", name);
            diagnostics.add(at, "expected a description of the header, found none");
        }
    }
}

fn statuses(operation: &Operation<'_>, at: &str, diagnostics: &mut Diagnostics) {
    let with: Vec<u16> = bodies(operation, true);
    let without: Vec<u16> = bodies(operation, false);
    match (with.as_slice(), without.as_slice()) {
        ([], []) => diagnostics.add(at, "expected a status of success (200 or 204), found none"),
        ([_], [] | [204]) | ([], [_]) => {}
        _ => diagnostics.add(at, "expected one success with a body, and at most 204 beside it"),
    }
    for status in ALWAYS {
        if operation.responses().all(|(found, _)| found != status) {
            diagnostics
                .add(at, format!("expected the status {status} to be documented, found none"));
        }
    }
}

fn bodies(operation: &Operation<'_>, with: bool) -> Vec<u16> {
    operation
        .successes()
        .filter(|(_, body)| body.is_some() == with)
        .map(|(status, _)| status)
        .collect()
}

fn one(status: &str, response: &Value, at: &str, diagnostics: &mut Diagnostics) {
    if text(response, "description").is_empty() {
        diagnostics.add(at, "expected a description of the reply, found none");
    }
    let content = get(response, "content");
    let here = join(at, "content");
    if status == "204" {
        if !content.is_null() {
            diagnostics.add(here, "204 has no body: expected no `content`");
        }
        return;
    }
    for (media, _) in entries(content).filter(|(media, _)| *media != JSON) {
        diagnostics.add(join(&here, media), format!("expected content of `{JSON}` alone"));
    }
    let schema = get(get(content, JSON), "schema");
    let here = join(&join(&here, JSON), "schema");
    if schema.is_null() {
        diagnostics.add(here, format!("expected content of `{JSON}` with a schema"));
    } else if !status.starts_with('2') && reference(schema).map(component_name) != Some(ERROR) {
        diagnostics
            .add(here, format!("expected `$ref: '#/components/schemas/{ERROR}'` as the schema"));
    }
}
