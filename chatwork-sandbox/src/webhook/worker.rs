//! Sends what waits for a webhook, one after the other.

use std::sync::Weak;
use std::time::Duration;

use tokio::time::Instant;

use super::delivery::{Delivery, DeliveryOutcome};
use super::entry::{Entry, Job};
use super::hub::{Hub, Inner};
use super::post::{self, Answer};
use super::target::Target;

/// How many deliveries in a row may fail until the webhook is switched off.
pub(super) const FAILURES: u32 = 5;

/// What is needed for one delivery.
struct Errand {
    job: Job,
    url: String,
    target: Target,
    token: String,
    enabled: bool,
}

/// Works until nothing waits any more.
pub(super) async fn run(hub: Weak<Hub>, era: u64, id: i64) {
    while let Some(errand) = next(&hub, era, id) {
        let begin = Instant::now();
        let answer = match errand.enabled {
            true => post::post(&errand.target, &errand.token, errand.job.body.clone()).await,
            false => Answer::none(DeliveryOutcome::SwitchedOff),
        };
        report(&hub, era, id, &errand, answer, begin.elapsed());
    }
}

/// The next errand of a webhook; without one, its work is done.
fn next(hub: &Weak<Hub>, era: u64, id: i64) -> Option<Errand> {
    let hub = hub.upgrade()?;
    let mut inner = hub.lock();
    let entry = of_era(&mut inner, era, id)?;
    let Some(job) = entry.queue.front().cloned() else {
        entry.worker = None;
        drop(inner);
        hub.tell();
        return None;
    };
    Some(Errand {
        job,
        url: entry.url.clone(),
        target: entry.target.clone(),
        token: entry.token.clone(),
        enabled: entry.enabled,
    })
}

/// Writes down what came of an errand, and switches the webhook off if that was too much.
fn report(hub: &Weak<Hub>, era: u64, id: i64, errand: &Errand, answer: Answer, took: Duration) {
    let Some(hub) = hub.upgrade() else {
        return;
    };
    let mut inner = hub.lock();
    let Some(entry) = of_era(&mut inner, era, id) else {
        return;
    };
    entry.queue.pop_front();
    let switched_off = count(entry, answer.outcome);
    let delivery = delivery(id, errand, answer, took, switched_off);
    tell(&delivery);
    inner.log(delivery);
}

/// The webhook, unless it is gone or of a world that is.
fn of_era(inner: &mut Inner, era: u64, id: i64) -> Option<&mut Entry> {
    if inner.era == era { inner.entry(id) } else { None }
}

/// Counts the failures in a row, and says whether this was the last one.
fn count(entry: &mut Entry, outcome: DeliveryOutcome) -> bool {
    match outcome {
        DeliveryOutcome::Delivered => entry.failures = 0,
        DeliveryOutcome::SwitchedOff => {}
        _ => entry.failures = entry.failures.saturating_add(1),
    }
    let switched_off = entry.enabled && entry.failures >= FAILURES;
    entry.enabled &= !switched_off;
    switched_off
}

fn delivery(
    id: i64,
    errand: &Errand,
    answer: Answer,
    took: Duration,
    switched_off: bool,
) -> Delivery {
    Delivery {
        number: 0,
        at: errand.job.at,
        webhook: id,
        event_type: errand.job.event_type,
        room_id: errand.job.room_id,
        message_id: errand.job.message_id.to_string(),
        url: errand.url.clone(),
        outcome: answer.outcome,
        status: answer.status,
        answer: answer.text,
        duration_ms: u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
        switched_off,
        note: note(answer.outcome, answer.status, switched_off),
    }
}

fn note(outcome: DeliveryOutcome, status: Option<u16>, switched_off: bool) -> String {
    let note = outcome.note(status);
    match switched_off {
        true => format!("{note}; the webhook is switched off after {FAILURES} failures in a row"),
        false => note,
    }
}

/// One line for people. It has no body, no answer and no signature.
fn tell(delivery: &Delivery) {
    let Delivery { webhook, event_type, note, .. } = delivery;
    match delivery.outcome.is_success() {
        true => tracing::info!("webhook {webhook} {event_type}: {note}"),
        false => tracing::warn!("webhook {webhook} {event_type}: {note}"),
    }
}
