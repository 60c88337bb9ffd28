//! Every operation of the document is in the tests and in the crate.

use std::collections::BTreeSet;

use chatwork_api::operations;
use tests::spec::document;

use crate::all;

fn documented() -> BTreeSet<&'static str> {
    document().operations().map(|operation| operation.id()).collect()
}

#[test]
fn every_operation_of_the_document_has_a_wire_test() {
    let tested = all().iter().map(|call| call.operation.id).collect();
    let missing: Vec<_> = documented().difference(&tested).copied().collect();
    assert!(missing.is_empty(), "no wire test in tests/tests/wire/ for {missing:?}");
}

#[test]
fn every_operation_of_the_document_is_in_the_crate() {
    let generated = operations::ALL.iter().map(|operation| operation.id).collect();
    let missing: Vec<_> = documented().difference(&generated).copied().collect();
    assert!(missing.is_empty(), "not in the crate; run `cargo xtask codegen`: {missing:?}");
}

#[test]
fn every_wire_test_sends_the_operation_that_it_names() {
    for call in all() {
        let expected = format!("{} /v2{}", call.operation.method, call.operation.path);
        let line = call.sends.line().split('?').next().unwrap_or_default();
        let (name, id) = (call.name, call.operation.id);
        assert!(fits(line, &expected), "{name} sends {line}, and {id} is {expected}");
    }
}

/// Whether a method and path fits a template with parameters in braces.
fn fits(line: &str, template: &str) -> bool {
    let (segments, names) = (line.split('/'), template.split('/'));
    segments.clone().count() == names.clone().count()
        && segments.zip(names).all(|(segment, name)| segment == name || name.starts_with('{'))
}
