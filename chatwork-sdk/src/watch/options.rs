//! The options of a watch, set before the first event is awaited, and its handles.

use std::time::Duration;

use chatwork_api::types::{MessageId, RoomId};

use super::doorbell::Doorbell;
use super::health::WatchHealth;
use super::interval::Interval;
use super::saving::Saving;
use super::state::WatchState;
use super::store::WatchStore;
use super::stream::Watch;

impl Watch {
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
    /// Rooms that the state does not contain are [joined](crate::watch::Event::Joined). The watch forgets the
    /// state's rooms that it does not watch. [`Watch::store`] resumes by itself.
    pub fn resume(mut self, state: WatchState) -> Self {
        self.engine.resume(state);
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
}
