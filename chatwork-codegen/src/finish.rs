//! The finish stage: puts back into the syntax tree what lowering took out of the document.
//!
//! It edits the tree, never text.

use crate::document::Document;
use crate::error::Error;
use crate::gaps;
use crate::generate::Generated;

/// Lets every gap change progenitor's code, in the order in which they are listed.
pub(crate) fn finish(document: &Document, mut generated: Generated) -> Result<Generated, Error> {
    for gap in gaps::ALL {
        gap.finish(document, &mut generated)?;
    }
    Ok(generated)
}
