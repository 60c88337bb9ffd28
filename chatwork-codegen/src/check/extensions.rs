//! Vendor extensions: only those that spec/README.md documents, where they belong, well-formed.

use serde_json::Value;

use crate::diagnostic::Diagnostics;
use crate::document::{
    Document, Operation, entries, get, is_component, items, join, nodes, reference, text,
};
use crate::schema::{self, Validator};

const KNOWN: [&str; 10] = [
    "x-comma-separated",
    "x-description-ja",
    "x-max-bytes",
    "x-name-ja",
    "x-rate-limits",
    "x-retry-safety",
    "x-revision",
    "x-scopes-ja",
    "x-summary-ja",
    "x-webhooks",
];

/// The keys of Japanese texts, each with the key of its English text.
const JAPANESE: [(&str, &str); 2] =
    [("x-description-ja", "description"), ("x-summary-ja", "summary")];

pub(super) fn check(document: &Document, diagnostics: &mut Diagnostics) {
    unknown(document, diagnostics);
    japanese(document, diagnostics);
    placed(document, diagnostics);
    rate_limits(document, diagnostics);
    for operation in document.operations() {
        limits(document, &operation, diagnostics);
        retry_safety(document, &operation, diagnostics);
    }
    schema::visit(document, &mut |at, schema| {
        max_bytes(schema, at, diagnostics);
        comma_separated(document, schema, at, diagnostics);
    });
}

fn unknown(document: &Document, diagnostics: &mut Diagnostics) {
    nodes::visit(document.root(), &mut |_, at, value| {
        for (key, _) in entries(value) {
            if key.starts_with("x-") && !KNOWN.contains(&key) {
                let message = format!("unknown extension: expected one of {}", KNOWN.join(", "));
                diagnostics.add(join(at, key), message);
            }
        }
    });
}

/// A Japanese text is a translation: the English text must exist, too.
fn japanese(document: &Document, diagnostics: &mut Diagnostics) {
    nodes::visit(document.root(), &mut |_, at, value| {
        for (key, english) in JAPANESE {
            let Some(translation) = value.get(key) else {
                continue;
            };
            if translation.as_str().is_none_or(|text| text.trim().is_empty()) {
                diagnostics.add(join(at, key), "expected a Japanese text");
            } else if text(value, english).is_empty() {
                diagnostics
                    .add(join(at, key), format!("expected the English text `{english}` beside it"));
            }
        }
    });
}

/// Extensions that have a meaning in one place only.
fn placed(document: &Document, diagnostics: &mut Diagnostics) {
    nodes::visit(document.root(), &mut |_, at, value| {
        let tag = at.strip_prefix("/tags/").is_some_and(|rest| !rest.contains('/'));
        if value.get("x-name-ja").is_some() && !tag {
            diagnostics.add(join(at, "x-name-ja"), "expected `x-name-ja` on a tag only");
        }
        if value.get("x-scopes-ja").is_some() && !get(value, "scopes").is_object() {
            diagnostics.add(join(at, "x-scopes-ja"), "expected `x-scopes-ja` beside `scopes` only");
        }
        if let Some(revision) = value.get("x-revision")
            && (at != "/info" || revision.as_u64().is_none_or(|number| number == 0))
        {
            let message = "expected a whole number above 0, in `info`";
            diagnostics.add(join(at, "x-revision"), message);
        }
    });
}

fn rate_limits(document: &Document, diagnostics: &mut Diagnostics) {
    for (name, limit) in entries(document.at("/x-rate-limits")) {
        let at = join("/x-rate-limits", name);
        for key in ["requests", "seconds"] {
            if get(limit, key).as_u64().is_none_or(|number| number == 0) {
                diagnostics.add(join(&at, key), "expected a whole number above 0");
            }
        }
        if text(limit, "description").is_empty() {
            diagnostics.add(join(&at, "description"), "expected `description`, found none");
        }
        let error = get(limit, "error");
        if !error.is_null() && error.as_str().is_none_or(str::is_empty) {
            diagnostics.add(join(&at, "error"), "expected the text of the error, as a string");
        }
        if !is_counted(document, name, text(limit, "per")) {
            let message = "expected `account`, or a path parameter of every operation that \
                           counts against the limit";
            diagnostics.add(join(&at, "per"), message);
        }
    }
}

