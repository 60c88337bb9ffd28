//! Every operation can be called with an API token, or with one of the scopes it names.

use serde_json::Value;

use crate::diagnostic::Diagnostics;
use crate::document::{Document, Operation, entries, get, items, join, text};

pub(super) fn check(document: &Document, diagnostics: &mut Diagnostics) {
    let schemes = document.at("/components/securitySchemes");
    let declared: Vec<&str> = document.scopes().map(|(scope, _)| scope).collect();
    for (name, scheme) in entries(schemes) {
        let at = join("/components/securitySchemes", name);
        if !["apiKey", "oauth2"].contains(&text(scheme, "type")) {
            diagnostics.add(join(&at, "type"), "expected one of apiKey, oauth2");
        }
        let uses = |operation: Operation<'_>| {
            items(get(operation.value, "security")).any(|it| it.get(name).is_some())
        };
        if document.operations().next().is_some() && !document.operations().any(uses) {
            diagnostics.add(at, "expected a scheme that an operation uses");
        }
    }
    for operation in document.operations() {
        let at = join(&operation.pointer(), "security");
        scopes(&operation, &declared, &at, diagnostics);
        token_first(&operation, schemes, &at, diagnostics);
    }
}

fn scopes(operation: &Operation<'_>, declared: &[&str], at: &str, diagnostics: &mut Diagnostics) {
    let scopes = operation.scopes();
    if scopes.is_empty() {
        diagnostics.add(at, "expected the OAuth scopes that allow the operation, found none");
    }
    for scope in scopes.iter().filter(|scope| !declared.contains(scope)) {
        let known = declared.join(", ");
        diagnostics.add(at, format!("`{scope}` is not a valid scope: expected one of {known}"));
    }
    let alternatives = items(get(operation.value, "security"));
    for (index, alternative) in alternatives.enumerate() {
        if entries(alternative).any(|(_, scopes)| items(scopes).count() > 1) {
            let message = "scopes in one list are all needed together: \
                           expected one alternative for each";
            diagnostics.add(join(at, index), message);
        }
    }
}

fn token_first(
    operation: &Operation<'_>,
    schemes: &Value,
    at: &str,
    diagnostics: &mut Diagnostics,
) {
    let first = items(get(operation.value, "security")).next().unwrap_or(&Value::Null);
    let is_key = |(name, _): (&str, &Value)| text(get(schemes, name), "type") == "apiKey";
    if !entries(first).any(is_key) {
        diagnostics.add(at, "expected the API token as the first alternative");
    }
}
