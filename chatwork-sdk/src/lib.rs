//! A client for [Chatwork](https://www.chatwork.com), the Japanese business chat: all 32 operations
//! of its REST API v2, typed, paced so that no call is told to wait, and retried where that is
//! safe.
//!
//! ```no_run
//! use chatwork_sdk::{Client, RoomId};
//!
//! # async fn example() -> chatwork_sdk::Result<()> {
//! let chatwork = Client::from_env()?; // CHATWORK_API_TOKEN
//! let id = chatwork.room(RoomId(42)).post("Build is green").await?;
//! println!("posted {id}");
//! # Ok(())
//! # }
//! ```
//!
//! A [`Client`] is cheap to clone, and all clones share connections and rate limits: make one, and
//! clone it. It gives handles, such as a [`RoomHandle`], which ask nothing of the API; their methods
//! give a [`Request`], which is made when it is awaited. What is required is an argument, and what
//! is optional is a method of the request. It runs on [tokio](https://docs.rs/tokio).
//!
//! The API is open to whoever has an API token: see
//! [Chatwork's own pages](https://developer.chatwork.com/docs/getting-started) for how to get one.
//! This crate is not by Chatwork.
//!
//! # Settings
//!
//! [`Client::from_env`] reads `CHATWORK_API_TOKEN`, and `CHATWORK_API_BASE_URL` if it is set, as
//! for a server on the same machine. [`Client::new`] takes a token. [`Client::builder`] takes all
//! there is, and checks it when the client is built:
//!
//! ```
//! use std::time::Duration;
//! use chatwork_sdk::{Client, Pacing, RetryPolicy};
//!
//! let chatwork = Client::builder()
//!     .token("0123456789abcdef") // or .bearer(…), or .token_source(…) for OAuth 2.0
//!     .base_url("http://127.0.0.1:8080/v2")
//!     .timeout(Duration::from_secs(20))
//!     .user_agent("deploy-bot/1.0")
//!     .retry(RetryPolicy::default().max_retries(2))
//!     .pacing(Pacing::default().max_wait(Duration::from_secs(60)))
//!     .build()?;
//! # Ok::<(), chatwork_sdk::Error>(())
//! ```
//!
//! A token is in no `Debug`, error, span, or request to another host. A [`TokenSource`] gives
//! access tokens that end, and is asked for a new one when the API refuses the old.
//!
//! # Results
//!
//! A list is a [`Vec`], and an empty one when the API answers 204. The two lists of messages are
//! [`Messages`], which is a list of [`Message`](types::Message)s and says besides whether the plan
//! hides older ones. Ids are types of their own, so that a task's cannot be passed for a room's;
//! flags are `bool`; times are [`UnixTime`]. An enum that comes from the API, such as [`Role`],
//! keeps a value that it does not know.
//!
//! ```no_run
//! # async fn example(chatwork: chatwork_sdk::Client) -> chatwork_sdk::Result<()> {
//! for room in chatwork.rooms().await? {
//!     if room.is_group() && room.unread_num > 0 {
//!         let messages = chatwork.room(room.room_id).latest_messages().await?;
//!         println!("{}: {} messages", room.name, messages.len());
//!         if messages.limitation.is_some() {
//!             println!("older ones are hidden");
//!         }
//!     }
//! }
//! let (tasks, meta) = chatwork.my_tasks().with_meta().await?; // status, headers, limits
//! println!("{} tasks, {:?}", tasks.len(), meta.rate_limit());
//! # Ok(())
//! # }
//! ```
//!
//! The helpers of the [`types`] answer what people ask: [`Message::edited_at`](types::Message),
//! [`Task::due`](types::Task), [`Room::is_group`](types::Room).
//!
//! # Errors
//!
//! There is one [`Error`]. It tells apart what was refused before sending, what the API refused,
//! what a rate limit holds up, what the network failed, and a reply that cannot be read. It has a
//! predicate for each thing that a program decides by:
//!
//! ```no_run
//! use chatwork_sdk::Error;
//!
//! # async fn example(room: chatwork_sdk::RoomHandle) {
//! match room.post("Build is green").await {
//!     Ok(id) => println!("posted {id}"),
//!     Err(error) if error.is_unauthorized() => println!("the token is not valid"),
//!     Err(error) if error.is_forbidden() => println!("not in the room, or only a reader"),
//!     Err(error) if error.is_rate_limited() => println!("not before {:?}", error.retry_after()),
//!     Err(error) if error.is_timeout() => println!("nobody knows whether it was posted"),
//!     Err(Error::Input(error)) => println!("`{}`: {:?}", error.field(), error.limit()),
//!     Err(error) => println!("{error}; the API says {:?}", error.api_errors()),
//! }
//! # }
//! ```
//!
//! A room that is not there, or that you are not in, is 403 and not 404: see
//! [`Error::is_forbidden`], [`Error::is_not_found`] and [`Error::is_hidden`]. What can be seen to
//! be wrong before sending is [`Error::Input`] and costs no request: texts that are too long
//! (counted in characters), empty lists, files above 5 MB. Neither `Display` nor `Debug` of an
//! error shows a token, a message's text or a file's content.
//!
//! # Rate limits
//!
//! The API keeps two limits, and so does the client, for all its clones together:
//!
//! | limit | what it is |
//! |---|---|
//! | [`Account`](RateLimitName::Account) | 300 requests in 5 minutes, or what the headers say |
//! | [`RoomPosting`](RateLimitName::RoomPosting) | 10 messages and tasks in 10 seconds, a room |
//!
//! No call waits while there is room: bursts up to a limit go out at once. After that, calls go in
//! the order in which they were made, as early as the limit allows, and a room that is full holds
//! up no other room. What other programs spend on the same token shows in the headers.
//!
//! ```no_run
//! use std::time::Duration;
//! use chatwork_sdk::{Client, Pacing};
//!
//! # async fn example(token: String) -> chatwork_sdk::Result<()> {
//! let chatwork = Client::builder().token(&token).pacing(Pacing::off()).build()?;
//!
//! let impatient = Pacing::default().max_wait(Duration::from_secs(5));
//! let chatwork = Client::builder().token(&token).pacing(impatient).build()?;
//! chatwork.me().await?;
//! if let Some(limit) = chatwork.rate_limit() {
//!     println!("{} of {} requests are left", limit.remaining, limit.limit);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! See [`Pacing`]. Waiting for a turn does not count as part of a [timeout](Request::timeout).
//!
//! # Retries
//!
//! | what happened | reads | writes |
//! |---|---|---|
//! | 429, of either limit | again, when the limit allows | again: the API did nothing |
//! | no connection was made | again | again: nothing was sent |
//! | 5xx, timeout, broken connection or reply | again | **never**: it may have been done |
//! | any other refusal, a reply of another shape | never | never |
//!
//! [`RoomHandle::new_messages`] counts as a write, for it moves a mark on the server. An upload from a
//! [reader](Upload::reader) or a [stream](Upload::stream) is never sent again. Waits double from
//! half a second on, with a part left to chance, and everything has a cap: see [`RetryPolicy`].
//! `RetryPolicy::off()` turns it off.
//!
//! # Files
//!
//! ```no_run
//! use chatwork_sdk::Upload;
//!
//! # async fn example(room: chatwork_sdk::RoomHandle) -> chatwork_sdk::Result<()> {
//! let file = room.upload(Upload::path("report.pdf")).message("as promised").await?;
//!
//! let download = room.file(file).download().await?;
//! println!("{}: {} bytes", download.file_name(), download.size());
//! let path = download.save_into("downloads").await?; // under a safe name
//! # Ok(())
//! # }
//! ```
//!
//! An [`Upload`] is a path, bytes, a reader or a stream, of at most 5 MB. A [`Download`] is read
//! in pieces, as a [`Stream`](futures_core::Stream), or written to a file. Both report their
//! progress to a function. No token goes to the host that files come from.
//!
//! # Messages with tags
//!
//! [`notation`] builds and reads Chatwork's message notation. What comes from elsewhere stays text,
//! so that no name and no log line mentions anybody:
//!
//! ```no_run
//! use chatwork_sdk::notation::{MessageText, parse};
//!
//! # async fn example(room: chatwork_sdk::RoomHandle, log: &str) -> chatwork_sdk::Result<()> {
//! let me = chatwork_sdk::AccountId(1);
//! for message in &room.latest_messages().await? {
//!     if parse(&message.body).mentions().contains(me) {
//!         let answer = MessageText::new().reply(room.id(), message).titled_info("Log", log);
//!         room.post_all(answer).await?; // in parts, if it is long
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Watching rooms
//!
//! With the feature `watch`, the module `watch` gives new messages, edits and deletions of all rooms
//! as a stream of events, within the rate limit. It can be stopped and go on later:
//!

