//! Workaround: a list that goes over the wire as one string with commas is a bare string to progenitor.
//!
//! The newtype learns to be collected from its elements. Can go when OpenAPI 3.0 form bodies with
//! `explode: false` are sent right by the generators that read the document.

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
                            // Writing to a string does not fail.
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
