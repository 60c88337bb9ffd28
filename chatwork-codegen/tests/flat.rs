//! The flat edition: what it replaces, and what it leaves alone.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![allow(missing_docs)]

use chatwork_codegen::document::{is_flag, number_or_text, properties, wrapped_reference};
use chatwork_codegen::{Document, edition, flat::flat, schema};
use serde_json::{Value, json};

fn chatwork() -> Document {
    Document::parse(include_str!("../../spec/chatwork.yaml")).unwrap()
}

/// A document with one operation, whose form has one field, and with schemas to refer to.
fn form(media: &str, field: &Value) -> Document {
    let schema = json!({ "type": "object", "properties": { "field": field } });
    let body = json!({ "content": { media: { "schema": schema } } });
    Document::from_value(json!({
        "paths": { "/a": { "post": { "requestBody": body } } },
        "components": { "schemas": {
            "Id": { "type": "integer", "description": "An id.", "example": 1 },
            "OtherId": { "allOf": [{ "$ref": "#/components/schemas/Id" }], "description": "Other." },
            "Object": { "type": "object" },
        } },
    }))
}

/// The field of the flat edition of [`form`].
fn field(media: &str, field: &Value) -> Value {
    let flat = flat(&form(media, field));
    let media = media.replace('/', "~1");
    flat.at(&format!("/paths/~1a/post/requestBody/content/{media}/schema/properties/field")).clone()
}

const FORM: &str = "application/x-www-form-urlencoded";

#[test]
fn a_field_of_a_form_that_refers_to_a_scalar_is_written_out() {
    let expected = json!({ "type": "integer", "description": "An id.", "example": 1 });
    for media in [FORM, "multipart/form-data"] {
        assert_eq!(field(media, &json!({ "$ref": "#/components/schemas/Id" })), expected);
    }
}

#[test]
fn what_a_field_says_itself_replaces_what_its_schema_says() {
    let wrapped =
        json!({ "allOf": [{ "$ref": "#/components/schemas/Id" }], "description": "The room." });
    let expected = json!({ "type": "integer", "description": "The room.", "example": 1 });
    assert_eq!(field(FORM, &wrapped), expected);
}

#[test]
fn a_reference_to_a_reference_is_written_out() {
    let expected = json!({ "type": "integer", "description": "Other.", "example": 1 });
    assert_eq!(field(FORM, &json!({ "$ref": "#/components/schemas/OtherId" })), expected);
}

#[test]
fn a_field_that_refers_to_an_object_stays_a_reference() {
    let reference = json!({ "$ref": "#/components/schemas/Object" });
    assert_eq!(field(FORM, &reference), reference);
}

#[test]
fn a_schema_that_only_fields_of_forms_refer_to_is_left_out() {
    let reference = json!({ "$ref": "#/components/schemas/OtherId" });
    let names = |document: &Document| {
        document.schemas().map(|(name, _)| name.to_owned()).collect::<Vec<_>>()
    };
    // `Object` was not referred to before.
    assert_eq!(names(&flat(&form(FORM, &reference))), ["Object"]);
}

#[test]
fn references_outside_of_forms_stay() {
    let reference = json!({ "$ref": "#/components/schemas/Id" });
    assert_eq!(field("application/json", &reference), reference);
}

#[test]
fn a_string_or_a_number_has_no_type() {
    let choice = json!({
        "oneOf": [{ "type": "string" }, { "type": "integer" }],
        "nullable": true,
        "description": "The id.",
    });
    let document = Document::from_value(json!({ "components": { "schemas": { "Id": choice } } }));
    let expected = json!({ "description": "The id." });
    assert_eq!(flat(&document).at("/components/schemas/Id"), &expected);
}

#[test]
fn other_choices_stay() {
    let choice = json!({ "oneOf": [{ "type": "object" }, { "type": "integer" }] });
    let document = Document::from_value(json!({ "components": { "schemas": { "Id": choice } } }));
    assert_eq!(flat(&document), document);
}

#[test]
fn a_flag_is_a_range() {
    let flag = json!({ "type": "integer", "enum": [0, 1], "example": 1 });
    let document = Document::from_value(json!({ "components": { "schemas": { "Flag": flag } } }));
    let expected = json!({ "type": "integer", "minimum": 0, "maximum": 1, "example": 1 });
    assert_eq!(flat(&document).at("/components/schemas/Flag"), &expected);
}

#[test]
fn data_that_looks_like_a_flag_stays() {
    let data = json!({ "type": "integer", "enum": [0, 1] });
    let schema = json!({ "type": "object", "example": data });
    let document = Document::from_value(json!({ "components": { "schemas": { "Any": schema } } }));
    assert_eq!(flat(&document), document);
}

#[test]
fn the_flat_edition_of_chatworks_document_has_nothing_left_to_replace() {
    let flat = flat(&chatwork());
    schema::visit(&flat, &mut |at, schema| {
        assert!(!is_flag(schema), "a flag at {at}");
        assert!(number_or_text(&flat, schema).is_none(), "a string or a number at {at}");
    });
    for operation in flat.operations() {
        let body = operation.body().into_iter();
        for (name, field) in body.flat_map(|(_, schema)| properties(schema)) {
            assert!(wrapped_reference(field).is_none(), "{}: {name}", operation.id());
        }
    }
}

#[test]
fn the_flat_edition_has_the_same_operations_and_examples() {
    let (document, flat) = (chatwork(), flat(&chatwork()));
    let ids = |document: &Document| {
        document.operations().map(|operation| operation.id().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(ids(&flat), ids(&document));
    assert_eq!(flat.at("/components/examples"), document.at("/components/examples"));
    for (flat, operation) in flat.operations().zip(document.operations()) {
        let examples = |value: &Value| {
            let content = value["requestBody"]["content"].as_object().cloned().unwrap_or_default();
            content.values().map(|media| media["examples"].clone()).collect::<Vec<_>>()
        };
        assert_eq!(examples(flat.value), examples(operation.value), "{}", operation.id());
    }
}

#[test]
fn the_yaml_of_the_flat_edition_reads_back_as_it_was() {
    let flat = flat(&chatwork());
    assert!(Document::parse(&edition::yaml(&flat).unwrap()).unwrap() == flat);
}
