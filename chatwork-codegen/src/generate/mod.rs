//! The generate stage: progenitor for types and methods, and the tables that it does not make.

mod client;
mod headers;
mod limits;
mod operations;

use serde_json::Value;

use crate::document::Document;
use crate::error::Error;

/// The files as syntax trees, before printing.
pub(crate) struct Generated {
    /// The client with a method for each operation.
    pub(crate) client: syn::File,
    /// The types of bodies, parameters and replies.
    pub(crate) types: syn::File,
    /// Lengths and sizes.
    pub(crate) limits: syn::File,
    /// Header names.
    pub(crate) headers: syn::File,
    /// The table of operations, the rate limits and the scopes.
    pub(crate) operations: syn::File,
}

/// Generates everything: code from the lowered document, tables from the document itself.
pub(crate) fn generate(document: &Document, lowered: &Value) -> Result<Generated, Error> {
    let (client, types) = client::generate(document, lowered)?;
    Ok(Generated {
        client,
        types,
        limits: syn::parse2(limits::generate(document))?,
        headers: syn::parse2(headers::generate(document))?,
        operations: syn::parse2(operations::generate(document))?,
    })
}
