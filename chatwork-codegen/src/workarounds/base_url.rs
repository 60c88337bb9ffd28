//! Workaround: progenitor joins the base URL and the path as text, and parses the whole URL on
//! every call. Parsing the host name takes a tenth of the time of a call.
//!
//! The constructor parses the base URL once, and `crate::path::below` appends the path. All clones of
//! a client share the base URL, since a client with other settings may be made for every call. Delete
//! this file when progenitor keeps a parsed base URL.

use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprLit, Field, File, ImplItem, Item, Lit, LitStr, Macro, Token};

use super::Workaround;
use crate::document::Document;
use crate::error::Error;
use crate::generate::Generated;
use crate::syntax;

pub(super) struct BaseUrl;

const NAME: &str = "base URL";

impl Workaround for BaseUrl {
    fn patch(&self, _: &Document, generated: &mut Generated) -> Result<(), Error> {
        keep(&mut generated.client)?;
        Read.visit_file_mut(&mut generated.client);
        for method in syntax::operations(&mut generated.client) {
            Below.visit_block_mut(&mut method.block);
        }
        Ok(())
    }
}

/// The client gets the parsed base URL in the place of its text, and the constructor fills it.
fn keep(client: &mut File) -> Result<(), Error> {
    let missing = |what: &str| Error::Patch { workaround: NAME, message: format!("no {what}") };
    let item = syntax::find_struct(client, "Client").ok_or_else(|| missing("struct `Client`"))?;
    let syn::Fields::Named(fields) = &mut item.fields else { return Err(missing("fields")) };
    let others = std::mem::take(&mut fields.named).into_iter();
    fields.named = others.filter(|field| !is_text(field.ident.as_ref())).collect();
    fields.named.push(Field::parse_named.parse2(quote::quote!(
        pub(crate) base: ::std::sync::Arc<crate::path::BaseUrl>
    ))?);
    let methods = client.items.iter_mut().filter_map(|item| match item {
        Item::Impl(block) if block.trait_.is_none() => Some(&mut block.items),
        _ => None,
    });
    let constructor = methods.flatten().find_map(|item| match item {
        ImplItem::Fn(method) if method.sig.ident == "new_with_client" => Some(method),
        _ => None,
    });
    let constructor = constructor.ok_or_else(|| missing("constructor"))?;
    Fill.visit_block_mut(&mut constructor.block);
    Ok(())
}

/// Whether it is the name of progenitor's field for the text.
fn is_text(name: Option<&syn::Ident>) -> bool {
    name.is_some_and(|name| name == "baseurl")
}

/// `Self { … }` gets the field.
struct Fill;

impl VisitMut for Fill {
    fn visit_expr_struct_mut(&mut self, made: &mut syn::ExprStruct) {
        let others = std::mem::take(&mut made.fields).into_iter();
        let named = |field: &syn::FieldValue| match &field.member {
            syn::Member::Named(name) => is_text(Some(name)),
            syn::Member::Unnamed(_) => false,
        };
        made.fields = others.filter(|field| !named(field)).collect();
        made.fields.push(syn::parse_quote!(
            base: ::std::sync::Arc::new(crate::path::BaseUrl::new(baseurl))
        ));
    }
}

/// `self.baseurl` becomes `self.base`.
struct Read;

impl VisitMut for Read {
    fn visit_expr_field_mut(&mut self, read: &mut syn::ExprField) {
        if let syn::Member::Named(name) = &mut read.member
            && is_text(Some(name))
        {
            *name = syn::Ident::new("base", name.span());
        }
        visit_mut::visit_expr_field_mut(self, read);
    }
}

/// `format!("{}/path", self.base, …)` becomes `crate::path::below(&self.base, …)?`.
struct Below;

impl VisitMut for Below {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if let Expr::Macro(call) = expr
            && let Some(path) = path_of(&call.mac)
        {
            *expr = syn::parse_quote!(crate::path::below(&self.base, #path)?);
            return;
        }
        visit_mut::visit_expr_mut(self, expr);
    }
}

/// The path alone.
fn path_of(call: &Macro) -> Option<Expr> {
    let parser = Punctuated::<Expr, Token![,]>::parse_terminated;
    let arguments = call.path.is_ident("format").then(|| call.parse_body_with(parser).ok())??;
    let mut arguments = arguments.into_iter();
    let Some(Expr::Lit(ExprLit { lit: Lit::Str(template), .. })) = arguments.next() else {
        return None;
    };
    let path = template.value().strip_prefix("{}")?.to_owned();
    let path = LitStr::new(&path, template.span());
    let rest: Vec<Expr> = arguments.skip(1).collect();
    Some(match rest.is_empty() {
        true => syn::parse_quote!(#path),
        false => syn::parse_quote!(&format!(#path, #(#rest),*)),
    })
}
