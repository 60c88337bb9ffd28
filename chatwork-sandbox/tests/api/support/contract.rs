//! Compares a reply with what the document says of its operation.

use std::path::Path;
use std::sync::LazyLock;

use chatwork_codegen::Document;
use chatwork_codegen::document::{Operation, entries, get};
use chatwork_codegen::schema::Validator;
use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use serde_json::Value;

static DOCUMENT: LazyLock<Document> = LazyLock::new(|| {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/chatwork.yaml");
    Document::load(&path).unwrap()
});
static VALIDATOR: LazyLock<Validator> = LazyLock::new(|| Validator::new(&DOCUMENT));

/// Headers that a reply has whenever the document lists them; the others may be absent.
const CONSTANT: [&str; 3] = ["x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"];

/// The document that the sandbox keeps to.
pub(crate) fn document() -> &'static Document {
    &DOCUMENT
}

/// Fails the test if the document does not admit a reply.
pub(crate) fn check(method: &Method, path: &str, status: u16, headers: &HeaderMap, body: &[u8]) {
    let what = format!("{method} {path} {status}");
    let Some(operation) = operation(method, path) else {
        assert!([400, 401, 404, 429].contains(&status), "{what}: no operation is meant");
        return;
    };
    let response = operation.responses().find(|(known, _)| *known == status.to_string());
    let Some((_, response)) = response else {
        panic!("{what}: {} has no such status", operation.id());
    };
    check_headers(&what, response, headers);
    check_body(&what, response, headers, body);
}

/// Fails the test if a value is not of a schema of the document.
pub(crate) fn check_schema(name: &str, value: &Value) {
    let (_, schema) = DOCUMENT.schemas().find(|(known, _)| *known == name).unwrap();
    let faults = VALIDATOR.errors(schema, value);
    assert!(faults.is_empty(), "{name}: {faults:?}");
}

fn check_headers(what: &str, response: &Value, headers: &HeaderMap) {
    let documented: Vec<_> = entries(get(response, "headers")).map(|(name, _)| name).collect();
    for name in CONSTANT {
        let (is, should) = (headers.contains_key(name), documented.contains(&name));
        assert_eq!(is, should, "{what}: the header {name}");
    }
    for (name, header) in entries(get(response, "headers")) {
        let Some(value) = headers.get(name) else {
            continue;
        };
        let text = value.to_str().unwrap();
        let value = serde_json::from_str(text).unwrap_or_else(|_| Value::from(text));
        let header = DOCUMENT.resolve(header);
        let faults = VALIDATOR.errors(get(header, "schema"), &value);
        assert!(faults.is_empty(), "{what}: {name}: {faults:?}");
    }
    assert!(headers.contains_key("date"), "{what}: no date");
}

fn check_body(what: &str, response: &Value, headers: &HeaderMap, body: &[u8]) {
    let json = get(get(response, "content"), "application/json");
    if json.is_null() {
        assert!(body.is_empty(), "{what}: a body that the document has not");
        assert!(!headers.contains_key(CONTENT_TYPE), "{what}: a type without a body");
        return;
    }
    assert_eq!(headers[CONTENT_TYPE], "application/json; charset=utf-8", "{what}");
    assert!(body.is_ascii(), "{what}: what is not ASCII is escaped");
    let value: Value = serde_json::from_slice(body).unwrap();
    let faults = VALIDATOR.errors(get(json, "schema"), &value);
    assert!(faults.is_empty(), "{what}: {faults:?}");
}

fn operation(method: &Method, path: &str) -> Option<Operation<'static>> {
    let path = path.split('?').next()?;
    let fits = |template: &str| {
        let (expected, given) = (template.split('/'), path.split('/'));
        expected.clone().count() == given.clone().count()
            && expected.zip(given).all(|(a, b)| (a.starts_with('{') && !b.is_empty()) || a == b)
    };
    let fitting = DOCUMENT.operations().filter(|operation| {
        operation.method.eq_ignore_ascii_case(method.as_str()) && fits(operation.path)
    });
    fitting.min_by_key(|operation| operation.path.matches('{').count())
}
