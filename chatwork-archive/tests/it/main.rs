//! The archive against the sandbox, and as files on a disk.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod behind;
mod care;
mod conversation;
mod coverage;
#[cfg(target_os = "linux")]
mod disk;
mod export;
mod files;
mod follow;
mod forget;
mod kill;
mod left_out;
mod losses;
mod scenario;
mod schema;
mod search;
mod stop;
mod store;
mod support;
mod sync;
