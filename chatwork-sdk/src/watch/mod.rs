//! Watching rooms: new messages, edits and deletions as a stream of events, without a webhook.
//!
//! This module needs the feature `watch`. A whole bot:
//!
//! ```no_run
//! use chatwork_sdk::Client;
//! use chatwork_sdk::notation::MessageText;
//! use chatwork_sdk::watch::{Event, Rooms};
//!
//! #[tokio::main]
//! async fn main() {
//!     if let Err(error) = run().await {
//!         eprintln!("{error}");
//!         std::process::exit(1);
//!     }
//! }
//!
//! async fn run() -> chatwork_sdk::Result<()> {
//!     // Reads CHATWORK_API_TOKEN, and CHATWORK_API_BASE_URL if it is set.
//!     let chatwork = Client::from_env()?;
//!     let mut watch = chatwork.watch(Rooms::All).own_messages(false);
//!     while let Some(event) = watch.next().await {
//!         match event {
//!             Event::MessageCreated { room_id, message } if message.body.contains("ping") => {
//!                 let answer = MessageText::new().reply(room_id, &message).text("pong");
//!                 if let Err(error) = chatwork.room(room_id).post(answer).await {
//!                     eprintln!("{room_id}: {error}");
//!                 }
//!             }
//!             Event::Failed { error, .. } => eprintln!("{error}"),
//!             _ => {}
//!         }
//!     }
//!     Ok(())
//! }
//! ```
//!
//! `examples/echo_bot.rs` is a larger one, which needs no account. `examples/doorbell_bot.rs` adds
//! a webhook.
//!
//! [`Client::watch`] takes [`Rooms::All`] or a set of ids; [`RoomHandle::watch`] watches one room.
//! A [`Watch`] is also a [`Stream`](futures_core::Stream), for programs that use `futures-util`. It
//! makes requests only while an event is awaited: there is no background task, and a slow reader
//! slows it down.
//!
//! # What is promised
//!
//! Each message comes once, and in order within its room. So do edits and deletions of messages
//! that are among the newest 100 of their room: the API shows no others. Several edits between two
//! looks at a room are one event, with the latest text. If more than 100 messages came between two
//! looks, a [`Gap`] comes in their place and names the messages between which it lies. Events of
//! different rooms have no order. After a pause, the most recently updated room comes first.
//!
//! An error is an [`Event::Failed`]. The watch continues by itself, at growing intervals while the
//! error lasts. It ends if waiting does not help: the token is invalid (401), a person has to
//! consent again (OAuth 2.0), or the account may not list rooms (403). What the
//! [`RetryPolicy`](crate::RetryPolicy) of the client mends is no event.
//!
//! # Where it begins
//!
//! Now: with what happens after the first round. [`Watch::after`] begins after a message. In a room
//! that the account joins later, it begins with what was written since the room was not yet in the
//! list, the invitation included. If the account joins a room again that it had left, no message
//! comes twice.
//!
//! # Stopping and resuming
//!
//! A [`WatchStore`] keeps how far the watch is. [`FileStore`] keeps it in a file:
//!
//! ```no_run
//! use chatwork_sdk::watch::{Event, FileStore, Rooms};
//!
//! # async fn act_on(event: Event) {}
//! # async fn example(chatwork: chatwork_sdk::Client) {
//! let mut watch = chatwork.watch(Rooms::All).store(FileStore::new("bot.watch"));
//! while let Some(event) = watch.next().await {
//!     act_on(event).await;
//!     // The next call of `next` saves that this was done.
//! }
//! # }
//! ```
//!
//! After a restart, the first event is the one after the last that was acted on. A crash repeats
//! one event at most. Events that happened in between are delivered normally, as far as the API
//! still returns them. A program with a database implements [`WatchStore`] itself, and saves in one
//! transaction what [`Watch::next_look`] showed and how far the watch is. [`Watch::state`] and
//! [`Watch::resume`] do it by hand.
//!
//! # With a webhook
//!
//! A [`Doorbell`] has a room read at once, when a webhook says that something happened there. The
//! watch stays the only source of events: a message that both know comes once, also across
//! restarts, and a lost webhook costs the wait for the next round.
//!
//! # What it costs
//!
//! A round is one `GET /rooms`, and one `GET /rooms/{room_id}/messages` with `force=1` for each
//! room whose `last_update_time` or `message_num` has changed. Times have whole seconds, so a room
//! that was written to within the last five seconds is read once more. A room that is watched alone
//! is read in each round, without a list.
//!
//! Rounds are 5 to 60 seconds apart: the shortest while events come, growing while none come
//! ([`Watch::interval`]). If many rooms are busy, rounds are spread over the window of the
//! account's rate limit, and a fifth of the limit is left to your own calls ([`Watch::reserve`]).
//! All requests go through the [`Pacing`](crate::Pacing) of the client.
//!
//! Memory and state hold the ids and times of the newest 100 messages of rooms in which something
//! has happened, and no texts.
//!
//! # How to test a bot
//!
//! Use the sandbox (`chatwork-sandbox`), a Chatwork in the test's own process, and paused time:
//! tokio then skips each wait at once, and the test takes no longer than its requests. Await
//! [`Watch::started`] before the first message of the test, since a watch begins with what comes
//! after its first round. If the bot makes its own watch, await [`WatchHealth::started`] in the
//! test instead.
//!
//! ```toml
//! [dev-dependencies]
//! # A checkout of the repository, or { git = "…", default-features = false }
//! chatwork-sandbox = { path = "../chatwork/chatwork-sandbox", default-features = false }
//! tokio = { version = "1", features = ["macros", "rt-multi-thread", "test-util"] }
//! ```
//!
//! This test runs in the repository of this crate:
//!
#![doc = "```ignore"]
#![doc = include_str!("example_test.rs")]
#![doc = "```"]
//!
//! # What goes wrong in practice
//!
//! - **A bot answers itself.** Its own messages come, too: [`Watch::own_messages`] leaves them out.
//! - **`?` in the loop ends the bot** with the first message that it may not post. Handle the error
//!   of one answer where it happens.
//! - **Edits or deletions come late.** It is not documented whether the service counts them as an
//!   update of the room. If it does not, they are found when the room is read again, every ten
//!   minutes for up to a hundred rooms ([`Watch::recheck`]), and with the next message.
//! - **`[deleted]` is a text that people can type.** The API marks a deleted message by nothing
//!   else. Known: an edit sets `update_time`, and a message that was never edited has 0. Assumed: a
//!   deletion sets it, too. So a message that appears as `[deleted]` with an `update_time` of 0 is
//!   an [`Event::MessageCreated`]. One whose text becomes `[deleted]` is an
//!   [`Event::MessageDeleted`], though a person may have edited it so. If it shows another text
//!   later, that is an [`Event::MessageUpdated`]: it was not deleted.
//! - **An edit with an earlier time than the edit before it** is not emitted. The service's machines
//!   have several clocks, and such a reply looks like that of a machine that lags behind.
//! - **One odd field** does not stop a watch. Of a room it needs `last_update_time` and `message_num`,
//!   of the account its `account_id`. Other fields that cannot be read are named in a warning
//!   (`tracing`). If a needed field cannot be read, [`Event::Failed`] names it.
//! - **A gap of unknown length.** The number of missing messages comes from `message_num`, which is
//!   assumed to count each message, deleted ones as well. If the numbers do not add up,
//!   [`Gap::missing`] is `None`.
//! - **Two watches at once** do not affect each other's events, but both use the account's limit.
//!   One watch over many rooms is cheaper than a watch for each.
//! - **[`RoomHandle::new_messages`](crate::RoomHandle::new_messages) beside a watch.** It returns
//!   what is new since the last call. No source says whether the watch's reads with `force=1` count
//!   as such a call. The sandbox takes the careful side: either kind of reading moves the mark. So
//!   do not use both on one account.
//! - **A token of OAuth 2.0** needs a scope to list rooms and one to read messages:
//!   `rooms.all:read`, or `rooms.info:read` and `rooms.messages:read`. To leave out your own
//!   messages it needs `users.profile.me:read`, too.

