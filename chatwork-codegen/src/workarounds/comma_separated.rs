//! Workaround: a list that is sent as one string with commas is a plain string to progenitor.
//!
//! The patch adds `FromIterator` to the newtype, so that it can be collected from its elements.
//! Delete this file when generators support form bodies with `explode: false`.

use quote::format_ident;

use super::Workaround;
use crate::document::{Document, component_name, get, reference};
use crate::error::Error;
use crate::generate::Generated;
use crate::naming;

pub(super) struct CommaSeparated;

impl Workaround for CommaSeparated {
    fn patch(&self, document: &Document, generated: &mut Generated) -> Result<(), Error> {
        for (name, schema) in document.schemas() {
            let Some(element) = reference(get(schema, "x-comma-separated")) else {
                continue;
            };
            let list = naming::pascal(name);
            let element = format_ident!("{}", naming::pascal(component_name(element)));
            generated.types.items.push(syn::parse_quote! {
                impl ::std::iter::FromIterator<#element> for #list {
                    fn from_iter<I: ::std::iter::IntoIterator<Item = #element>>(ids: I) -> Self {
                        use ::std::fmt::Write;
                        let mut list = ::std::string::String::new();
                        for id in ids {
                            let comma = if list.is_empty() { "" } else { "," };
                            // `write!` to a `String` always succeeds.
                            let _ = ::std::write!(list, "{comma}{id}");
                        }
                        Self(list)
                    }
                }
            });
        }
        Ok(())
    }
}
