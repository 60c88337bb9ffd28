//! Workaround: progenitor does not support `multipart/form-data`.
//!
//! The body is lowered to an ordinary form, for which typify makes a struct. The patch turns the
//! file fields into `crate::FilePart`, and the method sends the parts in the order of the schema's
//! properties. Delete this file when progenitor sends multipart bodies with streamed parts.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Value, json};
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, FnArg, ItemStruct, Type};

use super::Workaround;
use super::support::operations_mut;
use crate::document::{Document, FORM, MULTIPART, Operation, is_required, properties, text};
use crate::error::Error;
use crate::generate::Generated;
use crate::{naming, syntax};

pub(super) struct Multipart;

const NAME: &str = "multipart";

impl Workaround for Multipart {
    fn lower(&self, root: &mut Value) {
        for operation in operations_mut(root) {
            let content = operation
                .get_mut("requestBody")
                .and_then(|body| body.get_mut("content"))
                .and_then(Value::as_object_mut);
            if let Some(content) = content
                && let Some(mut form) = content.shift_remove(MULTIPART)
            {
                files_as_text(&mut form);
                content.insert(FORM.to_owned(), form);
            }
        }
    }

    fn patch(&self, document: &Document, generated: &mut Generated) -> Result<(), Error> {
        for operation in document.operations() {
            if let Some((MULTIPART, schema)) = operation.body() {
                body_type(&operation, schema, generated)?;
                method(&operation, generated)?;
            }
        }
        Ok(())
    }
}

/// A file is a plain string to progenitor.
fn files_as_text(form: &mut Value) {
    let properties = form.pointer_mut("/schema/properties").and_then(Value::as_object_mut);
    for property in properties.into_iter().flat_map(|map| map.values_mut()) {
        if text(property, "format") == "binary" {
            let description = property.get("description").cloned();
            *property = json!({ "type": "string", "description": description });
        }
    }
}

/// The struct of the body: no serde, files as parts, and a method that makes the form.
fn body_type(
    operation: &Operation<'_>,
    schema: &Value,
    generated: &mut Generated,
) -> Result<(), Error> {
    let name = naming::body(operation.id());
    let item = syntax::find_struct(&mut generated.types, &name)
        .ok_or_else(|| Error::Patch { workaround: NAME, message: format!("no struct `{name}`") })?;
    plain(item);
    for (property, schema) in properties(schema) {
        if text(schema, "format") == "binary"
            && let Some(field) = syntax::find_field(item, property)
        {
            FilePart.visit_type_mut(&mut field.ty);
        }
    }
    item.fields.iter_mut().for_each(|field| syntax::remove_attributes(&mut field.attrs, "serde"));
    let ident = item.ident.clone();
    let parts = properties(schema).map(|(property, inner)| part(schema, property, inner));
    generated.types.items.push(syn::parse_quote! {
        impl #ident {
            /// The form, with its parts in the order of the document.
            pub(crate) fn into_form(self) -> Result<reqwest::multipart::Form, crate::Error> {
                let form = crate::file_part::form();
                #(#parts)*
                Ok(form)
            }
        }
    });
    Ok(())
}

/// Removes the derives that a file or a stream cannot have: clone, compare, serialize.
fn plain(item: &mut ItemStruct) {
    syntax::remove_attributes(&mut item.attrs, "derive");
    syntax::remove_attributes(&mut item.attrs, "serde");
    item.attrs.push(syn::parse_quote!(#[derive(Debug)]));
}

fn part(body: &Value, name: &str, schema: &Value) -> TokenStream {
    let field = naming::snake(name);
    let add = |value: TokenStream| {
        if text(schema, "format") == "binary" {
            quote!(form.part(#name, #value.into_part()?))
        } else {
            quote!(form.text(#name, #value.to_string()))
        }
    };
    if is_required(body, name) {
        let add = add(quote!(self.#field));
        return quote!(let form = #add;);
    }
    let add = add(quote!(value));
    quote! {
        let form = match self.#field {
            Some(value) => #add,
            None => form,
        };
    }
}

/// `String`, also inside an `Option`, becomes the part.
struct FilePart;

impl VisitMut for FilePart {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        if syntax::type_name(ty).as_deref() == Some("String") {
            *ty = syn::parse_quote!(crate::FilePart);
        }
        visit_mut::visit_type_mut(self, ty);
    }
}

/// The method takes the body by value, because a stream is read once, and sends it as multipart.
fn method(operation: &Operation<'_>, generated: &mut Generated) -> Result<(), Error> {
    let body = naming::body(operation.id());
    let method = syntax::find_operation(&mut generated.client, operation.id(), NAME)?;
    for argument in &mut method.sig.inputs {
        if let FnArg::Typed(argument) = argument
            && let Type::Reference(reference) = &*argument.ty
            && syntax::type_name(&reference.elem).as_ref() == Some(&body)
        {
            let by_value = reference.elem.clone();
            argument.ty = by_value;
        }
    }
    SendForm.visit_block_mut(&mut method.block);
    Ok(())
}

/// `.form_urlencoded(&body)?` becomes `.multipart(body.into_form()?)`.
struct SendForm;

impl VisitMut for SendForm {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if let Expr::Try(tried) = expr
            && let Expr::MethodCall(call) = &mut *tried.expr
            && call.method == "form_urlencoded"
        {
            let receiver = &call.receiver;
            *expr = syn::parse_quote!(#receiver.multipart(body.into_form()?));
        }
        visit_mut::visit_expr_mut(self, expr);
    }
}
