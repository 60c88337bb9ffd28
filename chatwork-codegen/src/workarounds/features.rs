//! Workaround: progenitor has one set of types, which needs an HTTP client and a JSON library.
//!
//! A type that holds arbitrary JSON needs the feature `json`, a type that holds a file needs
//! `client`, and so does every item that refers to one of them. Delete this file when progenitor
//! has such features.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, File, Item};

use super::Workaround;
use crate::document::Document;
use crate::error::Error;
use crate::generate::Generated;

pub(super) struct Features;

/// Each feature with the names that need it.
const FEATURES: [(&str, &[&str]); 2] =
    [("json", &["serde_json"]), ("client", &["FilePart", "reqwest"])];

impl Workaround for Features {
    fn patch(&self, _: &Document, generated: &mut Generated) -> Result<(), Error> {
        for (feature, needs) in FEATURES {
            let needs = needs.iter().map(|name| (*name).to_owned()).collect();
            require(&mut generated.types, feature, needs);
        }
        Ok(())
    }
}

/// Puts a feature on every item that names one of `names`, or an item that does so.
fn require(types: &mut File, feature: &str, mut names: BTreeSet<String>) {
    let mut gated = BTreeSet::new();
    loop {
        let before = gated.len();
        for (index, item) in types.items.iter().enumerate() {
            if mentions(item.to_token_stream(), &names) && gated.insert(index) {
                names.extend(name(item));
            }
        }
        if gated.len() == before {
            break;
        }
    }
    for (index, item) in types.items.iter_mut().enumerate() {
        if gated.contains(&index)
            && let Some(all) = attributes(item)
        {
            all.push(syn::parse_quote!(#[cfg(feature = #feature)]));
        }
    }
}

/// Whether code holds one of these names. A word in a string, as in docs, is not a name.
fn mentions(code: TokenStream, names: &BTreeSet<String>) -> bool {
    code.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => names.contains(&ident.to_string()),
        TokenTree::Group(group) => mentions(group.stream(), names),
        _ => false,
    })
}

/// The name of a type.
fn name(item: &Item) -> Option<String> {
    match item {
        Item::Struct(item) => Some(item.ident.to_string()),
        Item::Enum(item) => Some(item.ident.to_string()),
        _ => None,
    }
}

fn attributes(item: &mut Item) -> Option<&mut Vec<Attribute>> {
    match item {
        Item::Struct(item) => Some(&mut item.attrs),
        Item::Enum(item) => Some(&mut item.attrs),
        Item::Impl(item) => Some(&mut item.attrs),
        Item::Macro(item) => Some(&mut item.attrs),
        _ => None,
    }
}
