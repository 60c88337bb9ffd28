//! The [Chatwork API v2](https://developer.chatwork.com/docs) as it is: typed ids, typed bodies and
//! replies, and one async function for each of its 32 operations.
//!
//! Most of this crate is generated from the OpenAPI document in `spec/chatwork.yaml`. It has no
//! policy: it does not wait, repeat, or read the environment. `chatwork-sdk` does that, and is
//! what most programs want.
//!
//! ```no_run
//! use chatwork_api::types::{CreateRoomMessageBody, RoomId};
//! use chatwork_api::{Auth, Client};
//!
//! # async fn example() -> Result<(), chatwork_api::Error> {
//! let client = Client::new(Auth::api_token("0123456789abcdef")?)?;
//! let rooms = client.list_rooms().await?;
//! for room in rooms.iter() {
//!     println!("{} {}", room.room_id, room.name);
//! }
//! let body = CreateRoomMessageBody { body: "Build is green".to_owned(), self_unread: None };
//! let posted = client.create_room_message(RoomId(42), &body).await?;
//! println!("{}", posted.message_id);
//! # Ok(())
//! # }
//! ```
//!
//! # Replies
//!
//! A method returns a [`ResponseValue`]: the body, with status and headers beside it. Where the
//! API answers 200 with a list or 204 with nothing, the body is an [`Option`]. [`RateLimit`] and
//! [`MessageLimitation`] are read from the headers of any reply.
//!
//! # Errors
//!
//! Every refusal is an [`Error::Refused`] with status and headers, whatever its body was; the
//! texts of the API are in [`Refusal::errors`]. An error shows no payload, in `Debug` neither.
//!
//! # Features
//!
//! | feature | what it does |
//! |---|---|
//! | `rustls` (default) | TLS by rustls |
//! | `native-tls` | TLS by the system's library |
//! | `http2` (default) | HTTP/2 where the server offers it |
//! | `system-proxy` (default) | the proxy that the environment or the system names |
//! | `jiff-02`, `chrono-04` | conversions of [`UnixTime`](types::UnixTime) |
//! | `schemars-1` | `schemars::JsonSchema` for the types |
//!
//! Without either TLS feature only plain HTTP works, as for a server on the same machine.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod accessors;
mod auth;
mod error;
mod file_part;
mod flag;
#[rustfmt::skip]
#[allow(clippy::all)]
mod generated;
mod hooks;
mod number_or_text;
mod open_enum;
pub mod operation;
mod path;
mod rate_limit;
mod reply;
mod scope;
mod secret;
mod time;
mod webhook_event;

pub use auth::{Auth, Settings};
pub use error::{Error, Refusal, Unreadable, UnreadableFault};
pub use file_part::FilePart;
pub use flag::Flag;
pub use generated::client::Client;
pub use generated::{headers, limits, operations, types};
pub use operation::Operation;
pub use progenitor_client::{ClientInfo, ResponseValue};
pub use rate_limit::{MessageLimitation, RateLimit};
pub use reqwest;
pub use scope::UnknownScope;
pub use secret::Secret;

/// The programs in the README compile.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
