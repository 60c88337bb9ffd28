//! Every `$ref` leads to a component of the right kind, and not in a circle.

use serde_json::Value;

use super::Faults;
use crate::document::{Document, get, items, reference, walk};

/// Where schemas stand: under these keys, or as a member of what stands under those.
const SCHEMA_KEYS: [&str; 5] =
    ["additionalProperties", "items", "not", "schema", "x-comma-separated"];
const SCHEMA_PARENTS: [&str; 5] = ["allOf", "anyOf", "oneOf", "properties", "schemas"];
/// The kinds of components whose members may be references wherever such a thing stands.
const SECTIONS: [&str; 4] = ["examples", "headers", "parameters", "responses"];

pub(super) fn check(document: &Document, faults: &mut Faults) {
    walk(document.root(), "", &mut |pointer, value| {
        let Some(target) = reference(value) else {
            return;
        };
        let message = if !target.starts_with("#/") {
            format!("`$ref: {target}` leaves the document: expected `#/components/…`")
        } else if document.target(target).is_null() {
            format!("`$ref: {target}` leads to nothing in this document")
        } else if circular(document, value, &mut Vec::new()) {
            format!("`$ref: {target}` leads back to itself")
        } else {
            match section(pointer) {
                Some(section) if is_in(section, target) => return,
                Some(section) => {
                    format!("`$ref: {target}`: expected a component of `#/components/{section}/`")
                }
                None => "expected no `$ref` here, but what it leads to".to_owned(),
            }
        };
        faults.add(pointer, message);
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
fn section(pointer: &str) -> Option<&'static str> {
    let mut steps = pointer.rsplit('/');
    let key = steps.next()?;
    let parent = steps.next()?;
    if SCHEMA_PARENTS.contains(&parent) || SCHEMA_KEYS.contains(&key) {
        return Some("schemas");
    }
    SECTIONS.into_iter().find(|section| *section == parent)
}

fn is_in(section: &str, target: &str) -> bool {
    target
        .strip_prefix("#/components/")
        .and_then(|rest| rest.strip_prefix(section))
        .and_then(|rest| rest.strip_prefix('/'))
        .is_some_and(|name| !name.contains('/'))
}
