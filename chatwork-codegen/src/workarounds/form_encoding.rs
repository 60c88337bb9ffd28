//! Workaround: progenitor does not support `encoding` on a form body.
//!
//! Every field of a form here is a scalar, which all encodings send alike, so `encoding` is
//! removed. Delete this file when progenitor supports it.

use serde_json::Value;

use super::Workaround;
use super::support::operations_mut;
use crate::document::FORM;

pub(super) struct FormEncoding;

impl Workaround for FormEncoding {
    fn lower(&self, root: &mut Value) {
        for operation in operations_mut(root) {
            let content = operation
                .get_mut("requestBody")
                .and_then(|body| body.get_mut("content"))
                .and_then(|content| content.get_mut(FORM))
                .and_then(Value::as_object_mut);
            if let Some(content) = content {
                content.shift_remove("encoding");
            }
        }
    }
}
