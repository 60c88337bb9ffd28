//! Workaround: progenitor parses the body of an error reply as the declared JSON. If a gateway
//! sends HTML or no body, parsing fails and the status and the headers are lost. Progenitor's error
//! also shows the whole body.
//!
//! Error replies are removed from the document, so that the status, headers and body of every
//! refusal are kept. `crate::reply`, which is hand-written, reads both kinds of reply. Delete this
//! file when progenitor's error keeps status and headers for every body, and does not show the
//! body.

use serde_json::Value;
use syn::visit_mut::{self, VisitMut};
use syn::{ExprMatch, Pat, PathArguments, Type, TypePath};

use super::Workaround;
use super::support::operations_mut;
use crate::document::Document;
use crate::error::Error;
use crate::generate::Generated;
use crate::syntax;

pub(super) struct ErrorReplies;

impl Workaround for ErrorReplies {
    fn lower(&self, root: &mut Value) {
        for operation in operations_mut(root) {
            if let Some(Value::Object(responses)) = operation.get_mut("responses") {
                responses.retain(|status, _| status.starts_with('2'));
            }
        }
    }

    fn patch(&self, _: &Document, generated: &mut Generated) -> Result<(), Error> {
        for method in syntax::operations(&mut generated.client) {
            OneError.visit_return_type_mut(&mut method.sig.output);
            ReadReplies.visit_block_mut(&mut method.block);
        }
        Ok(())
    }
}

/// `Error<()>` becomes the crate's own error.
struct OneError;

impl VisitMut for OneError {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        if let Type::Path(TypePath { path, .. }) = ty
            && let Some(last) = path.segments.last_mut()
            && last.ident == "Error"
        {
            last.arguments = PathArguments::None;
        }
        visit_mut::visit_type_mut(self, ty);
    }
}

/// The arms of `match response.status()`: bodies are read by `crate::reply`.
struct ReadReplies;

impl VisitMut for ReadReplies {
    fn visit_expr_match_mut(&mut self, found: &mut ExprMatch) {
        use quote::ToTokens;
        let Some(response) = syntax::receiver(&found.expr).cloned() else {
            return;
        };
        for arm in &mut found.arms {
            let body = arm.body.to_token_stream().to_string();
            if matches!(arm.pat, Pat::Wild(_)) {
                *arm.body = syn::parse_quote!(Err(#response.refused()));
            } else if body.contains("from_response") {
                *arm.body = syn::parse_quote!(#response.json());
            } else if body.contains("empty") {
                *arm.body = syn::parse_quote!(Ok(#response.empty()));
            }
        }
    }
}
