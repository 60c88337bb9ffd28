//! The finish stage: puts back into the syntax tree what lowering took out of the document.
//!
//! It edits the tree, never text.

use crate::document::Document;
use crate::error::Error;
use crate::generate::Generated;
use crate::workarounds;

/// Lets every gap change progenitor's code, in the order in which they are listed.
pub(crate) fn patch(document: &Document, mut generated: Generated) -> Result<Generated, Error> {
    for workaround in workarounds::ALL {
        workaround.patch(document, &mut generated)?;
    }
    Ok(generated)
}
