//! Whether the document admits a reply.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use chatwork_codegen::document::{JSON, entries, get};
use chatwork_codegen::schema::Validator;
use hyper::HeaderMap;
use hyper::header::CONTENT_TYPE;
use serde_json::Value;

use crate::spec::{self, document};

/// Headers that a reply has whenever the document lists them, and never otherwise. The others that
/// it lists depend on what is there, and may be absent.
const CONSTANT: [&str; 3] = ["x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"];

/// A reply as it went over the wire.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: &'a HeaderMap,
    /// The body.
    pub body: &'a [u8],
}

/// Every operation of the document with every status that it lists.
pub fn documented() -> BTreeSet<(&'static str, u16)> {
    let operations = document().operations();
    let pairs = operations.flat_map(|operation| {
        let statuses = operation.responses().map(|(status, _)| status);
        statuses.map(move |status| (operation.id(), status.parse().expect("a number")))
    });
    pairs.collect()
}

/// Everything about a reply of an operation that the document does not admit.
pub fn faults(id: &str, answer: Answer<'_>) -> Vec<String> {
    let status = answer.status.to_string();
    let operation = spec::operation(id);
    let Some((_, response)) = operation.responses().find(|(known, _)| *known == status) else {
        return vec!["no such status".to_owned()];
    };
    let mut faults = header_faults(response, answer.headers);
    faults.extend(body_faults(response, answer));
    faults
}

fn header_faults(response: &Value, headers: &HeaderMap) -> Vec<String> {
    let listed = get(response, "headers");
    let mut faults = Vec::new();
    for name in CONSTANT {
        match (headers.contains_key(name), listed.get(name).is_some()) {
            (true, false) => faults.push(format!("the header {name}, which is not listed")),
            (false, true) => faults.push(format!("no header {name}")),
            _ => {}
        }
    }
    for (name, header) in entries(listed) {
        let Some(value) = headers.get(name) else {
            continue;
        };
        let text = String::from_utf8_lossy(value.as_bytes());
        let value = serde_json::from_str(&text).unwrap_or_else(|_| Value::from(text));
        let schema = get(document().resolve(header), "schema");
        let found = validator().errors(schema, &value).into_iter();
        faults.extend(found.map(|fault| format!("the header {name}: {fault}")));
    }
    faults
}

fn body_faults(response: &Value, answer: Answer<'_>) -> Vec<String> {
    let json = get(get(response, "content"), JSON);
    if json.is_null() {
        let empty = answer.body.is_empty();
        return if empty { Vec::new() } else { vec!["a body that is not listed".to_owned()] };
    }
    let kind = answer.headers.get(CONTENT_TYPE).map_or(&[][..], |value| value.as_bytes());
    if !kind.starts_with(JSON.as_bytes()) {
        return vec![format!("the type {}", String::from_utf8_lossy(kind))];
    }
    match serde_json::from_slice(answer.body) {
        Ok(value) => validator().errors(get(json, "schema"), &value),
        Err(error) => vec![format!("no JSON: {error}")],
    }
}

fn validator() -> &'static Validator {
    static VALIDATOR: OnceLock<Validator> = OnceLock::new();
    VALIDATOR.get_or_init(|| Validator::new(document()))
}
