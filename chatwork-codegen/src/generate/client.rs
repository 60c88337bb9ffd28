//! Types and methods, by progenitor.

use std::panic::AssertUnwindSafe;

use openapiv3::OpenAPI;
use proc_macro2::TokenStream;
use progenitor_impl::{GenerationSettings, Generator, HooksMode, InterfaceStyle};
use quote::quote;
use serde_json::Value;
use syn::{File, Item};

use crate::document::Document;
use crate::error::Error;
use crate::workarounds;

/// Runs progenitor on the lowered document: the client, and the types that it keeps in a module.
pub(super) fn generate(document: &Document, lowered: &Value) -> Result<(File, File), Error> {
    let api: OpenAPI = serde_json::from_value(lowered.clone())
        .map_err(|error| Error::Progenitor(error.to_string()))?;
    let mut settings = GenerationSettings::new();
    settings
        .with_interface(InterfaceStyle::Positional)
        .with_hooks(HooksMode::Expected)
        .with_inner_type(quote!(crate::Settings))
        .with_derive("PartialEq");
    for workaround in workarounds::ALL {
        workaround.configure(document, &mut settings);
    }
    let tokens = run(&settings, &api)?;
    Ok(split(syn::parse2(tokens)?))
}

/// Progenitor and typify panic at some of what they do not know. `check` refuses what is known to
/// be such; the rest becomes an error here.
fn run(settings: &GenerationSettings, api: &OpenAPI) -> Result<TokenStream, Error> {
    let work = || Generator::new(settings).generate_tokens(api);
    match std::panic::catch_unwind(AssertUnwindSafe(work)) {
        Ok(done) => done.map_err(|error| Error::Progenitor(error.to_string())),
        Err(panic) => {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
            Err(Error::Progenitor(text.unwrap_or("it panics").to_owned()))
        }
    }
}

/// Progenitor writes one file: its `types` module becomes a file of its own. What it imports and
/// re-exports for a crate of one file is replaced by what ours needs.
fn split(file: File) -> (File, File) {
    let mut client: File = syn::parse_quote! {
        //! The client: one method for each operation.

        #[allow(unused_imports)]
        use crate::runtime::{
            self as progenitor_client, ClientInfo, RequestBuilderExt, ResponseValue,
        };

        #[allow(unused_imports)]
        use super::types;
        #[allow(unused_imports)]
        use crate::Error;
    };
    let mut types: File = syn::parse_quote! {
        //! The types of bodies, parameters and replies.
    };
    for item in file.items {
        match item {
            Item::Use(_) => {}
            // The assertion that the client has progenitor's hooks, which ours has not.
            Item::Const(item) if item.ident == "_" => {}
            Item::Mod(module) if module.ident == "prelude" => {}
            Item::Mod(module) if module.ident == "types" => {
                types.items.extend(module.content.into_iter().flat_map(|(_, items)| items));
            }
            other => client.items.push(other),
        }
    }
    (client, types)
}
