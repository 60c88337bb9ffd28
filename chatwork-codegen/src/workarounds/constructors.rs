//! Workaround: the only way to make a struct of typify is to name every field, so one more field
//! breaks every caller.
//!
//! Every struct becomes `#[non_exhaustive]`. A struct that a caller sends gets `new` with the
//! required fields in the order of the document, and a setter for each optional field. A struct
//! that the API sends gets `Default`, for tests, and `FIELDS`, the names of its fields, so that a
//! test double can check that it sets all of them. Delete this file when typify has such
//! constructors.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{File, GenericArgument, Ident, Item, ItemStruct, PathArguments, Type, parse_quote};

use super::Workaround;
use super::options::{has_options, struct_of_body};
use crate::document::{Document, get, is_required, properties};
use crate::error::Error;
use crate::generate::Generated;
use crate::{naming, syntax};

pub(super) struct Constructors;

impl Workaround for Constructors {
    fn patch(&self, document: &Document, generated: &mut Generated) -> Result<(), Error> {
        let sent = sent(document);
        let values = Values::new(document, &generated.types);
        let mut items = Vec::new();
        for mut item in std::mem::take(&mut generated.types.items) {
            let mut made = None;
            if let Item::Struct(found) = &mut item
                && matches!(found.fields, syn::Fields::Named(_))
            {
                made = Some(match sent.get(&found.ident.to_string()) {
                    Some(required) => constructor(found, required, &values),
                    None => default(found, &values),
                });
                found.attrs.push(parse_quote!(#[non_exhaustive]));
            }
            items.push(item);
            if let Some(code) = made {
                items.extend(syn::parse2::<File>(code)?.items);
            }
        }
        generated.types.items = items;
        Ok(())
    }
}

/// The structs that a caller sends, each with its required fields in the order of the document.
fn sent(document: &Document) -> BTreeMap<String, Vec<Ident>> {
    let mut sent = BTreeMap::new();
    for operation in document.operations() {
        if has_options(&operation) {
            sent.insert(naming::options(operation.id()), Vec::new());
        }
        if let Some((_, schema)) = operation.body() {
            let required = properties(schema).map(|(name, _)| name);
            let required = required.filter(|name| is_required(schema, name));
            sent.insert(struct_of_body(&operation), required.map(naming::snake).collect());
        }
    }
    sent
}

/// `new` with the required fields, and a setter for each of the others.
fn constructor(item: &ItemStruct, required: &[Ident], values: &Values) -> TokenStream {
    let name = &item.ident;
    let fields: Vec<(&Ident, &Type)> = fields(item).collect();
    let arguments = required.iter().filter_map(|field| {
        let (ident, ty) = fields.iter().find(|(ident, _)| *ident == field)?;
        let accepted = values.accepted(ty);
        Some(quote!(#ident: #accepted))
    });
    let made = fields.iter().map(|(ident, ty)| match required.contains(ident) {
        true if values.converts(ty) => quote!(#ident: #ident.into()),
        true => quote!(#ident),
        false => quote!(#ident: ::std::option::Option::None),
    });
    let setters = fields.iter().filter(|(ident, _)| !required.contains(ident));
    let setters = setters.filter_map(|(ident, ty)| setter(ident, inner(ty)?, values));
    let docs = match required.is_empty() {
        true => " Makes a value without any of the fields.",
        false => " Makes a value of the required fields, without any of the others.",
    };
    quote! {
        impl #name {
            #[doc = #docs]
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#made),* }
            }
            #(#setters)*
        }
    }
}

fn setter(ident: &Ident, ty: &Type, values: &Values) -> Option<TokenStream> {
    let accepted = values.accepted(ty);
    let value = match values.converts(ty) {
        true => quote!(#ident.into()),
        false => quote!(#ident),
    };
    let docs = format!(" Sets `{ident}`.");
    Some(quote! {
        #[doc = #docs]
        #[must_use]
        pub fn #ident(mut self, #ident: #accepted) -> Self {
            self.#ident = ::std::option::Option::Some(#value);
            self
        }
    })
}

/// `Default`, and the names of the fields.
fn default(item: &ItemStruct, values: &Values) -> TokenStream {
    let name = &item.ident;
    let names = item.fields.iter().filter_map(syntax::wire_name);
    let made = fields(item).map(|(ident, ty)| {
        let value = values.first(ty);
        quote!(#ident: #value)
    });
    let derived = item.attrs.iter().any(|attribute| syntax::derives(attribute, "Default"));
    let default = (!derived).then(|| {
        quote! {
            /// A value for tests: numbers are 0, texts and lists are empty, and an enum has its
            /// first value.
            impl ::std::default::Default for #name {
                fn default() -> Self {
                    Self { #(#made),* }
                }
            }
        }
    });
    quote! {
        impl #name {
            /// The names of the fields in JSON, in alphabetical order.
            pub const FIELDS: &'static [&'static str] = &[#(#names),*];
        }
        #default
    }
}

fn fields(item: &ItemStruct) -> impl Iterator<Item = (&Ident, &Type)> {
    item.fields.iter().filter_map(|field| Some((field.ident.as_ref()?, &field.ty)))
}

/// The `T` of an `Option<T>`.
fn inner(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == "Option")?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(inner) => Some(inner),
        _ => None,
    })
}

/// How values of the generated types are made.
struct Values {
    /// The first value of each type that has no `Default`.
    first: BTreeMap<String, TokenStream>,
    /// The types that convert from a `&str`.
    texts: Vec<String>,
}

impl Values {
    fn new(document: &Document, types: &File) -> Self {
        let lists: Vec<String> = document
            .schemas()
            .filter(|(_, schema)| !get(schema, "x-comma-separated").is_null())
            .map(|(name, _)| naming::pascal(name).to_string())
            .collect();
        let mut values = Self { first: BTreeMap::new(), texts: Vec::new() };
        for item in &types.items {
            match item {
                Item::Enum(item) => {
                    let first = item.variants.first().map(|variant| (&item.ident, variant));
                    if let Some((name, variant)) = first {
                        let ident = &variant.ident;
                        let value = match variant.fields {
                            syn::Fields::Unit => quote!(#name::#ident),
                            _ => quote!(#name::#ident(::std::default::Default::default())),
                        };
                        values.first.insert(name.to_string(), value);
                    }
                }
                Item::Struct(item) if matches!(item.fields, syn::Fields::Unnamed(_)) => {
                    let name = &item.ident;
                    let value = quote!(#name(::std::default::Default::default()));
                    values.first.insert(name.to_string(), value);
                    let of =
                        item.fields.iter().next().and_then(|field| syntax::type_name(&field.ty));
                    // A list is collected from its items: `impl Into` would hide their type.
                    if of.as_deref() == Some("String") && !lists.contains(&name.to_string()) {
                        values.texts.push(name.to_string());
                    }
                }
                _ => {}
            }
        }
        values
    }

    /// The value that `Default` of a struct has for a field of this type.
    fn first(&self, ty: &Type) -> TokenStream {
        let known = syntax::type_name(ty).and_then(|name| self.first.get(&name));
        known.cloned().unwrap_or_else(|| quote!(::std::default::Default::default()))
    }

    /// Whether a constructor takes any value that converts to this type, such as a `&str`.
    fn converts(&self, ty: &Type) -> bool {
        let name = syntax::type_name(ty).unwrap_or_default();
        ["String", "Flag"].contains(&name.as_str()) || self.texts.contains(&name)
    }

    /// The type of an argument.
    fn accepted(&self, ty: &Type) -> TokenStream {
        match self.converts(ty) {
            true => quote!(impl ::std::convert::Into<#ty>),
            false => quote!(#ty),
        }
    }
}
