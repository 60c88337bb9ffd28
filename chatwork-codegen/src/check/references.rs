//! Every `$ref` leads to something in this document, and not in a circle.

use super::Faults;
use crate::document::{Document, reference, walk};

pub(super) fn check(document: &Document, faults: &mut Faults) {
    walk(document.root(), "", &mut |pointer, value| {
        let Some(target) = reference(value) else {
            return;
        };
        let message = if !target.starts_with("#/") {
            format!("`$ref: {target}` leaves the document: expected `#/components/…`")
        } else if document.target(target).is_null() {
            format!("`$ref: {target}` leads to nothing in this document")
        } else if document.resolve(value).is_null() {
            format!("`$ref: {target}` leads back to itself")
        } else {
            return;
        };
        faults.add(pointer, message);
    });
}
