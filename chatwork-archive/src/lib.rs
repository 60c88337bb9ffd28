//! Keeps every message of Chatwork rooms, and finds it again.
//!
//! # Searching
//!
//! See [`Search`].

#![cfg_attr(docsrs, feature(doc_cfg))]

mod care;
mod conversation;
mod error;
mod export;
mod files;
mod follow;
mod keep;
mod query;
mod search;
mod status;
mod store;
mod sync;
mod text;

pub use care::{Forget, ForgetReport, Problem, VerifyReport};
pub use conversation::{ArchivedMessage, ReplyChain, Revision};
pub use error::{ArchiveError, Result};
pub use export::ExportOptions;
pub use files::{FetchOptions, FileFailure, FilePolicy, FileReport};
pub use follow::ArchiveStore;
pub use keep::Changes;
pub use query::{QueryError, QueryFault, UtcOffset};
pub use search::{Cursor, Hit, HitText, MessageStatus, Page, Search, SearchOrder};
pub use status::{ArchiveStatus, Danger, LossReason, LostMessages, RoomStatus};
pub use store::{APPLICATION_ID, Archive, Placement, Reader};
pub use sync::{RoomFailure, SyncOptions, SyncReport};
pub use text::Snippet;

pub use chatwork_sdk::{AccountId, FileId, MessageId, RoomId, UnixTime};

/// Compiles the example of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
