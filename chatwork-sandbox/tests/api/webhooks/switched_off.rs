//! Too many failures in a row switch a webhook off.

use chatwork_sandbox::{DeliveryOutcome, Sandbox};

use super::{deliveries, of_mentions, outcomes};
use crate::support::{PROJECT, Receiver, act, answer};

use DeliveryOutcome::{Delivered, Refused, SwitchedOff};

async fn mention(sandbox: &Sandbox, times: usize) {
    for _ in 0..times {
        act(sandbox, "hanako").say(PROJECT, "[To:4520017] hi").await;
    }
    sandbox.webhooks().idle().await;
}

/// One that fails so often, and takes everything from then on.
async fn failing(times: usize) -> Receiver {
    let failures = std::iter::repeat_n(answer(500, 0), times);
    Receiver::script(failures.chain([answer(200, 0)])).await
}

fn is_on(sandbox: &Sandbox) -> bool {
    sandbox.webhooks().all()[0].enabled
}

#[tokio::test]
async fn five_failures_in_a_row_switch_it_off() {
    let receiver = failing(5).await;
    let sandbox = of_mentions("bot", &receiver).await;
    mention(&sandbox, 4).await;
    assert!(is_on(&sandbox));
    mention(&sandbox, 1).await;
    assert!(!is_on(&sandbox));
    let switched: Vec<_> =
        deliveries(&sandbox).await.iter().map(|delivery| delivery.switched_off).collect();
    assert_eq!(switched, [false, false, false, false, true]);
}

#[tokio::test]
async fn a_webhook_that_is_off_sends_no_request() {
    let receiver = failing(5).await;
    let sandbox = of_mentions("bot", &receiver).await;
    mention(&sandbox, 6).await;
    assert_eq!(
        outcomes(&sandbox).await,
        [Refused, Refused, Refused, Refused, Refused, SwitchedOff]
    );
    assert_eq!(receiver.got().len(), 5);
}

#[tokio::test]
async fn one_that_is_taken_starts_the_count_anew() {
    let failures = || std::iter::repeat_n(answer(500, 0), 4);
    let answers = failures().chain([answer(200, 0)]).chain(failures()).chain([answer(200, 0)]);
    let receiver = Receiver::script(answers).await;
    let sandbox = of_mentions("bot", &receiver).await;
    mention(&sandbox, 10).await;
    assert!(is_on(&sandbox));
    assert_eq!(receiver.got().len(), 10);
}

#[tokio::test]
async fn a_webhook_that_is_on_again_does_not_send_missed_events() {
    let receiver = failing(5).await;
    let sandbox = of_mentions("bot", &receiver).await;
    mention(&sandbox, 6).await;
    let webhook = sandbox.webhooks().switch(1, true).unwrap();
    assert!(webhook.enabled && webhook.failures == 0);
    mention(&sandbox, 1).await;
    assert_eq!(outcomes(&sandbox).await.last(), Some(&Delivered));
    assert_eq!(receiver.got().len(), 6);
}

#[tokio::test]
async fn it_can_be_switched_off_by_hand() {
    let receiver = failing(0).await;
    let sandbox = of_mentions("bot", &receiver).await;
    sandbox.webhooks().switch(1, false).unwrap();
    mention(&sandbox, 1).await;
    assert_eq!(outcomes(&sandbox).await, [SwitchedOff]);
    assert!(receiver.got().is_empty());
}

#[tokio::test]
async fn an_event_that_is_not_sent_is_no_failure() {
    let receiver = failing(0).await;
    let sandbox = of_mentions("bot", &receiver).await;
    sandbox.webhooks().switch(1, false).unwrap();
    mention(&sandbox, 2).await;
    assert_eq!(sandbox.webhooks().all()[0].failures, 0);
}
