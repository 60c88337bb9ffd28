//! Writes the entry of this server into the configuration of an MCP client.
//!
//! An [`Entry`] is the name of the server, the absolute path of a program and its arguments. It
//! never holds a token: the arguments name a profile. A [`Target`] is the configuration file of a
//! [`Client`]. [`Target::write`] merges the entry into the file:
//!
//! - comments, order and indentation stay; entries of other servers are not touched;
//! - what a person added to an earlier entry of this server stays, such as a time limit;
//! - the file as it was is copied beside it first, and the new one replaces it at once;
//! - a file that cannot be parsed, or that another program changes meanwhile, is not written to.
//!
//! [`Target::undo`] takes the last write back. If only this entry was changed since the copy, the
//! file gets the bytes of the copy again. Else the entry alone is taken back.
//!
//! ```no_run
//! use chatwork_mcp::install::{Client, Entry, Folders, Target};
//!
//! # fn example() -> Result<(), chatwork_mcp::install::InstallError> {
//! let program = std::env::current_exe().unwrap_or_default();
//! let entry = Entry::new("chatwork", &program, ["mcp", "serve", "--profile", "work"])?;
//! let target = Target::of_user(Client::Cursor, &Folders::of_user()?);
//! println!("{}:\n{}", target.path().display(), entry.text_for(target.client())?);
//! let written = target.write(&entry)?;
//! println!("{:?}, a copy is at {:?}", written.change, written.backup);
//! # Ok(())
//! # }
//! ```

mod backup;
mod client;
mod entry;
mod error;
mod file;
mod folders;
mod json;
mod merge;
mod target;
mod toml;

pub use client::Client;
pub use entry::Entry;
pub use error::InstallError;
pub use folders::Folders;
pub use target::{Change, Target, Undo, Undone, Written};
