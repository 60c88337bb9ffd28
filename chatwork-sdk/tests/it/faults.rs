//! Each operation against each way in which a call can fail: what reaches the user, and how many
//! requests went out.
//!
//! A read goes out once, and four times more. A write goes out once, unless the server surely did
//! nothing: then as often as a read.

use std::time::Duration;

use chatwork_sdk::error::Effect;
use chatwork_sdk::{Client, ClientBuilder, Error, Pacing, RetryPolicy};
use serde_json::json;

use crate::support::calls::{self, Call};
use crate::support::spans::Spans;
use crate::support::{Answer, Reply, Server, builder, http, hurried, refused, room};

/// How often a call goes out that may be repeated, by default.
const TRIES: usize = 5;
/// How often one goes out that is told to wait, by the policy of these tests.
const WAITING_TRIES: usize = 4;

/// What is seen of a failed call: the error, its status, the number of requests, and, of a write,
/// what it has done.
#[derive(Debug, PartialEq, Eq)]
struct Seen {
    error: String,
    status: Option<u16>,
    requests: usize,
    effect: Option<Effect>,
}

impl Seen {
    /// What is expected when the server did nothing.
    fn new(call: &Call, error: &str, status: Option<u16>, requests: usize) -> Self {
        let effect = (!call.is_read()).then_some(Effect::None);
        Self { error: format!("{error}, {}", call.operation.id), status, requests, effect }
    }

    /// What is expected when the server may have acted on a call.
    fn doubtful(call: &Call, error: &str, status: Option<u16>) -> Self {
        let seen = Self::new(call, error, status, if call.is_read() { TRIES } else { 1 });
        seen.with(Effect::Unknown)
    }

    fn with(self, effect: Effect) -> Self {
        Self { effect: self.effect.map(|_| effect), ..self }
    }

    fn of(call: &Call, error: &Error, requests: usize) -> Self {
        let status = error.status().map(|status| status.as_u16());
        let effect = (!call.is_read()).then(|| error.effect());
        Self { error: name(error), status, requests, effect }
    }
}

/// The variant of an error, with what tells it apart, and the operation that it names.
fn name(error: &Error) -> String {
    match error {
        Error::Api(error) => format!("api, {}", error.operation().id),
        Error::RateLimited(error) => format!("{:?}, {}", error.limit(), error.operation().id),
        Error::Network(error) => format!("{:?}, {}", error.fault(), error.operation().id),
        Error::Decode(error) => format!("decode, {}", error.operation().id),
        other => format!("{other:?}"),
    }
}

fn client(url: &str, change: impl Fn(ClientBuilder) -> ClientBuilder) -> Client {
    let retry = RetryPolicy::default().max_rate_limit_retries(WAITING_TRIES as u32 - 1);
    change(builder(url).retry(retry)).build().expect("a client")
}

/// Every call against servers that do this.
async fn fails(answer: impl Fn(&Call) -> Answer, expected: impl Fn(&Call) -> Seen) {
    fails_with(|builder| builder, answer, expected).await;
}

async fn fails_with(
    change: impl Fn(ClientBuilder) -> ClientBuilder,
    answer: impl Fn(&Call) -> Answer,
    expected: impl Fn(&Call) -> Seen,
) {
    let http = http();
    let change = |builder: ClientBuilder| change(builder.http_client(http.clone()));
    for call in calls::all() {
        let server = Server::always(answer(&call)).await;
        let client = client(&server.base_url(), change);
        let error = refused(hurried((call.run)(&client)).await);
        let seen = Seen::of(&call, &error, server.got().len());
        assert_eq!(seen, expected(&call), "{}", call.name);
    }
}

/// The documented reply to a call, or one with a body where there is none.
fn reply(call: &Call) -> Reply {
    if call.is_silent() { Reply::json(200, &json!({})) } else { Reply::of(call.operation.id) }
}

/// A success that is not documented is done, with a reply that cannot be read.
fn unexpected(call: &Call) -> Option<Seen> {
    call.is_silent().then(|| Seen::new(call, "decode", Some(200), 1).with(Effect::Done))
}

#[tokio::test]
async fn a_connection_refused_is_tried_again_for_reads_and_writes() {
    let (_taken, url) = tests::raw::refusing();
    let client = client(&url, |builder| builder.pacing(Pacing::off()));
    for call in calls::all() {
        let (spans, _guard) = Spans::listen();
        let error = refused(hurried((call.run)(&client)).await);
        let requests = spans.last("attempt").map_or(0, |tries| tries as usize);
        let seen = Seen::of(&call, &error, requests);
        assert_eq!(seen, Seen::new(&call, "Connect", None, TRIES), "{}", call.name);
    }
}

#[tokio::test]
async fn a_connection_closed_before_the_reply_is_tried_again_for_reads() {
    fails(|_| Answer::Close, |call| Seen::doubtful(call, "Other", None)).await;
}

#[tokio::test]
async fn a_reply_cut_in_the_middle_is_tried_again_for_reads() {
    let expected = |call: &Call| {
        unexpected(call)
            .unwrap_or_else(|| Seen::doubtful(call, "Body", Some(200)).with(Effect::Done))
    };
    fails(|call| Answer::Cut(reply(call)), expected).await;
}

#[tokio::test]
async fn a_call_slower_than_its_limit_is_tried_again_for_reads() {
    let limit = |builder: ClientBuilder| builder.timeout(Duration::from_secs(5));
    let expected = |call: &Call| Seen::doubtful(call, "Timeout", None);
    fails_with(limit, |_| Answer::Silence, expected).await;
}

