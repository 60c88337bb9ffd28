//! Workaround: `FromStr` of an enum fails with "invalid value", which does not name the valid
//! values. A value that is added later breaks every program that matches all values.
//!
//! The patch lists the values in the message and makes the enum `#[non_exhaustive]`. It also writes
//! the variants of `+1` and `-1` in upper camel case, as all others. Delete this file when typify does
//! these three things.

use syn::visit_mut::{self, VisitMut};
use syn::{Arm, Ident, ImplItemFn, Item};

use super::Workaround;
use crate::document::{Document, string_enum};
use crate::error::Error;
use crate::generate::Generated;
use crate::{naming, syntax};

pub(super) struct ClosedEnums;

/// The values whose variants typify does not write in upper camel case.
const LOWER_CASE: [(&str, &str); 2] = [("+1", "plus1"), ("-1", "minus1")];

impl Workaround for ClosedEnums {
    fn patch(&self, document: &Document, generated: &mut Generated) -> Result<(), Error> {
        for (name, schema) in document.schemas() {
            let values = string_enum(schema);
            if values.is_empty() {
                continue;
            }
            let mut message = Message(format!("expected one of: {}", values.join(", ")));
            let name = naming::pascal(name).to_string();
            for (value, variant) in LOWER_CASE.iter().filter(|(value, _)| values.contains(value)) {
                let mut rename = Rename { from: variant, to: naming::pascal(value) };
                rename.visit(&mut generated.types, &name);
            }
            if let Some(item) = syntax::find_enum(&mut generated.types, &name) {
                item.attrs.retain(|attribute| !attribute.path().is_ident("non_exhaustive"));
                item.attrs.push(syn::parse_quote!(#[non_exhaustive]));
            }
            for item in &mut generated.types.items {
                if let Item::Impl(block) = item
                    && syntax::self_type(block).as_deref() == Some(&name)
                {
                    message.visit_item_impl_mut(block);
                }
            }
        }
        Ok(())
    }
}

/// Renames a variant of an enum.
struct Rename {
    from: &'static str,
    to: Ident,
}

impl Rename {
    fn visit(&mut self, types: &mut syn::File, name: &str) {
        for item in &mut types.items {
            match item {
                Item::Enum(item) if item.ident == name => self.visit_item_enum_mut(item),
                Item::Impl(block) if syntax::self_type(block).as_deref() == Some(name) => {
                    self.visit_item_impl_mut(block);
                }
                _ => {}
            }
        }
    }
}

impl VisitMut for Rename {
    fn visit_ident_mut(&mut self, ident: &mut Ident) {
        if ident == self.from {
            *ident = self.to.clone();
        }
    }
}

struct Message(String);

impl VisitMut for Message {
    fn visit_impl_item_fn_mut(&mut self, method: &mut ImplItemFn) {
        if method.sig.ident == "from_str" {
            visit_mut::visit_impl_item_fn_mut(self, method);
        }
    }

    fn visit_arm_mut(&mut self, arm: &mut Arm) {
        if matches!(arm.pat, syn::Pat::Wild(_)) {
            let message = &self.0;
            *arm.body = syn::parse_quote!(Err(#message.into()));
        }
    }
}
