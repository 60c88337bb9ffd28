//! Plausible edits of Chatwork's document, from a seed: each is refused with its place, or its code
//! generates, compiles with what is written by hand, and documents without a warning.
//!
//! The code of all edits is compiled at once, as modules of one crate. `CHATWORK_EDITS` is the
//! number of edits (20 by default), `CHATWORK_EDITS_SEED` the first seed. A failure names the module
//! `edit_<seed>`; `edits.txt` beside the crate lists the edits of each seed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![allow(missing_docs)]

#[path = "../common/mod.rs"]
mod common;
mod edit;
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
    let mut package = Package::new();
    let mut accepted = 0;
    let count = number("CHATWORK_EDITS", 20);
    for seed in first..first + count {
        let (root, what) = edit::document(seed);
        match outcome(&Document::from_value(root), &what) {
            Outcome::Generated(output) => {
                accepted += 1;
                package.add(seed, &output, &what);
            }
            Outcome::Refused(diagnostics) => {
                package.note(seed, &format!("{what}\n  refused: {diagnostics:?}"))
            }
        }
    }
    assert!(accepted * 2 >= count, "{accepted} of {count} edits were accepted");
    package.finish();
    package.run(&["check"], "");
    package.run(&["doc", "--no-deps"], "-D warnings");
}
