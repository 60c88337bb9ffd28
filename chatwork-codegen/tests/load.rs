//! What people read when the document cannot be taken: one sentence, with the place.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![allow(missing_docs)]

mod common;

use std::error::Error;
use std::path::Path;

use chatwork_codegen::Document;
use common::{GET, LIST, PUT, SCHEMAS, small};
use serde_json::json;

fn parse_error(yaml: &str) -> String {
    Document::parse(yaml).unwrap_err().to_string()
}

fn generate_error(pointer: &str, value: &str) -> String {
    let mut root = small();
    common::set(&mut root, pointer, value);
    let error = chatwork_codegen::generate(&Document::from_value(root)).unwrap_err();
    error.to_string()
}

#[test]
fn a_list_that_is_not_closed_is_told_with_line_and_column() {
    assert_eq!(
        parse_error("openapi: 3.0.3\ntags: [a\ninfo: b\n"),
        "cannot read the YAML at line 3, column 5: \
         illegal placement of ':' indicator"
    );
}

#[test]
fn a_tab_as_indent_is_told_with_line_and_column() {
    assert_eq!(
        parse_error("openapi: 3.0.3\ninfo:\n\ttitle: a\n"),
        "cannot read the YAML at line 3, column 2: \
         tabs disallowed within this context (block indentation)"
    );
}

#[test]
fn a_key_that_stands_twice_is_told_with_its_second_place() {
    assert_eq!(
        parse_error("openapi: 3.0.3\ninfo: {}\ninfo: {}\n"),
        "cannot read the YAML at line 3, column 1: \
         duplicate mapping key: info"
    );
}

#[test]
fn a_document_that_is_a_list_is_told_to_be_one() {
    assert_eq!(
        parse_error("- openapi: 3.0.3\n"),
        "cannot read the YAML at line 1, column 1: \
         expected a mapping with `openapi`, found a list"
    );
}

#[test]
fn an_empty_document_is_refused() {
    assert_eq!(
        parse_error(""),
        "cannot read the YAML at line 1, column 1: \
         expected a mapping with `openapi`, found null"
    );
}

/// What a document is told in which a reader of YAML finds something that JSON has not.
fn assert_told(yaml: &str, expected: &str) {
    let error = parse_error(yaml);
    let (_, message) = error.split_once(": ").unwrap();
    assert_eq!(message, expected, "{error}");
}

#[test]
fn a_second_document_is_told_without_a_word_on_the_reader() {
    assert_told("a: 1\n---\nb: 2\n", "expected one document, found a second one");
}

#[test]
fn a_key_that_is_null_is_told_without_a_word_on_the_reader() {
    assert_told("~: 1\n", "expected a key, found null");
}

#[test]
fn a_number_that_json_does_not_have_is_told_without_a_word_on_the_reader() {
    assert_told("a: .nan\n", "expected a number that JSON has, found .nan");
}

#[test]
fn aliases_that_repeat_too_much_are_told_without_a_word_on_the_reader() {
    let mut yaml = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..9 {
        let list = vec![format!("*a{}", level - 1); 10].join(", ");
        yaml.push_str(&format!("a{level}: &a{level} [{list}]\n"));
    }
    assert_told(&yaml, "the document is too large, or its aliases repeat too much");
}

#[test]
fn a_file_that_is_not_there_is_told_with_its_path() {
    let error = Document::load(Path::new("no/such.yaml")).unwrap_err();
    assert_eq!(error.to_string(), "cannot read no/such.yaml");
    assert_eq!(error.source().unwrap().to_string(), "No such file or directory (os error 2)");
}

#[test]
fn only_true_and_false_are_booleans() {
    let document = Document::parse("words: [no, yes, on, off, y, true, false]").unwrap();
    assert_eq!(document.at("/words"), &json!(["no", "yes", "on", "off", "y", true, false]));
}

#[test]
fn a_status_that_is_a_number_is_read_as_its_digits() {
    let document = Document::parse("responses:\n  200: {}\n").unwrap();
    assert!(document.at("/responses/200").is_object());
}

#[test]
fn an_unknown_reference_is_told_with_its_place_and_target() {
    let place = format!("{SCHEMAS}/Message/properties/sender_id");
    let target = "#/components/schemas/Boat";
    assert_eq!(
        generate_error(&format!("{place}/$ref"), target),
        format!(
            "1 error in the document:\n  \
             #{place}: `$ref: {target}` does not exist in this document: expected one that does"
        )
    );
}

#[test]
fn an_operation_id_that_is_taken_is_told_with_both_places() {
    assert_eq!(
        generate_error(&format!("{PUT}/operationId"), "listChannels"),
        format!(
            "1 error in the document:\n  \
             #{PUT}/operationId: `listChannels` is already the operationId of #{LIST}: \
             expected another name"
        )
    );
}

#[test]
fn what_progenitor_refuses_is_told_in_its_words() {
    let mut root = small();
    common::set(&mut root, &format!("{GET}/parameters/3/style"), "deepObject");
    let error = chatwork_codegen::generate(&Document::from_value(root)).unwrap_err();
    let expected = "progenitor refuses the document: unexpected or unhandled format in the \
                    OpenAPI document unsupported style of query parameter DeepObject";
    assert_eq!(error.to_string(), expected);
}

#[test]
fn what_progenitor_panics_at_is_an_error_too() {
    let mut root = small();
    let media = format!("{GET}/responses/200/content/application~1json");
    common::set(&mut root, &format!("{media}/encoding"), json!({ "body": {} }));
    let error = chatwork_codegen::generate(&Document::from_value(root)).unwrap_err();
    let expected = "progenitor refuses the document: assertion failed: mt.encoding.is_empty()";
    assert_eq!(error.to_string(), expected);
}
