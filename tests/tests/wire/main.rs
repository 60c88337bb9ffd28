//! What the low-level client sends, and what it makes of replies, byte by byte.
//!
//! One module for each tag of the document holds its calls, each with the exact request; the other
//! modules run all of them against replies of every kind.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![allow(missing_docs)]

mod auth;
mod contacts;
mod coverage;
mod files;
mod ids;
mod incoming_requests;
mod link;
mod me;
mod members;
mod messages;
mod my;
mod no_reply;
mod refusals;
mod rooms;
mod secrets;
mod successes;
mod tasks;
mod unreadable;

use tests::call::Call;

/// Every call of every tag.
fn all() -> Vec<Call> {
    let tags = [
        me::calls(),
        my::calls(),
        contacts::calls(),
        incoming_requests::calls(),
        rooms::calls(),
        members::calls(),
        messages::calls(),
        tasks::calls(),
        files::calls(),
        link::calls(),
    ];
    tags.into_iter().flatten().collect()
}

/// One call of each operation: the first of those that it has.
fn one_for_each_operation() -> Vec<Call> {
    let mut calls = all();
    let mut seen = std::collections::HashSet::new();
    calls.retain(|call| seen.insert(call.operation.id));
    calls
}
