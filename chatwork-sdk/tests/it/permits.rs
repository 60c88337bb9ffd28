//! Which call takes a place of a limit, and how a call ends that gets no permit in time.

use std::future::{IntoFuture, pending};
use std::time::Duration;

use chatwork_sdk::error::{Effect, NetworkFault};
use chatwork_sdk::{Client, Error, Method, Pacing, RateLimitName, RetryPolicy, Upload};
use serde_json::Value;
use tokio::net::TcpSocket;
use tokio::task::{JoinSet, yield_now};
use tokio::time::sleep;

use crate::support::clock::timed;
use crate::support::files::folder;
use crate::support::spans::Spans;
use crate::support::{Answer, Reply, Server, TASK, builder, hurried, refused, room};

const SECOND: Duration = Duration::from_secs(1);

/// A client that has used up the room's limit for posting, and its server.
async fn full_room() -> (Server, Client) {
    let server = Server::spec().await;
    let client = server.client();
    for _ in 0..10 {
        room(&client).post("Hello").await.unwrap();
    }
    (server, client)
}

#[tokio::test]
async fn a_call_that_does_not_post_waits_for_no_room() {
    let (_server, client) = full_room().await;
    let (task, time) = timed(room(&client).task(TASK).get().into_future()).await;
    task.unwrap();
    assert!(time < SECOND, "{time:?}");
}

#[tokio::test]
async fn a_raw_call_that_does_not_post_waits_for_no_room() {
    let (_server, client) = full_room().await;
    let raw = client.request(Method::GET, "/rooms/42/members");
    let (members, time) = timed(raw.send::<Value>()).await;
    members.unwrap();
    assert!(time < SECOND, "{time:?}");
}

#[tokio::test]
async fn a_file_that_cannot_be_read_costs_no_request_of_the_limit() {
    let server = Server::always(Reply::of("getMe").limits(3, 300)).await;
    let client = server.client();
    client.me().await.unwrap();
    let missing = folder().path().join("missing");
    for _ in 0..10 {
        let upload = Upload::path(&missing);
        assert!(matches!(refused(room(&client).upload(upload).await), Error::File(_)));
    }
    let (me, time) = timed(client.me().into_future()).await;
    me.unwrap();
    assert!(time < SECOND, "{time:?}");
}

#[tokio::test]
async fn a_call_behind_others_that_have_no_reply_is_told_to_wait_a_window() {
    let server = Server::always(Answer::Silence).await;
    let pacing = Pacing::default().max_wait(SECOND);
    let client = builder(&server.base_url()).pacing(pacing).build().unwrap();
    let mut posts = JoinSet::new();
    for _ in 0..10 {
        posts.spawn(room(&client).post("Hello").send());
    }
    let error = hurried(async {
        sleep(SECOND).await;
        refused(room(&client).post("Hello").await)
    })
    .await;
    assert_eq!(error.retry_after(), Some(10 * SECOND));
}

/// A read that the server cannot answer, when the limit has no request left for a retry.
async fn no_retry(status: u16, max_wait: Duration, retry: RetryPolicy) -> (Error, Duration) {
    let server = Server::always(Reply::html(status).limits(0, 300)).await;
    let pacing = Pacing::default().max_wait(max_wait);
    let client = builder(&server.base_url()).pacing(pacing).retry(retry).build().unwrap();
    let (result, time) = timed(client.me().into_future()).await;
    assert_eq!(server.got().len(), 1);
    (refused(result), time)
}

#[tokio::test]
async fn a_failure_whose_retry_gets_no_permit_is_the_error() {
    let (error, _) = no_retry(503, 60 * SECOND, RetryPolicy::default()).await;
    assert!(matches!(error, Error::Api(_)), "{error:?}");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(503));
}

#[tokio::test]
async fn a_429_whose_retry_gets_no_permit_keeps_its_reply() {
    let server = Server::always(Reply::refusal(429, "Rate limit exceeded.").limits(0, 300)).await;
    let pacing = Pacing::default().max_wait(60 * SECOND);
    let client = builder(&server.base_url()).pacing(pacing).build().unwrap();
    let error = refused(hurried(client.me().into_future()).await);
    assert_eq!(error.api_errors(), ["Rate limit exceeded."]);
    let Error::RateLimited(error) = error else { panic!("{error}") };
    assert_eq!(error.limit(), RateLimitName::Account);
    assert!(error.retry_after() > 290 * SECOND, "{:?}", error.retry_after());
}

#[tokio::test]
async fn a_retry_waits_for_its_permit_no_longer_than_the_total_time_of_the_call() {
    let retry = RetryPolicy::default().max_elapsed(60 * SECOND);
    let (error, time) = no_retry(503, 1000 * SECOND, retry).await;
    assert_eq!(error.status().map(|status| status.as_u16()), Some(503));
    assert!(time <= 61 * SECOND, "{time:?}");
}

#[tokio::test]
async fn a_first_attempt_waits_for_its_permit_whatever_the_total_time_of_retries_is() {
    let server = Server::always(Reply::of("getMe").limits(0, 5)).await;
    let retry = RetryPolicy::default().max_elapsed(SECOND);
    let client = builder(&server.base_url()).retry(retry).build().unwrap();
    client.me().await.unwrap();
    let (me, time) = timed(client.me().into_future()).await;
    me.unwrap();
    assert!(time >= 4 * SECOND, "{time:?}");
}

/// An address that takes no connection: the queue of its listener is full as long as the result is
/// kept.
async fn deaf() -> (impl Sized, String) {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let address = socket.local_addr().unwrap();
    let listener = socket.listen(1).unwrap();
    let mut connections = JoinSet::new();
    for _ in 0..8 {
        connections.spawn(async move {
            let _stream = TcpSocket::new_v4().unwrap().connect(address).await;
            pending::<()>().await;
        });
    }
    for _ in 0..100 {
        yield_now().await;
    }
    ((listener, connections), format!("http://{address}/v2"))
}

#[tokio::test]
async fn a_connection_that_takes_too_long_is_not_made_so_even_a_write_is_sent_again() {
    let (_full, url) = deaf().await;
    let (spans, _guard) = Spans::listen();
    let client = builder(&url).connect_timeout(SECOND).build().unwrap();
    let error = refused(hurried(room(&client).post("Hello").into_future()).await);
    let Error::Network(network) = &error else { panic!("{error}") };
    assert_eq!(network.fault(), NetworkFault::Connect);
    assert_eq!((error.effect(), error.is_timeout()), (Effect::None, false));
    assert_eq!(spans.last("attempt"), Some(5));
}
