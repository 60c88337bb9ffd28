//! The stores on a real `redis-server`.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, clippy::indexing_slicing)]

mod client;
mod contract;
mod failures;
#[cfg(feature = "oauth")]
mod processes;
mod slots;
mod support;
#[cfg(feature = "oauth")]
mod tokens;
mod wild;