#[tokio::test]
async fn status_500_with_html_is_tried_again_for_reads() {
    let expected = |call: &Call| Seen::doubtful(call, "api", Some(500));
    fails(|_| Reply::html(500).into(), expected).await;
}

#[tokio::test]
async fn status_502_with_html_is_tried_again_for_reads() {
    let expected = |call: &Call| Seen::doubtful(call, "api", Some(502));
    fails(|_| Reply::html(502).into(), expected).await;
}

#[tokio::test]
async fn status_503_without_a_body_is_tried_again_for_reads() {
    let expected = |call: &Call| Seen::doubtful(call, "api", Some(503));
    fails(|_| Reply::new(503, "").into(), expected).await;
}

#[tokio::test]
async fn a_429_of_the_account_is_waited_for_by_reads_and_writes() {
    let answer = |_: &Call| {
        let error = "Rate limit exceeded.";
        Reply::refusal(429, error).limits(0, 1).into()
    };
    let expected = |call: &Call| Seen::new(call, "Account", Some(429), WAITING_TRIES);
    let pacing = |builder: ClientBuilder| builder.pacing(Pacing::off());
    fails_with(pacing, answer, expected).await;
}

#[tokio::test]
async fn a_429_of_a_room_is_waited_for_by_reads_and_writes() {
    let answer = |_: &Call| {
        let error = "Rate limit for message posting per room exceeded.";
        Reply::refusal(429, error).into()
    };
    let expected = |call: &Call| Seen::new(call, "RoomPosting", Some(429), WAITING_TRIES);
    fails(answer, expected).await;
}

#[tokio::test]
async fn a_reply_of_broken_json_is_tried_again_for_reads() {
    let answer = |call: &Call| reply(call).truncated().into();
    let expected = |call: &Call| {
        unexpected(call)
            .unwrap_or_else(|| Seen::doubtful(call, "decode", Some(200)).with(Effect::Done))
    };
    fails(answer, expected).await;
}

#[tokio::test]
async fn a_reply_of_a_wrong_type_is_never_tried_again() {
    let answer = |_: &Call| Reply::json(200, &json!("a text where none belongs")).into();
    let expected = |call: &Call| {
        unexpected(call)
            .unwrap_or_else(|| Seen::new(call, "decode", Some(200), 1).with(Effect::Done))
    };
    fails(answer, expected).await;
}

#[tokio::test]
async fn a_refusal_is_never_tried_again() {
    let answer = |_: &Call| Reply::refusal(403, "You may not.").into();
    fails(answer, |call| Seen::new(call, "api", Some(403), 1)).await;
}

#[tokio::test]
async fn an_undocumented_success_of_a_write_is_done_and_never_sent_again() {
    for status in [201, 202, 206] {
        let answer = |_: &Call| Reply::json(status, &json!({})).into();
        let expected = |call: &Call| Seen::new(call, "decode", Some(status), 1).with(Effect::Done);
        fails(answer, expected).await;
    }
}

#[tokio::test]
async fn a_status_408_may_have_been_acted_on() {
    let answer = |_: &Call| Reply::refusal(408, "Request Timeout").into();
    let expected = |call: &Call| Seen::new(call, "api", Some(408), 1).with(Effect::Unknown);
    fails(answer, expected).await;
}

#[tokio::test]
async fn a_timeout_after_the_status_of_a_success_is_done() {
    let limit = |builder: ClientBuilder| builder.timeout(Duration::from_secs(5));
    let expected = |call: &Call| {
        unexpected(call)
            .unwrap_or_else(|| Seen::doubtful(call, "Timeout", Some(200)).with(Effect::Done))
    };
    fails_with(limit, |call| Answer::Stall(reply(call)), expected).await;
}

#[tokio::test]
async fn a_connection_refused_to_a_client_that_may_follow_redirects_is_unknown() {
    let (_taken, url) = tests::raw::refusing();
    let once = |builder: ClientBuilder| builder.http_client(http()).retry(RetryPolicy::off());
    let error = refused(room(&client(&url, once)).post("Build is green").await);
    assert_eq!(error.effect(), Effect::Unknown);
}

#[tokio::test]
async fn a_reply_larger_than_64_mib_is_an_error_and_not_kept() {
    let body = " ".repeat(chatwork_api::MAX_REPLY_BYTES + 1);
    let server = Server::always(Reply::new(200, body)).await;
    let error = refused(client(&server.base_url(), |builder| builder).me().await);
    assert!(error.to_string().ends_with("the body of the reply (200) is larger than 64 MiB"));
    assert_eq!(error.effect(), Effect::None);
}

#[tokio::test]
async fn the_first_64_kib_of_a_refusal_are_read_and_the_rest_is_dropped() {
    let refusal = json!({ "errors": ["Try later"] }).to_string();
    for (length, errors) in [(64 * 1024, vec!["Try later"]), (64 * 1024 + 1, vec![])] {
        let padded = " ".repeat(length - refusal.len()) + &refusal;
        for reply in [Reply::new(500, padded.clone()), Reply::new(500, padded).unsized_()] {
            let server = Server::always(reply).await;
            let once = |builder: ClientBuilder| builder.retry(RetryPolicy::off());
            let error = refused(client(&server.base_url(), once).me().await);
            assert_eq!(error.api_errors(), errors, "{length}");
        }
    }
}
