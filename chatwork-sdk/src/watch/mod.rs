//! Watching rooms: new messages, edits and deletions as a stream of events, without a webhook.
//!
//! A whole bot, with its token in `CHATWORK_API_TOKEN`:
//!
//! ```no_run
//! use chatwork_sdk::Client;
//! use chatwork_sdk::notation::MessageText;
//! use chatwork_sdk::watch::{Event, Rooms};
//!
//! #[tokio::main]
//! async fn main() -> chatwork_sdk::Result<()> {
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
//! `examples/echo_bot.rs` is a larger one, which needs no account to be tried.
//!
//! [`Client::watch`] takes [`Rooms::All`] or a set of ids; [`RoomHandle::watch`] watches one room. A
//! [`Watch`] is also a [`Stream`](futures_core::Stream), for those who have `futures-util`. It asks
//! only while somebody waits for the next event: nothing runs in the background, and a slow reader
//! slows it down.
//!
//! # What is promised
//!
//! Each message comes once, and in order within its room; so do edits and deletions of messages
//! that are among the newest 100 of their room, which are all that the API shows. Several edits
//! between two looks are one event, with the latest text. Where more than 100 messages came between
//! two looks, a [`Gap`] comes in their place and says between which messages it lies. Rooms have no
//! order among each other.
//!
//! An error is an [`Event::Failed`], and the watch goes on by itself, less and less often while it
//! lasts. It ends where no waiting helps: the token is refused (401), or may not list rooms (403).
//! What the [`RetryPolicy`](crate::RetryPolicy) of the client mends is no event at all.
//!
//! # Where it begins
//!
//! Now: with what happens after the first round. [`Watch::after`] begins after a message. In a room
//! that is joined on the way, it begins where the room was not yet in the list: with what was
//! written since, the invitation included.
//!
//! # Stopping and going on
//!
//! [`Watch::state`] is what the reader has taken. It can be saved after each event, or now and then:
//!
//! ```no_run
//! use chatwork_sdk::watch::{Event, Rooms, WatchState};
//!
//! # fn act_on(event: Event) {}
//! # async fn example(chatwork: chatwork_sdk::Client) -> Result<(), Box<dyn std::error::Error>> {
//! let mut watch = chatwork.watch(Rooms::All);
//! if let Ok(saved) = std::fs::read("watch.json") {
//!     watch = watch.resume(serde_json::from_slice::<WatchState>(&saved)?);
//! }
//! while let Some(event) = watch.next().await {
//!     act_on(event);
//!     // After it was acted on, and before the next is taken.
//!     std::fs::write("watch.new", serde_json::to_vec(watch.state())?)?;
//!     std::fs::rename("watch.new", "watch.json")?;
//! }
//! # Ok(())
//! # }
//! ```
//!
//! A watch that resumes from a state gives the event after the last that had been taken. What
//! happened in between comes as if nothing had been, as far as the API still shows it.
//!
//! # What it costs
//!
//! A round is one `GET /rooms`, and one `GET /rooms/{room_id}/messages` with `force=1` for each room
//! whose `last_update_time` or `message_num` is another than before. A room that was written to at
//! the very moment is read once more, since times have whole seconds. A room that is watched alone
//! is read each time, without a list. `force=1` leaves the mark of
//! [`RoomHandle::new_messages`](crate::RoomHandle::new_messages) to others.
//!
//! Rounds are 5 to 60 seconds apart: close together while something happens, further and further
//! apart while nothing does ([`Watch::interval`]). Where many rooms are lively, rounds are spread
//! over the window of the account's rate limit, and a fifth of it is left to your own calls
//! ([`Watch::reserve`]). All of it goes through the [`Pacing`](crate::Pacing) of the client.
//!
//! In memory and in the state are the ids and times of the newest 100 messages of rooms in which
//! something has happened, and no texts.
//!
//! # What goes wrong in practice
//!
//! - **A bot answers itself.** Its own messages come, too: [`Watch::own_messages`] leaves them out.
//! - **`?` in the loop ends the bot** with the first message that it may not post. Handle the error
//!   of one answer where it happens.
//! - **Edits or deletions come late.** Nobody documents whether the service counts them as an update
//!   of the room. Should it not, they are found when the room is looked at again, at most every ten
//!   minutes ([`Watch::recheck`]), and with the next message.
//! - **A gap of unknown length.** How many are missing is told by `message_num`, which is taken to
//!   count each message, deleted ones as well. Where it does not add up, [`Gap::missing`] is empty.
//! - **Two watches at once** do not disturb each other, but both spend the account's limit. One
//!   watch over many rooms is cheaper than a watch for each.
//! - **A token of OAuth 2.0** needs a scope to list rooms and one to read messages:
//!   `rooms.all:read`, or `rooms.info:read` and `rooms.messages:read`. To leave out your own messages
//!   it needs `users.profile.me:read`, too.

mod ask;
mod budget;
mod engine;
mod event;
mod gap;
mod interval;
mod learn;
mod list;
mod look;
mod memory;
mod number;
mod pending;
mod recheck;
mod rooms;
mod seen;
mod state;
mod stream;

use chatwork_api::types::MessageId;

pub use event::{Event, Gap};
pub use rooms::Rooms;
pub use state::WatchState;
pub use stream::Watch;

use crate::client::Client;
use crate::endpoint::RoomHandle;

/// For how many seconds something may still come that bears a time: times have whole seconds, and
/// the machines of the service may differ a little.
const SETTLE: i64 = 2;

impl Client {
    /// Watches rooms: gives a stream of what happens in them, from now on. Asks nothing yet.
    ///
    /// Takes [`Rooms::All`](crate::watch::Rooms::All), or the ids of some rooms. What was there
    /// before comes with [`Watch::after`](crate::watch::Watch::after) and
    /// [`Watch::resume`](crate::watch::Watch::resume). The [module](crate::watch) says what is
    /// promised, and what it costs.
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
    /// Watches this room: gives a stream of what happens in it, from now on. Asks nothing yet.
    ///
    /// As [`Client::watch`](crate::Client::watch) with this room alone, which costs one request a
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

    /// Watches this room, beginning after a message: see
    /// [`Watch::after`](crate::watch::Watch::after).
    pub fn watch_after(&self, message: &MessageId) -> Watch {
        self.watch().after(self.id(), message)
    }
}
