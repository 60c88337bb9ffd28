//! A document that breaks it for each rule, with the place and the sentence that people read.
//!
//! The modules are those of `src/check`. Each test breaks the small document in one place.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![allow(missing_docs)]

#[path = "../common/mod.rs"]
mod common;

use chatwork_codegen::{Document, Error, check};
use common::{LIST, PUT, SCHEMAS, small};
use serde_json::{Value, json};

/// One test for each row: `name: edit, … => error, …;`, without an error for what is valid.
macro_rules! broken {
    ($($name:ident: $($edit:expr),+ => $($diagnostic:expr),*;)+) => {
        $(#[test]
        fn $name() {
            $crate::assert_diagnostics(vec![$($edit),+], &[$($diagnostic),*]);
        })+
    };
}

mod bodies;
mod examples;
mod extensions;
mod frame;
mod keys;
mod keywords;
mod names;
mod operations;
mod parameters;
mod places;
mod references;
mod responses;
mod schemas;
mod security;
mod unions;
mod webhooks;

/// A change of the document.
enum Edit {
    Set(String, Value),
    Remove(String),
}

fn set(base: &str, rest: &str, value: impl Into<Value>) -> Edit {
    Edit::Set(format!("{base}{rest}"), value.into())
}

fn remove(base: &str, rest: &str) -> Edit {
    Edit::Remove(format!("{base}{rest}"))
}

fn diagnostic(base: &str, rest: &str, message: &str) -> String {
    format!("#{base}{rest}: {message}")
}

fn assert_diagnostics(edits: Vec<Edit>, expected: &[String]) {
    let mut root = small();
    for edit in edits {
        match edit {
            Edit::Set(pointer, value) => common::set(&mut root, &pointer, value),
            Edit::Remove(pointer) => common::remove(&mut root, &pointer),
        }
    }
    let diagnostics = check::check(&Document::from_value(root));
    let found: Vec<String> = diagnostics.iter().map(ToString::to_string).collect();
    assert_eq!(found, expected);
}

#[test]
fn the_small_document_is_valid() {
    assert_diagnostics(Vec::new(), &[]);
}

#[test]
fn the_document_of_chatwork_is_valid() {
    let document = Document::parse(include_str!("../../../spec/chatwork.yaml")).unwrap();
    assert_eq!(check::check(&document), []);
}

#[test]
fn faults_of_different_rules_are_all_reported_at_once() {
    assert_diagnostics(
        vec![
            set("", "/openapi", "3.1.0"),
            remove(LIST, "/summary"),
            remove(PUT, "/x-retry-safety"),
            set(SCHEMAS, "/Icon/default", "anchor"),
        ],
        &[
            diagnostic("", "/openapi", "expected version 3.0.3, found 3.1.0"),
            diagnostic(
                LIST,
                "/summary",
                "expected a summary of one line without a full stop at its end",
            ),
            diagnostic(
                SCHEMAS,
                "/Icon/default",
                "some generators always send a declared default: \
                 expected it in the description instead",
            ),
            diagnostic(
                PUT,
                "/x-retry-safety",
                "expected `safe`, `unsafe`, or `safe-when` with `parameter` \
                 (one of this operation's) and `equals`",
            ),
        ],
    );
}

#[test]
fn a_document_with_faults_gives_no_code_but_a_list_of_them() {
    let mut root = small();
    common::remove(&mut root, "/info/title");
    common::remove(&mut root, "/info/version");
    let error = chatwork_codegen::generate(&Document::from_value(root)).unwrap_err();
    assert!(matches!(&error, Error::Diagnostics(diagnostics) if diagnostics.len() == 2));
    let expected = "2 errors in the document:\n  \
                    #/info/title: expected a title, found none\n  \
                    #/info/version: expected a version, found none";
    assert_eq!(error.to_string(), expected);
}

#[test]
fn an_empty_document_has_faults_and_no_panic() {
    let diagnostics = check::check(&Document::from_value(json!({})));
    let places: Vec<&str> =
        diagnostics.iter().map(|diagnostic| diagnostic.pointer.as_str()).collect();
    let expected = ["/openapi", "/info", "/info", "/info", "/servers", "/paths"];
    assert_eq!(places, expected);
}

/// Adds a Japanese text to every object with an English one.
fn translate(value: &mut Value) {
    match value {
        Value::Object(object) => {
            for (key, mut member) in std::mem::take(object) {
                if !["value", "example"].contains(&key.as_str()) {
                    translate(&mut member);
                }
                let english = ["summary", "description"].contains(&key.as_str());
                let japanese = (english && member.is_string()).then(|| format!("x-{key}-ja"));
                object.insert(key, member);
                object.extend(japanese.map(|key| (key, json!("日本語"))));
            }
        }
        Value::Array(array) => array.iter_mut().for_each(translate),
        _ => {}
    }
}

#[test]
fn a_japanese_text_may_stand_beside_every_summary_and_description_and_changes_no_code() {
    for text in [include_str!("../small.yaml"), include_str!("../../../spec/chatwork.yaml")] {
        let document = Document::parse(text).unwrap();
        let mut root = document.root().clone();
        translate(&mut root);
        let translated = Document::from_value(root);
        assert_eq!(check::check(&translated), []);
        let before = chatwork_codegen::generate(&document).unwrap();
        assert_eq!(chatwork_codegen::generate(&translated).unwrap(), before);
    }
}
