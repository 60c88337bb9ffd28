//! What a failed write did on the server, where it is not one request that fails.

use std::time::Duration;

use chatwork_sdk::error::Effect;
use chatwork_sdk::{Client, Error, RetryPolicy, Role, Secret, TokenFuture, TokenSource, Upload};
use serde_json::json;

use crate::support::files::{Pieces, bytes, folder};
use crate::support::{ANNA, Answer, Reply, Server, builder, hurried, plain, refused, room};

/// The error of each call that reads before it writes.
async fn composites(client: &Client) -> [(&'static str, Error); 4] {
    let room = room(client);
    [
        ("add_members", refused(hurried(room.add_members(Role::Member, [ANNA]).send()).await)),
        ("remove_members", refused(hurried(room.remove_members([ANNA]).send()).await)),
        ("link edit", refused(hurried(room.link().edit().description("x").send()).await)),
        ("mark_all_read", refused(hurried(client.mark_all_read().send()).await)),
    ]
}

/// Each call that reads first against a server that answers every request like this.
async fn nothing_is_written(answer: impl Into<Answer>) {
    let server = Server::always(answer).await;
    let builder = builder(&server.base_url()).retry(RetryPolicy::off());
    let client = builder.timeout(Duration::from_secs(5)).build().unwrap();
    for (name, error) in composites(&client).await {
        assert_eq!(error.effect(), Effect::None, "{name}: {error}");
    }
    let only_reads = server.lines().iter().all(|line| line.starts_with("GET "));
    assert!(only_reads, "{:?}", server.lines());
}

#[tokio::test]
async fn a_call_that_cannot_read_the_first_reply_wrote_nothing() {
    nothing_is_written(Reply::json(200, &json!("a text"))).await;
}

#[tokio::test]
async fn a_call_whose_first_reply_is_cut_wrote_nothing() {
    nothing_is_written(Answer::Cut(Reply::json(200, &json!([])))).await;
}

#[tokio::test]
async fn a_call_whose_first_request_gets_status_500_wrote_nothing() {
    nothing_is_written(Reply::html(500)).await;
}

#[tokio::test]
async fn a_call_whose_first_request_gets_no_reply_wrote_nothing() {
    nothing_is_written(Answer::Silence).await;
    nothing_is_written(Answer::Close).await;
}

#[tokio::test]
async fn a_failed_request_for_new_messages_may_have_moved_the_mark() {
    let server = Server::always(Reply::html(500)).await;
    let error = refused(room(&server.client()).new_messages().await);
    assert_eq!(error.effect(), Effect::Unknown);
}

#[tokio::test]
async fn an_invalid_input_did_nothing() {
    let server = Server::spec().await;
    let error = refused(room(&server.client()).post("").await);
    assert!(matches!(error, Error::Input(_)), "{error}");
    assert_eq!(error.effect(), Effect::None);
}

#[test]
fn an_invalid_configuration_did_nothing() {
    let error = refused(Client::builder().token("").build());
    assert!(matches!(error, Error::Config(_)), "{error}");
    assert_eq!(error.effect(), Effect::None);
}

/// A token source that has no token.
struct Empty;

impl TokenSource for Empty {
    fn token(&self) -> TokenFuture<'_, Secret> {
        Box::pin(async { Err("no token is left".into()) })
    }
}

#[tokio::test]
async fn a_token_source_that_fails_did_nothing() {
    let server = Server::spec().await;
    let builder = Client::builder().base_url(server.base_url()).configure_http(plain);
    let client = builder.token_source(Empty).build().unwrap();
    let error = refused(room(&client).post("Hello").await);
    assert!(matches!(error, Error::Token(_)), "{error}");
    assert_eq!((error.effect(), server.got().len()), (Effect::None, 0));
}

async fn not_uploaded(upload: Upload) -> Error {
    let server = Server::spec().await;
    let error = refused(room(&server.client()).upload(upload).await);
    assert!(matches!(error, Error::File(_)), "{error}");
    error
}

#[tokio::test]
async fn a_file_that_cannot_be_opened_did_nothing() {
    let path = folder().path().join("nowhere");
    assert_eq!(not_uploaded(Upload::path(path)).await.effect(), Effect::None);
}

#[tokio::test]
async fn a_file_that_fails_while_it_is_sent_may_have_arrived() {
    let pieces = vec![Ok(bytes(10)), Err(std::io::ErrorKind::PermissionDenied.into())];
    let error = not_uploaded(Upload::stream("a", Pieces(pieces))).await;
    assert_eq!(error.effect(), Effect::Unknown);
}
