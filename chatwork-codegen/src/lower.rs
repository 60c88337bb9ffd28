//! The lower stage: makes a copy of the document that progenitor can read.

use serde_json::Value;

use crate::document::Document;
use crate::workarounds;

/// Returns a copy of the document without what progenitor cannot read.
pub(crate) fn lower(document: &Document) -> Value {
    let mut root = document.root().clone();
    for workaround in workarounds::ALL {
        workaround.lower(&mut root);
    }
    root
}
