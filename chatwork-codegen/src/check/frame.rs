//! What every document begins with, and what every operation needs from it.

use crate::diagnostic::Diagnostics;
use crate::document::{Document, items, join, text};

/// The version of OpenAPI in which the document is written.
const VERSION: &str = "3.0.3";

pub(super) fn check(document: &Document, diagnostics: &mut Diagnostics) {
    version(document, diagnostics);
    for key in ["title", "version", "description"] {
        if text(document.at("/info"), key).is_empty() {
            diagnostics.add(join("/info", key), format!("expected a {key}, found none"));
        }
    }
    let server = text(document.at("/servers/0"), "url");
    if server.contains(['{', '}']) {
        diagnostics.add("/servers/0/url", "expected a URL without variables in braces");
    }
    if !server.starts_with("https://") || server.ends_with('/') {
        let message = format!("expected an https URL without a slash at its end, found `{server}`");
        diagnostics.add("/servers/0/url", message);
    }
    for (index, tag) in items(document.at("/tags")).enumerate() {
        let name = text(tag, "name");
        if items(document.at("/tags")).take(index).any(|other| text(other, "name") == name) {
            diagnostics.add(
                join("/tags", index),
                format!("the tag `{name}` is declared twice: expected each tag once"),
            );
        }
        if text(tag, "description").is_empty() {
            diagnostics.add(join("/tags", index), "expected a description of the tag, found none");
        }
    }
}

fn version(document: &Document, diagnostics: &mut Diagnostics) {
    match document.at("/openapi").as_str() {
        Some(VERSION) => {}
        Some(other) => {
            diagnostics.add("/openapi", format!("expected version {VERSION}, found {other}"));
        }
        None => diagnostics.add("/openapi", format!("expected the string \"{VERSION}\"")),
    }
}
