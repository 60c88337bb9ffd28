//! Workaround: progenitor writes the whole exchange into every method: hooks, sending and reading,
//! each of them awaited. That is one more large state machine for each operation, to be compiled
//! here and to be proved `Send` wherever it is called.
//!
//! The exchange becomes one call of `crate::reply::exchange`, which returns a reply that has
//! arrived whole; what is left in the method is to read it. Can go when progenitor does so, too.

use syn::{Expr, Ident, Local, Pat, PatIdent, Stmt};

use super::Workaround;
use crate::document::Document;
use crate::error::Error;
use crate::generate::Generated;
use crate::syntax;

pub(super) struct OneExchange;

const NAME: &str = "one exchange";

impl Workaround for OneExchange {
    fn patch(&self, _: &Document, generated: &mut Generated) -> Result<(), Error> {
        for method in syntax::operations(&mut generated.client) {
            let name = method.sig.ident.to_string();
            shorten(&mut method.block.stmts).ok_or_else(|| {
                let message = format!("no exchange of the known form in `{name}`");
                Error::Patch { workaround: NAME, message }
            })?;
        }
        Ok(())
    }
}

/// Puts one call in the place of all that stands between the request and the look at the status.
///
/// Names are taken as they are: progenitor changes its own when a parameter bears one of them.
fn shorten(statements: &mut Vec<Stmt>) -> Option<()> {
    let info = statements.iter().position(makes_operation_info)?;
    let last = statements.len().checked_sub(2)?;
    let request = unmut(statements.get_mut(info.checked_sub(1)?)?)?;
    let response = name(statements.get_mut(last)?)?.ident.clone();
    let call = syn::parse_quote! {
        let #response = crate::reply::exchange(self, #request).await?;
    };
    statements.splice(info..=last, [call]);
    Some(())
}

/// The request is not changed after it is made. Returns its name.
fn unmut(statement: &mut Stmt) -> Option<Ident> {
    let pattern = name(statement)?;
    pattern.mutability = None;
    let ident = pattern.ident.clone();
    if let Stmt::Local(local) = statement {
        local.attrs.clear();
    }
    Some(ident)
}

/// What a statement names.
fn name(statement: &mut Stmt) -> Option<&mut PatIdent> {
    match statement {
        Stmt::Local(Local { pat: Pat::Ident(pattern), .. }) => Some(pattern),
        _ => None,
    }
}

/// Whether a statement is `let info = OperationInfo { operation_id: … };`.
fn makes_operation_info(statement: &Stmt) -> bool {
    let Stmt::Local(local) = statement else { return false };
    let value = local.init.as_ref().map(|init| &*init.expr);
    matches!(value, Some(Expr::Struct(info)) if info.path.is_ident("OperationInfo"))
}
