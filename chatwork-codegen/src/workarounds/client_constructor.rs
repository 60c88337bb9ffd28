//! Workaround: progenitor's `Client::new` unwraps. Its HTTP client follows redirects with the token
//! header, because reqwest cannot tell that the header is a secret.
//!
//! The patch removes the constructor; `chatwork-api` has its own. The constructor that takes an
//! HTTP client gets docs with what that client must not do. Delete this file when progenitor's
//! constructor returns a `Result` and takes the HTTP client from the caller.

use syn::parse::Parser;
use syn::{Attribute, ImplItem, Item};

use super::Workaround;
use crate::document::Document;
use crate::error::Error;
use crate::generate::Generated;
use crate::{rustdoc, syntax};

pub(super) struct ClientConstructor;

impl Workaround for ClientConstructor {
    fn patch(&self, _: &Document, generated: &mut Generated) -> Result<(), Error> {
        for item in &mut generated.client.items {
            if let Item::Impl(block) = item
                && block.trait_.is_none()
            {
                block.items.retain(|item| !is_new(item));
                block.items.iter_mut().try_for_each(describe)?;
            }
        }
        Ok(())
    }
}

fn is_new(item: &ImplItem) -> bool {
    matches!(item, ImplItem::Fn(method) if method.sig.ident == "new")
}

const DOCS: &str = "\
A client with an HTTP client of your own, and a base URL without a slash at its end.

The HTTP client must not follow redirects (`redirect::Policy::none()`): reqwest sends the API
token to the host of a redirect too, whichever host that is.";

/// Replaces progenitor's docs of `new_with_client`, which do not mention tokens.
fn describe(item: &mut ImplItem) -> Result<(), Error> {
    if let ImplItem::Fn(method) = item
        && method.sig.ident == "new_with_client"
    {
        syntax::remove_attributes(&mut method.attrs, "doc");
        let docs = Attribute::parse_outer.parse2(rustdoc::attributes(DOCS))?;
        method.attrs.splice(0..0, docs);
    }
    Ok(())
}
