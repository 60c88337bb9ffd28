//! The side of a watch that calls its store.

use std::sync::Arc;

use chatwork_api::types::RoomId;
use tokio::time::{Instant, sleep_until};

use super::driver::Step;
use super::engine::Engine;
use super::event::Event;
use super::failure::WatchError;
use super::look::Window;
use super::state::WatchState;
use super::store::{Commit, StoreError, Unsaved, WatchStore};
use super::update::StateUpdate;
use crate::request::BoxFuture;
use crate::time::later;

/// A store, and what it has not saved yet.
pub(super) struct Saving {
    store: Arc<dyn WatchStore>,
    loaded: bool,
    unsaved: Unsaved,
    /// The reader has taken something since the last commit.
    delivered: bool,
    failures: u32,
    retry_at: Option<Instant>,
}

impl Saving {
    pub(super) fn new(store: impl WatchStore) -> Self {
        let (store, unsaved) = (Arc::new(store), Unsaved::default());
        Self { store, loaded: false, unsaved, delivered: false, failures: 0, retry_at: None }
    }

    pub(super) fn keeps_messages(&self) -> bool {
        self.store.keeps_messages()
    }

    /// Notes what the reader takes.
    pub(super) fn note(&mut self, update: Option<&StateUpdate>, event: Option<&Event>) {
        self.unsaved.updates.extend(update.cloned());
        if self.store.keeps_messages() {
            self.unsaved.events.extend(event.cloned());
        }
    }

    pub(super) fn note_window(&mut self, window: Option<&Window>) {
        if self.store.keeps_messages() && window.is_some() {
            self.unsaved.window = window.cloned();
        }
    }

    /// The reader has got what was noted.
    pub(super) fn deliver(&mut self) {
        self.delivered = true;
    }

    /// Returns what the store has to do before the watch goes on.
    pub(super) fn step(&mut self, engine: &Engine, now: Instant) -> Option<BoxFuture<Step>> {
        if !self.loaded {
            return Some(self.load());
        }
        let is_last = engine.queue.is_empty() && !engine.has_more();
        if self.unsaved.is_empty() || !(self.delivered || is_last) {
            return None;
        }
        if let Some(until) = self.retry_at.take().filter(|until| now < *until) {
            return Some(Box::pin(async move {
                sleep_until(until).await;
                Step::Waited
            }));
        }
        Some(self.commit(engine))
    }

    fn load(&self) -> BoxFuture<Step> {
        let store = self.store.clone();
        Box::pin(async move { Step::Loaded(store.load().await) })
    }

    fn commit(&self, engine: &Engine) -> BoxFuture<Step> {
        let (store, commit) = (self.store.clone(), Commit::of(&engine.state, &self.unsaved));
        Box::pin(async move { Step::Saved(store.commit(&commit).await) })
    }

    /// Returns the commit to make at once, if anything is unsaved.
    pub(super) fn commit_now(&mut self, engine: &Engine) -> Option<BoxFuture<Step>> {
        (self.loaded && !self.unsaved.is_empty()).then(|| self.commit(engine))
    }

    /// The state was loaded.
    pub(super) fn loaded(
        &mut self,
        result: Result<Option<WatchState>, StoreError>,
    ) -> Result<Option<WatchState>, WatchError> {
        self.loaded = true;
        result.map_err(|error| WatchError::store(&*error))
    }

    /// A commit ended. After a failure the same commit is made again later.
    pub(super) fn saved(
        &mut self,
        result: Result<(), StoreError>,
        engine: &Engine,
        now: Instant,
    ) -> Result<(), WatchError> {
        match result {
            Ok(()) => {
                (self.unsaved, self.delivered) = (Unsaved::default(), false);
                (self.failures, self.retry_at) = (0, None);
                Ok(())
            }
            Err(error) => {
                self.failures = self.failures.saturating_add(1);
                self.retry_at = Some(later(now, engine.interval.after_failures(self.failures)));
                let error = WatchError::store(&*error);
                tracing::warn!(%error, "the watch could not save its state");
                Err(error)
            }
        }
    }

    /// The failure of the store, as an event.
    pub(super) fn failed(error: WatchError) -> Event {
        Event::failed(None::<RoomId>, error)
    }
}