/// Whether every operation of a limit has what the limit counts by.
fn is_counted(document: &Document, limit: &str, per: &str) -> bool {
    let counts = |operation: &Operation<'_>| {
        items(get(operation.value, "x-rate-limits")).any(|name| name == limit)
    };
    let has = |operation: Operation<'_>| {
        operation.parameters().any(|p| text(p, "in") == "path" && text(p, "name") == per)
    };
    per == "account" || (!per.is_empty() && document.operations().filter(counts).all(has))
}

fn limits(document: &Document, operation: &Operation<'_>, diagnostics: &mut Diagnostics) {
    let at = join(&operation.pointer(), "x-rate-limits");
    let declared = document.at("/x-rate-limits");
    let used: Vec<&str> =
        items(get(operation.value, "x-rate-limits")).filter_map(Value::as_str).collect();
    if used.is_empty() || used.iter().any(|name| get(declared, name).is_null()) {
        let names: Vec<&str> = entries(declared).map(|(name, _)| name).collect();
        diagnostics
            .add(at, format!("expected a list of the limits that count: {}", names.join(", ")));
    }
}

fn retry_safety(document: &Document, operation: &Operation<'_>, diagnostics: &mut Diagnostics) {
    let value = get(operation.value, "x-retry-safety");
    let at = join(&operation.pointer(), "x-retry-safety");
    let right = match value.as_str() {
        Some(word) => ["safe", "unsafe"].contains(&word),
        None => return safe_when(document, operation, value, &at, diagnostics),
    };
    if !right {
        diagnostics.add(at, RETRY);
    }
}

const RETRY: &str = "expected `safe`, `unsafe`, or `safe-when` with `parameter` (one of this \
                     operation's) and `equals`";

fn safe_when(
    document: &Document,
    operation: &Operation<'_>,
    value: &Value,
    at: &str,
    diagnostics: &mut Diagnostics,
) {
    let when = get(value, "safe-when");
    let parameter = text(when, "parameter");
    let found = operation.parameters().find(|p| text(p, "name") == parameter);
    let alone = entries(value).all(|(key, _)| key == "safe-when");
    let known = entries(when).all(|(key, _)| ["parameter", "equals"].contains(&key));
    let equals = get(when, "equals");
    match found {
        Some(parameter) if alone && known && !equals.is_null() => {
            let at = join(&join(at, "safe-when"), "equals");
            for error in Validator::new(document).errors(get(parameter, "schema"), equals) {
                diagnostics.add(&at, format!("expected a value of the parameter: {error}"));
            }
        }
        _ => diagnostics.add(at, RETRY),
    }
}

fn max_bytes(schema: &Value, at: &str, diagnostics: &mut Diagnostics) {
    let Some(value) = schema.get("x-max-bytes") else {
        return;
    };
    if value.as_u64().is_none_or(|bytes| bytes == 0) || text(schema, "format") != "binary" {
        let message = "expected a number of bytes above 0, on a schema of `format: binary`";
        diagnostics.add(join(at, "x-max-bytes"), message);
    }
}

fn comma_separated(document: &Document, schema: &Value, at: &str, diagnostics: &mut Diagnostics) {
    let Some(value) = schema.get("x-comma-separated") else {
        return;
    };
    let target = reference(value).map(|target| document.target(target));
    let scalar = target.is_some_and(|target| {
        // A secret and a file have no `Display`, and a flag is not a generated type.
        let hidden = ["password", "binary"].contains(&text(target, "format"));
        let number = text(target, "type") == "integer" && get(target, "enum").is_null();
        !hidden && (number || text(target, "type") == "string")
    });
    if !scalar || text(schema, "type") != "string" || !is_component(at) {
        let message = "expected the `$ref` of a string (no secret) or an integer (no flag), on a \
                       component of `type: string`";
        diagnostics.add(join(at, "x-comma-separated"), message);
    }
}
