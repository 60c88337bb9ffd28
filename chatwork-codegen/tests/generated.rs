//! The code that is committed is the code that the document gives.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![allow(missing_docs)]

mod common;

use common::workspace::root;
use common::{generate, parse};

#[test]
fn the_generated_code_of_chatwork_api_is_up_to_date() {
    let output = generate(parse(include_str!("../../spec/chatwork.yaml")));
    let changes = output.changes(&root().join("chatwork-api/src/generated")).unwrap();
    let diffs: Vec<_> = changes.iter().map(|change| change.diff.as_str()).collect();
    assert!(diffs.is_empty(), "run `cargo xtask codegen`:\n{}", diffs.join("\n"));
}