#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(feature = "watch", doc = "```no_run")]
#![cfg_attr(not(feature = "watch"), doc = "```ignore")]
//! use chatwork_sdk::watch::{Event, Rooms};
//!
//! # async fn example(chatwork: chatwork_sdk::Client) {
//! let mut watch = chatwork.watch(Rooms::All);
//! while let Some(event) = watch.next().await {
//!     if let Event::MessageCreated { room_id, message } = event {
//!         println!("{room_id} {}: {}", message.account.name, message.body);
//!     }
//! }
//! # }
//! ```
//!
//! # OAuth 2.0
//!
//! With the feature `oauth`, the module `oauth` asks people for their consent, gets tokens, stores
//! and refreshes them. A 403 under an access token names the scopes of which the call needs one.
//!
//! # Webhooks
//!
//! With the feature `webhooks`, the module `webhook` verifies what Chatwork sends to an address of
//! yours, and reads it; with the feature `axum-08` it is an extractor.
//!
//! # What is not covered
//!
//! [`Client::request`] calls any path with the token, the limits and the retries of the client, and
//! reads any type. [`Client::raw`] is the generated client below, which does none of that.
//!
//! ```no_run
//! use chatwork_sdk::Method;
//! use chatwork_sdk::types::Me;
//!
//! # use chatwork_sdk::Client;
//! # async fn example(chatwork: Client) -> Result<(), Box<dyn std::error::Error>> {
//! let query = [("force", "1")];
//! let values: Vec<serde_json::Value> =
//!     chatwork.request(Method::GET, "/rooms/42/messages").query(&query).send().await?;
//!
//! let me: Me = chatwork.raw().get_me().await?.into_inner();
//! # Ok(())
//! # }
//! ```
//!
//! # Logs
//!
//! Each call is a [`tracing`](https://docs.rs/tracing) span `chatwork` of level debug, with the
//! fields `operation`, `attempt`, `status`, `duration_ms` and `wait_ms`, and nothing private.
//!
//! # Features
//!
//! | feature | what it does |
//! |---|---|
//! | `rustls` (default) | TLS by rustls, with the certificates of the platform |
//! | `native-tls` | TLS by the system's library |
//! | `http2` (default) | HTTP/2 where the server offers it |
//! | `system-proxy` (default) | the proxy that the environment or the system names |
//! | `jiff-02`, `chrono-04` | conversions of [`UnixTime`] and [`Due`] |
//! | `schemars-1` | `schemars::JsonSchema` for the [`types`] |
//! | `watch` | new messages, edits and deletions of rooms as a stream of events |
//! | `oauth` | OAuth 2.0: consent, tokens, and clients that refresh them |
//! | `webhooks` | webhooks: verification, typed events, duplicates |
//! | `axum-08` | an extractor of webhook events for axum 0.8, with `webhooks` |
//!
//! Without either TLS feature only plain HTTP works, as for a server on the same machine. The crate
//! needs Rust 1.88.
//!
//! # Where each operation is
//!
//! Each method's page links to Chatwork's own reference. [`calls`] has them all in code.
//!
//! | operation | method |
//! |---|---|
//! | **me**: your own account | |
//! | `GET /me` | [`Client::me`] |
//! | **my**: your counts and tasks over all rooms | |
//! | `GET /my/status` | [`Client::my_status`] |
//! | `GET /my/tasks` | [`Client::my_tasks`] |
//! | **contacts** | |
//! | `GET /contacts` | [`Client::contacts`] |
//! | **incoming requests**: who wants to be a contact | |
//! | `GET /incoming_requests` | [`Client::incoming_requests`] |
//! | `PUT /incoming_requests/{request_id}` | [`IncomingRequestHandle::accept`] |
//! | `DELETE /incoming_requests/{request_id}` | [`IncomingRequestHandle::decline`] |
//! | **rooms** | |
//! | `GET /rooms` | [`Client::rooms`] |
//! | `POST /rooms` | [`Client::create_room`] |
//! | `GET /rooms/{room_id}` | [`RoomHandle::get`] |
//! | `PUT /rooms/{room_id}` | [`RoomHandle::update`] |
//! | `DELETE /rooms/{room_id}` | [`RoomHandle::leave`], [`RoomHandle::delete`] |
//! | **members** | |
//! | `GET /rooms/{room_id}/members` | [`RoomHandle::members`] |
//! | `PUT /rooms/{room_id}/members` | [`RoomHandle::replace_members`] |
//! | | [`RoomHandle::add_members`], [`RoomHandle::remove_members`] |
//! | **messages** | |
//! | `GET /rooms/{room_id}/messages` | [`RoomHandle::latest_messages`], [`RoomHandle::new_messages`] |
//! | `POST /rooms/{room_id}/messages` | [`RoomHandle::post`], [`RoomHandle::post_all`] |
//! | `PUT /rooms/{room_id}/messages/read` | [`RoomHandle::mark_read`] |
//! | `PUT /rooms/{room_id}/messages/unread` | [`RoomHandle::mark_unread_from`] |
//! | `GET /rooms/{room_id}/messages/{message_id}` | [`MessageHandle::get`] |
//! | `PUT /rooms/{room_id}/messages/{message_id}` | [`MessageHandle::edit`] |
//! | `DELETE /rooms/{room_id}/messages/{message_id}` | [`MessageHandle::delete`] |
//! | **tasks** | |
//! | `GET /rooms/{room_id}/tasks` | [`RoomHandle::tasks`] |
//! | `POST /rooms/{room_id}/tasks` | [`RoomHandle::create_task`] |
//! | `GET /rooms/{room_id}/tasks/{task_id}` | [`TaskHandle::get`] |
//! | `PUT /rooms/{room_id}/tasks/{task_id}/status` | [`TaskHandle::complete`] |
//! | | [`TaskHandle::reopen`] |
//! | **files** | |
//! | `GET /rooms/{room_id}/files` | [`RoomHandle::files`] |
//! | `POST /rooms/{room_id}/files` | [`RoomHandle::upload`] |
//! | `GET /rooms/{room_id}/files/{file_id}` | [`FileHandle::get`], [`FileHandle::download`] |
//! | **link**: the invitation link of a room | |
//! | `GET /rooms/{room_id}/link` | [`LinkHandle::get`] |
//! | `POST /rooms/{room_id}/link` | [`LinkHandle::create`] |
//! | `PUT /rooms/{room_id}/link` | [`LinkHandle::replace`], [`LinkHandle::edit`] |
//! | `DELETE /rooms/{room_id}/link` | [`LinkHandle::delete`] |

