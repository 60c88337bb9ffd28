//! Chatwork for agents: an MCP server over `chatwork-sdk`.
//!
//! It is a library. A program makes [`Options`] and [`Accounts`] of its flags, and serves:
//!
//! ```no_run
//! use chatwork_mcp::{Account, Accounts, MAX_WAIT, Options, Server, Toolset};
//! use chatwork_sdk::{Client, Pacing};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let pacing = Pacing::default().max_wait(MAX_WAIT);
//! let client = Client::builder().token("0123456789abcdef").pacing(pacing).build()?;
//! let accounts = Accounts::one(Account::new("work", client));
//! let options = Options::new()
//!     .toolsets([Toolset::Read, Toolset::Write])
//!     .post_rooms("93310055,93310056".parse()?);
//!
//! Server::new(options, accounts)?.serve_stdio().await?;
//! # Ok(())
//! # }
//! ```
//!
//! | item | what it is for |
//! |---|---|
//! | [`Options`] | which tools there are, and the fences around them |
//! | [`Account`], [`Accounts`] | the accounts that the server acts for, by name |
//! | [`Server`] | answers clients: over stdio, over any transport of rmcp, over HTTP |
//! | [`tools`] | the tools that a server with these options has, with their schemas |
//! | [`all_tools`] | one line for each tool that exists: for documentation and for `--tools` |
//!
//! # Tools
//!
//! A tool belongs to a [`Toolset`]. Without options a server has the tools that read. A tool that
//! deletes or leaves is registered with [`Options::allow_destructive`], or if the client can ask
//! the person: then it asks each time, and any answer but yes is no. [`Options::read_only`] beats
//! all other options. The README has the table of all tools.
//!
//! # Limits
//!
//! Give the client a [`MAX_WAIT`]: a call that a rate limit would delay longer fails at once, and
//! says when to come back. Every call ends within [`MAX_TIME`]. A write that is under way then, or
//! when its call is cancelled, is finished, and its result is kept for [`REPEAT_WINDOW`].

#![cfg_attr(docsrs, feature(doc_cfg))]

mod accounts;
mod arguments;
mod call;
mod error;
mod fault;
mod fence;
mod handler;
mod options;
mod output;
mod repeat;
mod rng;
mod schema;
mod server;
mod shared;
mod time;
mod tools;

#[cfg(feature = "http")]
mod http;
#[cfg(feature = "install")]
pub mod install;

use std::time::Duration;

pub use accounts::{Account, Accounts};
pub use error::{InvalidPostRooms, InvalidToolset, ServerError};
pub use fence::rooms::PostRooms;
#[cfg(feature = "http")]
pub use http::{ACCOUNT_HEADER, HttpOptions};
pub use options::{Language, Options, Toolset};
pub use server::Server;
pub use tools::{ToolInfo, aliases, all_tools, tools};

/// The version of the MCP library whose types are in the public API.
pub use rmcp;

/// How long a call waits for a rate limit at most, if the client is built with
/// [`Pacing::max_wait`](chatwork_sdk::Pacing::max_wait).
pub const MAX_WAIT: Duration = Duration::from_secs(20);

/// How long a tool takes at most. Clients give up after about 60 seconds.
pub const MAX_TIME: Duration = Duration::from_secs(45);

/// How long the result of a write is remembered. The same write within this time is not done again.
pub const REPEAT_WINDOW: Duration = Duration::from_secs(10 * 60);

/// Compiles the example of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
