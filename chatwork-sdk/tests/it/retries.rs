//! What is sent again, how often, and what never is.

use std::time::Duration;

use chatwork_sdk::{Client, Method, Pacing, RetryPolicy};
use tokio::time::sleep;

use crate::support::calls;
use crate::support::clock::timed;
use crate::support::spans::Spans;
use crate::support::{Answer, Reply, Server, builder, http, hurried, refused, room};

fn me() -> Reply {
    Reply::of("getMe")
}

async fn failing_once(fault: Answer) -> (Server, Client) {
    let server = Server::script([fault, me().into()]).await;
    let client = builder(&server.base_url()).timeout(Duration::from_secs(5)).build().unwrap();
    (server, client)
}

macro_rules! passes_on_the_second_try {
    ($($name:ident: $fault:expr;)+) => {$(
        #[tokio::test]
        async fn $name() {
            let (server, client) = failing_once($fault).await;
            hurried(async { client.me().await }).await.expect("the second try succeeds");
            assert_eq!(server.got().len(), 2);
        }
    )+};
}

passes_on_the_second_try! {
    a_read_passes_after_a_closed_connection: Answer::Close;
    a_read_passes_after_a_body_that_broke_off: Answer::Cut(me());
    a_read_passes_after_a_reply_that_never_came: Answer::Silence;
    a_read_passes_after_a_fault_of_the_server: Reply::html(500).into();
    a_read_passes_after_a_fault_of_a_gateway: Reply::html(504).into();
    a_read_passes_after_broken_json: Reply::new(200, "{").into();
    a_read_passes_after_a_429: Reply::refusal(429, "Rate limit exceeded.").limits(0, 1).into();
}

#[tokio::test]
async fn a_write_passes_when_the_server_listens_at_last() {
    let (socket, url) = tests::raw::refusing();
    let client = builder(&format!("{url}/v2")).build().unwrap();
    let listen = async {
        // The first try is refused at once; the second comes a quarter of a second later, or more.
        sleep(Duration::from_millis(200)).await;
        Server::on(socket.listen(8).unwrap(), |_| Reply::of("createRoomMessage").into())
    };
    let post = async { room(&client).post("Build is green").await };
    let (server, posted) = hurried(async { tokio::join!(listen, post) }).await;
    assert_eq!((posted.is_ok(), server.got().len()), (true, 1));
}

/// How often a request to any path goes out when the server fails.
async fn tries_of(method: Method, path: &str, query: &[(&str, &str)]) -> usize {
    let server = Server::always(Reply::html(500)).await;
    let request = server.client().request(method, path).query(&query);
    hurried(request.send::<()>()).await.unwrap_err();
    server.got().len()
}

#[tokio::test]
async fn a_raw_read_is_sent_again() {
    assert_eq!(tries_of(Method::GET, "/polls", &[]).await, 5);
}

#[tokio::test]
async fn a_raw_write_is_not_sent_again() {
    for method in [Method::POST, Method::PUT, Method::DELETE] {
        assert_eq!(tries_of(method, "/polls", &[]).await, 1);
    }
}

#[tokio::test]
async fn a_raw_call_for_new_messages_is_not_sent_again() {
    for query in [&[][..], &[("force", "0")]] {
        assert_eq!(tries_of(Method::GET, "/rooms/1/messages", query).await, 1);
    }
}

#[tokio::test]
async fn a_raw_call_for_the_latest_messages_is_sent_again() {
    assert_eq!(tries_of(Method::GET, "/rooms/1/messages", &[("force", "1")]).await, 5);
}

