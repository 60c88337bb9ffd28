//! The program as a person starts it, against a sandbox in the test's own process.

// clippy knows tests, and not the functions that tests call.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod accounts;
#[cfg(feature = "archive")]
mod archive;
mod cookbook;
mod failures;
mod languages;
mod live;
#[cfg(feature = "mcp")]
mod mcp;
mod operations;
mod output;
mod readme;
mod rooms;
mod support;
#[cfg(target_os = "linux")]
mod terminal;
mod texts;
mod tools;
