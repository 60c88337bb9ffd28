//! The lower stage: from the honest document to one that progenitor takes.

use serde_json::Value;

use crate::document::Document;
use crate::workarounds;

/// A copy of the document from which every gap has taken what progenitor cannot read.
pub(crate) fn lower(document: &Document) -> Value {
    let mut root = document.root().clone();
    for workaround in workarounds::ALL {
        workaround.lower(&mut root);
    }
    root
}
