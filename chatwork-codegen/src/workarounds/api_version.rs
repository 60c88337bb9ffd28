//! Workaround: progenitor sends an `api-version` header with every request. This API has no such
//! header.
//!
//! The patch removes the header. Delete this file when progenitor has a setting for it.

use syn::visit_mut::{self, VisitMut};
use syn::{Expr, Stmt};

use super::Workaround;
use crate::document::Document;
use crate::error::Error;
use crate::generate::Generated;
use crate::syntax;

pub(super) struct ApiVersion;

impl Workaround for ApiVersion {
    fn patch(&self, _: &Document, generated: &mut Generated) -> Result<(), Error> {
        for method in syntax::operations(&mut generated.client) {
            // No parameter is a header: the check of the document refuses them. So the version is all
            // that is in the map.
            let of_map = |it: &Stmt| appends_header(it) || declares(it, "header_map");
            method.block.stmts.retain(|statement| !of_map(statement));
            DropHeaders.visit_block_mut(&mut method.block);
        }
        Ok(())
    }
}

/// `header_map.append(…);`
fn appends_header(statement: &Stmt) -> bool {
    use quote::ToTokens;
    matches!(statement, Stmt::Expr(..))
        && statement.to_token_stream().to_string().contains("header_map . append")
}

fn declares(statement: &Stmt, name: &str) -> bool {
    match statement {
        Stmt::Local(local) => matches!(&local.pat, syn::Pat::Ident(pat) if pat.ident == name),
        _ => false,
    }
}

/// Takes `.headers(header_map)` out of a chain of calls.
struct DropHeaders;

impl VisitMut for DropHeaders {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if let Expr::MethodCall(call) = expr
            && call.method == "headers"
        {
            let receiver = std::mem::replace(&mut *call.receiver, syn::parse_quote!(()));
            *expr = receiver;
        }
        visit_mut::visit_expr_mut(self, expr);
    }
}
