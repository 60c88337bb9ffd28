//! Workaround: progenitor makes every optional parameter an argument, in alphabetical order, so one
//! more parameter breaks every caller.
//!
//! Optional query parameters, and a body without a required field, become one struct. The operation
//! gets two methods: `list_rooms` sends none of them, `list_rooms_with` takes the struct. A later
//! optional parameter or field adds a field, or a method. Delete this file when progenitor does so.

use quote::format_ident;
use syn::visit_mut::VisitMut;
use syn::{
    Field, FnArg, GenericArgument, Ident, ImplItem, ImplItemFn, Item, Lifetime, Pat, PathArguments,
    Stmt, Type, parse::Parser, parse_quote,
};

use super::Workaround;
use crate::document::{Document, MULTIPART, Operation, get, is_required, properties, text};
use crate::error::Error;
use crate::generate::Generated;
use crate::{naming, syntax};

pub(super) struct Options;

const NAME: &str = "options";

impl Workaround for Options {
    fn patch(&self, document: &Document, generated: &mut Generated) -> Result<(), Error> {
        for operation in document.operations() {
            if has_options(&operation) {
                collect(&operation, generated)?;
            }
        }
        Ok(())
    }
}

/// Whether the operation has an optional query parameter or an optional body.
pub(crate) fn has_options(operation: &Operation<'_>) -> bool {
    has_optional_body(operation) || optional_parameters(operation).next().is_some()
}

/// Whether the operation has a body without a required field.
pub(crate) fn has_optional_body(operation: &Operation<'_>) -> bool {
    let required = |schema| properties(schema).any(|(name, _)| is_required(schema, name));
    operation.body().is_some_and(|(_, schema)| !required(schema))
}

/// The names of the query parameters that may be left out.
pub(super) fn optional_parameters<'a>(
    operation: &Operation<'a>,
) -> impl Iterator<Item = &'a str> + use<'a> {
    operation
        .parameters()
        .filter(|parameter| is_optional(parameter))
        .map(|parameter| text(parameter, "name"))
}

/// Whether a parameter may be left out, so that it is a field of the options.
pub(crate) fn is_optional(parameter: &serde_json::Value) -> bool {
    text(parameter, "in") == "query" && get(parameter, "required") != true
}

/// The name of the struct that holds a field of the body.
pub(super) fn struct_of_body(operation: &Operation<'_>) -> String {
    match has_optional_body(operation) {
        true => naming::options(operation.id()),
        false => naming::body(operation.id()),
    }
}

/// Moves what is optional from the arguments of a method into a struct.
fn collect(operation: &Operation<'_>, generated: &mut Generated) -> Result<(), Error> {
    let name = format_ident!("{}", naming::options(operation.id()));
    if has_optional_body(operation) {
        let body = naming::body(operation.id());
        Rename(&body, &name).visit_file_mut(&mut generated.types);
        Rename(&body, &name).visit_file_mut(&mut generated.client);
    }
    let method = syntax::find_operation(&mut generated.client, operation.id(), NAME)?;
    let fields = take_arguments(operation, method);
    let by_value = matches!(operation.body(), Some((MULTIPART, _)) if has_optional_body(operation));
    let plain = divide(operation, method, &name, &fields, by_value);
    add_method(generated, operation, plain);
    add_fields(generated, &name, fields)
}

/// Renames a type.
struct Rename<'a>(&'a str, &'a Ident);

impl VisitMut for Rename<'_> {
    fn visit_ident_mut(&mut self, ident: &mut Ident) {
        if ident == self.0 {
            *ident = self.1.clone();
        }
    }
}

/// Takes the optional arguments out of a method and returns them as fields of a struct.
fn take_arguments(operation: &Operation<'_>, method: &mut ImplItemFn) -> Vec<(Ident, Type)> {
    let optional: Vec<Ident> = optional_parameters(operation).map(naming::snake).collect();
    let mut fields = Vec::new();
    let arguments = std::mem::take(&mut method.sig.inputs);
    for argument in arguments {
        match name(&argument) {
            Some((name, ty)) if optional.contains(name) => {
                let mut ty = ty.clone();
                Owned.visit_type_mut(&mut ty);
                fields.push((name.clone(), ty));
            }
            Some((name, _)) if name == "body" && has_optional_body(operation) => {}
            _ => method.sig.inputs.push(argument),
        }
    }
    fields.sort_by_key(|(field, _)| optional.iter().position(|name| name == field));
    fields
}

fn name(argument: &FnArg) -> Option<(&Ident, &Type)> {
    match argument {
        FnArg::Typed(argument) => match &*argument.pat {
            Pat::Ident(pattern) => Some((&pattern.ident, &argument.ty)),
            _ => None,
        },
        FnArg::Receiver(_) => None,
    }
}

