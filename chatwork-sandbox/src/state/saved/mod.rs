//! The state as JSON: what `GET /_sandbox/state` returns, and what a sandbox can start with.
//!
//! The format has a [version](VERSION). A field may be added within a version if it has a default;
//! everything else makes a new version, and `read` migrates the older ones.
//!
//! | module | what it holds |
//! |---|---|
//! | `people` | accounts, tokens, OAuth 2.0 grants, contact requests |
//! | `room` | rooms and everything in them |
//! | `write` | the state in these types |
//! | `read`, `check` | these types in a state |

#[cfg(feature = "workbench")]
mod check;
mod people;
#[cfg(feature = "workbench")]
mod read;
mod room;
mod write;

use people::ContactRequest;
pub(super) use people::NextIds;
pub(crate) use people::{Account, Grant, RefreshToken, Token};
#[cfg(feature = "workbench")]
pub(crate) use read::Restored;
pub(crate) use room::{File, Message, Room};
#[cfg(feature = "workbench")]
use serde::Deserialize;
use serde::Serialize;
pub(crate) use write::{AFTER_FILES, head, json, room};

use crate::world::{AppSeed, LimitSeeds, OAuthSeed, WebhookSeed};

/// The version of the format that is written.
pub(crate) const VERSION: u32 = 1;

/// A whole sandbox. `rooms` is the last field, so that rooms can be written one after the other.
#[derive(Serialize)]
#[cfg_attr(feature = "workbench", derive(Deserialize), serde(deny_unknown_fields))]
pub(crate) struct Saved {
    /// [`VERSION`].
    version: u32,
    /// When it was written, by the sandbox's clock. For people: nothing is computed from it.
    #[cfg_attr(feature = "workbench", serde(default))]
    time: i64,
    next_ids: NextIds,
    #[cfg_attr(feature = "workbench", serde(default))]
    limits: LimitSeeds,
    accounts: Vec<Account>,
    #[cfg_attr(feature = "workbench", serde(default))]
    tokens: Vec<Token>,
    #[cfg_attr(feature = "workbench", serde(default))]
    oauth: OAuthSeed,
    #[cfg_attr(feature = "workbench", serde(default))]
    apps: Vec<AppSeed>,
    #[cfg_attr(feature = "workbench", serde(default))]
    grants: Vec<Grant>,
    #[cfg_attr(feature = "workbench", serde(default))]
    contact_requests: Vec<ContactRequest>,
    #[cfg_attr(feature = "workbench", serde(default))]
    webhooks: Vec<WebhookSeed>,
    rooms: Vec<Room>,
}
