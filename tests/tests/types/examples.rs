//! Every example of the document goes through its generated type and comes back equal.

use chatwork_codegen::document::{JSON, entries, get};
use serde_json::Value;
use tests::spec::{document, examples, schema_name};

use crate::by_schema::by_schema;

/// An example of a reply or of a webhook: where it stands, the name of its schema, and itself.
type Example = (String, String, &'static Value);

fn of_media_type(place: &str, content: &'static Value) -> Vec<Example> {
    let schema = schema_name(get(content, "schema"));
    let schema = schema.unwrap_or_else(|| panic!("{place} has a schema without a name"));
    examples(content)
        .map(|(name, value)| (format!("{place} {name}"), schema.clone(), value))
        .collect()
}

fn of_replies() -> Vec<Example> {
    let replies = document().operations().flat_map(|operation| {
        operation
            .responses()
            .map(move |(status, response)| (format!("{} {status}", operation.id()), response))
    });
    replies
        .filter(|(_, response)| response.get("content").is_some())
        .flat_map(|(place, response)| of_media_type(&place, get(get(response, "content"), JSON)))
        .collect()
}

fn of_webhooks() -> Vec<Example> {
    entries(document().at("/x-webhooks"))
        .flat_map(|(name, webhook)| {
            let content = get(get(get(webhook, "post"), "requestBody"), "content");
            of_media_type(name, get(content, JSON))
        })
        .collect()
}

/// The examples that components have beside their schema.
fn of_components() -> Vec<Example> {
    document()
        .schemas()
        .filter_map(|(name, schema)| {
            Some((name.to_owned(), name.to_owned(), schema.get("example")?))
        })
        .collect()
}

fn assert_equal_after_round_trip(examples: Vec<Example>) {
    assert!(!examples.is_empty(), "the document has no such example");
    for (place, schema, example) in examples {
        let result = by_schema(&schema)(example.clone());
        let back = result.unwrap_or_else(|error| panic!("{place} as {schema}: {error}"));
        assert_eq!(&back, example, "{place} as {schema}");
    }
}

#[test]
fn every_example_of_a_reply_is_equal_after_a_round_trip() {
    assert_equal_after_round_trip(of_replies());
}

#[test]
fn every_example_of_a_webhook_is_equal_after_a_round_trip() {
    assert_equal_after_round_trip(of_webhooks());
}

#[test]
fn every_example_of_a_component_is_equal_after_a_round_trip() {
    assert_equal_after_round_trip(of_components());
}

#[test]
fn every_component_has_a_rust_type() {
    for (name, _) in document().schemas() {
        by_schema(name);
    }
}

#[test]
fn every_value_of_an_enum_is_equal_after_a_round_trip() {
    for (name, schema) in document().schemas() {
        for value in get(schema, "enum").as_array().into_iter().flatten() {
            assert_eq!(&by_schema(name)(value.clone()).unwrap(), value, "{name}");
        }
    }
}
