//! The world: the accounts, rooms and messages that exist when the sandbox starts.
//!
//! A world is a YAML or JSON file, or a [`World`] in Rust. Each account has a short `key`, which
//! the rest of the file uses as a reference. A time is an age before the start (`ago: 3d 2h`) or a
//! Unix time (`at: 1750831200`). The README of this crate describes every field.
//!
//! ```
//! use chatwork_sandbox::World;
//!
//! let world = World::parse(
//!     "
//!     accounts:
//!       - { key: anna, id: 11, name: Anna, token: anna-token }
//!     rooms:
//!       - { id: 21, type: my, members: { admin: [anna] } }
//!     ",
//! )?;
//! assert_eq!(world.accounts.len(), 1);
//! # Ok::<(), chatwork_sandbox::WorldError>(())
//! ```

mod age;
mod app;
mod check;
mod check_webhooks;
mod content;
mod error;
#[cfg(feature = "workbench")]
mod generate;
mod load;
mod oauth;
mod people;
mod relations;
mod room;
mod webhook;

pub(crate) use age::seconds;
pub use app::AppSeed;
#[cfg(feature = "workbench")]
pub(crate) use check::{HIGHEST_ID, LATEST_TIME};
pub(crate) use content::bytes;
pub use content::{FileSeed, MessageSeed, TaskSeed};
pub use error::{WorldError, WorldFault};
#[cfg(feature = "workbench")]
pub use generate::{Generate, InvalidGenerate};
pub use oauth::{OAuthSeed, RefreshTokens};
pub use people::{AccountSeed, BearerSeed, Organization, Plan, RequestSeed};
pub use room::{LinkSeed, MemberSeeds, RoomSeed};
use serde::{Deserialize, Serialize};
pub use webhook::WebhookSeed;

/// Everything that exists at the start of a sandbox.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, default)]
pub struct World {
    /// The rate limits, where they are to differ from the service's.
    pub limits: LimitSeeds,
    /// The organizations that accounts may belong to.
    pub organizations: Vec<Organization>,
    /// The accounts, with and without tokens.
    pub accounts: Vec<AccountSeed>,
    /// OAuth 2.0 access tokens that are accepted from the start.
    pub bearer_tokens: Vec<BearerSeed>,
    /// How OAuth 2.0 behaves where the service's behaviour is not known.
    pub oauth: OAuthSeed,
    /// The registered apps, which may ask accounts for their consent (OAuth 2.0).
    pub apps: Vec<AppSeed>,
    /// Requests of accounts to become contacts of others.
    pub contact_requests: Vec<RequestSeed>,
    /// The rooms of all three types. A direct chat makes its two accounts contacts; who has no My
    /// Chat here gets an empty one.
    pub rooms: Vec<RoomSeed>,
    /// What is sent to receivers on this machine.
    pub webhooks: Vec<WebhookSeed>,
}

/// The figures of the rate limits. `None` takes the figure of the API document.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct LimitSeeds {
    /// Requests of an account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<LimitSeed>,
    /// Messages and tasks posted to a room.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub room_posting: Option<LimitSeed>,
}

/// The figures of one rate limit.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct LimitSeed {
    /// How many fit into a window.
    pub requests: u32,
    /// The length of the window.
    pub seconds: u32,
}
