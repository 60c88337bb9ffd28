//! The client against the sandbox, over real HTTP. Every reply of the sandbox is compared with
//! spec/chatwork.yaml on its way to the client: see `tests/src/proxy.rs`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs
)]

mod bad_requests;
mod calls;
mod contract;
mod empty;
mod limits;
mod missing;
mod place;
mod refusals;
mod report;
mod stage;
mod successes;
mod tokens;

use std::collections::BTreeSet;

use tests::contract::documented;

use report::Report;

/// One test and not many, since what all of them reach together is compared with the document.
#[tokio::test]
async fn every_documented_status_of_every_operation_is_reached() {
    let mut report = Report::default();
    successes::run(&mut report).await;
    empty::run(&mut report).await;
    bad_requests::run(&mut report).await;
    tokens::run(&mut report).await;
    refusals::run(&mut report).await;
    missing::run(&mut report).await;
    limits::run(&mut report).await;

    let failures = report.failures.join("\n");
    assert!(failures.is_empty(), "{failures}");
    let missing: BTreeSet<_> = documented().difference(&report.reached).copied().collect();
    assert!(missing.is_empty(), "no scenario reaches {missing:?}");
}
