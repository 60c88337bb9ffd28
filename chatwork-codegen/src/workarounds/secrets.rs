//! Workaround: typify makes a plain `String` of a string of `format: password`, so `Debug` shows
//! the secret.
//!
//! Such a string becomes `crate::Secret`, whose `Debug` hides it. Delete this file when typify
//! supports the format.

use progenitor_impl::{GenerationSettings, TypeImpl};
use serde_json::{Value, json};

use super::Workaround;
use super::support::{declare, refer};
use crate::document::Document;
use crate::schema;

pub(super) struct Secrets;

/// The name of the type, and of the schema that represents it in the lowered document.
const SECRET: &str = "Secret";

impl Workaround for Secrets {
    fn lower(&self, root: &mut Value) {
        let mut found = false;
        schema::rewrite(root, &mut |schema| {
            if schema.get("format").is_some_and(|format| format == "password") {
                found = true;
                refer(schema, SECRET);
            }
        });
        if found {
            declare(root, SECRET, &json!({ "type": "string", "description": "A secret." }));
        }
    }

    fn configure(&self, _: &Document, settings: &mut GenerationSettings) {
        settings.with_replacement(SECRET, "crate::Secret", std::iter::empty::<TypeImpl>());
    }
}
