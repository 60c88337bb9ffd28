//! Workaround: typify makes a type of every string with a length or a pattern, checks it when a
//! reply is read, and needs a regular expression engine.
//!
//! The limits are removed from the lowered document, so a reply is never refused for a length. The
//! caller checks what it sends, with the constants in `limits`. Delete this file when typify can be
//! told which schemas to check.

use serde_json::Value;

use super::Workaround;
use crate::schema;

pub(super) struct StringLimits;

const LIMITS: [&str; 6] =
    ["minLength", "maxLength", "pattern", "minItems", "maxItems", "uniqueItems"];

impl Workaround for StringLimits {
    fn lower(&self, root: &mut Value) {
        schema::rewrite(root, &mut |schema| {
            LIMITS.iter().for_each(|limit| {
                schema.shift_remove(*limit);
            });
        });
    }
}
