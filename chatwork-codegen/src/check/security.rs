//! Every operation can be called with an API token, or with one of the scopes it names.

use serde_json::Value;

use crate::diagnostic::Diagnostics;
use crate::document::{Document, Operation, entries, get, items, join, text};

pub(super) fn check(document: &Document, faults: &mut Diagnostics) {
    let schemes = document.at("/components/securitySchemes");
    let declared: Vec<&str> = document.scopes().map(|(scope, _)| scope).collect();
    for (name, scheme) in entries(schemes) {
        let at = join("/components/securitySchemes", name);
        if !["apiKey", "oauth2"].contains(&text(scheme, "type")) {
            faults.add(join(&at, "type"), "expected one of apiKey, oauth2");
        }
        let uses = |operation: Operation<'_>| {
            items(get(operation.value, "security")).any(|it| it.get(name).is_some())
        };
        if document.operations().next().is_some() && !document.operations().any(uses) {
            faults.add(at, "expected a scheme that an operation uses");
        }
    }
    for operation in document.operations() {
        let at = join(&operation.pointer(), "security");
        scopes(&operation, &declared, &at, faults);
        token_first(&operation, schemes, &at, faults);
    }
}

fn scopes(operation: &Operation<'_>, declared: &[&str], at: &str, faults: &mut Diagnostics) {
    let scopes = operation.scopes();
    if scopes.is_empty() {
        faults.add(at, "expected the OAuth scopes of which the operation needs one, found none");
    }
    for scope in scopes.iter().filter(|scope| !declared.contains(scope)) {
        faults.add(at, format!("`{scope}` is no scope of the security schemes"));
    }
    let alternatives = items(get(operation.value, "security"));
    for (index, alternative) in alternatives.enumerate() {
        if entries(alternative).any(|(_, scopes)| items(scopes).count() > 1) {
            let message = "scopes in one list are all needed together: \
                           expected one alternative for each";
            faults.add(join(at, index), message);
        }
    }
}

fn token_first(operation: &Operation<'_>, schemes: &Value, at: &str, faults: &mut Diagnostics) {
    let first = items(get(operation.value, "security")).next().unwrap_or(&Value::Null);
    let is_key = |(name, _): (&str, &Value)| text(get(schemes, name), "type") == "apiKey";
    if !entries(first).any(is_key) {
        faults.add(at, "expected the API token as the first alternative");
    }
}
