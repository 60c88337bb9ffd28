//! What the hub and its workers share.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chatwork_api::types::RoomId;
use tokio::sync::Notify;
use tokio::sync::futures::Notified;

use super::check::{HIGHEST_ID, is_full, too_many};
use super::delivery::Delivery;
use super::entry::{Entry, Job, is_in};
use super::target::Target;
use super::view::{Webhook, WebhookRefused};
use crate::state::State;
use crate::world::WebhookSeed;

/// How many deliveries are kept.
const CAPACITY: usize = 1_000;
/// Of how many deliveries the bodies are kept. A body can have 400 kB.
const BODIES: usize = 100;

/// What the hub and its workers share. A thread that has locked the state may lock this as well,
/// never the other way round.
#[derive(Default)]
pub(super) struct Shared {
    inner: Mutex<Inner>,
    changed: Notify,
}

impl Shared {
    pub(super) fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Wakes the tasks that wait for a change.
    pub(super) fn notify(&self) {
        self.changed.notify_waiters();
    }

    pub(super) fn changed(&self) -> Notified<'_> {
        self.changed.notified()
    }
}

/// The webhooks and their log.
#[derive(Default)]
pub(super) struct Inner {
    /// Counts the resets, so that a worker does not report to another world.
    pub(super) era: u64,
    pub(super) entries: Vec<Entry>,
    pub(super) last_id: i64,
    pub(super) count: u64,
    pub(super) log: VecDeque<Delivery>,
    /// What the newest deliveries sent, by their numbers.
    pub(super) sent: VecDeque<(u64, Job)>,
}

impl Inner {
    pub(super) fn add(
        &mut self,
        seed: &WebhookSeed,
        state: &State,
        hosts: &[String],
    ) -> Result<Webhook, WebhookRefused> {
        let account = state.accounts().find(|account| account.profile.key == seed.account);
        let unknown = || format!("no account has the key `{}`", seed.account);
        let owner = account.ok_or_else(|| WebhookRefused::new("account", &unknown()))?.id;
        let room = seed.room.map(RoomId);
        if room.is_some_and(|room| !is_in(state, owner, room)) {
            let text = format!("`{}` is not in the room, or the room does not exist", seed.account);
            return Err(WebhookRefused::new("room", &text));
        }
        if is_full(self.entries.iter().filter(|entry| entry.owner == owner).count()) {
            return Err(WebhookRefused::new("account", &too_many(&seed.account)));
        }
        let id = self.id(seed.id)?;
        let target = Target::read(&seed.url, hosts);
        let target = target.map_err(|text| WebhookRefused::new("url", &text))?;
        let entry = Entry::new(seed, id, owner, target);
        let view = entry.view();
        self.entries.push(entry);
        Ok(view)
    }

    /// The id of the seed, or the next free one.
    fn id(&mut self, given: Option<i64>) -> Result<i64, WebhookRefused> {
        let is_taken = |id: &i64| self.entries.iter().any(|entry| entry.id == *id);
        let next = || (self.last_id + 1..=HIGHEST_ID).chain(1..=self.last_id);
        let id = match given {
            Some(id) if is_taken(&id) => None,
            Some(id) => Some(id),
            None => next().find(|id| !is_taken(id)),
        };
        let taken = || format!("{} is taken by another webhook", given.unwrap_or(HIGHEST_ID));
        let id = id.ok_or_else(|| WebhookRefused::new("id", &taken()))?;
        self.last_id = self.last_id.max(id);
        Ok(id)
    }

    pub(super) fn entry(&mut self, id: i64) -> Option<&mut Entry> {
        self.entries.iter_mut().find(|entry| entry.id == id)
    }

    /// What a delivery sent, if it is one of the newest.
    #[cfg(feature = "page")]
    pub(super) fn sent(&self, number: u64) -> Option<Job> {
        self.sent.iter().find(|(known, _)| *known == number).map(|(_, job)| job.clone())
    }

    pub(super) fn is_idle(&self) -> bool {
        self.entries.iter().all(|entry| entry.worker.is_none())
    }

    /// Adds a delivery to the log. Drops the oldest if the log is full.
    pub(super) fn log(&mut self, delivery: Delivery, job: Job) {
        self.count += 1;
        if self.log.len() == CAPACITY {
            self.log.pop_front();
        }
        self.log.push_back(Delivery { number: self.count, ..delivery });
        if self.sent.len() == BODIES {
            self.sent.pop_front();
        }
        self.sent.push_back((self.count, job));
    }
}
