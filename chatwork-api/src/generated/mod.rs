// Written by `cargo xtask codegen` from spec/chatwork.yaml. Do not edit: change the document and
// run the command again.

//! What has been generated from the OpenAPI document.
#[cfg(feature = "client")]
pub(crate) mod client;
pub mod headers;
pub mod limits;
pub mod operations;
pub mod types;
