//! The check stage: the rules of this repository. Reports all errors at once.
//!
//! A diagnostic has the place of an error (a JSON pointer) and says what would be right. The rules
//! are those that linters lack, and those on which the generator relies.

mod bodies;
mod examples;
mod extensions;
mod frame;
mod keys;
mod keywords;
mod names;
mod operations;
mod parameters;
mod references;
mod responses;
mod schemas;
mod security;
mod unions;
mod webhooks;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::{Document, properties};

/// Checks a document against every rule and returns all diagnostics, in the order of the rules.
///
/// A diagnostic points to the wrong value, or to the parent of a missing value. An error in a
/// shared component is reported once.
///
/// If a reference is broken, only broken references are reported: the other rules cannot see
/// their targets. If a keyword of a schema is malformed, examples are not checked: none would fit.
///
/// ```
/// use chatwork_codegen::{Document, check};
///
/// let document = Document::parse("openapi: 3.1.0")?;
/// let diagnostics = check::check(&document);
/// assert_eq!(diagnostics[0].to_string(), "#/openapi: expected version 3.0.3, found 3.1.0");
/// # Ok::<(), chatwork_codegen::Error>(())
/// ```
pub fn check(document: &Document) -> Vec<Diagnostic> {
    let mut diagnostics = Diagnostics::default();
    references::check(document, &mut diagnostics);
    if !diagnostics.0.is_empty() {
        return diagnostics.0;
    }
    for rule in [
        frame::check,
        keys::check,
        operations::check,
        parameters::check,
        bodies::check,
        responses::check,
        schemas::check,
        unions::check,
        names::check,
        security::check,
        extensions::check,
        webhooks::check,
    ] {
        rule(document, &mut diagnostics);
    }
    let mut malformed = Diagnostics::default();
    keywords::check(document, &mut malformed);
    if malformed.0.is_empty() {
        examples::check(document, &mut diagnostics);
    }
    diagnostics.0.extend(malformed.0);
    placed(document, diagnostics)
}

/// The end of a message about a name that is not a property of a schema.
fn expected_property(schema: &serde_json::Value) -> String {
    let names: Vec<&str> = properties(schema).map(|(name, _)| name).collect();
    if names.is_empty() {
        return "expected a property, the schema has none".to_owned();
    }
    format!("expected one of {}", names.join(", "))
}

/// Moves each diagnostic to the nearest existing node and removes duplicates: several operations
/// may share one component.
fn placed(document: &Document, diagnostics: Diagnostics) -> Vec<Diagnostic> {
    let mut placed: Vec<Diagnostic> = Vec::new();
    for Diagnostic { pointer, message } in diagnostics.0 {
        let diagnostic = Diagnostic { pointer: document.nearest(&pointer).to_owned(), message };
        if !placed.contains(&diagnostic) {
            placed.push(diagnostic);
        }
    }
    placed
}
