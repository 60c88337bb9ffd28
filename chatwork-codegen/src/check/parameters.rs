//! Parameters are described, typed, and agree with the path template.

use std::collections::HashMap;

use crate::diagnostic::Diagnostics;
use crate::document::{Document, Operation, entries, get, join, kind, text};

pub(super) fn check(document: &Document, diagnostics: &mut Diagnostics) {
    for operation in document.operations() {
        let at = join(&operation.pointer(), "parameters");
        for (place, parameter) in operation.parameter_places() {
            let (place, parameter) = document.place(place, parameter);
            one(document, parameter, &place, diagnostics);
        }
        template(&operation, &at, diagnostics);
    }
    same_paths(document, diagnostics);
}

/// Two paths that differ in the names of their parameters only are one path.
fn same_paths(document: &Document, diagnostics: &mut Diagnostics) {
    let mut seen: HashMap<String, &str> = HashMap::new();
    for (path, _) in entries(document.at("/paths")) {
        let parts = path.split('/').map(|part| if part.starts_with('{') { "{}" } else { part });
        let shape: Vec<&str> = parts.collect();
        if let Some(first) = seen.insert(shape.join("/"), path) {
            let message = format!("the same path as `{first}`: expected the operations there");
            diagnostics.add(join("/paths", path), message);
        }
    }
}

fn one(
    document: &Document,
    parameter: &serde_json::Value,
    at: &str,
    diagnostics: &mut Diagnostics,
) {
    if text(parameter, "name").is_empty() {
        diagnostics.add(join(at, "name"), "expected the name of the parameter, found none");
    }
    if text(parameter, "description").is_empty() {
        diagnostics.add(at, "expected a description of the parameter, found none");
    }
    if !["path", "query"].contains(&text(parameter, "in")) {
        diagnostics.add(
            join(at, "in"),
            format!("expected `in: path` or `in: query`, found `{}`", text(parameter, "in")),
        );
    }
    let schema = document.resolve(get(parameter, "schema"));
    if !["string", "integer", "boolean"].contains(&text(schema, "type")) {
        diagnostics.add(join(at, "schema"), "expected a schema of type string, integer or boolean");
    }
    format(parameter, schema, at, diagnostics);
    let required = get(parameter, "required");
    if !required.is_null() && !required.is_boolean() {
        let message = format!("expected true or false, found {}", kind(required));
        diagnostics.add(join(at, "required"), message);
    } else if text(parameter, "in") == "path" && required != true {
        diagnostics.add(
            join(at, "required"),
            "expected `required: true`: a part of the path cannot be left out",
        );
    }
}

/// A file is sent in a body only, and a secret cannot be written into a path.
fn format(
    parameter: &serde_json::Value,
    schema: &serde_json::Value,
    at: &str,
    diagnostics: &mut Diagnostics,
) {
    let message = match (text(schema, "format"), text(parameter, "in")) {
        ("binary", _) => "a file is sent in a body: expected a format other than `binary`",
        ("password", "path") => {
            "a path is written to logs: expected a format other than `password`, \
             or the secret in the body"
        }
        _ => return,
    };
    diagnostics.add(join(at, "schema"), message);
}

fn template(operation: &Operation<'_>, at: &str, diagnostics: &mut Diagnostics) {
    if !is_path(operation.path) {
        let message = "expected a path of parts such as `/rooms` and `/{room_id}`";
        diagnostics.add(join("/paths", operation.path), message);
        return;
    }
    let names: Vec<&str> = operation
        .parameters()
        .filter(|parameter| text(parameter, "in") == "path")
        .map(|parameter| text(parameter, "name"))
        .collect();
    let holes: Vec<&str> = holes(operation.path).collect();
    for (index, hole) in holes.iter().enumerate() {
        if holes.iter().take(index).any(|other| other == hole) {
            let message = format!("the path has {{{hole}}} twice: expected another name");
            diagnostics.add(join("/paths", operation.path), message);
        }
    }
    for hole in holes.iter().filter(|hole| !names.contains(hole)) {
        diagnostics
            .add(at, format!("the path has {{{hole}}}: expected a path parameter of that name"));
    }
    for name in names.iter().filter(|name| !holes.contains(name)) {
        diagnostics.add(
            at,
            format!("`{name}` is not in the path: expected {{{name}}} in {}", operation.path),
        );
    }
}

/// Whether every part of a path is a word, or a name in braces without a prefix or suffix.
fn is_path(path: &str) -> bool {
    path.strip_prefix('/').is_some_and(|rest| {
        rest.split('/').all(|part| {
            let hole = part.strip_prefix('{').and_then(|name| name.strip_suffix('}'));
            let plain = |c: char| c.is_ascii_alphanumeric() || "-._~".contains(c);
            let fits = match hole {
                Some(name) => !name.contains(['{', '}']),
                None => part.chars().all(plain) && part != "." && part != "..",
            };
            !hole.unwrap_or(part).is_empty() && fits
        })
    })
}

/// The names in braces of a path template.
fn holes(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name)
}
