//! Every `$ref` leads to a component of the right kind, and not in a circle.

use serde_json::Value;

use crate::diagnostic::Diagnostics;
use crate::document::nodes::{self, Kind};
use crate::document::{Document, entries, get, items, join, reference};

pub(super) fn check(document: &Document, diagnostics: &mut Diagnostics) {
    nodes::visit(document.root(), &mut |kind, pointer, value| {
        let Some(target) = reference(value) else {
            return;
        };
        for (key, _) in entries(value).filter(|(key, _)| *key != "$ref") {
            let message = format!(
                "`{key}` beside a `$ref` has no effect: \
                 expected the `$ref` alone, or in an `allOf` of one"
            );
            diagnostics.add(join(pointer, key), message);
        }
        let message = if !target.starts_with("#/") {
            format!("`$ref: {target}` is outside this document: expected `#/components/…`")
        } else if document.target(target).is_null() {
            format!("`$ref: {target}` does not exist in this document: expected one that does")
        } else if circular(document, value, &mut Vec::new()) {
            format!("`$ref: {target}` is circular: expected a schema that does not contain itself")
        } else {
            match section(kind) {
                Some(section) if is_in(section, target) => return,
                Some(section) => {
                    format!("`$ref: {target}`: expected a component of `#/components/{section}/`")
                }
                None => "a `$ref` is not allowed here: expected the value itself".to_owned(),
            }
        };
        diagnostics.add(pointer, message);
    });
}

/// Whether a schema is made of itself, with neither a property nor an item in between.
fn circular<'a>(document: &'a Document, value: &'a Value, path: &mut Vec<&'a str>) -> bool {
    if let Some(target) = reference(value) {
        if path.contains(&target) {
            return true;
        }
        path.push(target);
        let found = circular(document, document.target(target), path);
        path.pop();
        return found;
    }
    ["allOf", "oneOf", "anyOf"]
        .into_iter()
        .flat_map(|key| items(get(value, key)))
        .any(|inner| circular(document, inner, path))
}

/// The kind of component that a reference at this place leads to.
fn section(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Schema => Some("schemas"),
        Kind::Parameter => Some("parameters"),
        Kind::Header => Some("headers"),
        Kind::Response => Some("responses"),
        Kind::Example => Some("examples"),
        _ => None,
    }
}

fn is_in(section: &str, target: &str) -> bool {
    target
        .strip_prefix("#/components/")
        .and_then(|rest| rest.strip_prefix(section))
        .and_then(|rest| rest.strip_prefix('/'))
        .is_some_and(|name| !name.contains('/'))
}
