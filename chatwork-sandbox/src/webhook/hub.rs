//! All webhooks of a sandbox and their deliveries.

use std::fmt;
use std::sync::Arc;

#[cfg(feature = "page")]
use bytes::Bytes;
#[cfg(feature = "page")]
use tokio::sync::futures::Notified;

use super::check;
use super::delivery::Delivery;
#[cfg(feature = "page")]
use super::entry::Job;
use super::entry::{Entry, Worker};
use super::shared::{Inner, Shared};
use super::view::{Webhook, WebhookRefused};
use super::worker;
use crate::state::{Event, State};
use crate::world::WebhookSeed;

/// All webhooks of a sandbox.
#[derive(Default)]
pub(crate) struct Hub {
    shared: Arc<Shared>,
    /// The hosts to which webhooks may go besides this machine.
    hosts: Vec<String>,
}

impl Hub {
    /// No webhooks yet.
    pub(crate) fn new(hosts: Vec<String>) -> Self {
        Self { hosts, ..Self::default() }
    }

    /// The hosts to which webhooks may go besides this machine.
    #[cfg(feature = "workbench")]
    pub(crate) fn hosts(&self) -> &[String] {
        &self.hosts
    }

    /// Starts over with the webhooks of a valid world.
    pub(crate) fn begin(&self, webhooks: &[WebhookSeed], state: &State) {
        let mut inner = self.shared.lock();
        let given = webhooks.iter().filter_map(|seed| seed.id);
        // A webhook without an id gets one above all ids of the world.
        let last_id = given.max().unwrap_or_default();
        *inner = Inner { era: inner.era + 1, last_id, ..Inner::default() };
        for seed in webhooks {
            let _ = inner.add(seed, state, &self.hosts);
        }
        drop(inner);
        self.shared.notify();
    }

    /// All webhooks, as a world describes them.
    pub(crate) fn seeds(&self) -> Vec<WebhookSeed> {
        self.shared.lock().entries.iter().map(Entry::seed).collect()
    }

    /// Adds a webhook.
    pub(crate) fn add(&self, seed: &WebhookSeed, state: &State) -> Result<Webhook, WebhookRefused> {
        if let Some((field, text)) = check::faults(seed, &self.hosts).first() {
            return Err(WebhookRefused::new(field, text));
        }
        self.shared.lock().add(seed, state, &self.hosts)
    }

    /// All webhooks, in the order in which they were added.
    pub(crate) fn all(&self) -> Vec<Webhook> {
        self.shared.lock().entries.iter().map(Entry::view).collect()
    }

    /// Removes a webhook with its waiting deliveries.
    pub(crate) fn remove(&self, id: i64) -> Option<Webhook> {
        let mut inner = self.shared.lock();
        let index = inner.entries.iter().position(|entry| entry.id == id)?;
        let removed = inner.entries.remove(index).view();
        drop(inner);
        self.shared.notify();
        Some(removed)
    }

    /// Switches a webhook on or off, and clears its count of failures.
    pub(crate) fn switch(&self, id: i64, enabled: bool) -> Option<Webhook> {
        let mut inner = self.shared.lock();
        let entry = inner.entry(id)?;
        entry.enabled = enabled;
        entry.failures = 0;
        Some(entry.view())
    }

    /// The newest deliveries, oldest first.
    pub(crate) fn deliveries(&self) -> Vec<Delivery> {
        self.shared.lock().log.iter().cloned().collect()
    }

    /// Waits until every delivery has ended.
    pub(crate) async fn idle(&self) {
        loop {
            let changed = self.shared.changed();
            let mut changed = std::pin::pin!(changed);
            // Subscribe before the check, or a change between the two would be missed.
            changed.as_mut().enable();
            if self.shared.lock().is_idle() {
                return;
            }
            changed.await;
        }
    }

    /// Queues the deliveries of events, and starts the workers that send them. Called while the
    /// state is locked, so that all webhooks get events in one order.
    pub(crate) fn send(&self, events: &[Event], state: &State, at: i64) {
        let mut inner = self.shared.lock();
        for event in events {
            for entry in &mut inner.entries {
                entry.queue.extend(entry.job(event, state, at));
            }
        }
        self.start_workers(&mut inner);
    }

    /// Starts a worker for each webhook that has a delivery to send and no worker.
    fn start_workers(&self, inner: &mut Inner) {
        let era = inner.era;
        for entry in inner.entries.iter_mut().filter(|entry| entry.needs_worker()) {
            let task = tokio::spawn(worker::run(Arc::downgrade(&self.shared), era, entry.id));
            entry.worker = Some(Worker(task.abort_handle()));
        }
    }

    /// Queues the body of one of the newest 100 deliveries once more. Returns false if the delivery
    /// is none of them, or if its webhook was removed.
    #[cfg(feature = "page")]
    pub(crate) fn resend(&self, number: u64, at: i64) -> bool {
        let mut inner = self.shared.lock();
        let webhook = inner.log.iter().find(|it| it.number == number).map(|it| it.webhook);
        let Some((id, job)) = webhook.zip(inner.sent(number)) else {
            return false;
        };
        let Some(entry) = inner.entry(id) else {
            return false;
        };
        entry.queue.push_back(Job { at, ..job });
        self.start_workers(&mut inner);
        true
    }

    /// The body that one of the newest 100 deliveries sent.
    #[cfg(feature = "page")]
    pub(crate) fn body_of(&self, number: u64) -> Option<Bytes> {
        self.shared.lock().sent(number).map(|job| job.body)
    }

    /// The deliveries after this number, oldest first.
    #[cfg(feature = "page")]
    pub(crate) fn deliveries_after(&self, number: u64) -> Vec<Delivery> {
        let inner = self.shared.lock();
        let newest = inner.log.iter().rev();
        let mut fresh: Vec<_> = newest.take_while(|it| it.number > number).cloned().collect();
        fresh.reverse();
        fresh
    }

    /// The number of the last delivery.
    #[cfg(feature = "page")]
    pub(crate) fn delivered(&self) -> u64 {
        self.shared.lock().count
    }

    /// Waits for the next change, as the end of a delivery.
    #[cfg(feature = "page")]
    pub(crate) fn changed(&self) -> Notified<'_> {
        self.shared.changed()
    }

    /// Removes every webhook, and aborts deliveries.
    pub(crate) fn stop(&self) {
        self.shared.lock().entries.clear();
        self.shared.notify();
    }
}

impl fmt::Debug for Hub {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hub").field("webhooks", &self.all()).finish_non_exhaustive()
    }
}
