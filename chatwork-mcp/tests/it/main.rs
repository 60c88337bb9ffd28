//! The server over a transport in memory, against a sandbox in this process.
//!
//! | module | what it holds the server to |
//! |---|---|
//! | `schemas` | every client takes the schemas; each is as it was; the default list is small |
//! | `registration` | which tools there are with which options |
//! | `operations` | every operation of the API is reached by a tool |
//! | `reads` | what the tools that read answer, and that they move no mark |
//! | `writes` | what the tools that write do, seen in the sandbox |
//! | `admin` | rooms, members, links, contact requests |
//! | `fences` | rooms, `[toall]`, literal texts |
//! | `consent` | the person is asked before what cannot be undone |
//! | `files` | files come from one folder and go to another one |
//! | `repeats` | no write is done twice, and a cancelled one is finished |
//! | `hostile` | texts that look like orders, and arguments of the wrong kind |
//! | `limits` | what a rate limit and a failure become |
//! | `output` | what an answer costs |
//! | `complete` | a list that lacks something says so, and a cursor skips nothing |
//! | `accounts` | several accounts |
//! | `archive` | what the archive adds |
//! | `http` | streamable HTTP |
//! | `readme` | the tables of the READMEs |

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod accounts;
mod admin;
#[cfg(feature = "archive")]
mod archive;
mod complete;
mod consent;
mod fences;
mod files;
mod hostile;
#[cfg(feature = "http")]
mod http;
#[cfg(feature = "archive")]
mod limits;
mod operations;
mod output;
#[cfg(feature = "archive")]
mod readme;
mod reads;
mod registration;
mod repeats;
mod schemas;
mod support;
mod writes;
