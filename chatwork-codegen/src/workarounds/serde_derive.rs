//! Workaround: typify derives `Serialize` and `Deserialize`. Serde's derive macros take longer to
//! compile than all the types.
//!
//! Structs and string enums use the macros of `crate::wire`, which generate the same behaviour.
//! Serde's attributes become attributes of schemars, which otherwise reads serde's. Delete this
//! file when serde's derive macros are cheap, or when every user compiles them anyway.

use proc_macro2::TokenStream;
use quote::quote;
use syn::punctuated::Punctuated;
use syn::{Attribute, Field, Fields, Item, ItemEnum, ItemStruct, Meta, Path, Token};

use super::Workaround;
use crate::document::Document;
use crate::error::Error;
use crate::generate::Generated;
use crate::syntax;

pub(super) struct SerdeDerive;

impl Workaround for SerdeDerive {
    fn patch(&self, _: &Document, generated: &mut Generated) -> Result<(), Error> {
        let mut items = Vec::new();
        for mut item in std::mem::take(&mut generated.types.items) {
            let call = match &mut item {
                Item::Struct(item) => structure(item)?,
                Item::Enum(item) => enumeration(item)?,
                _ => None,
            };
            items.push(item);
            items.extend(call.map(|call| syn::parse_quote!(#call)));
        }
        generated.types.items = items;
        Ok(())
    }
}

/// Takes serde's traits out of the derives. Returns whether they were there.
fn take_derives(attributes: &mut [Attribute]) -> Result<bool, Error> {
    let mut found = false;
    for attribute in attributes.iter_mut().filter(|it| it.path().is_ident("derive")) {
        let paths = attribute
            .parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated)
            .map_err(|error| patch_error(error.to_string()))?;
        let (serde, others): (Vec<Path>, Vec<Path>) = paths.into_iter().partition(is_serde);
        found |= !serde.is_empty();
        *attribute = syn::parse_quote!(#[derive(#(#others),*)]);
    }
    Ok(found)
}

fn is_serde(path: &Path) -> bool {
    path.segments.first().is_some_and(|segment| segment.ident == "serde")
}

/// Returns the call of a macro, or `None` if the struct does not derive serde's traits.
fn structure(item: &mut ItemStruct) -> Result<Option<TokenStream>, Error> {
    if !take_derives(&mut item.attrs)? {
        return Ok(None);
    }
    let name = item.ident.clone();
    for_schemars(&mut item.attrs);
    let fields = match &mut item.fields {
        Fields::Unnamed(_) => return Ok(Some(quote!(crate::wire::wire_newtype! { #name }))),
        Fields::Unit => return Err(patch_error(format!("`{name}` has no fields"))),
        Fields::Named(fields) => fields,
    };
    let mut listed = Vec::new();
    for (index, field) in fields.named.iter_mut().enumerate() {
        let wire = syntax::wire_name(field).unwrap_or_default();
        let kind = kind(field)?;
        let (ident, index) = (&field.ident, syn::Index::from(index));
        listed.push(quote!(#ident: #index #wire #kind,));
        for_schemars(&mut field.attrs);
    }
    Ok(Some(quote!(crate::wire::wire_struct! { #name { #(#listed)* } })))
}

/// Returns the call of a macro, or `None` if the enum does not derive serde's traits.
fn enumeration(item: &mut ItemEnum) -> Result<Option<TokenStream>, Error> {
    if !take_derives(&mut item.attrs)? {
        return Ok(None);
    }
    let name = &item.ident;
    if item.variants.iter().any(|variant| !matches!(variant.fields, Fields::Unit)) {
        return Err(patch_error(format!("the variants of `{name}` hold data")));
    }
    for variant in &mut item.variants {
        for_schemars(&mut variant.attrs);
    }
    Ok(Some(quote!(crate::wire::wire_enum! { #name })))
}

/// How `crate::wire` reads and writes a field.
fn kind(field: &Field) -> Result<TokenStream, Error> {
    let (mut optional, mut either, mut as_text) = (false, false, false);
    if field.attrs.iter().flat_map(serde_metas).any(|meta| meta.path().is_ident("skip")) {
        return Ok(quote!(skipped));
    }
    for meta in field.attrs.iter().flat_map(serde_metas) {
        match meta.path().get_ident().map(ToString::to_string).as_deref() {
            Some("rename") => {}
            Some("skip_serializing_if" | "default") => optional = true,
            // typify reads a required nullable property by `Option::deserialize`, so that it must be
            // present. A required field of `crate::wire` must be present in any case.
            Some("deserialize_with") => {
                either = quote!(#meta).to_string().contains("number_or_text")
            }
            Some("serialize_with") => as_text = true,
            _ => return Err(patch_error(format!("`#[serde({})]` is unknown", quote!(#meta)))),
        }
    }
    // typify writes no `Option` for an optional list: a list that is left out is empty.
    if optional && syntax::type_name(&field.ty).as_deref() == Some("Vec") {
        return Ok(quote!(list));
    }
    Ok(match (optional, either, as_text) {
        (true, false, false) => quote!(optional),
        (false, true, false) => quote!(number_or_text),
        (false, true, true) => quote!(text_or_number),
        (false, false, false) => quote!(required),
        _ => return Err(patch_error("a field that is read by a function is optional".to_owned())),
    })
}

/// Turns serde's attributes into those of schemars, which has all of them but the two functions.
fn for_schemars(attributes: &mut Vec<Attribute>) {
    let mut kept = Vec::new();
    for attribute in attributes.drain(..) {
        if !attribute.path().is_ident("serde") {
            kept.push(attribute);
            continue;
        }
        for meta in serde_metas(&attribute) {
            let name = meta.path().get_ident().map(ToString::to_string);
            if !matches!(name.as_deref(), Some("deserialize_with" | "serialize_with")) {
                kept.push(syn::parse_quote!(#[cfg_attr(feature = "schemars-1", schemars(#meta))]));
            }
        }
    }
    *attributes = kept;
}

fn serde_metas(attribute: &Attribute) -> Vec<Meta> {
    if !attribute.path().is_ident("serde") {
        return Vec::new();
    }
    let metas = attribute.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
    metas.map(|metas| metas.into_iter().collect()).unwrap_or_default()
}

fn patch_error(message: String) -> Error {
    Error::Patch { workaround: "serde derive", message }
}
