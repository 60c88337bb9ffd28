//! Workaround: typify derives `JsonSchema` always or never. Here it is a feature.
//!
//! Every type that derives `Serialize` derives `schemars::JsonSchema` if the feature `schemars-1`
//! is on. Delete this file when typify accepts attributes for all types.

use syn::Item;

use super::Workaround;
use crate::document::Document;
use crate::error::Error;
use crate::generate::Generated;
use crate::syntax;

pub(super) struct Schemars;

impl Workaround for Schemars {
    fn patch(&self, _: &Document, generated: &mut Generated) -> Result<(), Error> {
        for item in &mut generated.types.items {
            let attributes = match item {
                Item::Struct(item) => &mut item.attrs,
                Item::Enum(item) => &mut item.attrs,
                _ => continue,
            };
            if let Some(place) = attributes.iter().position(syntax::derives_serialize) {
                let derive = syn::parse_quote! {
                    #[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
                };
                attributes.insert(place + 1, derive);
            }
        }
        Ok(())
    }
}
