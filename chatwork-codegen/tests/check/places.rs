//! Diagnostics stand at places that are in the document, also when much of it is broken.

use chatwork_codegen::{Document, check};
use serde_json::{Value, json};

use crate::common::small;

/// The pointers of everything in a document that is an object or a list.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    let members: Vec<(String, &Value)> = match value {
        Value::Object(object) => object.iter().map(|(key, it)| (key.clone(), it)).collect(),
        Value::Array(list) => list.iter().enumerate().map(|(i, it)| (i.to_string(), it)).collect(),
        _ => return,
    };
    found.push(at.to_owned());
    for (key, member) in members {
        let key = key.replace('~', "~0").replace('/', "~1");
        pointers(member, &format!("{at}/{key}"), found);
    }
}

/// Every diagnostic points to an existing value, or to a key that its parent lacks.
fn assert_placed(root: Value, least: usize) {
    let diagnostics = check::check(&Document::from_value(root.clone()));
    assert!(diagnostics.len() >= least, "only {} diagnostics", diagnostics.len());
    for diagnostic in &diagnostics {
        let parent = diagnostic.pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
        assert!(root.pointer(parent).is_some(), "{diagnostic}");
        assert_eq!(
            diagnostics.iter().filter(|other| *other == diagnostic).count(),
            1,
            "{diagnostic}"
        );
    }
}

#[test]
fn every_description_and_type_that_is_missing_has_a_place() {
    let mut root = small();
    let mut found = Vec::new();
    pointers(&root, "", &mut found);
    for pointer in found {
        if let Some(Value::Object(object)) = root.pointer_mut(&pointer) {
            object.retain(|key, it| {
                !(["description", "type"].contains(&key.as_str()) && it.is_string())
            });
        }
    }
    assert_placed(root, 60);
}

#[test]
fn every_thing_that_is_empty_has_a_place() {
    let mut found = Vec::new();
    pointers(&small(), "", &mut found);
    for pointer in found.iter().filter(|pointer| (1..4).contains(&pointer.matches('/').count())) {
        let mut root = small();
        if let Some(value) = root.pointer_mut(pointer) {
            *value = json!({});
        }
        assert_placed(root, 0);
    }
}