mod call;
pub mod calls;
mod chance;
mod client;
mod download;
mod due;
mod edits;
mod endpoint;
pub mod error;
mod meta;
#[cfg(feature = "oauth")]
pub mod oauth;
mod pace;
mod progress;
mod raw;
mod request;
mod retry;
#[cfg(test)]
mod simulation;
mod token;
mod upload;
mod validate;
#[cfg(feature = "watch")]
pub mod watch;
#[cfg(feature = "webhooks")]
pub mod webhook;

pub use chatwork_notation as notation;

pub use client::{
    BASE_URL_VARIABLE, Client, ClientBuilder, INSECURE_HTTP_VARIABLE, TOKEN_VARIABLE,
};
pub use download::{Download, DownloadRequest};
pub use due::Due;
pub use endpoint::{ChangeMembers, EditLink, MarkAllRead, PostAll, PostAllError};
pub use endpoint::{FileHandle, IncomingRequestHandle, LinkHandle, MessageHandle, TaskHandle};
pub use endpoint::{List, Messages, RoomHandle, SetAside};
pub use error::{Error, Result};
pub use meta::Meta;
pub use pace::Pacing;
pub use raw::RawRequest;
pub use request::{BoxFuture, Request, WithMeta};
pub use retry::RetryPolicy;
pub use token::{TokenError, TokenFuture, TokenSource};
pub use upload::Upload;

pub use chatwork_api::operations::{RateLimitName, Scope};
pub use chatwork_api::reqwest::Method;
pub use chatwork_api::types::{
    AccountId, FileId, IconPreset, MessageId, OrganizationId, RequestId, RoomId, RoomRole as Role,
    RoomType, TaskId, TaskLimitType, TaskStatus, UnixTime,
};
pub use chatwork_api::{MessageLimitation, Operation, RateLimit, Secret, reqwest, types};

/// The examples of the README, compiled.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
