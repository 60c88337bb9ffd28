//! A [Chatwork](https://go.chatwork.com/) on your own machine, to try and to test without an
//! account: people, rooms, messages, tasks and files, behind all 32 operations of the API v2, and
//! OAuth 2.0 with a consent page.
//!
//! ```
//! use chatwork_sandbox::{Clock, Fault, Sandbox};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let sandbox = Sandbox::builder().clock(Clock::manual(1_750_831_200)).start().await?;
//!
//! // Give these two to the program under test.
//! let (base_url, token) = (sandbox.base_url(), sandbox.token("hanako"));
//! # assert!(base_url.starts_with("http://127.0.0.1:") && !token.is_empty());
//!
//! // Let things go wrong, let time pass.
//! sandbox.faults().add(Fault::status(503).times(2))?;
//! sandbox.clock().advance(std::time::Duration::from_secs(300));
//!
//! // And see what came of it.
//! let state = sandbox.state();
//! assert!(state.rooms().all(|room| !room.members.is_empty()));
//! assert!(sandbox.requests().is_empty());
//! # Ok(())
//! # }
//! ```
//!
//! Any number of sandboxes run side by side; dropped, one is gone. Time is the sandbox's own
//! [`Clock`]: it runs with real time unless a test takes it in hand. A [`World`] says who is there
//! at the start. What the service is known to do is kept exactly, and what had to be decided is
//! listed in this crate's README.
//!
//! The program `chatwork-sandbox` is the same for people and other languages; without the default
//! feature `bin` a test compiles nothing of it.

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
pub use fault::{Fault, FaultLimit};
pub use http::LoggedRequest;
pub use sandbox::{
    AccountEntry, AppEntry, Faults, RoomEntry, Sandbox, SandboxBuilder, SenselessFault, StartError,
    Webhooks,
};
pub use state::{
    Account, ContactRequest, Event, LimitType, Link, Member, Message, MessageNumber, Role, Room,
    RoomKind, State, StoredFile, Task, TaskStatus,
};
pub use webhook::{Delivery, DeliveryOutcome, Webhook, WebhookEventType, WebhookRefused};
pub use world::{
    AccountSeed, AppSeed, BearerSeed, FileSeed, LimitSeed, LimitSeeds, LinkSeed, MemberSeeds,
    MessageSeed, Organization, Plan, RequestSeed, RoomSeed, TaskSeed, WebhookSeed, World,
    WorldError, WorldFault,
};

/// The Rust of the README compiles and runs.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