// | file | holds |
// |---|---|
// | `stream`, `options` | the stream of events; its options and handles |
// | `driver`, `poll`, `saving` | runs one step at a time: a request, or a call of the store |
// | `engine`, `round` | which request comes next, without the network; the current round |
// | `list`, `page`, `apply` | what the list of rooms and a page of messages show and change |
// | `gap`, `number` | whether messages are missing; the order of message ids |
// | `recheck`, `interval`, `budget` | when rooms are read again, and how many requests that may cost |
// | `rooms` | which rooms are watched |
// | `state`, `room`, `snapshot`, `seed` | the state of a watch, of a room, of a message; its start |
// | `update`, `take` | events that wait for the reader, and their effect on the state |
// | `event`, `look`, `failure`, `health` | what the reader gets |
// | `unreadable` | messages of a reply that cannot be read |
// | `store`, `file_store`, `log` | where the state is saved; a file of changes |
// | `doorbell` | has a room read when a webhook arrives |

mod apply;
mod budget;
mod doorbell;
mod driver;
mod engine;
mod event;
mod failure;
mod file_store;
mod gap;
mod health;
mod interval;
mod list;
mod log;
mod look;
mod number;
mod options;
mod page;
mod poll;
mod recheck;
mod room;
mod rooms;
mod round;
mod saving;
mod seed;
mod snapshot;
mod state;
mod store;
mod stream;
mod take;
mod unreadable;
mod update;

