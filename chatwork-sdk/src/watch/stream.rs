//! The stream of events.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use chatwork_api::types::{MessageId, RoomId};
use futures_core::Stream;
use tokio::time::Instant;

use super::ask::{Answer, ask};
use super::budget::Budget;
use super::engine::{Engine, Round};
use super::event::Event;
use super::interval::Interval;
use super::pending::Pending;
use super::recheck::Recheck;
use super::rooms::Rooms;
use super::state::WatchState;
use crate::client::Client;
use crate::error::{Error, InputError};
use crate::request::BoxFuture;

const FLOOR: Duration = Duration::from_secs(5);
const CEILING: Duration = Duration::from_secs(60);
const RECHECK: Duration = Duration::from_secs(10 * 60);

/// Rooms that are watched: a stream of [`Event`]s, by [`Watch::next`] or as a
/// [`Stream`](futures_core::Stream).
///
/// [`Client::watch`](crate::Client::watch) and [`RoomHandle::watch`](crate::RoomHandle::watch) give it; the
/// [module](crate::watch) says how it works. It asks only while somebody waits for an event, and
/// holds the events of one look at one room at most. Dropping the future of [`Watch::next`] loses
/// nothing.
#[must_use = "a watch does nothing until an event is awaited"]
pub struct Watch {
    client: Client,
    engine: Engine,
    asking: Option<BoxFuture<Answer>>,
}

impl Watch {
    pub(super) fn new(client: Client, rooms: Rooms) -> Self {
        let ended = rooms.is_empty();
        let mut queue = VecDeque::new();
        if ended {
            let error = Error::from(InputError::other("rooms", "at least one room to watch"));
            queue.push_back(Pending::only(Event::Failed { room_id: None, error }));
        }
        let engine = Engine {
            rooms,
            starts: BTreeMap::new(),
            state: WatchState::default(),
            interval: Interval::new(FLOOR, CEILING),
            budget: Budget::new(),
            recheck: Recheck::new(RECHECK),
            own: true,
            me: None,
            queue,
            round: Round::default(),
            absent: BTreeSet::new(),
            failures: HashMap::new(),
            ended,
        };
        Self { client, engine, asking: None }
    }

    /// Begins in this room after this message, rather than now. To be set before the first event
    /// is awaited.
    ///
    /// The message itself is not told of, and neither is what has happened to it and to those
    /// before it. More than 100 messages after it begin with a [`Gap`](super::Gap).
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

    /// Goes on where another watch was when its [state](Watch::state) was saved. To be set before
    /// the first event is awaited.
    ///
    /// Rooms that the state does not know are [joined](Event::Joined). What the state knows of
    /// other rooms than those of this watch is forgotten.
    pub fn resume(mut self, mut state: WatchState) -> Self {
        if let Some(listed) = state.listed {
            state.rooms.values_mut().for_each(|memory| memory.resume(listed));
        }
        self.engine.state = state;
        self
    }

    /// How long to wait between two rounds: the shortest, while something happens, and the longest,
    /// after some time in which nothing does. 5 and 60 seconds when not set.
    ///
    /// The shortest is at least a second. Rounds are further apart when the account's rate limit
    /// does not allow for more.
    pub fn interval(mut self, floor: Duration, ceiling: Duration) -> Self {
        self.engine.interval = Interval::new(floor, ceiling);
        self
    }

    /// How many requests of the account's rate limit are left to other calls; 60 when not set.
    ///
    /// The watch asks nothing more when so many are left, until the limit's window is over. Other
    /// calls may use all of them.
    pub fn reserve(mut self, requests: u32) -> Self {
        self.engine.budget.reserve(requests);
        self
    }

    /// After how long a room is looked at although nothing shows in the list of rooms; ten minutes
    /// when not set. [`Duration::MAX`] turns it off.
    ///
    /// It is for edits and deletions, should the service not count them as an update of the room.
    /// One such room is looked at in a round, and only rooms in which something happened within a
    /// day are.
    pub fn recheck(mut self, after: Duration) -> Self {
        self.engine.recheck.set(after);
        self
    }

    /// Whether your own messages are told of, as they are when this is not set. Without them the
    /// watch asks `GET /me` once.
    pub fn own_messages(mut self, told: bool) -> Self {
        self.engine.own = told;
        self
    }

    /// Where the watch stands, by what has been taken from it: whoever
    /// [resumes](Watch::resume) from this gets the event after the last that was taken.
    ///
    /// So take an event, act on it, save the state, and only then take the next: a crash repeats
    /// one event at most, and loses none.
    pub fn state(&self) -> &WatchState {
        &self.engine.state
    }

    /// Waits for the next event; nothing when the watch has ended, which is after a
    /// [failure](Event::Failed) that no waiting mends.
    ///
    /// The future may be dropped at any time, as in `tokio::select!`: what was under way goes on
    /// with the next call.
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
        poll_fn(|cx| self.poll_event(cx)).await
    }

    fn poll_event(&mut self, cx: &mut Context<'_>) -> Poll<Option<Event>> {
        loop {
            if let Some(event) = self.engine.take() {
                return Poll::Ready(Some(event));
            }
            let asking = match &mut self.asking {
                Some(asking) => asking,
                None => match self.engine.next(Instant::now()) {
                    Some(next) => self.asking.insert(Box::pin(ask(self.client.clone(), next))),
                    None => return Poll::Ready(None),
                },
            };
            let answer = ready!(asking.as_mut().poll(cx));
            self.asking = None;
            self.engine.learn(answer, Instant::now());
        }
    }
}

impl Stream for Watch {
    type Item = Event;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Event>> {
        self.get_mut().poll_event(cx)
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
