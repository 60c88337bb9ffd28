//! The document, and the replies that it promises.

use std::path::Path;
use std::sync::OnceLock;

use chatwork_codegen::Document;
use chatwork_codegen::document::{JSON, Operation, entries, get, reference};
use serde_json::Value;

use crate::server::Reply;

/// The document that the crates are generated from.
pub fn document() -> &'static Document {
    static DOCUMENT: OnceLock<Document> = OnceLock::new();
    DOCUMENT.get_or_init(|| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/chatwork.yaml");
        Document::load(&path).expect("the document can be read")
    })
}

/// The operation of the document with this operationId.
pub fn operation(id: &str) -> Operation<'static> {
    let mut operations = document().operations();
    let found = operations.find(|operation| operation.id() == id);
    found.unwrap_or_else(|| panic!("the document has no operation `{id}`"))
}

/// A reply that the document promises: a status with one of its examples.
#[derive(Clone, Debug)]
pub struct Promise {
    /// The status.
    pub status: u16,
    /// The name of the example; empty for a reply without a body.
    pub name: &'static str,
    /// The example; `None` for a reply without a body.
    pub body: Option<&'static Value>,
    /// The headers, with the examples that the document has for their values.
    pub headers: Vec<(&'static str, String)>,
}

impl Promise {
    /// What a server answers that keeps the promise.
    pub fn reply(&self) -> Reply {
        let reply = match self.body {
            Some(body) => Reply::json(self.status, body),
            None => Reply::new(self.status, ""),
        };
        self.headers.iter().fold(reply, |reply, (name, value)| reply.header(name, value))
    }

    /// The value of a header, when the document promises it.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(promised, _)| *promised == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// Every reply that an operation promises, one for each example of each status.
pub fn promises(id: &str) -> Vec<Promise> {
    operation(id).responses().flat_map(|(status, response)| of_status(status, response)).collect()
}

/// The first reply of success that an operation promises.
pub fn success(id: &str) -> Promise {
    let first = promises(id).into_iter().find(|promise| promise.status < 300);
    first.unwrap_or_else(|| panic!("`{id}` promises no success"))
}

fn of_status(status: &str, response: &'static Value) -> Vec<Promise> {
    let status = status.parse().expect("a status is a number");
    let headers = headers(response);
    let content = get(get(response, "content"), JSON);
    if content.is_null() {
        return vec![Promise { status, name: "", body: None, headers }];
    }
    examples(content)
        .map(|(name, value)| Promise { status, name, body: Some(value), headers: headers.clone() })
        .collect()
}

/// The named examples of a media type, resolved.
pub fn examples(content: &'static Value) -> impl Iterator<Item = (&'static str, &'static Value)> {
    entries(get(content, "examples"))
        .map(|(name, example)| (name, get(document().resolve(example), "value")))
}

fn headers(response: &'static Value) -> Vec<(&'static str, String)> {
    entries(get(response, "headers"))
        .map(|(name, header)| {
            let example = get(get(document().resolve(header), "schema"), "example");
            let text = example.as_str().map_or_else(|| example.to_string(), str::to_owned);
            (name, text)
        })
        .collect()
}

/// The name of the component that a schema is, with `[]` around it for a list of them.
pub fn schema_name(schema: &Value) -> Option<String> {
    let name = |schema: &Value| reference(schema)?.rsplit('/').next().map(str::to_owned);
    name(schema).or_else(|| name(get(schema, "items")).map(|item| format!("[{item}]")))
}