use chatwork_api::types::MessageId;

pub use doorbell::Doorbell;
pub use event::{Event, Gap};
pub use failure::{WatchError, WatchErrorKind};
pub use file_store::FileStore;
pub use health::{RoundReport, WatchHealth};
pub use look::{Look, Window};
pub use room::RoomState;
pub use rooms::Rooms;
pub use state::WatchState;
pub use store::{Commit, StateChange, StoreError, StoreFuture, WatchStore};
pub use stream::Watch;

use crate::client::Client;
use crate::endpoint::RoomHandle;

impl Client {
    /// Returns a [`Watch`], a stream of what happens in rooms from now on. Makes no request yet.
    ///
    /// Takes [`Rooms::All`](crate::watch::Rooms::All), or the ids of some rooms.
    /// [`Watch::after`](crate::watch::Watch::after) and
    /// [`Watch::store`](crate::watch::Watch::store) begin earlier. The [module](crate::watch) says
    /// what is promised, and what it costs.
    ///
    /// Calls `GET /rooms` ([reference](https://developer.chatwork.com/reference/get-rooms)) and
    /// `GET /rooms/{room_id}/messages`
    /// ([reference](https://developer.chatwork.com/reference/get-rooms-room_id-messages)).
    ///
    /// ```no_run
    /// use chatwork_sdk::RoomId;
    /// use chatwork_sdk::watch::{Event, Rooms};
    ///
    /// # async fn example(chatwork: chatwork_sdk::Client) {
    /// let mut watch = chatwork.watch([RoomId(42), RoomId(7)]);
    /// while let Some(event) = watch.next().await {
    ///     println!("{event:?}");
    /// }
    /// # }
    /// ```
    pub fn watch(&self, rooms: impl Into<Rooms>) -> Watch {
        Watch::new(self.clone(), rooms.into())
    }
}

impl RoomHandle {
    /// Returns a [`Watch`], a stream of what happens in this room from now on. Makes no request
    /// yet.
    ///
    /// Like [`Client::watch`](crate::Client::watch) with this room alone, which costs one request a
    /// round.
    ///
    /// ```no_run
    /// use chatwork_sdk::watch::Event;
    ///
    /// # async fn example(room: chatwork_sdk::RoomHandle) {
    /// let mut watch = room.watch();
    /// while let Some(event) = watch.next().await {
    ///     if let Event::MessageCreated { message, .. } = event {
    ///         println!("{}: {}", message.account.name, message.body);
    ///     }
    /// }
    /// # }
    /// ```
    pub fn watch(&self) -> Watch {
        Watch::new(self.client.clone(), Rooms::from(self.id()))
    }

    /// Returns a [`Watch`] of this room that begins after a message. See
    /// [`Watch::after`](crate::watch::Watch::after).
    pub fn watch_after(&self, message: &MessageId) -> Watch {
        self.watch().after(self.id(), message)
    }
}
