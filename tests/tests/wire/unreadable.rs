//! What the client makes of a 200 whose body cannot be read.

use chatwork_api::{Error, Unreadable, UnreadableFault};
use tests::call::Call;
use tests::raw;
use tests::server::{Reply, Server, api_token, client};
use tests::spec;

use crate::one_for_each_operation;

/// What stands in every payload of these tests, and in no error.
const PAYLOAD: &str = "confidential";

const WRONG_TYPE: &str = "\n \"confidential\"";
const NO_JSON: &str = "\n <html>confidential</html>";

/// One call of each operation that promises a body.
fn calls() -> Vec<Call> {
    let mut calls = one_for_each_operation();
    calls.retain(|call| spec::success(call.operation.id).body.is_some());
    calls
}

/// Makes one call of each operation against a body, which may depend on the operation.
async fn unreadable(body: impl Fn(&str) -> String) -> Vec<(&'static str, Unreadable)> {
    let server = Server::start(Reply::new(500, "")).await;
    let mut faults = Vec::new();
    for call in calls() {
        let id = call.operation.id;
        server.answer(Reply::new(200, body(id)).header("x-ratelimit-remaining", "17"));
        match (call.run)(server.client()).await {
            Err(Error::Unreadable(fault)) => faults.push((id, *fault)),
            other => panic!("{id}: {other:?} is not unreadable"),
        }
    }
    faults
}

/// The document's example without its end.
fn cut(id: &str) -> String {
    let mut example = spec::success(id).body.unwrap().to_string();
    example.pop();
    example
}

/// The same with a string in it that nobody should read.
fn cut_and_confidential(id: &str) -> String {
    cut(id).replacen(":\"", &format!(":\"{PAYLOAD}"), 1)
}

#[tokio::test]
async fn a_body_that_is_not_json_is_reported_as_not_json() {
    for (id, fault) in unreadable(|_| NO_JSON.to_owned()).await {
        assert_eq!(fault.fault(), UnreadableFault::NotJson, "{id}");
    }
}

#[tokio::test]
async fn an_incomplete_body_is_reported_as_truncated() {
    for (id, fault) in unreadable(cut).await {
        assert_eq!(fault.fault(), UnreadableFault::Truncated, "{id}");
    }
}

#[tokio::test]
async fn a_body_of_a_wrong_type_is_reported_as_wrong_shape() {
    for (id, fault) in unreadable(|_| WRONG_TYPE.to_owned()).await {
        assert_eq!(fault.fault(), UnreadableFault::Shape, "{id}");
    }
}

#[tokio::test]
async fn an_empty_body_is_reported_as_truncated() {
    for (id, fault) in unreadable(|_| String::new()).await {
        assert_eq!(fault.fault(), UnreadableFault::Truncated, "{id}");
    }
}

#[tokio::test]
async fn status_and_headers_are_kept() {
    for (id, fault) in unreadable(|_| NO_JSON.to_owned()).await {
        assert_eq!(fault.status(), 200, "{id}");
        assert_eq!(fault.headers().get("x-ratelimit-remaining").unwrap(), "17", "{id}");
    }
}

#[tokio::test]
async fn the_error_gives_access_to_the_body() {
    for (id, fault) in unreadable(|_| WRONG_TYPE.to_owned()).await {
        assert_eq!(fault.body().unwrap(), WRONG_TYPE, "{id}");
    }
}

#[tokio::test]
async fn the_message_names_the_position() {
    let server = Server::start(Reply::new(200, NO_JSON)).await;
    let error = server.client().get_room_link(1.into()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the body of the reply (200) is not valid JSON, at line 2 column 2"
    );
}

#[tokio::test]
async fn no_error_shows_anything_of_the_payload() {
    for body in
        [|_: &str| NO_JSON.to_owned(), |_: &str| WRONG_TYPE.to_owned(), cut_and_confidential]
    {
        for (id, fault) in unreadable(body).await {
            let shown = everything(&Error::Unreadable(Box::new(fault)));
            assert!(!shown.contains(PAYLOAD), "{id}: {shown}");
        }
    }
}

#[tokio::test]
async fn a_connection_that_closes_within_a_body_is_an_error() {
    let fault = broken().await;
    assert_eq!(fault.fault(), UnreadableFault::Broken);
}

#[tokio::test]
async fn an_incomplete_body_keeps_status_and_headers() {
    let fault = broken().await;
    assert_eq!(fault.status(), 200);
    assert_eq!(fault.headers().get("x-ratelimit-remaining").unwrap(), "17");
}

#[tokio::test]
async fn the_error_of_an_incomplete_body_shows_nothing_of_the_payload() {
    let shown = everything(&Error::Unreadable(Box::new(broken().await)));
    assert!(!shown.contains(PAYLOAD), "{shown}");
}

async fn broken() -> Unreadable {
    let url = raw::answer_once(concat!(
        "HTTP/1.1 200 OK\r\nx-ratelimit-remaining: 17\r\ncontent-length: 100\r\n\r\n",
        "{\"name\":\"confidential",
    ));
    match client(&url.await, api_token()).get_me().await {
        Err(Error::Unreadable(fault)) => *fault,
        other => panic!("{other:?} is not unreadable"),
    }
}

/// All that an error shows, and what caused it.
fn everything(error: &dyn std::error::Error) -> String {
    let source = error.source().map(everything).unwrap_or_default();
    format!("{error} {error:?} {error:#?} {source}")
}
