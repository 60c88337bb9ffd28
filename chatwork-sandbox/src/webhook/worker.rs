//! Sends the deliveries of a webhook one after the other.

use std::sync::Weak;
use std::time::Duration;

use tokio::time::Instant;

use super::delivery::{Delivery, DeliveryOutcome};
use super::entry::{Entry, Job};
use super::post::{self, Answer};
use super::shared::{Inner, Shared};
use super::target::Target;

/// How many failures in a row switch a webhook off.
pub(super) const FAILURES: u32 = 5;

/// Everything that one delivery needs.
struct Task {
    job: Job,
    url: String,
    target: Target,
    token: String,
    enabled: bool,
}

/// Sends until no delivery waits.
pub(super) async fn run(shared: Weak<Shared>, era: u64, id: i64) {
    while let Some(task) = next(&shared, era, id) {
        let begin = Instant::now();
        let answer = match task.enabled {
            true => post::post(&task.target, &task.token, task.job.body.clone()).await,
            false => Answer::none(DeliveryOutcome::SwitchedOff),
        };
        report(&shared, era, id, &task, answer, begin.elapsed());
    }
}

/// Takes the next delivery. Without one, the worker ends.
fn next(shared: &Weak<Shared>, era: u64, id: i64) -> Option<Task> {
    let shared = shared.upgrade()?;
    let mut inner = shared.lock();
    let entry = of_era(&mut inner, era, id)?;
    let Some(job) = entry.queue.front().cloned() else {
        entry.worker = None;
        drop(inner);
        shared.notify();
        return None;
    };
    Some(Task {
        job,
        url: entry.url.clone(),
        target: entry.target.clone(),
        token: entry.token.clone(),
        enabled: entry.enabled,
    })
}

/// Logs a delivery, and switches the webhook off after too many failures.
fn report(shared: &Weak<Shared>, era: u64, id: i64, task: &Task, answer: Answer, took: Duration) {
    let Some(shared) = shared.upgrade() else {
        return;
    };
    let mut inner = shared.lock();
    let Some(entry) = of_era(&mut inner, era, id) else {
        return;
    };
    entry.queue.pop_front();
    let switched_off = count(entry, answer.outcome);
    let delivery = delivery(id, task, answer, took, switched_off);
    trace(&delivery);
    inner.log(delivery, task.job.clone());
    drop(inner);
    shared.notify();
}

/// The webhook; `None` if it was removed or the sandbox was reset.
fn of_era(inner: &mut Inner, era: u64, id: i64) -> Option<&mut Entry> {
    if inner.era == era { inner.entry(id) } else { None }
}

/// Counts the failures in a row. Returns whether this one switches the webhook off.
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

fn delivery(id: i64, task: &Task, answer: Answer, took: Duration, switched_off: bool) -> Delivery {
    Delivery {
        number: 0,
        at: task.job.at,
        webhook: id,
        event_type: task.job.event_type,
        room_id: task.job.room_id,
        message_id: task.job.message_id.to_string(),
        url: task.url.clone(),
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

/// Writes one line to the log, without body, answer and signature.
fn trace(delivery: &Delivery) {
    let Delivery { webhook, event_type, note, .. } = delivery;
    match delivery.outcome.is_success() {
        true => tracing::info!("webhook {webhook} {event_type}: {note}"),
        false => tracing::warn!("webhook {webhook} {event_type}: {note}"),
    }
}
