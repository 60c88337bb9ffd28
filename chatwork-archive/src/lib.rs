//! Keeps every message of Chatwork rooms, and finds it again.
//!
//! # Searching
//!
//! See [`Search`].

#![cfg_attr(docsrs, feature(doc_cfg))]
#![allow(dead_code, unused_imports)]

mod care;
mod error;
mod follow;
mod keep;
mod query;
mod search;
mod store;
mod sync;
mod text;

pub use error::{ArchiveError, Result};
pub use follow::ArchiveStore;
pub use keep::Changes;
pub use query::{QueryError, QueryFault, UtcOffset};
pub use search::{Cursor, Hit, HitText, MessageStatus, Page, Search, SearchOrder};
pub use store::{APPLICATION_ID, Archive, Placement, Reader};
pub use sync::{RoomFailure, SyncOptions, SyncReport};
pub use text::Snippet;

pub use chatwork_sdk::{AccountId, MessageId, RoomId, UnixTime};
