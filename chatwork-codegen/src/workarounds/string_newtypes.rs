//! Workaround: typify makes a newtype of a string from a `String`, but not from a `&str`.
//!
//! Each newtype gets `From<&str>`. Delete this file when typify does so.

use syn::{Item, parse_quote};

use super::Workaround;
use crate::document::Document;
use crate::error::Error;
use crate::generate::Generated;
use crate::syntax;

pub(super) struct StringNewtypes;

impl Workaround for StringNewtypes {
    fn patch(&self, _: &Document, generated: &mut Generated) -> Result<(), Error> {
        let mut items = Vec::new();
        for item in std::mem::take(&mut generated.types.items) {
            let name = match &item {
                Item::Struct(item) if is_string(&item.fields) => Some(item.ident.clone()),
                _ => None,
            };
            items.push(item);
            items.extend(name.map(|name| -> Item {
                parse_quote! {
                    impl ::std::convert::From<&str> for #name {
                        fn from(value: &str) -> Self {
                            Self(value.to_owned())
                        }
                    }
                }
            }));
        }
        generated.types.items = items;
        Ok(())
    }
}

fn is_string(fields: &syn::Fields) -> bool {
    let only = fields.iter().next().and_then(|field| syntax::type_name(&field.ty));
    matches!(fields, syn::Fields::Unnamed(_)) && only.as_deref() == Some("String")
}
