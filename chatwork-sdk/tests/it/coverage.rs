//! Every operation of the document is reached by a public method.

use std::collections::BTreeSet;

use chatwork_api::operations;
use chatwork_sdk::{Operation, reqwest};

use crate::support::calls::{self, Call};
use crate::support::server::operation;
use crate::support::{Got, Reply, Server, builder, http};

fn template(operation: &Operation) -> String {
    format!("{} {}", operation.method, operation.path)
}

/// What a call asked of a server that answers with the document's examples.
async fn asked(call: &Call, http: &reqwest::Client) -> Vec<Got> {
    let server = Server::spec().await;
    let client = builder(&server.base_url()).http_client(http.clone()).build().expect("a client");
    let result = (call.run)(&client).await;
    result.unwrap_or_else(|error| panic!("{} failed: {error}", call.name));
    server.got()
}

#[tokio::test]
async fn the_public_methods_reach_every_operation_and_no_other() {
    let (http, mut reached) = (http(), BTreeSet::new());
    for call in calls::all() {
        reached.extend(asked(&call, &http).await.iter().map(|got| template(operation(got))));
    }
    let documented: BTreeSet<String> = operations::ALL.iter().map(template).collect();
    assert_eq!(reached, documented);
}

#[tokio::test]
async fn each_method_sends_one_request_of_the_operation_that_it_stands_for() {
    let http = http();
    for call in calls::all() {
        let asked: Vec<&str> =
            asked(&call, &http).await.iter().map(|got| operation(got).id).collect();
        assert_eq!(asked, [call.operation.id], "{}", call.name);
    }
}

#[tokio::test]
async fn each_convenience_reads_first_and_ends_with_the_operation_that_it_stands_for() {
    for call in calls::several() {
        let asked = asked(&call, &http()).await;
        let methods: Vec<&str> = asked.iter().map(|got| got.method.as_str()).collect();
        assert_eq!(methods, ["GET", "PUT"], "{}", call.name);
        assert_eq!(operation(&asked[1]).id, call.operation.id, "{}", call.name);
    }
}

#[tokio::test]
async fn each_call_takes_a_time_limit_and_returns_the_status_and_headers_of_its_last_reply() {
    let http = http();
    for call in [calls::all(), calls::several(), calls::repeated()].into_iter().flatten() {
        let id = call.operation.id;
        let answer = |got: &Got| {
            let id = operation(got).id;
            Reply::of(id).header("x-operation", id).into()
        };
        let server = Server::start(answer).await;
        let client = builder(&server.base_url()).http_client(http.clone()).build().unwrap();
        let meta = (call.meta)(&client).await.unwrap_or_else(|error| panic!("{id}: {error}"));
        assert!(meta.status().is_success(), "{}", call.name);
        assert_eq!(meta.headers()["x-operation"], id, "{}", call.name);
    }
}
