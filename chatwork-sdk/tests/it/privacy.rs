//! No token, no text of a message and no content of a file in anything that is printed. What belongs
//! to webhooks is in `webhooks::private`.

use std::error::Error as _;
use std::fmt::Debug;
use std::time::Duration;

use chatwork_sdk::{Client, Error, RetryPolicy, Secret, TokenFuture, TokenSource, Upload};
use serde_json::json;

use crate::support::spans::Spans;
use crate::support::{ANNA, Answer, BOB, FILE, Hosted, Reply, Server, TOKEN};
use crate::support::{builder, hurried, message_id, refused, room};

const TEXT: &str = "the text of a message";
const CONTENT: &str = "the content of a file";

/// What is printed of a thing, in both ways.
fn shown(thing: &impl Debug) -> String {
    format!("{thing:?}\n{thing:#?}")
}

fn assert_private(name: &str, printed: &str) {
    for secret in [TOKEN, TEXT, CONTENT] {
        assert!(!printed.contains(secret), "{name} shows {secret:?}: {printed}");
    }
}

fn client() -> Client {
    builder("http://127.0.0.1:9/v2").build().unwrap()
}

#[test]
fn a_client_is_private() {
    assert_private("client", &shown(&client()));
    assert_private("raw client", &shown(client().raw()));
}

#[test]
fn a_builder_is_private() {
    assert_private("token", &shown(&Client::builder().token(TOKEN)));
    assert_private("bearer", &shown(&Client::builder().bearer(TOKEN)));
    assert_private("source", &shown(&Client::builder().token_source(Source)));
}

struct Source;

impl TokenSource for Source {
    fn token(&self) -> TokenFuture<'_, Secret> {
        Box::pin(async { Ok(Secret::from(TOKEN.to_owned())) })
    }
}

#[test]
fn a_request_is_private() {
    let (client, id) = (client(), message_id());
    let room = room(&client);
    let form = [("body", TEXT)];
    let requests = [
        ("create_room", shown(&client.create_room(TEXT, [ANNA]).description(TEXT))),
        ("update", shown(&room.update().name(TEXT))),
        ("post", shown(&room.post(TEXT))),
        ("with_meta", shown(&room.post(TEXT).with_meta())),
        ("edit", shown(&room.message(&id).edit(TEXT))),
        ("create_task", shown(&room.create_task(TEXT, [BOB]))),
        ("upload", shown(&room.upload(Upload::bytes("a", CONTENT)).message(TEXT))),
        ("create link", shown(&room.link().create().description(TEXT))),
        ("edit link", shown(&room.link().edit().description(TEXT))),
        ("remove_members", shown(&room.remove_members([BOB]))),
        ("download", shown(&room.file(FILE).download())),
        ("request", shown(&client.request(chatwork_sdk::Method::POST, "/x").form(&form))),
    ];
    for (name, printed) in requests {
        assert_private(name, &printed);
    }
}

#[test]
fn a_file_to_send_is_private() {
    assert_private("bytes", &shown(&Upload::bytes("a", CONTENT)));
}

#[tokio::test]
async fn a_file_that_comes_is_private() {
    let download = Hosted::whole("a", &CONTENT.into()).await.download().await.unwrap();
    assert_private("download", &shown(&download));
}

/// What is printed of an error and of all its sources.
fn shown_error(error: &Error) -> String {
    let mut printed = format!("{error}\n{}", shown(error));
    let mut source = error.source();
    while let Some(cause) = source {
        printed.push_str(&format!("\n{cause}\n{}", shown(&cause)));
        source = cause.source();
    }
    printed
}

/// A reply to a post that tells the message back, where nobody expects it.
fn telling_back(status: u16) -> Reply {
    Reply::json(status, &json!({ "message_id": { "body": TEXT }, "token": TOKEN }))
}

