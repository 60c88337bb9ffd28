//! The program as a person starts it, against a sandbox in the test's own process.

// clippy knows tests, and not the functions that tests call.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod accounts;
mod api_asks;
#[cfg(feature = "archive")]
mod archive;
#[cfg(feature = "archive")]
mod archive_names;
#[cfg(feature = "archive")]
mod archive_partial;
#[cfg(all(target_os = "linux", feature = "archive"))]
mod archive_stop;
mod closed_output;
#[cfg(all(target_os = "linux", feature = "archive", feature = "sandbox"))]
mod codes;
#[cfg(all(target_os = "linux", feature = "archive", feature = "sandbox"))]
mod commands;
mod consent_day;
mod cookbook;
mod dry_run;
mod failures;
#[cfg(all(target_os = "linux", feature = "keyring"))]
mod keyring;
mod languages;
mod live;
#[cfg(feature = "mcp")]
mod mcp;
mod operations;
mod output;
#[cfg(unix)]
mod pipes;
#[cfg(unix)]
mod private_folder;
#[cfg(target_os = "linux")]
mod questions;
mod read_all;
mod readme;
mod reasons;
mod rooms;
#[cfg(feature = "sandbox")]
mod sandbox_line;
#[cfg(all(target_os = "linux", feature = "archive"))]
mod secrets;
mod steps;
mod support;
#[cfg(target_os = "linux")]
mod terminal;
mod texts;
mod tools;
mod waits;
#[cfg(unix)]
mod watch_stop;
#[cfg(unix)]
mod webhook_answers;
