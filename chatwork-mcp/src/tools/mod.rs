//! The tools.

use rmcp::model::Tool;

use crate::options::{Options, Toolset};

/// What is known of a tool without a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ToolInfo {
    /// The name.
    pub name: &'static str,
    /// The title that clients show, in English.
    pub title: &'static str,
    /// The set that it belongs to.
    pub toolset: Toolset,
    /// Whether it deletes or leaves, and so is registered by
    /// [`Options::allow_destructive`] or with the person's consent alone.
    pub is_destructive: bool,
    /// Whether it needs an archive.
    pub needs_archive: bool,
    /// Earlier names, which are still accepted.
    pub aliases: &'static [&'static str],
    /// The ids of the operations of the API that it can call.
    pub operations: &'static [&'static str],
}

/// Returns all tools that exist, in their order.
pub fn all_tools() -> Vec<ToolInfo> {
    Vec::new()
}

/// Returns the tools that a server of one account has with these options, with their schemas, in
/// their order.
///
/// Tools that delete or leave are among them only with [`Options::allow_destructive`]: whether a
/// client can ask the person is known when it connects.
pub fn tools(options: &Options, has_archive: bool) -> Vec<Tool> {
    let _ = (options, has_archive);
    Vec::new()
}