/// Every way in which a call can fail on its way.
fn faults() -> Vec<Answer> {
    let broken = format!("{{\"message_id\": \"{TEXT}\", \"token\": {TOKEN}");
    vec![
        Answer::Close,
        Answer::Silence,
        Answer::Cut(telling_back(200)),
        Answer::Cut(telling_back(500)),
        telling_back(200).into(),
        telling_back(400).into(),
        telling_back(429).into(),
        telling_back(500).into(),
        Reply::new(200, broken).into(),
        Reply::new(502, format!("<html>{TEXT} {TOKEN}</html>")).into(),
        Reply::refusal(403, "No").into(),
    ]
}

#[tokio::test]
async fn an_error_is_private() {
    for fault in faults() {
        let server = Server::always(fault.clone()).await;
        let client = builder(&server.base_url()).timeout(Duration::from_secs(1));
        let client = client.retry(RetryPolicy::off()).build().unwrap();
        let post = hurried(async { room(&client).post(TEXT).await }).await;
        assert_private(&format!("post on {fault:?}"), &shown_error(&refused(post)));
        let upload = Upload::bytes("a", CONTENT);
        let upload = hurried(async { room(&client).upload(upload).message(TEXT).await }).await;
        assert_private(&format!("upload on {fault:?}"), &shown_error(&refused(upload)));
    }
}

#[tokio::test]
async fn an_error_before_sending_is_private() {
    let (client, long) = (client(), TEXT.repeat(4000));
    let room = room(&client);
    let errors = [
        refused(room.post(long.clone()).await),
        refused(client.create_room(long.clone(), [ANNA]).await),
        refused(room.link().create().code(TEXT).await),
        refused(room.upload(Upload::bytes("a", CONTENT.repeat(300_000))).await),
        refused(room.upload(Upload::bytes("a", CONTENT).media_type("x")).message(TEXT).await),
        refused(Client::new(format!("{TOKEN}\n"))),
        refused(builder(&format!("http://{TOKEN}@127.0.0.1")).build()),
    ];
    for error in errors {
        assert_private("error before sending", &shown_error(&error));
    }
}

#[tokio::test]
async fn a_connection_that_was_never_made_is_private() {
    let (_taken, url) = tests::raw::refusing();
    let client = builder(&url).retry(RetryPolicy::off()).build().unwrap();
    let error = refused(room(&client).post(TEXT).await);
    assert_private("connection", &shown_error(&error));
}

#[tokio::test]
async fn the_address_of_a_file_is_private() {
    let file = Hosted::new("a", 7, [Answer::Close]).await;
    let printed = shown_error(&refused(hurried(file.download()).await));
    assert!(!printed.contains("signature"), "{printed}");
}

#[tokio::test]
async fn what_tracing_is_told_is_private() {
    for fault in faults() {
        let (spans, guard) = Spans::listen();
        let server = Server::script([fault, Reply::of("createRoomMessage").into()]).await;
        let client = builder(&server.base_url()).timeout(Duration::from_secs(1)).build().unwrap();
        let _ = hurried(async { room(&client).post(TEXT).await }).await;
        let upload = Upload::bytes("a", CONTENT);
        let _ = hurried(async { room(&client).upload(upload).message(TEXT).await }).await;
        drop(guard);
        assert!(spans.text().contains("createRoomMessage"), "nothing was told");
        assert_private("spans", &spans.text());
    }
}

#[tokio::test]
async fn a_span_tells_operation_attempt_status_duration_and_wait() {
    let (spans, _guard) = Spans::listen();
    let server = Server::script([Reply::html(500).into(), Reply::of("getMe").into()]).await;
    let client = server.client();
    hurried(async { client.me().await }).await.unwrap();
    let text = spans.text();
    assert!(text.contains("span chatwork operation=\"getMe\""), "{text}");
    assert_eq!((spans.last("attempt"), spans.last("status")), (Some(2), Some(200)), "{text}");
    assert!(spans.last("duration_ms").is_some() && spans.last("wait_ms").is_some(), "{text}");
}
