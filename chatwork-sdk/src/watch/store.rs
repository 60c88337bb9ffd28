//! Where a watch keeps its state.

use std::collections::BTreeSet;
use std::error::Error;
use std::pin::Pin;
use std::sync::Arc;

use chatwork_api::types::{RoomId, UnixTime};
use serde::{Deserialize, Serialize};

use super::event::Event;
use super::look::Window;
use super::room::RoomState;
use super::state::WatchState;
use super::update::StateUpdate;

/// The error of a [`WatchStore`].
pub type StoreError = Box<dyn Error + Send + Sync>;

/// The future of a [`WatchStore`].
pub type StoreFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// Keeps the state of a [`Watch`](super::Watch), so that it resumes after a restart where it was.
///
/// [`FileStore`](super::FileStore) keeps it in a file. A program with a database implements this
/// trait, and saves in one transaction what the look showed and how far the watch is: after a crash
/// the two cannot disagree.
///
/// The watch calls [`load`](Self::load) once, before its first request. It calls
/// [`commit`](Self::commit) for everything that its reader took:
///
/// - [`Watch::next`](super::Watch::next) commits the event that it returned before, as the reader
///   has then acted on it. So a crash repeats one event at most, and loses none.
/// - [`Watch::next_look`](super::Watch::next_look) does the same with a whole look.
/// - [`Watch::commit`](super::Watch::commit) does it at once, as before a program ends.
///
/// If a commit fails, the watch emits [`Event::Failed`] and tries the same commit again after a
/// wait. It emits nothing else until the commit succeeds.
///
/// ```
/// use std::sync::Mutex;
/// use chatwork_sdk::watch::{Commit, StoreFuture, WatchState, WatchStore};
///
/// /// What a database would do, with a row for each room.
/// #[derive(Default)]
/// struct InMemory {
///     state: Mutex<WatchState>,
/// }
///
/// impl WatchStore for InMemory {
///     fn load(&self) -> StoreFuture<'_, Option<WatchState>> {
///         Box::pin(async { Ok(Some(self.state.lock().map_err(|_| "poisoned")?.clone())) })
///     }
///
///     fn commit<'a>(&'a self, commit: &'a Commit) -> StoreFuture<'a, ()> {
///         Box::pin(async move {
///             let mut state = self.state.lock().map_err(|_| "poisoned")?;
///             state.apply(commit.change().clone());
///             Ok(())
///         })
///     }
/// }
/// ```
pub trait WatchStore: Send + Sync + 'static {
    /// Returns the state that was saved last, or `None` if nothing was saved.
    ///
    /// # Errors
    ///
    /// An error ends the watch, after an [`Event::Failed`].
    fn load(&self) -> StoreFuture<'_, Option<WatchState>>;

    /// Saves a commit, all of it or nothing. When it returns, the commit must survive a power
    /// failure.
    fn commit<'a>(&'a self, commit: &'a Commit) -> StoreFuture<'a, ()>;

    /// Returns whether commits are to contain messages: [`Commit::window`] and
    /// [`Commit::events`]. `false` by default, which saves copying them.
    fn keeps_messages(&self) -> bool {
        false
    }
}

impl<S: WatchStore + ?Sized> WatchStore for Arc<S> {
    fn load(&self) -> StoreFuture<'_, Option<WatchState>> {
        (**self).load()
    }

    fn commit<'a>(&'a self, commit: &'a Commit) -> StoreFuture<'a, ()> {
        (**self).commit(commit)
    }

    fn keeps_messages(&self) -> bool {
        (**self).keeps_messages()
    }
}

/// What a [`WatchStore`] saves at once.
#[derive(Clone, Debug, Default)]
pub struct Commit {
    change: StateChange,
    rooms: Vec<(RoomId, Option<RoomState>)>,
    listed: Option<UnixTime>,
    window: Option<Window>,
    events: Vec<Event>,
}

impl Commit {
    /// Returns how the state changes. It is small, so it suits a store that keeps a log.
    pub fn change(&self) -> &StateChange {
        &self.change
    }

    /// Returns the rooms that change, each with what is now remembered of it, or `None` if it is
    /// forgotten. This suits a store that keeps a row for each room.
    pub fn rooms(&self) -> impl Iterator<Item = (RoomId, Option<&RoomState>)> {
        self.rooms.iter().map(|(id, room)| (*id, room.as_ref()))
    }

    /// Returns when the rooms were last listed, as [`WatchState::listed`].
    pub fn listed(&self) -> Option<UnixTime> {
        self.listed
    }

    /// Returns what the room showed, with the plan's notice. Only a store that
    /// [keeps messages](WatchStore::keeps_messages) gets it: with each look by
    /// [`Watch::next_look`](super::Watch::next_look), and else with the first commit of a look.
    pub fn window(&self) -> Option<&Window> {
        self.window.as_ref()
    }

    /// Returns the events that the reader took. Only a store that
    /// [keeps messages](WatchStore::keeps_messages) gets them.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// Returns a commit of what was taken, with the rooms as they are in the state.
    pub(super) fn of(state: &WatchState, taken: &Unsaved) -> Self {
        let ids: BTreeSet<RoomId> = taken.updates.iter().filter_map(StateUpdate::room_id).collect();
        let rooms = ids.into_iter().map(|id| (id, state.rooms.get(&id).cloned()));
        Self {
            change: StateChange { updates: taken.updates.clone() },
            rooms: rooms.collect(),
            listed: state.listed,
            window: taken.window.clone(),
            events: taken.events.clone(),
        }
    }
}

/// What the reader took since the last commit.
#[derive(Default)]
pub(super) struct Unsaved {
    pub(super) updates: Vec<StateUpdate>,
    pub(super) window: Option<Window>,
    pub(super) events: Vec<Event>,
}

impl Unsaved {
    pub(super) fn is_empty(&self) -> bool {
        self.updates.is_empty() && self.window.is_none() && self.events.is_empty()
    }
}

/// How a [`WatchState`] changes with one commit.
///
/// Save it with [serde](https://docs.rs/serde), and apply all of them in order to get the state.
/// The form is that of the state's version.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StateChange {
    updates: Vec<StateUpdate>,
}

impl WatchState {
    /// Makes a change of this state.
    pub fn apply(&mut self, change: StateChange) {
        change.updates.into_iter().for_each(|update| self.update(update));
    }
}
