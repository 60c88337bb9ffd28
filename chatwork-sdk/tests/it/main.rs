//! The client over real sockets on this machine: what goes out, what comes back, and what happens
//! when it does not.
//!
//! | module | what it holds the client to |
//! |---|---|
//! | `wire` | every operation and convenience: the request that goes out, and what the user gets |
//! | `coverage` | every operation of the document is reached by a public method |
//! | `validation` | what is refused before it costs a request, and what just passes |
//! | `faults` | each operation against each way in which a call can fail |
//! | `retries` | what is sent again, how often, and what never is |
//! | `limits` | a 429 of either kind |
//! | `on_wait` | what a program is told of calls that wait for a limit |
//! | `permits` | which call takes a place of a limit, and a call that gets none |
//! | `lists` | one item that cannot be read fails no other, and is never lost by a change |
//! | `marks` | messages marked as read |
//! | `errors` | what an error says and carries |
//! | `post_all` | messages that are built, and those of any length |
//! | `privacy` | no token, text or content in anything that is printed |
//! | `proxy` | this machine is reached without a proxy, and an error names one |
//! | `redirects` | no token goes to another host |
//! | `upload`, `resend`, `download`, `save` | files |
//! | `due` | the times of other crates |
//! | `tokens` | tokens from a source |
//! | `waits` | waits before sending, each of which has an end |
//! | `oauth` | consent, tokens, refreshes, stores |
//! | `webhooks`, `webhook_axum` | deliveries: which are taken, and which are not |
//! | `webhook_sandbox` | an event from an account of the sandbox to a receiver, and back |
//! | `documented` | each method and each request says what it returns |
//! | `config`, `environment` | what a client is built from |
//! | `watch` | watching rooms of a sandbox |
//! | `oauth_example`, `watch_example`, `readme_test` | the tests that the documentation and the READMEs show |
//!
//! No test waits: [`support::hurried`] runs what would.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod config;
mod coverage;
mod documented;
mod download;
mod due;
mod effects;
mod environment;
mod errors;
mod faults;
#[cfg(feature = "limits")]
mod limit_store;
mod limits;
#[cfg(feature = "limits")]
mod limits_shared;
mod lists;
mod marks;
#[cfg(feature = "oauth")]
mod oauth;
mod on_wait;
mod permits;
mod post_all;
mod privacy;
mod proxy;
mod redirects;
mod resend;
mod retries;
mod save;
mod support;
mod tokens;
mod upload;
mod validation;
mod waits;
#[cfg(feature = "watch")]
mod watch;
#[cfg(feature = "axum-08")]
mod webhook_axum;
#[cfg(feature = "axum-08")]
mod webhook_sandbox;
#[cfg(feature = "webhooks")]
mod webhooks;
mod wire;

// The tests that the documentation and the READMEs show. The package has no sandbox, so they run here.
#[cfg(feature = "oauth")]
#[path = "../../src/oauth/example_test.rs"]
mod oauth_example;
mod readme_test;
#[cfg(feature = "watch")]
#[path = "../../src/watch/example_test.rs"]
mod watch_example;
