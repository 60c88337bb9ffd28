//! A local stand-in for [Chatwork](https://go.chatwork.com/), for tests without an account:
//! accounts, rooms, messages, tasks and files behind all 32 operations of the API v2, OAuth 2.0 with
//! a consent page, and webhooks.
//!
//! ```
//! use chatwork_sandbox::{Clock, Fault, Sandbox};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let sandbox = Sandbox::builder().clock(Clock::manual(1_750_831_200)).start().await?;
//!
//! // The program under test needs these two.
//! let (base_url, token) = (sandbox.base_url(), sandbox.token("hanako"));
//! # assert!(base_url.starts_with("http://127.0.0.1:") && !token.is_empty());
//!
//! // Two requests fail, and five minutes pass.
//! sandbox.faults().add(Fault::status(503).times(2))?;
//! sandbox.clock().advance(std::time::Duration::from_secs(300));
//!
//! // Check what the program did.
//! let state = sandbox.state();
//! assert!(state.rooms().all(|room| !room.members.is_empty()));
//! assert!(sandbox.requests().is_empty());
//! # Ok(())
//! # }
//! ```
//!
//! Sandboxes run side by side. Dropping one ends it. Time is that of the sandbox's own [`Clock`],
//! which follows real time until a test moves it. A [`World`] holds the accounts and rooms at the
//! start. Known behaviour of the service is kept exactly. What is assumed is listed in this crate's
//! README.
//!
//! The program `chatwork-sandbox` offers the same for other languages. A test needs no default
//! feature: without `bin`, the program and its command line are not compiled.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod clock;
mod complete;
mod control;
mod fault;
mod http;
mod sandbox;
mod state;
mod webhook;
mod world;

pub use clock::Clock;
pub use fault::{Fault, FaultLimit, InvalidFault};
pub use http::{LoggedReply, LoggedRequest, RequestFilter};
#[cfg(feature = "workbench")]
pub use sandbox::SavedState;
pub use sandbox::{
    AccountEntry, Announcement, AppEntry, Faults, RoomEntry, Sandbox, SandboxBuilder, StartError,
    Webhooks,
};
pub use state::{
    Account, ContactRequest, Event, LimitType, Link, Member, Message, MessageNumber, Role, Room,
    RoomKind, State, StoredFile, Task, TaskStatus,
};
pub use webhook::{Delivery, DeliveryOutcome, Webhook, WebhookEventType, WebhookRefused};
pub use world::{
    AccountSeed, AppSeed, BearerSeed, FileSeed, LimitSeed, LimitSeeds, LinkSeed, MemberSeeds,
    MessageSeed, OAuthSeed, Organization, Plan, RefreshTokens, RequestSeed, RoomSeed, TaskSeed,
    WebhookSeed, World, WorldError, WorldFault,
};
#[cfg(feature = "workbench")]
pub use world::{Generate, InvalidGenerate};

/// Compiles and runs the Rust code of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
