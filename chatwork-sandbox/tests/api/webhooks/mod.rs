//! Webhooks: what is sent, what comes of it, and who may have one.

mod answers;
mod control;
mod events;
mod lifetime;
mod made;
mod private;
mod request;
mod switched_off;

use chatwork_api::types::RoomId;
use chatwork_sandbox::{Delivery, DeliveryOutcome, Sandbox, Webhook, WebhookSeed};

use crate::support::{Receiver, answer, sandbox};

/// A receiver that takes everything.
async fn taking() -> Receiver {
    Receiver::answering(answer(200, 0)).await
}

/// A sandbox with a webhook of a room.
async fn of_room(account: &str, room: i64, receiver: &Receiver) -> Sandbox {
    let sandbox = sandbox().await;
    add(&sandbox, &WebhookSeed::room(account, RoomId(room), &receiver.url));
    sandbox
}

/// A sandbox with a webhook of an account.
async fn of_mentions(account: &str, receiver: &Receiver) -> Sandbox {
    let sandbox = sandbox().await;
    add(&sandbox, &WebhookSeed::mentions(account, &receiver.url));
    sandbox
}

fn add(sandbox: &Sandbox, seed: &WebhookSeed) -> Webhook {
    sandbox.webhooks().add(seed).unwrap()
}

/// The deliveries, when none is on its way.
async fn deliveries(sandbox: &Sandbox) -> Vec<Delivery> {
    sandbox.webhooks().idle().await;
    sandbox.webhooks().deliveries()
}

async fn outcomes(sandbox: &Sandbox) -> Vec<DeliveryOutcome> {
    deliveries(sandbox).await.iter().map(|delivery| delivery.outcome).collect()
}
