//! Workaround: progenitor panics if an operation has two successes of different shapes: 200 with a
//! body and 204 without.
//!
//! The 204 is removed. The patch adds it again: 204 returns `None`, 200 returns `Some`. Delete this
//! file when progenitor returns an `Option`, or an enum, for several successes.

use serde_json::Value;
use syn::visit_mut::VisitMut;
use syn::{Arm, Expr, GenericArgument, PathArguments, Stmt, Type};

use super::Workaround;
use super::support::operations_mut;
use crate::document::{Document, Operation};
use crate::error::Error;
use crate::generate::Generated;
use crate::syntax;

pub(super) struct NoContent;

const NAME: &str = "200 beside 204";

impl Workaround for NoContent {
    fn lower(&self, root: &mut Value) {
        for operation in operations_mut(root) {
            if let Some(Value::Object(responses)) = operation.get_mut("responses")
                && responses.keys().any(|status| status != "204")
            {
                responses.shift_remove("204");
            }
        }
    }

    fn patch(&self, document: &Document, generated: &mut Generated) -> Result<(), Error> {
        for operation in document.operations() {
            if let Some(status) = status_beside_204(&operation) {
                let method = syntax::find_operation(&mut generated.client, operation.id(), NAME)?;
                Optional.visit_return_type_mut(&mut method.sig.output);
                arms(&mut method.block.stmts, status)?;
            }
        }
        Ok(())
    }
}

/// The status with a body of an operation that also has a 204.
fn status_beside_204(operation: &Operation<'_>) -> Option<u16> {
    let with_body = operation.successes().find(|(_, body)| body.is_some())?.0;
    operation.successes().any(|(status, body)| status == 204 && body.is_none()).then_some(with_body)
}

/// `ResponseValue<T>` becomes `ResponseValue<Option<T>>`.
struct Optional;

impl VisitMut for Optional {
    fn visit_type_path_mut(&mut self, ty: &mut syn::TypePath) {
        let Some(last) = ty.path.segments.last_mut() else {
            return;
        };
        let PathArguments::AngleBracketed(arguments) = &mut last.arguments else {
            return;
        };
        for argument in &mut arguments.args {
            let GenericArgument::Type(inner) = argument else {
                continue;
            };
            if last.ident == "ResponseValue" {
                let wrapped: Type = syn::parse_quote!(::std::option::Option<#inner>);
                *inner = wrapped;
            } else {
                self.visit_type_mut(inner);
            }
        }
    }
}

/// The body becomes `Some`, and an arm for 204 is added.
fn arms(statements: &mut [Stmt], status: u16) -> Result<(), Error> {
    let missing =
        || Error::Patch { workaround: NAME, message: "no match on the status".to_owned() };
    let Some(Stmt::Expr(Expr::Match(found), None)) = statements.last_mut() else {
        return Err(missing());
    };
    let response = syntax::receiver(&found.expr).ok_or_else(missing)?.clone();
    let first = found.arms.first_mut().ok_or_else(missing)?;
    *first = syn::parse_quote!(#status => #response.some(),);
    let none: Arm = syn::parse_quote!(204u16 => Ok(#response.none()),);
    found.arms.insert(1, none);
    Ok(())
}
