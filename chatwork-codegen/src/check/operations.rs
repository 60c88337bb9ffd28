//! Operations have a name of their own, a summary, a description, a tag and a reference page.

use std::collections::HashMap;

use crate::diagnostic::Diagnostics;
use crate::document::{Document, Operation, entries, get, items, join, text};

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

pub(super) fn check(document: &Document, faults: &mut Diagnostics) {
    let mut seen: HashMap<&str, String> = HashMap::new();
    let tags: Vec<&str> = items(document.at("/tags")).map(|tag| text(tag, "name")).collect();
    if document.operations().next().is_none() {
        faults.add("/paths", "expected at least one operation, found none");
    }
    for operation in document.operations() {
        let at = operation.pointer();
        if !METHODS.contains(&operation.method) {
            faults.add(&at, format!("expected one of the methods {}", METHODS.join(", ")));
        }
        id(&operation, &at, &mut seen, faults);
        prose(&operation, &at, faults);
        tag(&operation, &at, &tags, faults);
        keys(&operation, &at, faults);
    }
}

fn id<'a>(
    operation: &Operation<'a>,
    at: &str,
    seen: &mut HashMap<&'a str, String>,
    faults: &mut Diagnostics,
) {
    let id = operation.id();
    let here = join(at, "operationId");
    if !is_lower_camel(id) {
        faults.add(&here, format!("expected a name such as `listRooms`, found `{id}`"));
    }
    if let Some(first) = seen.insert(id, at.to_owned()) {
        faults
            .add(&here, format!("`{id}` is the operationId of #{first} already: expected another"));
    }
}

/// A verb and a noun, so two words: one word alone may be a keyword, or a method of the client.
fn is_lower_camel(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.contains(|c: char| c.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric())
}

fn prose(operation: &Operation<'_>, at: &str, faults: &mut Diagnostics) {
    let summary = text(operation.value, "summary");
    if summary.is_empty() || summary.contains('\n') || summary.ends_with(['.', '。']) {
        let message = "expected a summary of one line without a full stop at its end";
        faults.add(join(at, "summary"), message);
    }
    if text(operation.value, "description").is_empty() {
        faults.add(join(at, "description"), "expected a description, found none");
    }
    if !text(get(operation.value, "externalDocs"), "url").starts_with("https://") {
        faults.add(join(at, "externalDocs"), "expected the url of the operation's reference page");
    }
}

fn tag(operation: &Operation<'_>, at: &str, tags: &[&str], faults: &mut Diagnostics) {
    let used: Vec<&str> = items(get(operation.value, "tags")).filter_map(|t| t.as_str()).collect();
    let known = used.iter().all(|tag| tags.contains(tag) && tag.is_ascii());
    if used.len() != 1 || !known {
        let message = format!("expected one of the tags {}", tags.join(", "));
        faults.add(join(at, "tags"), message);
    }
}

fn keys(operation: &Operation<'_>, at: &str, faults: &mut Diagnostics) {
    let known = |key: &str| KEYS.iter().position(|known| *known == key);
    let mut last = 0;
    for (key, _) in entries(operation.value) {
        match known(key) {
            None => faults.add(join(at, key), format!("`{key}` is no key of an operation here")),
            Some(place) if place < last => {
                let message = format!("`{key}` stands too late: the order is {}", KEYS.join(", "));
                faults.add(join(at, key), message);
            }
            Some(place) => last = place,
        }
    }
}
