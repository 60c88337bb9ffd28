//! The [Chatwork API v2](https://developer.chatwork.com/docs) as it is: typed ids, typed bodies and
//! replies, and one async function for each of its 32 operations.
//!
//! Most of this crate is generated from the OpenAPI document in `spec/chatwork.yaml`. It has no
//! policy: it does not wait or repeat. Of the environment, it uses only the proxy variables that
//! reqwest reads, such as `HTTPS_PROXY`. `chatwork-sdk` waits and retries, and is what most
//! programs want.
//!
#![cfg_attr(feature = "client", doc = "```no_run")]
#![cfg_attr(not(feature = "client"), doc = "```ignore")]
//! use chatwork_api::types::{CreateRoomMessageBody, RoomId};
//! use chatwork_api::{Auth, Client};
//!
//! # async fn example() -> Result<(), chatwork_api::Error> {
//! let client = Client::new(Auth::api_token("0123456789abcdef")?)?;
//! let rooms = client.list_rooms().await?;
//! for room in rooms.iter() {
//!     println!("{} {}", room.room_id, room.name);
//! }
//! let body = CreateRoomMessageBody::new("Build is green");
//! let posted = client.create_room_message(RoomId(42), &body).await?;
//! println!("{}", posted.message_id);
//! # Ok(())
//! # }
//! ```
//!
//! # Replies
//!
//! A method returns a [`ResponseValue`]: the body, with status and headers beside it. Where the
//! API answers 200 with a list or 204 without a body, the body is an [`Option`]. [`RateLimit`] and
//! [`MessageLimitation`] are read from the headers of any reply.
//!
//! Types of replies are `#[non_exhaustive]`: the API may add fields in a minor release. In tests, start
//! from `Default` and set the fields that matter.
//!
//! ```
//! use chatwork_api::types::{Room, RoomId};
//!
//! let mut room = Room::default();
//! room.room_id = RoomId(42);
//! assert_eq!(room.name, "");
//! ```
//!
//! # Optional parameters
//!
//! An operation with optional parameters has two methods. `list_my_tasks` does not send them;
//! `list_my_tasks_with` takes `ListMyTasksOptions`. A body with a required field is a struct such as
//! `CreateRoomBody`, made by `new`. A new optional parameter or field of the API is one more field,
//! and breaks no caller.
//!
//! # Errors
//!
//! Every refusal is an [`Error::Refused`] with status and headers, with any body or none; the
//! texts of the API are in [`Refusal::errors`]. An error shows no payload, in `Debug` neither.
//!
//! # Features
//!
//! | feature | what it does |
//! |---|---|
//! | `client` (default) | the client, its errors and replies; implies `json` |
//! | `json` | types that hold JSON of any shape: [`WebhookEvent`](types::WebhookEvent) |
//! | `rustls` (default) | TLS by rustls |
//! | `rustls-no-provider` | TLS by rustls with a cryptography provider that the program sets up |
//! | `native-tls` | TLS by the system's library |
//! | `http2` (default) | HTTP/2 where the server offers it |
//! | `system-proxy` (default) | the proxy in the settings of macOS or Windows; those of the environment hold without it |
//! | `jiff-02`, `chrono-04` | conversions of [`UnixTime`](types::UnixTime) |
//! | `schemars-1` | `schemars::JsonSchema` for the types |
//!
//! Without `client` the crate has types, limits and the table of [`operations`], and depends on
//! serde alone. The features for TLS, `http2` and `system-proxy` imply `client`.
//!
//! Without either TLS feature only plain HTTP works, as for a server on the same machine.

#![cfg_attr(docsrs, feature(doc_cfg))]
// Pages of types and operations refer to the client.
#![cfg_attr(not(feature = "client"), allow(rustdoc::broken_intra_doc_links))]

mod accessors;
#[cfg(feature = "client")]
mod auth;
#[cfg(feature = "client")]
mod error;
#[cfg(feature = "client")]
mod file_part;
mod flag;
#[rustfmt::skip]
#[allow(clippy::all, non_camel_case_types)]
mod generated;
#[cfg(feature = "client")]
mod hooks;
mod ids;
mod number_or_text;
mod open_enum;
pub mod operation;
#[cfg(feature = "client")]
mod path;
#[cfg(feature = "client")]
mod rate_limit;
#[cfg(feature = "client")]
mod reply;
#[cfg(feature = "client")]
mod runtime;
mod scope;
mod secret;
mod time;
#[cfg(feature = "json")]
mod webhook_event;
mod wire;

#[cfg(feature = "client")]
pub use auth::{Auth, Settings};
#[cfg(feature = "client")]
pub use error::{Error, Refusal, Unreadable, UnreadableFault};
#[cfg(feature = "client")]
pub use file_part::FilePart;
pub use flag::Flag;
#[cfg(feature = "client")]
pub use generated::client::Client;
pub use generated::{headers, limits, operations, types};
pub use operation::{Method, Operation};
#[cfg(feature = "client")]
pub use rate_limit::{MessageLimitation, RateLimit};
#[cfg(feature = "client")]
pub use reply::{MAX_ERROR_BYTES, MAX_REPLY_BYTES};
#[cfg(feature = "client")]
pub use reqwest;
#[cfg(feature = "client")]
pub use runtime::{ClientInfo, ResponseValue};
pub use scope::UnknownScope;
pub use secret::Secret;

/// The programs in the README compile.
#[cfg(all(doctest, feature = "client"))]
#[doc = include_str!("../README.md")]
struct Readme;
