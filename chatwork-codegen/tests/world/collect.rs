//! Gathers what the examples say, each object with the name of its schema.

use std::sync::LazyLock;

use chatwork_codegen::Document;
use chatwork_codegen::document::{
    FORM, JSON, component_name, entries, get, items, properties, wrapped_reference,
};
use serde_json::Value;

static DOCUMENT: LazyLock<Document> =
    LazyLock::new(|| Document::parse(include_str!("../../../spec/chatwork.yaml")).unwrap());

pub(crate) fn document() -> &'static Document {
    &DOCUMENT
}

/// An object of an example.
#[derive(Clone, Debug)]
pub(crate) struct Shown {
    /// The operation and the example that it is part of.
    pub(crate) place: String,
    /// The component that is its schema.
    pub(crate) schema: &'static str,
    pub(crate) value: &'static Value,
}

/// Every object with a named schema in the examples of replies and webhook deliveries.
pub(crate) fn shown() -> Vec<Shown> {
    let mut shown = Vec::new();
    for operation in document().operations() {
        for (status, response) in operation.responses() {
            let place = format!("{} {status}", operation.id());
            of_content(get(get(response, "content"), JSON), &place, &mut shown);
        }
    }
    for (name, item) in entries(document().at("/x-webhooks")) {
        let body = get(get(item, "post"), "requestBody");
        of_content(get(get(body, "content"), JSON), name, &mut shown);
    }
    shown
}

fn of_content(content: &'static Value, place: &str, shown: &mut Vec<Shown>) {
    for (name, value) in examples(content) {
        descend(get(content, "schema"), value, &format!("{place} {name}"), shown);
    }
}

fn descend(schema: &'static Value, value: &'static Value, place: &str, shown: &mut Vec<Shown>) {
    let named = wrapped_reference(schema);
    let schema = named.map_or(schema, |target| document().target(target));
    if let Some(target) = named.filter(|_| value.is_object()) {
        shown.push(Shown { place: place.to_owned(), schema: component_name(target), value });
    }
    for (name, property) in properties(schema) {
        if let Some(member) = value.get(name) {
            descend(property, member, place, shown);
        }
    }
    items(value).for_each(|item| descend(get(schema, "items"), item, place, shown));
}

fn examples(content: &'static Value) -> impl Iterator<Item = (&'static str, &'static Value)> {
    entries(get(content, "examples"))
        .map(|(name, example)| (name, get(document().resolve(example), "value")))
}

/// The example of the form that an operation sends.
pub(crate) fn request(id: &str) -> &'static Value {
    let operation = document().operations().find(|operation| operation.id() == id).unwrap();
    let content = get(get(get(operation.value, "requestBody"), "content"), FORM);
    examples(content).next().unwrap_or_else(|| panic!("{id} has no example")).1
}

/// An example of an operation's reply with status 200: the named one, or the first.
pub(crate) fn reply(id: &str, name: Option<&str>) -> &'static Value {
    let operation = document().operations().find(|operation| operation.id() == id).unwrap();
    let (_, response) = operation.responses().find(|(status, _)| *status == "200").unwrap();
    let mut examples = examples(get(get(response, "content"), JSON));
    let found = examples.find(|(example, _)| name.is_none_or(|name| name == *example));
    found.unwrap_or_else(|| panic!("{id} has no example {name:?}")).1
}

/// The ids of a list such as `1,2`.
pub(crate) fn ids(list: &Value) -> Vec<i64> {
    list.as_str().unwrap_or_default().split(',').filter_map(|id| id.parse().ok()).collect()
}

/// A number of an object; null is no number.
pub(crate) fn number(value: &Value, key: &str) -> i64 {
    get(value, key).as_i64().unwrap_or_else(|| panic!("{key} is {}", get(value, key)))
}
