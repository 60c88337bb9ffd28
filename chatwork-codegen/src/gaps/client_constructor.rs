//! Gap: progenitor's `Client::new` unwraps, and follows redirects with a token that reqwest does
//! not know to be one.
//!
//! The constructor is taken out; `chatwork-api` has its own. Can go when progenitor's constructor
//! returns a result and leaves the HTTP client to the caller.

use syn::{ImplItem, Item};

use super::Gap;
use crate::document::Document;
use crate::error::Error;
use crate::generate::Generated;

pub(super) struct ClientConstructor;

impl Gap for ClientConstructor {
    fn finish(&self, _: &Document, generated: &mut Generated) -> Result<(), Error> {
        for item in &mut generated.client.items {
            if let Item::Impl(block) = item
                && block.trait_.is_none()
            {
                block.items.retain(|item| !is_new(item));
            }
        }
        Ok(())
    }
}

fn is_new(item: &ImplItem) -> bool {
    matches!(item, ImplItem::Fn(method) if method.sig.ident == "new")
}
