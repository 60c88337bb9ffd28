//! Replies: statuses, their meaning, and what the generator can tell apart.

use serde_json::Value;

use super::Faults;
use crate::document::{
    Document, JSON, Operation, component_name, entries, get, join, reference, text,
};

/// What every operation documents besides its success: a bad token, and too many requests.
const ALWAYS: [&str; 2] = ["401", "429"];
/// The name of the schema of every error body.
const ERROR: &str = "ErrorResponse";

pub(super) fn check(document: &Document, faults: &mut Faults) {
    for operation in document.operations() {
        let at = join(&operation.pointer(), "responses");
        statuses(&operation, &at, faults);
        for (status, response) in operation.responses() {
            one(status, response, &join(&at, status), faults);
        }
    }
    for (name, header) in entries(document.at("/components/headers")) {
        if text(header, "description").is_empty() {
            let at = join("/components/headers", name);
            faults.add(at, "expected a description of the header, found none");
        }
    }
}

fn statuses(operation: &Operation<'_>, at: &str, faults: &mut Faults) {
    let with: Vec<u16> = bodies(operation, true);
    let without: Vec<u16> = bodies(operation, false);
    match (with.as_slice(), without.as_slice()) {
        ([], []) => faults.add(at, "expected a status of success (200 or 204), found none"),
        ([_], [] | [204]) | ([], [_]) => {}
        _ => faults.add(at, "expected one success with a body, and at most 204 beside it"),
    }
    for status in ALWAYS {
        if operation.responses().all(|(found, _)| found != status) {
            faults.add(at, format!("expected the status {status} to be documented, found none"));
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

fn one(status: &str, response: &Value, at: &str, faults: &mut Faults) {
    let digits = status.bytes().all(|byte| byte.is_ascii_digit());
    if status.len() != 3 || !digits {
        faults.add(at, format!("expected a status of three digits, found `{status}`"));
    }
    if text(response, "description").is_empty() {
        faults.add(at, "expected a description of the reply, found none");
    }
    let content = get(response, "content");
    if status == "204" {
        if !content.is_null() {
            faults.add(at, "204 has no body: expected no `content`");
        }
        return;
    }
    let schema = get(get(content, JSON), "schema");
    if schema.is_null() {
        faults.add(at, format!("expected content of `{JSON}` with a schema"));
    } else if !status.starts_with('2') && reference(schema).map(component_name) != Some(ERROR) {
        faults.add(at, format!("expected `$ref: '#/components/schemas/{ERROR}'` as the schema"));
    }
}
