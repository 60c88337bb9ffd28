//! Workaround: `FromStr` of an enum fails with "invalid value", which does not name the valid
//! values. A value that is added later breaks every program that matches all values.
//!
//! The patch lists the values in the message and makes the enum `#[non_exhaustive]`. Delete this
//! file when typify does both.

use syn::visit_mut::{self, VisitMut};
use syn::{Arm, ImplItemFn, Item};

use super::Workaround;
use crate::document::{Document, string_enum};
use crate::error::Error;
use crate::generate::Generated;
use crate::{naming, syntax};

pub(super) struct ClosedEnums;

impl Workaround for ClosedEnums {
    fn patch(&self, document: &Document, generated: &mut Generated) -> Result<(), Error> {
        for (name, schema) in document.schemas() {
            let values = string_enum(schema);
            if values.is_empty() {
                continue;
            }
            let mut message = Message(format!("expected one of: {}", values.join(", ")));
            let name = naming::pascal(name).to_string();
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
