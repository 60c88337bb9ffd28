//! What the client makes of replies that are no success: documented ones, in the body that the
//! document promises and in those of a gateway before the service, and undocumented ones.

use chatwork_api::{Error, Refusal, UnreadableFault, headers};
use serde_json::Value;
use tests::call::Call;
use tests::raw;
use tests::server::{Reply, Server, api_token, client, shipped_client};
use tests::spec::{self, Promise};

use crate::one_for_each_operation;

const HTML: &str = "<html><body><h1>503 Service Temporarily Unavailable</h1></body></html>";

/// A refusal that the document promises, and what the client made of it.
struct Refused {
    place: String,
    promise: Promise,
    refusal: Refusal,
}

/// Makes one call of each operation against each of its promised refusals.
async fn refusals(change: impl Fn(Reply) -> Reply) -> Vec<Refused> {
    let server = Server::start(Reply::new(500, "")).await;
    let mut refusals = Vec::new();
    for call in one_for_each_operation() {
        let promises = spec::promises(call.operation.id).into_iter();
        for promise in promises.filter(|promise| promise.status >= 400) {
            server.answer(change(promise.reply()));
            let place = format!("{} {} {}", call.operation.id, promise.status, promise.name);
            let refusal = refused(&call, &server).await;
            refusals.push(Refused { place, promise, refusal });
        }
    }
    assert!(!refusals.is_empty(), "the document promises no refusal");
    refusals
}

async fn refused(call: &Call, server: &Server) -> Refusal {
    match (call.run)(server.client()).await {
        Err(Error::Refused(refusal)) => *refusal,
        other => panic!("{}: {other:?} is no refusal", call.operation.id),
    }
}

fn as_promised(reply: Reply) -> Reply {
    reply
}

fn as_html(reply: Reply) -> Reply {
    reply.body(HTML)
}

fn empty(reply: Reply) -> Reply {
    reply.body("")
}

#[tokio::test]
async fn the_texts_of_every_documented_refusal_are_kept() {
    for Refused { place, promise, refusal } in refusals(as_promised).await {
        let texts = Value::from(refusal.errors().to_vec());
        assert_eq!(Some(&texts), promise.body.and_then(|body| body.get("errors")), "{place}");
    }
}

#[tokio::test]
async fn the_status_of_every_documented_refusal_is_kept_for_any_body() {
    for body in [as_promised, as_html, empty] {
        for Refused { place, promise, refusal } in refusals(body).await {
            assert_eq!(refusal.status().as_u16(), promise.status, "{place}");
        }
    }
}

#[tokio::test]
async fn the_headers_of_every_documented_refusal_are_kept_for_any_body() {
    for body in [as_promised, as_html, empty] {
        for Refused { place, promise, refusal } in refusals(body).await {
            for (name, value) in promise.headers {
                assert_eq!(refusal.headers().get(name).unwrap(), value.as_str(), "{place}");
            }
        }
    }
}

#[tokio::test]
async fn the_rate_limit_is_read_only_where_the_document_has_one() {
    for Refused { place, promise, refusal } in refusals(as_html).await {
        let number = |name| promise.header(name)?.parse::<i64>().ok();
        let read = refusal.rate_limit();
        let limit = read.map(|read| i64::from(read.limit));
        assert_eq!(limit, number(headers::X_RATELIMIT_LIMIT), "{place}");
        let remaining = read.map(|read| i64::from(read.remaining));
        assert_eq!(remaining, number(headers::X_RATELIMIT_REMAINING), "{place}");
        let reset = read.map(|read| read.reset.0);
        assert_eq!(reset, number(headers::X_RATELIMIT_RESET), "{place}");
    }
}

