//! Samples: each operation as a program, made from the examples of the document.
//!
//! The pages show them as `x-codeSamples`, an extension that Redoc knows. The document itself has no
//! samples. Those for curl, TypeScript and Python follow from the document alone. Those for Rust are
//! functions of a file that a test compiles and runs, one for each operation.

mod call;
mod curl;
mod python;
mod rust;
mod typescript;

pub use call::{Body, Call, FILE_NAME};

use serde_json::{Value, json};

use crate::diagnostic::Diagnostic;
use crate::document::{Document, entries, text};

/// The variable that the samples take the token from.
const TOKEN: &str = "CHATWORK_API_TOKEN";

/// A program that calls one operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// The language, as Redoc names it for highlighting.
    pub language: &'static str,
    /// The name that readers see.
    pub label: &'static str,
    /// The program.
    pub source: String,
}

/// Lists the calls of a document, one for each operation.
pub fn calls(document: &Document) -> Vec<Call<'_>> {
    document.operations().map(|operation| Call::of(document, operation)).collect()
}

/// Returns the samples of a call: curl, TypeScript, Python, and Rust if `functions` has one.
///
/// `functions` is the source of the functions for Rust. The function of an operation has the name of
/// the operation in snake case.
pub fn samples(document: &Document, call: &Call<'_>, functions: &str) -> Vec<Sample> {
    let api = Api::of(document);
    let mut samples = vec![
        Sample { language: "Shell", label: "curl", source: curl::sample(&api, call) },
        Sample { language: "TypeScript", label: "TypeScript", source: typescript::sample(call) },
        Sample { language: "Python", label: "Python", source: python::sample(&api, call) },
    ];
    let rust = rust::sample(functions, call.operation.id());
    samples.extend(rust.map(|source| Sample { language: "Rust", label: "Rust", source }));
    samples
}

/// Lists the operations for which `functions` has no sample.
pub fn missing(document: &Document, functions: &str) -> Vec<Diagnostic> {
    let without =
        document.operations().filter(|operation| rust::sample(functions, operation.id()).is_none());
    without
        .map(|operation| Diagnostic {
            pointer: operation.pointer(),
            message: format!(
                "expected the function `{}` among the samples for Rust, found none",
                crate::naming::method(operation.id())
            ),
        })
        .collect()
}

/// Returns the document with the samples of each operation under `x-codeSamples`.
pub fn with_samples(document: &Document, functions: &str) -> Document {
    let mut root = document.root().clone();
    for call in calls(document) {
        let samples: Vec<Value> = samples(document, &call, functions)
            .into_iter()
            .map(|Sample { language, label, source }| {
                json!({ "lang": language, "label": label, "source": source })
            })
            .collect();
        let operation = root.pointer_mut(&call.operation.pointer()).and_then(Value::as_object_mut);
        if let Some(operation) = operation {
            operation.insert("x-codeSamples".to_owned(), samples.into());
        }
    }
    Document::from_value(root)
}

/// What every request of an API has.
struct Api<'a> {
    /// The address of the first server.
    base_url: &'a str,
    /// The header of the API token.
    header: &'a str,
}

impl<'a> Api<'a> {
    fn of(document: &'a Document) -> Self {
        let schemes = entries(document.at("/components/securitySchemes"));
        let mut keys = schemes.filter(|(_, scheme)| text(scheme, "type") == "apiKey");
        let header = keys.next().map_or("", |(_, scheme)| text(scheme, "name"));
        let base_url = document.at("/servers/0/url").as_str().unwrap_or_default();
        Self { base_url, header }
    }
}

/// A value as people write it: a text without quotes.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
