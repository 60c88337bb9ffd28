//! Gap: typify derives `JsonSchema` always or never; here it is a feature.
//!
//! Every type that derives `Serialize` derives `schemars::JsonSchema` when the feature
//! `schemars-1` is on. Can go when typify takes attributes that hold for all types.

use quote::ToTokens;
use syn::{Attribute, Item};

use super::Gap;
use crate::document::Document;
use crate::error::Error;
use crate::generate::Generated;

pub(super) struct Schemars;

impl Gap for Schemars {
    fn finish(&self, _: &Document, generated: &mut Generated) -> Result<(), Error> {
        for item in &mut generated.types.items {
            let attributes = match item {
                Item::Struct(item) => &mut item.attrs,
                Item::Enum(item) => &mut item.attrs,
                _ => continue,
            };
            if let Some(place) = attributes.iter().position(derives_serialize) {
                let derive = syn::parse_quote! {
                    #[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
                };
                attributes.insert(place + 1, derive);
            }
        }
        Ok(())
    }
}

fn derives_serialize(attribute: &Attribute) -> bool {
    attribute.path().is_ident("derive")
        && attribute.to_token_stream().to_string().contains("Serialize")
}
