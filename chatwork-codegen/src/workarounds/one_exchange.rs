//! Workaround: progenitor writes the whole exchange into every method: it awaits the hooks, the
//! request and the reply. So each operation has one more large state machine, which must be
//! compiled here and checked for `Send` wherever it is called.
//!
//! The exchange becomes one call of `crate::reply::exchange`, which returns the complete reply. The
//! method only reads it. Delete this file when progenitor does so, too.

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

/// Replaces the statements between the request and the match on the status with one call.
///
/// Reads the names from the code: progenitor renames its variables if a parameter has such a name.
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
