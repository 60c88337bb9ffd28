//! The jobs and actions of `docs/agents.md`: each is possible, and costs what the page says.
//!
//! `jobs.json` and `actions.json` are the source of both language's pages. `UPDATE_EXPECT=1 cargo
//! test -p chatwork-mcp --all-features --test jobs` writes the pages again: review the diff.

#![cfg(feature = "archive")]
// clippy knows tests, and not the functions that tests call.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod actions;
mod agent;
mod jobs;
mod page;
