//! What counts as taken, and what as a failure.

use chatwork_sandbox::{DeliveryOutcome, Sandbox, WebhookSeed};

use super::{add, deliveries, of_mentions};
use crate::support::{PROJECT, Receiver, act, answer, sandbox};

const MENTION: &str = "[To:4520017] hi";

/// What comes of a delivery that is answered so: the outcome, and how often it was sent.
async fn after(answer: impl Into<String>) -> (DeliveryOutcome, usize) {
    let receiver = Receiver::answering(answer).await;
    let sandbox = of_mentions("bot", &receiver).await;
    act(&sandbox, "hanako").say(PROJECT, MENTION).await;
    let outcome = deliveries(&sandbox).await[0].outcome;
    (outcome, receiver.got().len())
}

#[tokio::test]
async fn two_hundred_with_a_short_answer_is_taken() {
    for bytes in [0, 2_048] {
        assert_eq!(after(answer(200, bytes)).await, (DeliveryOutcome::Delivered, 1), "{bytes}");
    }
}

#[tokio::test]
async fn another_status_is_a_failure_without_a_retry() {
    for status in [201, 204, 301, 401, 404, 429, 500, 503] {
        assert_eq!(after(answer(status, 0)).await, (DeliveryOutcome::Refused, 1), "{status}");
    }
}

#[tokio::test]
async fn an_answer_that_is_too_long_is_a_failure() {
    assert_eq!(after(answer(200, 2_049)).await, (DeliveryOutcome::AnswerTooLong, 1));
    let chunked = format!(
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1000\r\n{}\r\n0\r\n\r\n",
        "a".repeat(0x1000)
    );
    assert_eq!(after(chunked).await, (DeliveryOutcome::AnswerTooLong, 1));
}

#[tokio::test]
async fn a_broken_answer_is_a_failure() {
    let half = "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc";
    for text in ["no HTTP\r\n\r\n", "HTTP/1.1 ", half] {
        assert_eq!(after(text).await, (DeliveryOutcome::Broken, 1), "{text}");
    }
}

#[tokio::test]
async fn a_refused_connection_is_a_failure() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", taken.local_addr().unwrap());
    drop(taken);
    let sandbox = sandbox().await;
    add(&sandbox, &WebhookSeed::mentions("bot", url));
    act(&sandbox, "hanako").say(PROJECT, MENTION).await;
    assert_eq!(deliveries(&sandbox).await[0].outcome, DeliveryOutcome::NotConnected);
}

/// A receiver that does not answer, with a delivery that has reached it.
async fn silent() -> (Sandbox, Receiver) {
    let mut receiver = Receiver::answering("").await;
    let sandbox = of_mentions("bot", &receiver).await;
    act(&sandbox, "hanako").say(PROJECT, MENTION).await;
    assert_eq!(receiver.happened().await, "got");
    (sandbox, receiver)
}

#[tokio::test]
async fn a_receiver_has_five_seconds() {
    let (sandbox, _receiver) = silent().await;
    tokio::time::pause();
    let begin = tokio::time::Instant::now();
    let delivery = deliveries(&sandbox).await.remove(0);
    assert_eq!(delivery.outcome, DeliveryOutcome::TimedOut);
    // All of it passes at once. A part has passed before, by the real clock.
    assert!(begin.elapsed().as_millis() <= 5_001, "{:?}", begin.elapsed());
    assert!((5_000..5_100).contains(&delivery.duration_ms), "{delivery:?}");
}

#[tokio::test]
async fn a_receiver_that_is_slow_holds_up_no_call() {
    let (sandbox, _receiver) = silent().await;
    let hanako = act(&sandbox, "hanako");
    hanako.say(PROJECT, MENTION).await;
    assert_eq!(hanako.get("/me").await.status, 200);
    assert_eq!(sandbox.webhooks().all()[0].waiting, 2);
    assert!(sandbox.webhooks().deliveries().is_empty());
}

#[tokio::test]
async fn a_receiver_that_is_slow_holds_up_no_other_webhook() {
    let (sandbox, _receiver) = silent().await;
    let mut other = Receiver::answering(answer(200, 0)).await;
    add(&sandbox, &WebhookSeed::mentions("ken", &other.url));
    act(&sandbox, "hanako").say(PROJECT, "[To:2739132] hi").await;
    assert_eq!(other.happened().await, "got");
}

#[tokio::test]
async fn a_failed_delivery_has_a_note_with_the_likely_reason() {
    let words = "HTTP/1.1 401 No\r\ncontent-length: 9\r\n\r\nbad token";
    let receiver = Receiver::answering(words).await;
    let sandbox = of_mentions("bot", &receiver).await;
    let id = act(&sandbox, "hanako").say(PROJECT, MENTION).await;
    let delivery = deliveries(&sandbox).await.remove(0);
    assert_eq!((delivery.number, delivery.webhook), (1, 1));
    assert_eq!((delivery.status, delivery.answer.as_deref()), (Some(401), Some("bad token")));
    assert_eq!((delivery.room_id.0, delivery.message_id), (PROJECT, id));
    assert_eq!(delivery.url, receiver.url);
    assert!(delivery.note.contains("token") && !delivery.switched_off, "{}", delivery.note);
}
