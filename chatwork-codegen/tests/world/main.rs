//! The examples of the document of Chatwork describe one small world, and none contradicts another.
//!
//! All replies show the world at one moment. A request that creates or changes something has led to
//! that moment; one that deletes, accepts or finishes something comes after it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![allow(missing_docs)]

mod bodies;
mod collect;
mod counts;
mod exchanges;
mod identity;
mod people;
mod times;
