//! The stream of events.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use chatwork_api::types::{MessageId, RoomId};
use futures_core::Stream;
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::doorbell::Doorbell;
use super::engine::Engine;
use super::event::Event;
use super::failure::WatchError;
use super::health::WatchHealth;
use super::interval::Interval;
use super::look::Look;
use super::poll::{PollResponse, poll};
use super::rooms::Rooms;
use super::saving::Saving;
use super::state::WatchState;
use super::store::{StoreError, WatchStore};
use super::update::Pending;
use crate::client::Client;
use crate::error::{Error, InputError};
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
    client: Client,
    engine: Engine,
    saving: Option<Saving>,
    /// What is under way. The lock is never taken: it makes the watch `Sync`.
    step: Mutex<Option<BoxFuture<Step>>>,
    /// What is under way calls the store.
    saves: bool,
    /// Failures of the store, which come before anything else.
    notices: VecDeque<Event>,
}

/// What has ended.
pub(super) enum Step {
    Loaded(Result<Option<WatchState>, StoreError>),
    Saved(Result<(), StoreError>),
    Polled(PollResponse),
    Waited,
}

impl Watch {
    pub(super) fn new(client: Client, rooms: Rooms) -> Self {
        let mut engine = Engine::new(rooms);
        if engine.rooms.is_empty() {
            let error = Error::from(InputError::other("rooms", "at least one room to watch"));
            engine.queue.push_back(Pending::only(Event::failed(None, error)));
            engine.ended = true;
        }
        let (step, notices) = (Mutex::new(None), VecDeque::new());
        Self { client, engine, saving: None, step, saves: false, notices }
    }

    /// Begins in this room after this message, rather than now. Set it before the first event is
    /// awaited.
    ///
    /// The message itself is not emitted, nor what has happened to it and to those before it. If
    /// more than 100 messages came after it, the first event is a [`Gap`](super::Gap). It holds
    /// for the first time that the watch enters the room: if the account leaves the room and joins
    /// it again, no message is emitted twice.
    ///
    /// ```no_run
    /// use chatwork_sdk::watch::Rooms;
    ///
    /// # async fn example(chatwork: chatwork_sdk::Client) -> chatwork_sdk::Result<()> {
    /// # let id = chatwork_sdk::RoomId(42);
    /// let posted = chatwork.room(id).post("Who comes?").await?;
    /// let answers = chatwork.watch(Rooms::All).after(id, &posted);
    /// # Ok(())
    /// # }
    /// ```
    pub fn after(mut self, room: RoomId, message: &MessageId) -> Self {
        self.engine.starts.insert(room, message.clone());
        self
    }

    /// Resumes where another watch was when its [state](Watch::state) was saved. Set it before the
    /// first event is awaited.
    ///
    /// Rooms that the state does not know are [joined](Event::Joined). The watch forgets the
    /// state's rooms that it does not watch. [`Watch::store`] resumes by itself.
    pub fn resume(mut self, mut state: WatchState) -> Self {
        if let Some(listed) = state.listed {
            state.rooms.values_mut().for_each(|room| room.resume(listed));
        }
        self.engine.state = state;
        self
    }

    /// Keeps the state in a store, and resumes from what the store has saved. Set it before the
    /// first event is awaited. A state of [`Watch::resume`] is used if the store is empty.
    ///
    /// ```no_run
    /// use chatwork_sdk::watch::{FileStore, Rooms};
    ///
    /// # async fn example(chatwork: chatwork_sdk::Client) {
    /// let mut watch = chatwork.watch(Rooms::All).store(FileStore::new("bot.watch"));
    /// while let Some(event) = watch.next().await {
    ///     println!("{event:?}"); // The next call of `next` saves that this was done.
    /// }
    /// # }
    /// ```
    pub fn store(mut self, store: impl WatchStore) -> Self {
        let saving = Saving::new(store);
        self.engine.keeps_windows |= saving.keeps_messages();
        self.saving = Some(saving);
        self
    }

    /// Sets the wait between two rounds: the shortest, while events come, and the longest, after
    /// some time without any. 5 and 60 seconds by default.
    ///
    /// The shortest is at least a second. The wait is longer if the account's rate limit would not
    /// last.
    pub fn interval(mut self, floor: Duration, ceiling: Duration) -> Self {
        self.engine.interval = Interval::new(floor, ceiling);
        self
    }

    /// Sets how many requests of the account's rate limit are left to other calls; 60 by default.
    ///
    /// When only so many remain, the watch makes no request until the limit's window ends. Other
    /// calls may use all of them.
    pub fn reserve(mut self, requests: u32) -> Self {
        self.engine.budget.reserve(requests);
        self
    }

    /// Sets after how long a room is read although its entry in the list of rooms has not changed;
    /// ten minutes by default. [`Duration::MAX`] turns it off.
    ///
    /// This finds edits and deletions if the service does not count them as an update of the room.
    /// It holds for rooms in which something happened within a day. A round reads up to ten of
    /// them: of 100 rooms each is read every ten minutes, of 500 every 50 minutes, if rounds are a
    /// minute apart.
    pub fn recheck(mut self, after: Duration) -> Self {
        self.engine.recheck.set(after);
        self
    }

    /// Sets whether your own messages are emitted; `true` by default. With `false`, the watch calls
    /// `GET /me` once.
    pub fn own_messages(mut self, emitted: bool) -> Self {
        self.engine.own = emitted;
        self
    }

