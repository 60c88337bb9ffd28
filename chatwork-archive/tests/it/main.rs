//! The archive against the sandbox, and as files on a disk.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod follow;
mod search;
mod store;
mod support;
mod sync;
