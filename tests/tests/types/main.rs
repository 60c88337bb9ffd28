//! The generated types and tables against the document that they are made from.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![allow(missing_docs)]

mod bodies;
mod by_schema;
mod caller;
mod examples;
mod limits;
mod new_operation;
mod oauth;
mod operations;
mod tolerance;
mod webhooks;
