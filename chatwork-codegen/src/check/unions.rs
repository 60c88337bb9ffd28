//! A choice of schemas is told apart by a discriminator, or is a number that may come as text.

use std::collections::HashSet;

use serde_json::Value;

use crate::diagnostic::Diagnostics;
use crate::document::{
    Document, entries, get, is_component, is_required, items, join, number_or_text, properties,
    reference, text,
};
use crate::schema;

pub(super) fn check(document: &Document, diagnostics: &mut Diagnostics) {
    let mut numbers: HashSet<String> = HashSet::new();
    schema::visit(document, &mut |at, schema| {
        for (name, property) in properties(schema) {
            if is_required(schema, name) && number_or_text(document, property).is_some() {
                numbers.insert(join(&join(at, "properties"), name));
            }
        }
        if get(schema, "oneOf").is_null() || numbers.contains(at) {
            return;
        }
        if is_component(at) && !get(schema, "discriminator").is_null() {
            tagged(document, schema, at, diagnostics);
        } else {
            let message = "expected a component with a `discriminator`, or a required property \
                           that is either a string or an integer";
            diagnostics.add(join(at, "oneOf"), message);
        }
    });
}

fn tagged(document: &Document, schema: &Value, at: &str, diagnostics: &mut Diagnostics) {
    let discriminator = get(schema, "discriminator");
    let here = join(at, "discriminator");
    let choices: Vec<&str> = items(get(schema, "oneOf")).filter_map(reference).collect();
    let mut targets: Vec<&str> =
        entries(get(discriminator, "mapping")).filter_map(|(_, target)| target.as_str()).collect();
    let mut expected = choices.clone();
    targets.sort_unstable();
    expected.sort_unstable();
    let distinct: HashSet<&str> = choices.iter().copied().collect();
    if distinct.len() != choices.len() || choices.len() < 2 {
        diagnostics.add(join(at, "oneOf"), "expected two schemas or more, each of them once");
    }
    if targets != expected || expected.len() != items(get(schema, "oneOf")).count() {
        let message = "expected one value for each `$ref` of `oneOf`, and no other";
        diagnostics.add(join(&here, "mapping"), message);
    }
    let tag = text(discriminator, "propertyName");
    for choice in choices {
        if !is_required(document.target(choice), tag) {
            let message = format!(
                "`{tag}` is not required by {choice}: \
                 expected a property that every schema of `oneOf` requires"
            );
            diagnostics.add(join(&here, "propertyName"), message);
        }
    }
}
