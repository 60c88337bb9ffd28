//! Workaround: typify derives neither `Copy`, `Eq`, `Hash` nor `Ord` for a newtype of an integer,
//! passes it by reference, and turns a lower bound into a `NonZero` type, which makes arithmetic
//! awkward.
//!
//! The bounds are removed, the derives are added, and parameters are passed by value. Delete this
//! file when typify derives for integer newtypes what it derives for string newtypes.

use std::collections::BTreeSet;

use progenitor_impl::{GenerationSettings, TypePatch};
use serde_json::Value;
use syn::visit_mut::{self, VisitMut};
use syn::{FnArg, Type};

use super::Workaround;
use super::support::FLAG;
use crate::document::{Document, get, text};
use crate::error::Error;
use crate::generate::Generated;
use crate::{naming, schema, syntax};

pub(super) struct CopyNewtypes;

const BOUNDS: [&str; 4] = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"];
const DERIVES: [&str; 5] = ["Copy", "Eq", "Hash", "Ord", "PartialOrd"];

impl Workaround for CopyNewtypes {
    fn lower(&self, root: &mut Value) {
        schema::rewrite(root, &mut |schema| {
            BOUNDS.iter().for_each(|bound| {
                schema.shift_remove(*bound);
            });
        });
    }

    fn configure(&self, document: &Document, settings: &mut GenerationSettings) {
        let mut patch = TypePatch::default();
        DERIVES.iter().for_each(|derive| {
            patch.with_derive(derive);
        });
        for name in newtypes(document) {
            settings.with_patch(name, &patch);
        }
    }

    fn patch(&self, document: &Document, generated: &mut Generated) -> Result<(), Error> {
        let mut names = newtypes(document);
        names.insert(FLAG.to_owned());
        for method in syntax::operations(&mut generated.client) {
            for argument in &mut method.sig.inputs {
                if let FnArg::Typed(argument) = argument {
                    ByValue(&names).visit_type_mut(&mut argument.ty);
                }
            }
        }
        Ok(())
    }
}

/// The integer schemas that have a name.
fn newtypes(document: &Document) -> BTreeSet<String> {
    document
        .schemas()
        .filter(|(_, schema)| text(schema, "type") == "integer" && get(schema, "enum").is_null())
        .map(|(name, _)| naming::pascal(name).to_string())
        .collect()
}

/// Turns `&T` into `T` for the types of these names.
struct ByValue<'a>(&'a BTreeSet<String>);

impl VisitMut for ByValue<'_> {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        if let Type::Reference(reference) = ty
            && syntax::type_name(&reference.elem).is_some_and(|name| self.0.contains(&name))
        {
            let inner = (*reference.elem).clone();
            *ty = inner;
        }
        visit_mut::visit_type_mut(self, ty);
    }
}
