//! The names of the headers: those of replies, and the one that carries the API token.

use std::collections::{BTreeMap, HashSet};

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use crate::document::{Document, entries, get, text};
use crate::naming;
use crate::rustdoc;

/// A constant for each header name, in lower case as HTTP/2 wants it.
pub(super) fn generate(document: &Document) -> TokenStream {
    let constants = names(document).into_iter().map(|(name, description)| {
        let docs = rustdoc::attributes(&rustdoc::escape(description));
        let ident = naming::constant(&name);
        let value = name.to_lowercase();
        quote!(#docs pub const #ident: &str = #value;)
    });
    quote! {
        //! The names of headers that the API reads and writes.
        #(#constants)*
    }
}

/// Each header once, though it may be spelt in more than one way.
fn names(document: &Document) -> BTreeMap<String, &str> {
    let replies = document.operations().flat_map(|operation| operation.responses());
    let of_replies = replies
        .flat_map(|(_, response)| entries(get(response, "headers")))
        .map(|(name, header)| (name, document.resolve(header)));
    let is_key =
        |scheme: &&Value| text(scheme, "type") == "apiKey" && text(scheme, "in") == "header";
    let of_requests = entries(document.at("/components/securitySchemes"))
        .map(|(_, scheme)| scheme)
        .filter(is_key)
        .map(|scheme| (text(scheme, "name"), scheme));
    let mut seen = HashSet::new();
    // The code that is written by hand uses the constant of the token: its spelling has precedence.
    of_requests
        .chain(of_replies)
        .filter(|(name, _)| seen.insert(name.to_lowercase()))
        .map(|(name, described)| (name.to_owned(), text(described, "description")))
        .collect()
}
