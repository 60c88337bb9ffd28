//! Workaround: typify makes a new integer type for each field that is 0 or 1, and checks the value
//! at run time.
//!
//! All of these fields get the type `crate::Flag`, which is made from a `bool`. Delete this file
//! when typify supports integer enums.

use progenitor_impl::{GenerationSettings, TypeImpl};
use serde_json::{Value, json};

use super::Workaround;
use super::support::{FLAG, declare, refer};
use crate::document::{Document, is_flag};
use crate::schema;

pub(super) struct Flags;

impl Workaround for Flags {
    fn lower(&self, root: &mut Value) {
        let mut found = false;
        schema::rewrite(root, &mut |schema| {
            if is_flag(&Value::Object(schema.clone())) {
                found = true;
                refer(schema, FLAG);
            }
        });
        if found {
            declare(root, FLAG, &json!({ "type": "integer", "description": "A flag." }));
        }
    }

    fn configure(&self, _: &Document, settings: &mut GenerationSettings) {
        let impls = [TypeImpl::Display, TypeImpl::FromStr];
        settings.with_replacement(FLAG, "crate::Flag", impls.into_iter());
    }
}
