//! All webhooks of a sandbox, and what came of their deliveries.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chatwork_api::types::RoomId;
use tokio::sync::Notify;

use super::check::{self, is_full, too_many};
use super::delivery::Delivery;
use super::entry::{Entry, Worker, is_in};
use super::target::Target;
use super::view::{Webhook, WebhookRefused};
use super::worker;
use crate::state::{Event, State};
use crate::world::{WebhookSeed, World};

/// How many deliveries are remembered.
const REMEMBERED: usize = 1_000;

/// All webhooks of a sandbox. Whoever holds the lock of the state may take this one's, and never
/// the other way round.
#[derive(Default)]
pub(crate) struct Hub {
    inner: Mutex<Inner>,
    /// Told whenever something is done.
    changed: Notify,
}

/// What changes.
#[derive(Default)]
pub(super) struct Inner {
    /// Counts the resets, so that nobody reports to the wrong world.
    pub(super) era: u64,
    pub(super) entries: Vec<Entry>,
    last_id: i64,
    count: u64,
    log: VecDeque<Delivery>,
}

impl Hub {
    /// Begins anew with the webhooks of a world, which has no fault.
    pub(crate) fn begin(&self, world: &World, state: &State) {
        let mut inner = self.lock();
        let wished = world.webhooks.iter().filter_map(|seed| seed.id);
        // Whoever wishes for no id gets one that nobody wishes for.
        let last_id = wished.max().unwrap_or_default();
        *inner = Inner { era: inner.era + 1, last_id, ..Inner::default() };
        for seed in &world.webhooks {
            let _ = inner.add(seed, state);
        }
        drop(inner);
        self.tell();
    }

    /// Makes a webhook.
    pub(crate) fn add(&self, seed: &WebhookSeed, state: &State) -> Result<Webhook, WebhookRefused> {
        if let Some((field, text)) = check::faults(seed).first() {
            return Err(WebhookRefused::new(field, text));
        }
        self.lock().add(seed, state)
    }

    /// All webhooks, in the order in which they were made.
    pub(crate) fn all(&self) -> Vec<Webhook> {
        self.lock().entries.iter().map(Entry::view).collect()
    }

    /// Takes a webhook away, with all that waits for it.
    pub(crate) fn remove(&self, id: i64) -> Option<Webhook> {
        let mut inner = self.lock();
        let index = inner.entries.iter().position(|entry| entry.id == id)?;
        let removed = inner.entries.remove(index).view();
        drop(inner);
        self.tell();
        Some(removed)
    }

    /// Switches a webhook on or off. Switched on, it has failed no delivery yet.
    pub(crate) fn switch(&self, id: i64, enabled: bool) -> Option<Webhook> {
        let mut inner = self.lock();
        let entry = inner.entry(id)?;
        entry.enabled = enabled;
        entry.failures = 0;
        Some(entry.view())
    }

    /// The newest deliveries, the oldest of them first.
    pub(crate) fn deliveries(&self) -> Vec<Delivery> {
        self.lock().log.iter().cloned().collect()
    }

    /// Waits until nothing is on its way.
    pub(crate) async fn idle(&self) {
        loop {
            let changed = self.changed.notified();
            let mut changed = std::pin::pin!(changed);
            // Before the look, or what happens in between would go unheard.
            changed.as_mut().enable();
            if self.lock().is_idle() {
                return;
            }
            changed.await;
        }
    }

    /// Sends what happened to whom it concerns, in the background. It is called under the lock of
    /// the state, so that all webhooks hear of everything in one order.
    pub(crate) fn hear(self: &Arc<Self>, events: &[Event], state: &State, at: i64) {
        let mut inner = self.lock();
        let era = inner.era;
        for event in events {
            for entry in &mut inner.entries {
                entry.queue.extend(entry.jobs(event, state, at));
            }
        }
        for entry in inner.entries.iter_mut().filter(|entry| entry.is_stuck()) {
            let task = tokio::spawn(worker::run(Arc::downgrade(self), era, entry.id));
            entry.worker = Some(Worker(task.abort_handle()));
        }
    }

    /// Lets go of everything, and of what is on its way.
    pub(crate) fn stop(&self) {
        self.lock().entries.clear();
        self.tell();
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn tell(&self) {
        self.changed.notify_waiters();
    }
}

impl fmt::Debug for Hub {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hub").field("webhooks", &self.all()).finish_non_exhaustive()
    }
}

impl Inner {
    fn add(&mut self, seed: &WebhookSeed, state: &State) -> Result<Webhook, WebhookRefused> {
        let account = state.accounts().find(|account| account.profile.key == seed.account);
        let unknown = || format!("there is no account with the key `{}`", seed.account);
        let owner = account.ok_or_else(|| WebhookRefused::new("account", &unknown()))?.id;
        let room = seed.room.map(RoomId);
        if room.is_some_and(|room| !is_in(state, owner, room)) {
            let text = format!("`{}` is not in that room, or there is none", seed.account);
            return Err(WebhookRefused::new("room", &text));
        }
        if is_full(self.entries.iter().filter(|entry| entry.owner == owner).count()) {
            return Err(WebhookRefused::new("account", &too_many(&seed.account)));
        }
        let id = self.id(seed.id)?;
        let target = Target::read(&seed.url).map_err(|text| WebhookRefused::new("url", &text))?;
        let entry = Entry::new(seed, id, owner, target);
        let view = entry.view();
        self.entries.push(entry);
        Ok(view)
    }

    /// The id that was wished for, or the next one.
    fn id(&mut self, wished: Option<i64>) -> Result<i64, WebhookRefused> {
        let is_taken = |id| self.entries.iter().any(|entry| entry.id == id);
        let id = wished.unwrap_or(self.last_id.saturating_add(1));
        if is_taken(id) {
            return Err(WebhookRefused::new("id", &format!("{id} is taken by another webhook")));
        }
        self.last_id = self.last_id.max(id);
        Ok(id)
    }

    pub(super) fn entry(&mut self, id: i64) -> Option<&mut Entry> {
        self.entries.iter_mut().find(|entry| entry.id == id)
    }

    fn is_idle(&self) -> bool {
        self.entries.iter().all(|entry| entry.worker.is_none())
    }

    /// Adds a delivery to the log, and forgets the oldest if there are too many.
    pub(super) fn log(&mut self, delivery: Delivery) {
        self.count += 1;
        if self.log.len() == REMEMBERED {
            self.log.pop_front();
        }
        self.log.push_back(Delivery { number: self.count, ..delivery });
    }
}
