//! A client for [Chatwork](https://www.chatwork.com), the Japanese business chat.
//!
//! It covers all 32 operations of the REST API v2, with types, rate limiting and safe retries.
//!
//! ```no_run
//! use chatwork_sdk::Client;
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
//!     let rooms = chatwork.rooms().await?;
//!     // My chat (マイチャット): only you read it.
//!     if let Some(my_chat) = rooms.iter().find(|room| room.is_my_chat()) {
//!         let id = chatwork.room(my_chat.room_id).post("Build is green").await?;
//!         println!("posted {id}");
//!     }
//!     Ok(())
//! }
//! ```
//!
//! A [`Client`] is cheap to clone. All clones share connections and rate limits, so make one client
//! and clone it. Its methods return handles, such as a [`RoomHandle`], and [`Request`]s. A handle
//! sends nothing. A request is sent when it is awaited. Required values are arguments, and optional
//! values are methods of the request. The crate runs on [tokio](https://docs.rs/tokio).
//!
//! An API token is needed: see
//! [Chatwork's own pages](https://developer.chatwork.com/docs/getting-started) for how to get one.
//! This crate is not by Chatwork.
//!
//! # Settings
//!
//! [`Client::from_env`] reads `CHATWORK_API_TOKEN`, and `CHATWORK_API_BASE_URL` if it is set, for
//! example to a sandbox. [`Client::new`] takes a token. [`Client::builder`] takes all settings, and
//! [`ClientBuilder::from_env`] starts from those in the environment:
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
//! No `Debug`, error or span shows a token, and no request takes it to another host. A base URL with
//! `http://` must be on this machine, unless [`ClientBuilder::allow_insecure_http`] is set. A base
//! URL on this machine is reached without a proxy. A [`TokenSource`] returns access tokens that
//! expire, and a new one after the API rejects the old one.
//!
//! # Results
//!
//! The documentation of each method says what it returns. A list is a [`List`], used like a [`Vec`],
//! and empty if the API answers 204. Items that cannot be read are in [`List::set_aside`]. Messages
//! are [`Messages`], which also say whether the plan hides older ones. Each kind of id has its own
//! type, so the id of a task cannot be passed as that of a room. Flags are `bool`, times are
//! [`UnixTime`]. An enum from the API, such as [`Role`], keeps unknown values.
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
//! The [`types`] have helpers for common questions: [`Message::edited_at`](types::Message),
//! [`Task::due`](types::Task), [`Room::is_group`](types::Room).
//!
//! # Errors
//!
//! There is one [`Error`]. Its variants are: refused before sending, refused by the API, held by a
//! rate limit, failed in the network, and a reply that cannot be read. Predicates answer what a
//! program decides by:
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
//!     Err(error) if error.is_timeout() => println!("it may have been posted, or not"),
//!     Err(Error::Input(error)) => println!("`{}`: {:?}", error.field(), error.limit()),
//!     Err(error) => println!("{error}; the API says {:?}", error.api_errors()),
//! }
//! # }
//! ```
//!
//! If a room does not exist or you are not in it, the API answers 403, not 404: see
//! [`Error::is_forbidden`], [`Error::is_not_found`] and [`Error::is_hidden`]. Invalid arguments are
//! [`Error::Input`] and cost no request: texts that are too long (counted in characters), empty
//! lists, files above 5 MB. Neither `Display` nor `Debug` of an error shows a token, the text of a
//! message or the content of a file.
//!
//! # Rate limits
//!
//! The API has two limits. The client keeps both, for all its clones together:
//!
//! | limit | what it is |
//! |---|---|
//! | [`Account`](RateLimitName::Account) | 300 requests in 5 minutes, or what the headers say |
//! | [`RoomPosting`](RateLimitName::RoomPosting) | 10 messages and tasks in 10 seconds, a room |
//!
//! While capacity remains, calls are sent at once. Then they wait, first come first served, until
//! the limit allows the next call. A room without capacity delays no other room. Requests of other
//! programs with the same token are seen in the headers of the replies.
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
//! See [`Pacing`]. Waiting for a limit is not part of a [timeout](Request::timeout).
//! [`ClientBuilder::on_wait`] tells a program that a call waits, and for how long.
//!
//! # Retries
//!
//! | what happened | reads | writes |
//! |---|---|---|
//! | 429, of either limit | again, when the limit allows | again: the API did not process the call |
//! | no connection was made | again | again: no request was sent |
//! | 5xx, timeout, broken connection or reply | again | **never**: it may have been done |
//! | any other refusal, a reply of another shape | never | never |
//!
//! [`RoomHandle::new_messages`] counts as a write, since it moves a mark on the server. An upload
//! from a [reader](Upload::reader) or a [stream](Upload::stream) is never retried. The backoff
//! doubles from half a second on, with jitter. All waits have a limit: see [`RetryPolicy`].
//! `RetryPolicy::off()` turns retries off.
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
//! An [`Upload`] is a path, bytes, a reader or a stream, of at most 5 MB. A [`Download`] is read in
//! pieces, as a [`Stream`](futures_core::Stream), or written to a file. Both report their progress
//! to a function. No token is sent to the host that files come from.
//!
//! # Messages with tags
//!
//! [`notation`] builds and reads Chatwork's message notation. Text from elsewhere is escaped, so
//! that a name or a log line mentions no account:
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
//! With the feature `watch`, the module `watch` returns new messages, edits and deletions of all
//! rooms as a stream of events, within the rate limit. A watch can be stopped and resumed:
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
//! With the feature `oauth`, the module `oauth` asks users for consent, gets tokens, stores and
//! refreshes them. Under an access token, the error of a 403 names the scopes that allow the call.
//!
//! # Webhooks
//!
//! With the feature `webhooks`, the module `webhook` verifies and reads what Chatwork sends to your
//! address. With the feature `axum-08` it is an extractor.
//!
//! # What is not covered
//!
//! [`Client::request`] calls any path with the token, the rate limits and the retries of the client,
//! and reads any type. [`Client::raw`] is the generated client below, which has none of these.
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
//! fields `operation`, `attempt`, `status`, `duration_ms` and `wait_ms`. No field holds private data.
//!
//! # Features
//!
//! | feature | what it does |
//! |---|---|
//! | `rustls` (default) | TLS by rustls and aws-lc, with the certificates of the platform |
//! | `rustls-ring` | TLS by rustls and ring instead: use it without the default features |
//! | `rustls-no-provider` | TLS by rustls with a cryptography provider that the program sets up |
//! | `native-tls` | TLS by the system's library |
//! | `http2` (default) | HTTP/2 where the server offers it |
//! | `system-proxy` (default) | the proxy in the settings of macOS or Windows; those of the environment hold without it |
//! | `jiff-02`, `chrono-04` | conversions of [`UnixTime`], [`Day`] and [`Due`] |
//! | `schemars-1` | `schemars::JsonSchema` for the [`types`] |
//! | `watch` | new messages, edits and deletions of rooms as a stream of events |
//! | `oauth` | OAuth 2.0: consent, tokens, and clients that refresh them |
//! | `webhooks` | webhooks: verification, typed events, duplicates |
//! | `limits` | one budget for the processes that share an account |
//! | `axum-08` | an extractor of webhook events for axum 0.8, with `webhooks` |
//!
//! Without a TLS feature only `http://` works, as for a server on the same machine. No feature
//! installs a cryptography provider of rustls for the whole process. The crate needs Rust 1.88.
//!
//! To use a provider of your own, turn the default features off and `rustls-no-provider` on. Then
//! aws-lc and ring are not compiled. Install the provider with `CryptoProvider::install_default`
//! before the first client is built, or set up TLS in [`ClientBuilder::configure_http`] by
//! `tls_backend_preconfigured`, which needs one of the features of rustls. Without a provider,
//! [`ClientBuilder::build`] returns [`Error::Config`]. If `configure_http` is set and does not set
//! up TLS, reqwest panics instead.
//!
//! # Types of other crates
//!
//! These crates are part of the public API. A new major version of one of them is a new major version
//! of this crate, or a new feature where the name of the feature holds the version:
//!
//! | crate | where |
//! |---|---|
//! | `chatwork-api` 0.1 | [`types`], [`Client::raw`], [`calls::Endpoint::OPERATION`] |
//! | `chatwork-notation` 0.1 | [`notation`] |
//! | `reqwest` 0.13, with `http` 1 and `url` 2 | [`reqwest`], [`ClientBuilder::configure_http`], [`Meta`], [`Method`], errors, `oauth`, `webhook` |
//! | `bytes` 1 | [`Upload::bytes`], [`Upload::stream`], [`Download`] |
//! | `futures-core` 0.3 | [`Upload::stream`], [`Download`], `watch::Watch` |
//! | `tokio` 1 | [`Upload::reader`] |
//! | `serde` 1 | [`RawRequest`], [`SetAside::get`], the [`types`], saved states and tokens |
//! | `serde_json` 1 | events of an unknown kind: `WebhookEvent::Unknown` in the [`types`] |
//! | `axum-core` 0.5 | the extractor of `axum-08` |
//! | `jiff` 0.2, `chrono` 0.4, `schemars` 1 | the features `jiff-02`, `chrono-04`, `schemars-1` |
//!
//! # Traits
//!
//! | trait | who implements it |
//! |---|---|
//! | [`TokenSource`] | you, if access tokens come from elsewhere than the feature `oauth` |
//! | `oauth::TokenStore` | you, if tokens are stored in a database of yours |
//! | `watch::WatchStore` | you, if the state of a watch is stored in a database of yours |
//! | `limits::LimitStore` | you, if programs share an account through a database of yours |
//! | [`calls::Endpoint`] | only this crate: sealed |
//! | `ClientInfo` of [`Client::raw`] | only `chatwork-api`: sealed |
//!
//! # Where each operation is
//!
//! Each method links to Chatwork's own reference. [`calls`] shows all of them in code.
//!
//! | operation | method |
//! |---|---|
//! | **me**: your own account | |
//! | `GET /me` | [`Client::me`] |
//! | **my**: your counts and tasks in all rooms | |
//! | `GET /my/status` | [`Client::my_status`] |
//! | `GET /my/tasks` | [`Client::my_tasks`] |
//! | **contacts** | |
//! | `GET /contacts` | [`Client::contacts`] |
//! | **incoming requests**: requests to become a contact | |
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
//! | `PUT /rooms/{room_id}/messages/read` | [`RoomHandle::mark_read`], [`Client::mark_all_read`] |
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
mod client;
mod day;
mod download;
mod due;
#[cfg(any(feature = "limits", feature = "oauth", feature = "watch"))]
#[cfg_attr(not(any(feature = "oauth", feature = "watch")), allow(dead_code))]
mod durable;
mod endpoint;
pub mod error;
mod http_date;
#[cfg(feature = "limits")]
pub mod limits;
mod meta;
#[cfg(feature = "oauth")]
pub mod oauth;
mod pace;
#[cfg_attr(not(feature = "limits"), allow(dead_code, unreachable_pub))]
mod policy;
mod progress;
mod raw;
mod request;
mod retry;
mod rng;
mod room_locks;
#[cfg(test)]
mod simulation;
mod sorted_map;
mod text;
mod time;
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
pub use day::Day;
pub use download::{Download, DownloadRequest};
pub use due::Due;
pub use endpoint::{ChangeMembers, EditLink, MarkAllRead, PostAll, PostAllError};
pub use endpoint::{FileHandle, IncomingRequestHandle, LinkHandle, MessageHandle, TaskHandle};
pub use endpoint::{List, Messages, RoomHandle, SetAside};
pub use error::{Error, Result};
pub use meta::Meta;
pub use pace::{Pacing, Wait};
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
