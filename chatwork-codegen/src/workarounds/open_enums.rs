//! Workaround: deserializing an enum fails for a value that it does not list, and with it the whole
//! reply.
//!
//! An enum that the server sends keeps a new value as `Unknown(String)`, and writes it back
//! unchanged. An enum that only a caller sends stays closed. Delete this file when typify makes
//! open enums.

use std::collections::BTreeSet;

use serde_json::Value;
use syn::{Ident, Item};

use super::Workaround;
use crate::document::{
    Document, JSON, component_name, entries, get, items, reference, string_enum,
};
use crate::error::Error;
use crate::generate::Generated;
use crate::{naming, syntax};

pub(super) struct OpenEnums;

impl Workaround for OpenEnums {
    fn patch(&self, document: &Document, generated: &mut Generated) -> Result<(), Error> {
        for name in from_server(document) {
            let values = string_enum(document.target(&format!("#/components/schemas/{name}")));
            if values.is_empty() {
                continue;
            }
            let ident = naming::pascal(name);
            syntax::replace_enum(&mut generated.types, &ident, |docs| open(&ident, docs, &values));
        }
        Ok(())
    }
}

/// The names of the schemas that replies and webhook deliveries use.
fn from_server(document: &Document) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    for operation in document.operations() {
        for (_, response) in operation.responses() {
            collect(document, get(get(response, "content"), JSON), &mut names);
        }
    }
    for (_, item) in entries(document.at("/x-webhooks")) {
        collect(document, get(get(item, "post"), "requestBody"), &mut names);
    }
    names
}

fn collect<'a>(document: &'a Document, value: &'a Value, names: &mut BTreeSet<&'a str>) {
    if let Some(target) = reference(value) {
        let schema = target.starts_with("#/components/schemas/");
        if schema && names.insert(component_name(target)) {
            collect(document, document.target(target), names);
        }
    }
    entries(value).for_each(|(_, member)| collect(document, member, names));
    items(value).for_each(|element| collect(document, element, names));
}

fn open(name: &Ident, docs: &[syn::Attribute], values: &[&str]) -> Vec<Item> {
    let variants: Vec<Ident> = values.iter().map(|value| naming::pascal(value)).collect();
    let unknown = naming::catch_all(&variants);
    let expecting = format!("a string such as {}", values.join(", "));
    let file: syn::File = syn::parse_quote! {
        #(#docs)*
        #[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// A value that this version of the crate does not know.
            #unknown(::std::string::String),
        }

        impl #name {
            /// The value as it goes over the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#variants => #values,)*
                    Self::#unknown(value) => value,
                }
            }
        }

        impl ::std::convert::From<&str> for #name {
            fn from(value: &str) -> Self {
                match value {
                    #(#values => Self::#variants,)*
                    other => Self::#unknown(other.to_owned()),
                }
            }
        }

        impl ::std::str::FromStr for #name {
            type Err = ::std::convert::Infallible;

            fn from_str(
                value: &str,
            ) -> ::std::result::Result<Self, ::std::convert::Infallible> {
                Ok(Self::from(value))
            }
        }

        impl ::std::fmt::Display for #name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl ::serde::Serialize for #name {
            fn serialize<S>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error>
            where
                S: ::serde::Serializer,
            {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for #name {
            fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
            where
                D: ::serde::Deserializer<'de>,
            {
                crate::open_enum::deserialize(deserializer, #expecting)
            }
        }

        #[cfg(feature = "schemars-1")]
        impl ::schemars::JsonSchema for #name {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                stringify!(#name).into()
            }

            fn json_schema(_: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                ::schemars::json_schema!({ "type": "string", "examples": [#(#values),*] })
            }
        }
    };
    file.items
}