#[tokio::test]
async fn a_message_hidden_by_a_plan_differs_from_a_missing_message() {
    let hidden = |reply: Reply| {
        let reply = reply.header(headers::CHATWORK_MESSAGE_LIMITATION, "true");
        reply.header(headers::CHATWORK_MESSAGE_LIMITATION_SUMMARY, "Older than 40 days.")
    };
    for Refused { place, refusal, .. } in refusals(hidden).await {
        let limitation = refusal.message_limitation().unwrap_or_else(|| panic!("{place}: none"));
        assert_eq!(limitation.summary.as_deref(), Some("Older than 40 days."), "{place}");
    }
}

#[tokio::test]
async fn an_html_body_has_no_texts_and_is_kept() {
    for Refused { place, refusal, .. } in refusals(as_html).await {
        assert_eq!(refusal.errors(), [""; 0], "{place}");
        assert_eq!(refusal.body().unwrap(), HTML, "{place}");
    }
}

#[tokio::test]
async fn an_empty_body_has_no_texts() {
    for Refused { place, refusal, .. } in refusals(empty).await {
        assert_eq!(refusal.errors(), [""; 0], "{place}");
    }
}

#[tokio::test]
async fn json_of_another_shape_has_no_texts() {
    let other = |reply: Reply| reply.body(r#"{"errors":"just one","message":"x"}"#);
    for Refused { place, refusal, .. } in refusals(other).await {
        assert_eq!(refusal.errors(), [""; 0], "{place}");
    }
}

#[tokio::test]
async fn an_undocumented_status_is_a_refusal_of_every_operation() {
    let server = Server::start(Reply::new(500, "")).await;
    for status in [301, 418, 500, 502, 503, 504] {
        server.answer(Reply::new(status, HTML).header("retry-after", "7"));
        for call in one_for_each_operation() {
            let refusal = refused(&call, &server).await;
            assert_eq!(refusal.status().as_u16(), status, "{}", call.operation.id);
            assert_eq!(refusal.headers().get("retry-after").unwrap(), "7", "{}", call.name);
        }
    }
}

#[tokio::test]
async fn an_undocumented_success_is_not_a_refusal_of_any_operation() {
    let server = Server::start(Reply::new(500, "")).await;
    server.answer(Reply::new(202, HTML).header("retry-after", "7"));
    for call in one_for_each_operation() {
        match (call.run)(server.client()).await {
            Err(Error::Unreadable(reply)) => {
                assert_eq!(reply.fault(), UnreadableFault::Status, "{}", call.name);
                assert_eq!(reply.headers().get("retry-after").unwrap(), "7", "{}", call.name);
            }
            other => panic!("{}: {other:?} is not done", call.operation.id),
        }
    }
}

#[tokio::test]
async fn no_operation_follows_a_redirect() {
    let server = Server::start(Reply::new(500, "")).await;
    let elsewhere = format!("{}/elsewhere", server.base_url());
    let client = shipped_client(&server.base_url());
    for status in [301, 302, 303, 307, 308] {
        server.answer(Reply::new(status, "").header("location", &elsewhere));
        for call in one_for_each_operation() {
            let error = (call.run)(client.clone()).await.unwrap_err();
            assert_eq!(error.status().unwrap().as_u16(), status, "{}", call.operation.id);
            assert_eq!(server.take(), [call.sends], "{}", call.operation.id);
        }
    }
}

#[tokio::test]
async fn a_refusal_with_an_incomplete_body_keeps_status_and_headers() {
    let url = raw::answer_once(concat!(
        "HTTP/1.1 429 Too Many Requests\r\n",
        "x-ratelimit-limit: 300\r\nx-ratelimit-remaining: 0\r\nx-ratelimit-reset: 1763719500\r\n",
        "content-length: 100\r\n\r\n",
        "{\"errors\":[\"Rate",
    ));
    let result = client(&url.await, api_token()).get_me().await;
    let Err(Error::Refused(refusal)) = result else { panic!("{result:?} is no refusal") };
    assert_eq!(refusal.status(), 429);
    assert_eq!(refusal.rate_limit().map(|limit| limit.remaining), Some(0));
    assert_eq!(refusal.body(), None);
}
