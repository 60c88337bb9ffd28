//! What the tests across crates share.
//!
//! | module | what it is for |
//! |---|---|
//! | [`call`] | one call of the low-level client, with the request that it must send |
//! | [`contract`] | whether the document admits a reply |
//! | [`proxy`] | a server that passes everything on and compares each reply with the document |
//! | [`raw`] | a server that writes bytes which no HTTP library would |
//! | [`sent`] | a request as it went over the wire, whole |
//! | [`server`] | a mock server that records requests and sends given replies |
//! | [`spec`] | the document, and the replies that it promises |
//!
//! A test compares a whole request, so that a header, a parameter or a byte too many fails it. No
//! reply is typed by hand: the examples of the document are what the mock server answers.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

pub mod call;
pub mod contract;
pub mod proxy;
pub mod raw;
pub mod sent;
pub mod server;
pub mod spec;

/// The program in the README of the repository, compiled.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;

/// The same in Japanese.
#[cfg(doctest)]
#[doc = include_str!("../../README.ja.md")]
pub struct ReadmeJa;
