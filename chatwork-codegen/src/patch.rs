//! The patch stage: changes the generated code as a syntax tree, never as text.

use crate::document::Document;
use crate::error::Error;
use crate::generate::Generated;
use crate::workarounds;

/// Applies every workaround to the generated code, in the order in which they are listed.
pub(crate) fn patch(document: &Document, mut generated: Generated) -> Result<Generated, Error> {
    for workaround in workarounds::ALL {
        workaround.patch(document, &mut generated)?;
    }
    Ok(generated)
}
