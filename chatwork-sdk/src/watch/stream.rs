//! The stream of events.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use tokio::sync::Mutex;

use super::driver::Step;
use super::engine::Engine;
use super::event::Event;
use super::failure::WatchError;
use super::look::Look;
use super::rooms::Rooms;
use super::saving::Saving;
use super::state::WatchState;
use super::update::Pending;
use crate::client::Client;
use crate::error::{Error, InputError, Limit};
use crate::request::BoxFuture;

/// A stream of the [`Event`]s of some rooms, by [`Watch::next`] or as a
/// [`Stream`](futures_core::Stream).
///
/// [`Client::watch`](crate::Client::watch) and [`RoomHandle::watch`](crate::RoomHandle::watch)
/// return it; the [module](crate::watch) describes it. It makes requests only while an event is
/// awaited, and holds the events of one look at one room at most. Dropping the future of
/// [`Watch::next`] loses nothing.
#[must_use = "a watch does nothing until an event is awaited"]
pub struct Watch {
    pub(super) client: Client,
    pub(super) engine: Engine,
    pub(super) saving: Option<Saving>,
    /// What is under way. The lock is never taken: it makes the watch `Sync`.
    pub(super) step: Mutex<Option<BoxFuture<Step>>>,
    /// What is under way calls the store.
    pub(super) saves: bool,
    /// Failures of the store, which come before anything else.
    pub(super) notices: VecDeque<Event>,
}

impl Watch {
    pub(super) fn new(client: Client, rooms: Rooms) -> Self {
        let mut engine = Engine::new(rooms);
        if engine.rooms.is_empty() {
            let error = Error::from(InputError::new("rooms", Limit::Empty));
            engine.queue.push_back(Pending::only(Event::failed(None, error)));
            engine.ended = true;
        }
        let (step, notices) = (Mutex::new(None), VecDeque::new());
        Self { client, engine, saving: None, step, saves: false, notices }
    }

    /// Returns where the watch stands, by what was taken from it. A watch that
    /// [resumes](Watch::resume) from this state begins with the event after the last one taken.
    ///
    /// A [store](Watch::store) saves less with each event. To save the state by hand, take an
    /// event, act on it, save the state, and only then take the next one. A crash repeats one event
    /// at most, and loses none.
    pub fn state(&self) -> &WatchState {
        &self.engine.state
    }

    /// Waits for the next event. Returns `None` when the watch has ended, which it does after a
    /// [failure](Event::Failed) that no waiting mends.
    ///
    /// With a [store](Watch::store), this saves first that the event before was acted on. The
    /// future may be dropped at any time, as in `tokio::select!`: a request that was under way
    /// continues with the next call.
    ///
    /// ```no_run
    /// # async fn example(room: chatwork_sdk::RoomHandle) {
    /// use chatwork_sdk::watch::Event;
    ///
    /// let mut watch = room.watch();
    /// while let Some(event) = watch.next().await {
    ///     if let Event::MessageCreated { message, .. } = event {
    ///         println!("{}: {}", message.account.name, message.body);
    ///     }
    /// }
    /// # }
    /// ```
    pub async fn next(&mut self) -> Option<Event> {
        poll_fn(|cx| self.poll_take(cx, Self::take_event)).await
    }

    /// Waits for the next look: all that one request has shown, with its events. Returns `None`
    /// when the watch has ended.
    ///
    /// This is for programs that keep messages. It returns each look at a room, also one without
    /// events, with the [window](Look::window) of the newest messages and the plan's notice. Use
    /// either this or [`Watch::next`]: from a look of which `next` took some events already, it
    /// returns the others.
    ///
    /// ```no_run
    /// # async fn example(chatwork: chatwork_sdk::Client) {
    /// use chatwork_sdk::watch::Rooms;
    ///
    /// let mut watch = chatwork.watch(Rooms::All);
    /// while let Some(look) = watch.next_look().await {
    ///     if let Some(window) = &look.window {
    ///         println!("{}: {} messages", window.room_id, window.messages.len());
    ///     }
    /// }
    /// # }
    /// ```
    pub async fn next_look(&mut self) -> Option<Look> {
        self.engine.keeps_windows = true;
        poll_fn(|cx| self.poll_take(cx, Self::take_look)).await
    }

    /// Waits until the watch has begun: until every message sent from then on will be emitted. Also
    /// returns when an event waits for [`Watch::next`].
    ///
    /// Await it in a test of a bot before the first message; see
    /// [how to test a bot](crate::watch#how-to-test-a-bot). From another task, await
    /// [`WatchHealth::started`](crate::watch::WatchHealth::started).
    ///
    /// # Errors
    ///
    /// The first round failed. The failure is also the next event, and the watch goes on if waiting
    /// helps.
    pub async fn started(&mut self) -> Result<(), WatchError> {
        poll_fn(|cx| self.poll_take(cx, Self::take_start)).await.unwrap_or(Ok(()))
    }

    /// Has the [store](Watch::store) save now what was taken, as before a program ends. Without a
    /// store it does nothing.
    ///
    /// # Errors
    ///
    /// The store failed. The watch tries again with the next event.
    pub async fn commit(&mut self) -> Result<(), WatchError> {
        poll_fn(|cx| self.poll_commit(cx)).await
    }
}

impl Stream for Watch {
    type Item = Event;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Event>> {
        self.get_mut().poll_take(cx, Self::take_event)
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch")
            .field("rooms", &self.engine.rooms)
            .field("known", &self.engine.state.rooms.len())
            .finish_non_exhaustive()
    }
}
