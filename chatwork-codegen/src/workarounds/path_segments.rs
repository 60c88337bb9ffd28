//! Workaround: progenitor only percent-encodes a string id in the path. An empty id, `.` or `..`
//! changes the path, and a DELETE would delete another resource.
//!
//! `crate::path::segment` writes ids into the path, and rejects those three. Delete this file when
//! progenitor rejects them.

use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, Macro, Token};

use super::Workaround;
use crate::document::Document;
use crate::error::Error;
use crate::generate::Generated;
use crate::syntax;

pub(super) struct PathSegments;

impl Workaround for PathSegments {
    fn patch(&self, _: &Document, generated: &mut Generated) -> Result<(), Error> {
        for method in syntax::operations(&mut generated.client) {
            Segments.visit_block_mut(&mut method.block);
        }
        Ok(())
    }
}

/// `encode_path(&id.to_string())` becomes `crate::path::segment("id", &id.to_string())?`.
struct Segments;

impl VisitMut for Segments {
    fn visit_macro_mut(&mut self, call: &mut Macro) {
        let parser = Punctuated::<Expr, Token![,]>::parse_terminated;
        if call.path.is_ident("format")
            && let Ok(mut arguments) = call.parse_body_with(parser)
        {
            arguments.iter_mut().for_each(|argument| self.visit_expr_mut(argument));
            call.tokens = quote::quote!(#arguments);
        }
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if let Expr::Call(call) = expr
            && matches!(&*call.func, Expr::Path(path) if path.path.is_ident("encode_path"))
            && let Some(value) = call.args.first()
        {
            let name = parameter(value);
            *expr = syn::parse_quote!(crate::path::segment(#name, #value)?);
            return;
        }
        visit_mut::visit_expr_mut(self, expr);
    }
}

/// The name in `&name.to_string()`.
fn parameter(value: &Expr) -> String {
    match value {
        Expr::Reference(reference) => parameter(&reference.expr),
        Expr::MethodCall(call) => parameter(&call.receiver),
        Expr::Path(path) => path.path.get_ident().map(ToString::to_string).unwrap_or_default(),
        _ => String::new(),
    }
}
