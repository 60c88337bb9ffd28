//! Workarounds for what progenitor 0.15.1 cannot do: one file for each.
//!
//! The first lines of each file say what is missing and when the file can be deleted. A workaround
//! has up to three steps. `lower` removes from a copy of the document what progenitor cannot read.
//! `configure` changes progenitor's settings. `patch` changes the generated code. The workarounds
//! run in the order of [`ALL`]. The document itself is never changed.

mod api_version;
mod base_url;
mod client_constructor;
mod closed_enums;
mod comma_separated;
mod constructors;
mod copy_newtypes;
mod error_replies;
mod features;
mod flags;
mod form_encoding;
mod missing_docs;
mod multipart;
mod no_content;
mod number_or_text;
mod one_exchange;
mod open_enums;
mod options;
mod path_segments;
mod schemars;
mod secrets;
mod serde_derive;
mod string_limits;
mod string_newtypes;
mod support;
mod tagged_unions;

pub(crate) use options::{has_optional_body, has_options, is_optional};
use progenitor_impl::GenerationSettings;
use serde_json::Value;

use crate::document::Document;
use crate::error::Error;
use crate::generate::Generated;

/// A workaround for one thing that progenitor cannot do.
pub(crate) trait Workaround: Sync {
    /// Removes from the document what progenitor cannot read.
    fn lower(&self, _root: &mut Value) {}

    /// Changes the settings of progenitor.
    fn configure(&self, _document: &Document, _settings: &mut GenerationSettings) {}

    /// Changes the generated code.
    fn patch(&self, _document: &Document, _generated: &mut Generated) -> Result<(), Error> {
        Ok(())
    }
}

/// Every workaround. Those that replace whole types or arms come before those that decorate them.
pub(crate) const ALL: &[&dyn Workaround] = &[
    &flags::Flags,
    &secrets::Secrets,
    &number_or_text::NumberOrText,
    &tagged_unions::TaggedUnions,
    &multipart::Multipart,
    &form_encoding::FormEncoding,
    &error_replies::ErrorReplies,
    &no_content::NoContent,
    &one_exchange::OneExchange,
    &string_limits::StringLimits,
    &copy_newtypes::CopyNewtypes,
    &open_enums::OpenEnums,
    &closed_enums::ClosedEnums,
    &comma_separated::CommaSeparated,
    &api_version::ApiVersion,
    &path_segments::PathSegments,
    &base_url::BaseUrl,
    &client_constructor::ClientConstructor,
    &options::Options,
    &string_newtypes::StringNewtypes,
    &constructors::Constructors,
    &missing_docs::MissingDocs,
    &schemars::Schemars,
    &serde_derive::SerdeDerive,
    &features::Features,
];
