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
        match text(scheme, "type") {
            "apiKey" => key(scheme, &at, diagnostics),
            "oauth2" => flows(scheme, &at, diagnostics),
            _ => {}
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
        for (index, alternative) in items(get(operation.value, "security")).enumerate() {
            requirement(schemes, alternative, &join(&at, index), diagnostics);
        }
    }
    for (index, alternative) in items(document.at("/security")).enumerate() {
        requirement(schemes, alternative, &join("/security", index), diagnostics);
    }
}

/// Where the token is sent. The generated client sends it in a header.
fn key(scheme: &Value, at: &str, diagnostics: &mut Diagnostics) {
    if text(scheme, "name").is_empty() {
        let message = "expected `name`, the name of the header that holds the token, found none";
        diagnostics.add(join(at, "name"), message);
    }
    if text(scheme, "in") != "header" {
        let found = match text(scheme, "in") {
            "" => "none".to_owned(),
            other => format!("`{other}`"),
        };
        diagnostics.add(join(at, "in"), format!("expected `in: header`, found {found}"));
    }
}

/// What OAuth needs, for each of its flows.
fn flows(scheme: &Value, at: &str, diagnostics: &mut Diagnostics) {
    let at = join(at, "flows");
    if entries(get(scheme, "flows")).count() == 0 {
        diagnostics.add(&at, "expected a flow such as `authorizationCode`, found none");
    }
    for (flow, value) in entries(get(scheme, "flows")) {
        let at = join(&at, flow);
        let addresses: &[&str] = match flow {
            "authorizationCode" => &["authorizationUrl", "tokenUrl"],
            "implicit" => &["authorizationUrl"],
            "password" | "clientCredentials" => &["tokenUrl"],
            // `keys` reports the name.
            _ => continue,
        };
        for key in addresses.iter().filter(|key| text(value, key).is_empty()) {
            let message = format!("expected `{key}`, an address that the flow needs, found none");
            diagnostics.add(join(&at, key), message);
        }
        if !get(value, "scopes").is_object() {
            let message = "expected `scopes`, each scope with a description, found none";
            diagnostics.add(join(&at, "scopes"), message);
        }
    }
}

/// One alternative: each scheme is declared, and has the scopes that its type needs.
fn requirement(schemes: &Value, alternative: &Value, at: &str, diagnostics: &mut Diagnostics) {
    let names: Vec<&str> = entries(schemes).map(|(name, _)| name).collect();
    if entries(alternative).count() == 0 {
        let message = format!(
            "an alternative without a scheme lets anybody in: expected one of {}",
            names.join(", ")
        );
        diagnostics.add(at, message);
    }
    if entries(alternative).count() > 1 {
        let message = "schemes in one alternative are all needed together, and a client sends one: \
                       expected one alternative for each";
        diagnostics.add(at, message);
    }
    for (name, scopes) in entries(alternative) {
        let oauth = text(get(schemes, name), "type") == "oauth2";
        let scoped = items(scopes).next().is_some();
        let message = if !names.contains(&name) {
            let known = names.join(", ");
            format!("`{name}` is not a declared scheme: expected one of {known}")
        } else if oauth && !scoped {
            "expected a scope in the list, found none".to_owned()
        } else if !oauth && (scoped || !scopes.is_array()) {
            "only OAuth has scopes: expected an empty list".to_owned()
        } else {
            continue;
        };
        diagnostics.add(join(at, name), message);
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
