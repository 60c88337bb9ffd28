//! Operations have a name of their own, a summary, a description, a tag and a reference page.

use std::collections::HashMap;

use crate::diagnostic::Diagnostics;
use crate::document::{Document, Operation, entries, get, items, join, text};
use crate::rustdoc;

/// The methods that the HTTP client has a function for.
const METHODS: [&str; 6] = ["delete", "get", "head", "patch", "post", "put"];

/// The one order of an operation's keys.
pub(super) const KEYS: [&str; 13] = [
    "operationId",
    "summary",
    "x-summary-ja",
    "description",
    "x-description-ja",
    "externalDocs",
    "tags",
    "security",
    "x-rate-limits",
    "x-retry-safety",
    "parameters",
    "requestBody",
    "responses",
];

pub(super) fn check(document: &Document, diagnostics: &mut Diagnostics) {
    let mut seen: HashMap<&str, String> = HashMap::new();
    let tags: Vec<&str> = items(document.at("/tags")).map(|tag| text(tag, "name")).collect();
    if document.operations().next().is_none() {
        diagnostics.add("/paths", "expected at least one operation, found none");
    }
    for operation in document.operations() {
        let at = operation.pointer();
        if !METHODS.contains(&operation.method) {
            diagnostics.add(&at, format!("expected one of the methods {}", METHODS.join(", ")));
        }
        id(&operation, &at, &mut seen, diagnostics);
        prose(&operation, &at, diagnostics);
        tag(&operation, &at, &tags, diagnostics);
        keys(&operation, &at, diagnostics);
    }
}

fn id<'a>(
    operation: &Operation<'a>,
    at: &str,
    seen: &mut HashMap<&'a str, String>,
    diagnostics: &mut Diagnostics,
) {
    let id = operation.id();
    let here = join(at, "operationId");
    if !is_lower_camel(id) {
        diagnostics.add(&here, format!("expected a name such as `listRooms`, found `{id}`"));
    }
    if let Some(first) = seen.insert(id, at.to_owned()) {
        diagnostics.add(
            &here,
            format!("`{id}` is already the operationId of #{first}: expected another name"),
        );
    }
}

/// A verb and a noun, so two words: one word alone may be a keyword, or a method of the client.
fn is_lower_camel(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.contains(|c: char| c.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric())
}

fn prose(operation: &Operation<'_>, at: &str, diagnostics: &mut Diagnostics) {
    let summary = text(operation.value, "summary");
    if summary.trim().is_empty() || summary.contains('\n') || summary.ends_with(['.', '。']) {
        let message = "expected a summary of one line without a full stop at its end";
        diagnostics.add(join(at, "summary"), message);
    } else if !rustdoc::is_paragraph(summary) {
        let message = "expected a summary that is a line of text, found another block of Markdown, \
                       such as a heading, a list or code";
        diagnostics.add(join(at, "summary"), message);
    }
    if text(operation.value, "description").is_empty() {
        diagnostics.add(join(at, "description"), "expected a description, found none");
    }
    if !text(get(operation.value, "externalDocs"), "url").starts_with("https://") {
        diagnostics
            .add(join(at, "externalDocs"), "expected the url of the operation's reference page");
    }
}

fn tag(operation: &Operation<'_>, at: &str, tags: &[&str], diagnostics: &mut Diagnostics) {
    let used: Vec<&str> = items(get(operation.value, "tags")).filter_map(|t| t.as_str()).collect();
    let known = used.iter().all(|tag| tags.contains(tag) && tag.is_ascii());
    if used.len() != 1 || !known {
        let message = format!("expected one of the tags {}", tags.join(", "));
        diagnostics.add(join(at, "tags"), message);
    }
}

fn keys(operation: &Operation<'_>, at: &str, diagnostics: &mut Diagnostics) {
    let known = |key: &str| KEYS.iter().position(|known| *known == key);
    let mut last = 0;
    for (key, _) in entries(operation.value) {
        match known(key) {
            None => {
                let known = KEYS.join(", ");
                let message =
                    format!("`{key}` is not a valid key of an operation: expected one of {known}");
                diagnostics.add(join(at, key), message);
            }
            Some(place) if place < last => {
                let message =
                    format!("`{key}` is out of order: expected the order {}", KEYS.join(", "));
                diagnostics.add(join(at, key), message);
            }
            Some(place) => last = place,
        }
    }
}
