//! Workaround: typify makes a type of every string that has a length or a pattern, checks it when a
//! reply is read, too, and brings a regular expression engine for it.
//!
//! The limits are taken out: a reply is never refused for its length, and what a caller sends is
//! checked by the caller, with the constants in `limits`. Can go when typify can be told
//! which schemas to check.

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