    /// Returns a handle by which a webhook makes this watch read a room now.
    pub fn doorbell(&self) -> Doorbell {
        Doorbell::new(self.engine.bell.clone())
    }

    /// Returns a handle that reports the state of this watch, also to other tasks.
    pub fn health(&self) -> WatchHealth {
        self.engine.health.reader()
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
    /// future may be dropped at any time, as in `tokio::select!`: what was under way goes on with
    /// the next call.
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
    /// [`WatchHealth::started`].
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

    /// Works until there is something to take.
    fn poll_take<T>(
        &mut self,
        cx: &mut Context<'_>,
        take: fn(&mut Self) -> Option<T>,
    ) -> Poll<Option<T>> {
        loop {
            if let Some(step) = self.step.get_mut() {
                let ended = ready!(step.as_mut().poll(cx));
                *self.step.get_mut() = None;
                // A failure of the store is returned by the next turn.
                let _ = self.finish(ended);
                continue;
            }
            if self.notices.is_empty()
                && let Some(step) = self.save()
            {
                self.begin(step, true);
                continue;
            }
            if let Some(taken) = take(self) {
                return Poll::Ready(Some(taken));
            }
            if let Some(step) = self.save() {
                self.begin(step, true);
                continue;
            }
            let Some(request) = self.engine.next(Instant::now()) else { return Poll::Ready(None) };
            let (client, bell) = (self.client.clone(), self.engine.bell.clone());
            let polled = async move { Step::Polled(poll(client, request, bell).await) };
            self.begin(Box::pin(polled), false);
        }
    }

    fn poll_commit(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), WatchError>> {
        loop {
            // All that was delivered is saved before a request begins.
            if self.step.get_mut().is_some() && !self.saves {
                return Poll::Ready(Ok(()));
            }
            if let Some(step) = self.step.get_mut() {
                let ended = ready!(step.as_mut().poll(cx));
                *self.step.get_mut() = None;
                if let Err(error) = self.finish(ended) {
                    self.notices.pop_back();
                    return Poll::Ready(Err(error));
                }
                continue;
            }
            let step = self.saving.as_mut().and_then(|saving| saving.commit_now(&self.engine));
            let Some(step) = step else { return Poll::Ready(Ok(())) };
            self.begin(step, true);
        }
    }

    fn begin(&mut self, step: BoxFuture<Step>, saves: bool) {
        *self.step.get_mut() = Some(step);
        self.saves = saves;
    }

    /// Returns what the store has to do first.
    fn save(&mut self) -> Option<BoxFuture<Step>> {
        self.saving.as_mut()?.step(&self.engine, Instant::now())
    }

    /// Processes what has ended.
    fn finish(&mut self, ended: Step) -> Result<(), WatchError> {
        let now = Instant::now();
        match (ended, &mut self.saving) {
            (Step::Polled(response), _) => self.engine.apply(response, now),
            (Step::Loaded(result), Some(saving)) => match saving.loaded(result) {
                Ok(Some(state)) => self.resume_from(state),
                Ok(None) => {}
                Err(error) => {
                    self.engine.ended = true;
                    return self.note_failure(error);
                }
            },
            (Step::Saved(result), Some(saving)) => {
                if let Err(error) = saving.saved(result, &self.engine, now) {
                    return self.note_failure(error);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn resume_from(&mut self, mut state: WatchState) {
        if let Some(listed) = state.listed {
            state.rooms.values_mut().for_each(|room| room.resume(listed));
        }
        self.engine.state = state;
    }

    fn note_failure(&mut self, error: WatchError) -> Result<(), WatchError> {
        self.engine.health.fail();
        self.notices.push_back(Saving::failed(error.clone()));
        Err(error)
    }

    fn take_event(&mut self) -> Option<Event> {
        if let Some(notice) = self.notices.pop_front() {
            return Some(notice);
        }
        while let Some(pending) = self.take_pending() {
            if let Some(event) = pending.event {
                self.deliver();
                return Some(event);
            }
        }
        None
    }

    fn take_look(&mut self) -> Option<Look> {
        if let Some(notice) = self.notices.pop_front() {
            return Some(Look { window: None, events: vec![notice] });
        }
        let mut look = Look { window: None, events: Vec::new() };
        while let Some(pending) = self.take_pending() {
            look.window = pending.window.map(|window| *window).or(look.window);
            look.events.extend(pending.event);
        }
        if look.window.is_none() && look.events.is_empty() {
            return None;
        }
        self.deliver();
        Some(look)
    }

    /// Takes what is no event, and nothing after the first one.
    fn take_start(&mut self) -> Option<Result<(), WatchError>> {
        let failure = |event: &Event| match event {
            Event::Failed { error, .. } => Err(error.clone()),
            _ => Ok(()),
        };
        if let Some(notice) = self.notices.front() {
            return Some(failure(notice));
        }
        while let Some(pending) = self.engine.queue.front() {
            if let Some(event) = &pending.event {
                return Some(failure(event));
            }
            self.take_pending();
        }
        self.engine.has_begun().then_some(Ok(()))
    }

    fn take_pending(&mut self) -> Option<Pending> {
        let pending = self.engine.take()?;
        if let Some(saving) = &mut self.saving {
            saving.note(pending.update.as_ref(), pending.event.as_ref());
            saving.note_window(pending.window.as_deref());
        }
        Some(pending)
    }

    fn deliver(&mut self) {
        if let Some(saving) = &mut self.saving {
            saving.deliver();
        }
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
