//! What ends with what.

use chatwork_sandbox::WebhookSeed;

use super::{add, deliveries, of_mentions, taking};
use crate::support::{PROJECT, Receiver, act, sandbox};

const MENTION: &str = "[To:4520017] hi";

#[tokio::test]
async fn removing_a_webhook_aborts_its_deliveries() {
    let mut receiver = Receiver::answering("").await;
    let sandbox = of_mentions("bot", &receiver).await;
    act(&sandbox, "hanako").say(PROJECT, MENTION).await;
    assert_eq!(receiver.happened().await, "got");
    sandbox.webhooks().remove(1).unwrap();
    sandbox.webhooks().idle().await;
    assert_eq!(receiver.happened().await, "closed");
    assert!(sandbox.webhooks().deliveries().is_empty());
}

#[tokio::test]
async fn dropping_a_sandbox_aborts_its_deliveries() {
    let mut receiver = Receiver::answering("").await;
    let sandbox = of_mentions("bot", &receiver).await;
    act(&sandbox, "hanako").say(PROJECT, MENTION).await;
    assert_eq!(receiver.happened().await, "got");
    drop(sandbox);
    assert_eq!(receiver.happened().await, "closed");
}

#[tokio::test]
async fn a_reset_leaves_the_webhooks_of_the_world_and_no_deliveries() {
    let mut receiver = Receiver::answering("").await;
    let sandbox = of_mentions("bot", &receiver).await;
    act(&sandbox, "hanako").say(PROJECT, MENTION).await;
    assert_eq!(receiver.happened().await, "got");
    sandbox.reset();
    sandbox.webhooks().idle().await;
    assert!(sandbox.webhooks().all().is_empty() && sandbox.webhooks().deliveries().is_empty());
}

#[tokio::test]
async fn after_a_reset_deliveries_are_counted_from_one() {
    let receiver = taking().await;
    let sandbox = of_mentions("bot", &receiver).await;
    act(&sandbox, "hanako").say(PROJECT, MENTION).await;
    deliveries(&sandbox).await;
    sandbox.reset();
    add(&sandbox, &WebhookSeed::mentions("bot", &receiver.url));
    act(&sandbox, "hanako").say(PROJECT, MENTION).await;
    let numbers: Vec<_> = deliveries(&sandbox).await.iter().map(|one| one.number).collect();
    assert_eq!(numbers, [1]);
}

#[tokio::test]
async fn idle_returns_at_once_without_deliveries() {
    sandbox().await.webhooks().idle().await;
}
