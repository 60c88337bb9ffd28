//! Plausible edits of Chatwork's document, from a seed: each is refused with its place, or its code
//! generates, compiles with what is written by hand, and documents without a warning.
//!
//! The code of all edits is compiled at once, as modules of one crate: with the client, and the
//! types alone. `CHATWORK_EDITS` is the number of edits (20 by default), `CHATWORK_EDITS_SEED` the
//! first seed. `CHATWORK_EDITS_DOCTESTS` is the number of accepted edits whose doc tests run (none by
//! default, since they need the dependencies built, not just checked). A failure names the module
//! `edit_<seed>`; `edits.txt` beside the crate lists the edits of each seed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![allow(missing_docs)]

#[path = "../common/mod.rs"]
mod common;
mod edit;
mod more;
mod package;
mod words;

use chatwork_codegen::{Document, Error, Output, generate};
use package::Package;

/// What became of an edit.
enum Outcome {
    Refused(Vec<String>),
    Generated(Output),
}

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).map_or(otherwise, |text| text.parse().unwrap())
}

/// Generates the code of an edited document, and checks that a refusal names a place that is there.
fn outcome(document: &Document, what: &str) -> Outcome {
    match generate(document) {
        Ok(output) => Outcome::Generated(output),
        Err(Error::Diagnostics(diagnostics)) => {
            for diagnostic in &diagnostics {
                assert_eq!(
                    document.nearest(&diagnostic.pointer),
                    diagnostic.pointer,
                    "{what}: {diagnostic}"
                );
                assert!(!diagnostic.message.is_empty(), "{what}: {diagnostic}");
            }
            Outcome::Refused(diagnostics.iter().map(ToString::to_string).collect())
        }
        Err(other) => panic!("{what}: {other}: expected diagnostics with places"),
    }
}

#[test]
fn an_edit_of_the_document_is_refused_with_its_place_or_compiles_and_documents() {
    let first = number("CHATWORK_EDITS_SEED", 0);
    let doc_tests = number("CHATWORK_EDITS_DOCTESTS", 0);
    let mut package = Package::new("edits");
    let mut documented = Package::new("edits-documented");
    let mut accepted = 0;
    let count = number("CHATWORK_EDITS", 20);
    for seed in first..first + count {
        let (root, what) = edit::document(seed);
        match outcome(&Document::from_value(root), &what) {
            Outcome::Generated(output) => {
                accepted += 1;
                if accepted <= doc_tests {
                    documented.add(seed, &output, &what);
                }
                package.add(seed, &output, &what);
            }
            Outcome::Refused(diagnostics) => {
                package.note(seed, &format!("{what}\n  refused: {diagnostics:?}"))
            }
        }
    }
    assert!(accepted * 2 >= count, "{accepted} of {count} edits were accepted");
    package.finish();
    package.run(&["check"], "client", "");
    package.run(&["check"], "", "");
    package.run(&["doc", "--no-deps"], "client", "-D warnings");
    if doc_tests > 0 {
        documented.finish();
        documented.run_doc_tests();
    }
}
