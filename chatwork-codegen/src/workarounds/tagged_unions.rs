//! Workaround: typify ignores the discriminator of a `oneOf` and tries its variants in order. If a
//! field of the right variant is missing, the error is "did not match any variant".
//!
//! The enum is replaced: the discriminator selects the variant, and a value that the document does
//! not list is kept with its JSON as `Unknown`. Delete this file when typify reads `discriminator`.

use serde_json::{Map, Value};
use syn::{Ident, Item};

use super::Workaround;
use crate::document::{Document, component_name, entries, get, string_enum, text};
use crate::error::Error;
use crate::generate::Generated;
use crate::{naming, schema, syntax};

pub(super) struct TaggedUnions;

impl Workaround for TaggedUnions {
    /// An enum of one value, as the discriminator is in each variant, is a plain string.
    fn lower(&self, root: &mut Value) {
        schema::rewrite(root, &mut |schema: &mut Map<String, Value>| {
            if string_enum(&Value::Object(schema.clone())).len() == 1 {
                schema.shift_remove("enum");
            }
        });
    }

    fn patch(&self, document: &Document, generated: &mut Generated) -> Result<(), Error> {
        for (name, schema) in document.schemas() {
            let discriminator = get(schema, "discriminator");
            if discriminator.is_null() {
                continue;
            }
            let ident = naming::pascal(name);
            let variants: Vec<(&str, Ident)> = entries(get(discriminator, "mapping"))
                .map(|(tag, target)| (tag, target.as_str().unwrap_or_default()))
                .map(|(tag, target)| (tag, naming::pascal(component_name(target))))
                .collect();
            let tag = text(discriminator, "propertyName");
            syntax::replace_enum(&mut generated.types, &ident, |docs| {
                union(&ident, docs, tag, &variants)
            });
        }
        Ok(())
    }
}

fn union(
    name: &Ident,
    docs: &[syn::Attribute],
    tag: &str,
    variants: &[(&str, Ident)],
) -> Vec<Item> {
    let values: Vec<&str> = variants.iter().map(|(value, _)| *value).collect();
    let payloads: Vec<&Ident> = variants.iter().map(|(_, payload)| payload).collect();
    let idents: Vec<Ident> = values.iter().map(|value| naming::pascal(value)).collect();
    let unknown = naming::catch_all(&idents);
    let lines: Vec<String> = values.iter().map(|value| format!(" `{value}`.")).collect();
    let file: syn::File = syn::parse_quote! {
        #(#docs)*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#[doc = #lines] #idents(#payloads),)*
            /// A kind that this version of the crate does not know, with its JSON.
            #unknown(::serde_json::Value),
        }

        #(impl ::std::convert::From<#payloads> for #name {
            fn from(payload: #payloads) -> Self {
                Self::#idents(payload)
            }
        })*

        impl ::serde::Serialize for #name {
            fn serialize<S>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error>
            where
                S: ::serde::Serializer,
            {
                match self {
                    #(Self::#idents(payload) => payload.serialize(serializer),)*
                    Self::#unknown(payload) => payload.serialize(serializer),
                }
            }
        }

        impl<'de> ::serde::Deserialize<'de> for #name {
            fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
            where
                D: ::serde::Deserializer<'de>,
            {
                use ::serde::de::Error;
                let payload = ::serde_json::Value::deserialize(deserializer)?;
                match payload.get(#tag).and_then(::serde_json::Value::as_str) {
                    #(Some(#values) => ::serde_json::from_value(payload)
                        .map(Self::#idents)
                        .map_err(D::Error::custom),)*
                    Some(_) => Ok(Self::#unknown(payload)),
                    None => Err(D::Error::missing_field(#tag)),
                }
            }
        }

        #[cfg(feature = "schemars-1")]
        impl ::schemars::JsonSchema for #name {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                stringify!(#name).into()
            }

            fn json_schema(generator: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                ::schemars::json_schema!({
                    "oneOf": [#(generator.subschema_for::<#payloads>()),*]
                })
            }
        }
    };
    file.items
}
