//! The check stage: the house rules, all faults at once.
//!
//! Each rule says where in the document a fault is (a JSON pointer) and what would be right. The
//! rules are those that no linter makes, and those on which the generator relies.

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

use crate::diagnostic::{Diagnostics, Fault};
use crate::document::Document;

/// Checks a document against every rule and returns all faults, in the order of the rules.
///
/// A fault stands at what is wrong, in a shared component once, or where something is missing.
///
/// A reference that leads nowhere makes other rules see nothing where something was meant; so
/// when references are broken, only those are reported. No example is checked while a keyword of
/// a schema is malformed, for then no example fits.
///
/// ```
/// use chatwork_codegen::{Document, check};
///
/// let document = Document::parse("openapi: 3.1.0")?;
/// let faults = check::check(&document);
/// assert_eq!(faults[0].to_string(), "#/openapi: expected version 3.0.3, found 3.1.0");
/// # Ok::<(), chatwork_codegen::Error>(())
/// ```
pub fn check(document: &Document) -> Vec<Fault> {
    let mut faults = Diagnostics::default();
    references::check(document, &mut faults);
    if !faults.0.is_empty() {
        return faults.0;
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
        rule(document, &mut faults);
    }
    let mut malformed = Diagnostics::default();
    keywords::check(document, &mut malformed);
    if malformed.0.is_empty() {
        examples::check(document, &mut faults);
    }
    faults.0.extend(malformed.0);
    placed(document, faults)
}

/// Diagnostics at places that are there, each once, also when several operations share what has it.
fn placed(document: &Document, faults: Diagnostics) -> Vec<Fault> {
    let mut placed: Vec<Fault> = Vec::new();
    for Fault { pointer, message } in faults.0 {
        let fault = Fault { pointer: document.nearest(&pointer).to_owned(), message };
        if !placed.contains(&fault) {
            placed.push(fault);
        }
    }
    placed
}
