//! Lengths, sizes and patterns of what a caller sends, as constants.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;

use crate::document::{Document, Operation, get, properties, text, wrapped_reference};
use crate::naming;
use crate::rustdoc;

/// A module for each operation whose body or parameters have limits.
pub(super) fn generate(document: &Document) -> TokenStream {
    let modules = document.operations().filter_map(|operation| module(document, &operation));
    quote! {
        //! Lengths, sizes and patterns of what a caller sends, by operation.
        //!
        //! Lengths are counted in characters, sizes in bytes.
        #(#modules)*
    }
}

fn module(document: &Document, operation: &Operation<'_>) -> Option<TokenStream> {
    let parameters =
        operation.parameters().map(|parameter| (text(parameter, "name"), get(parameter, "schema")));
    let body = operation.body();
    let fields = body.into_iter().flat_map(|(_, schema)| properties(schema));
    let constants: Vec<TokenStream> = parameters
        .chain(fields)
        .flat_map(|(name, schema)| constants(document, name, schema))
        .collect();
    if constants.is_empty() {
        return None;
    }
    let name = naming::method(operation.id());
    let line = format!("Limits of `{} {}`.", operation.method.to_uppercase(), operation.path);
    let docs = rustdoc::attributes(&rustdoc::escape(&line));
    Some(quote!(#docs pub mod #name { #(#constants)* }))
}

/// The sizes also of a component that is referred to; its pattern is the business of its type.
fn constants(document: &Document, name: &str, schema: &Value) -> Vec<TokenStream> {
    let target = wrapped_reference(schema).map(|target| document.target(target));
    let sizes = target.unwrap_or(schema);
    let prefix = naming::constant(name);
    let number = |key: &str, suffix: &str, what: &str| {
        let value = sizes.get(key)?.as_u64()?;
        let value = proc_macro2::Literal::u64_unsuffixed(value);
        let ident = format_ident!("{prefix}_{suffix}");
        let docs = rustdoc::attributes(&rustdoc::escape(&format!("{what} `{name}`.")));
        Some(quote!(#docs pub const #ident: u64 = #value;))
    };
    let pattern = schema.get("pattern").and_then(Value::as_str).map(|pattern| {
        let ident = format_ident!("{prefix}_PATTERN");
        let line = format!("The regular expression that `{name}` matches.");
        let docs = rustdoc::attributes(&rustdoc::escape(&line));
        quote!(#docs pub const #ident: &str = #pattern;)
    });
    [
        number("minLength", "MIN_LENGTH", "The fewest characters of"),
        number("maxLength", "MAX_LENGTH", "The most characters of"),
        pattern,
        number("x-max-bytes", "MAX_BYTES", "The most bytes of"),
    ]
    .into_iter()
    .flatten()
    .collect()
}