#[tokio::test]
async fn off_means_that_nothing_goes_out_twice() {
    let faults = [
        Answer::Close,
        Answer::Cut(me()),
        Reply::html(500).into(),
        Reply::new(200, "{").into(),
        Reply::refusal(429, "Rate limit exceeded.").limits(0, 1).into(),
        Reply::refusal(429, "Rate limit for message posting per room exceeded.").into(),
    ];
    for fault in faults {
        let server = Server::always(fault.clone()).await;
        // Without pacing, so that the limit that one call meets holds up no other.
        let client = builder(&server.base_url()).pacing(Pacing::off()).retry(RetryPolicy::off());
        let client = client.build().unwrap();
        for call in calls::all() {
            (call.run)(&client).await.unwrap_err();
            assert_eq!(server.take().len(), 1, "{} on {fault:?}", call.name);
        }
    }
}

#[tokio::test]
async fn off_means_that_a_connection_is_tried_once() {
    let (_taken, url) = tests::raw::refusing();
    let (spans, _guard) = Spans::listen();
    let client = builder(&url).retry(RetryPolicy::off()).build().unwrap();
    refused(client.me().await);
    assert_eq!(spans.last("attempt"), Some(1));
}

#[tokio::test]
async fn the_number_of_retries_can_be_set() {
    let server = Server::always(Reply::html(500)).await;
    let retry = RetryPolicy::default().max_retries(1);
    let client = builder(&server.base_url()).retry(retry).build().unwrap();
    refused(hurried(async { client.me().await }).await);
    assert_eq!(server.got().len(), 2);
}

#[tokio::test]
async fn retries_are_spread_over_time() {
    let server = Server::always(Reply::html(500)).await;
    let client = server.client();
    let (_, time) = timed(async { client.me().await }).await;
    // 0.5 + 1 + 2 + 4 seconds, of which up to a half is left to chance.
    assert!(time >= Duration::from_millis(3750), "{time:?}");
}

#[tokio::test]
async fn no_retry_begins_after_the_total_time() {
    let server = Server::always(Reply::html(500)).await;
    let retry = RetryPolicy::default().max_elapsed(Duration::ZERO);
    let client = builder(&server.base_url()).retry(retry).build().unwrap();
    refused(hurried(async { client.me().await }).await);
    assert_eq!(server.got().len(), 1);
}

#[tokio::test]
async fn waits_without_an_end_are_no_panic() {
    let server = Server::script([Reply::html(500).into(), me().into()]).await;
    let retry = RetryPolicy::default().max_elapsed(Duration::MAX);
    let client = builder(&server.base_url()).retry(retry).build().unwrap();
    assert!(hurried(async { client.me().await }).await.is_ok());
}

#[tokio::test]
async fn the_last_failure_is_the_one_that_is_told() {
    let server = Server::script([Answer::Close, Reply::html(502).into()]).await;
    let client = server.client();
    let error = refused(hurried(async { client.me().await }).await);
    assert_eq!(error.status().map(|status| status.as_u16()), Some(502));
}

#[tokio::test]
async fn a_write_by_an_http_client_of_ones_own_is_not_sent_again() {
    // It may have followed a redirect to where nobody listens, after the API had acted.
    let (_taken, url) = tests::raw::refusing();
    let (spans, _guard) = Spans::listen();
    let client = builder(&url).http_client(http()).build().unwrap();
    refused(hurried(async { room(&client).post("Build is green").await }).await);
    assert_eq!(spans.last("attempt"), Some(1));
}

#[tokio::test]
async fn a_read_by_an_http_client_of_ones_own_is_sent_again() {
    let (_taken, url) = tests::raw::refusing();
    let (spans, _guard) = Spans::listen();
    let client = builder(&url).http_client(http()).build().unwrap();
    refused(hurried(async { client.me().await }).await);
    assert_eq!(spans.last("attempt"), Some(5));
}

#[tokio::test]
async fn the_span_says_how_long_a_call_has_waited_in_all() {
    let (spans, _guard) = Spans::listen();
    let server = Server::script([Reply::html(500).into(), me().into()]).await;
    let client = server.client();
    hurried(async { client.me().await }).await.unwrap();
    // At least half of half a second between the tries.
    assert!(spans.last("wait_ms") >= Some(250), "{}", spans.text());
}