/// Turns the type of an argument into that of a field: owned, and without the module's name.
struct Owned;

impl VisitMut for Owned {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        if let Type::Reference(reference) = ty {
            let inner = (*reference.elem).clone();
            *ty = match syntax::type_name(&inner).as_deref() {
                Some("str") => parse_quote!(::std::string::String),
                _ => inner,
            };
        }
        syn::visit_mut::visit_type_mut(self, ty);
    }

    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        if path.segments.first().is_some_and(|first| first.ident == "types") {
            path.segments = path.segments.iter().skip(1).cloned().collect();
        }
        for segment in &mut path.segments {
            if let PathArguments::AngleBracketed(arguments) = &mut segment.arguments {
                for argument in &mut arguments.args {
                    if let GenericArgument::Type(inner) = argument {
                        self.visit_type_mut(inner);
                    }
                }
            }
        }
    }
}

/// Makes the method that takes the struct, and returns the method without options.
fn divide(
    operation: &Operation<'_>,
    method: &mut ImplItemFn,
    name: &Ident,
    fields: &[(Ident, Type)],
    by_value: bool,
) -> ImplItemFn {
    let with = naming::method_with(operation.id());
    let mut plain = method.clone();
    let arguments: Vec<Ident> =
        plain.sig.inputs.iter().filter_map(self::name).map(|(name, _)| name.clone()).collect();
    plain.block = match by_value {
        true => parse_quote!({ self.#with(#(#arguments,)* types::#name::default()).await }),
        false => parse_quote!({ self.#with(#(#arguments,)* &types::#name::default()).await }),
    };
    let lifetime = Lifetime::new("'a", proc_macro2::Span::call_site());
    method.sig.ident = with;
    method.sig.inputs.push(match by_value {
        true => parse_quote!(options: types::#name),
        false => parse_quote!(options: &#lifetime types::#name),
    });
    let first = names(operation, name, fields, by_value);
    method.block.stmts.splice(0..0, first);
    plain
}

/// Binds the fields to the names that the rest of the method uses.
fn names(
    operation: &Operation<'_>,
    name: &Ident,
    fields: &[(Ident, Type)],
    by_value: bool,
) -> Vec<Stmt> {
    let idents: Vec<&Ident> = fields.iter().map(|(ident, _)| ident).collect();
    let mut first: Vec<Stmt> = Vec::new();
    if has_optional_body(operation) {
        first.push(parse_quote!(let body = options;));
    }
    if by_value {
        first.extend(
            idents.iter().map(|ident| -> Stmt { parse_quote!(let #ident = body.#ident.clone();) }),
        );
    } else if !idents.is_empty() {
        first.push(parse_quote!(let types::#name { #(#idents,)* .. } = options;));
    }
    first
}

/// Puts a method before the one that takes the options.
fn add_method(generated: &mut Generated, operation: &Operation<'_>, plain: ImplItemFn) {
    let with = naming::method_with(operation.id());
    for item in &mut generated.client.items {
        if let Item::Impl(block) = item {
            let place = block
                .items
                .iter()
                .position(|item| matches!(item, ImplItem::Fn(method) if method.sig.ident == with));
            if let Some(place) = place {
                block.items.insert(place, ImplItem::Fn(plain));
                return;
            }
        }
    }
}

/// Adds the query parameters to the struct of the body, or to a new one.
fn add_fields(
    generated: &mut Generated,
    name: &Ident,
    fields: Vec<(Ident, Type)>,
) -> Result<(), Error> {
    if syntax::find_struct(&mut generated.types, &name.to_string()).is_none() {
        generated.types.items.push(parse_quote! {
            #[derive(Clone, Debug, Default, PartialEq)]
            pub struct #name {}
        });
    }
    let missing = || Error::Patch { workaround: NAME, message: format!("no struct `{name}`") };
    let item = syntax::find_struct(&mut generated.types, &name.to_string()).ok_or_else(missing)?;
    if !item.attrs.iter().any(|attribute| syntax::derives(attribute, "Default")) {
        item.attrs.push(parse_quote!(#[derive(Default)]));
    }
    let serialized = item.attrs.iter().any(syntax::derives_serialize);
    let syn::Fields::Named(named) = &mut item.fields else { return Err(missing()) };
    for (ident, ty) in fields {
        let skip = serialized.then(|| quote::quote!(#[serde(skip)]));
        let field = quote::quote!(#skip pub #ident: #ty);
        named.named.push(Field::parse_named.parse2(field)?);
    }
    Ok(())
}
