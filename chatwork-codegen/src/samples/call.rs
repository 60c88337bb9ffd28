//! The request of an operation, with the values of its examples.

use serde_json::{Value, json};

use super::plain;
use crate::document::{
    Document, FORM, MULTIPART, Operation, entries, get, is_flag, items, properties, text,
};

/// The name of the file that the samples upload.
pub const FILE_NAME: &str = "議事録.txt";

/// A request of an operation, with the values of the document's examples.
#[derive(Clone, Debug)]
pub struct Call<'a> {
    /// The operation.
    pub operation: Operation<'a>,
    /// The parameters of the path.
    pub path: Vec<(&'a str, Value)>,
    /// The parameters of the query that the samples send.
    pub query: Vec<(&'a str, Value)>,
    /// The body.
    pub body: Body<'a>,
}

/// The body of a [`Call`].
#[derive(Clone, Debug, PartialEq)]
pub enum Body<'a> {
    /// None.
    None,
    /// A form.
    Form(Vec<(&'a str, Value)>),
    /// A form with a file.
    File {
        /// The field of the file.
        field: &'a str,
        /// The other fields.
        fields: Vec<(&'a str, Value)>,
    },
}

impl<'a> Call<'a> {
    pub(super) fn of(document: &'a Document, operation: Operation<'a>) -> Self {
        let within = |place: &'static str| {
            operation.parameters().filter(move |parameter| text(parameter, "in") == place)
        };
        let path = within("path")
            .map(|parameter| (text(parameter, "name"), parameter_example(document, parameter)));
        let query = within("query").filter_map(|parameter| {
            Some((text(parameter, "name"), choice(document, &operation, parameter)?))
        });
        Self {
            operation,
            path: path.collect(),
            query: query.collect(),
            body: body(document, &operation),
        }
    }

    /// The path with its parameters filled in.
    pub fn filled_path(&self) -> String {
        let mut path = self.operation.path.to_owned();
        for (name, value) in &self.path {
            path = path.replace(&format!("{{{name}}}"), &plain(value));
        }
        path
    }

    /// Whether a success may have a body, and whether it may have none.
    pub fn replies(&self) -> (bool, bool) {
        let successes: Vec<_> = self.operation.successes().collect();
        let has_body = successes.iter().any(|(_, schema)| schema.is_some());
        (has_body, successes.iter().any(|(_, schema)| schema.is_none()))
    }

    /// The request as JSON, for programs that make it and compare it with what a server has seen.
    pub fn to_json(&self) -> Value {
        let map = |values: &[(&str, Value)]| -> Value {
            values.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
        };
        let (form, file) = match &self.body {
            Body::None => (Value::Null, Value::Null),
            Body::Form(fields) => (map(fields), Value::Null),
            Body::File { field, fields } => {
                (map(fields), json!({ "field": field, "name": FILE_NAME }))
            }
        };
        let (reply, empty) = self.replies();
        json!({
            "id": self.operation.id(),
            "tag": items(get(self.operation.value, "tags")).next(),
            "method": self.operation.method.to_uppercase(),
            "template": self.operation.path,
            "url": self.filled_path(),
            "path": map(&self.path),
            "query": map(&self.query),
            "form": form,
            "file": file,
            "reply": reply,
            "empty": empty,
            "schema": self.operation.successes().find_map(|(_, schema)| schema),
        })
    }
}

/// The value of a parameter of the query. `None` for a filter by an id, which would narrow a list.
fn choice(document: &Document, operation: &Operation<'_>, parameter: &Value) -> Option<Value> {
    let schema = document.resolve(get(parameter, "schema"));
    let values = get(schema, "enum").as_array()?;
    let safe = operation.value.pointer("/x-retry-safety/safe-when");
    let safe = safe.filter(|safe| get(safe, "parameter") == get(parameter, "name"));
    if let Some(safe) = safe {
        return Some(get(safe, "equals").clone());
    }
    if is_flag(schema) {
        return Some(1.into());
    }
    let example = parameter_example(document, parameter);
    if example.is_null() { values.first().cloned() } else { Some(example) }
}

fn parameter_example(document: &Document, parameter: &Value) -> Value {
    match get(parameter, "example") {
        Value::Null => example(document, get(parameter, "schema")),
        own => own.clone(),
    }
}

/// The example of a schema: its own, or that of the schema that it refers to.
fn example(document: &Document, schema: &Value) -> Value {
    let schema = document.resolve(schema);
    match get(schema, "example") {
        Value::Null => {
            let mut parts = items(get(schema, "allOf")).map(|part| example(document, part));
            parts.find(|example| !example.is_null()).unwrap_or_default()
        }
        own => own.clone(),
    }
}

fn body<'a>(document: &'a Document, operation: &Operation<'a>) -> Body<'a> {
    let Some((media, schema)) = operation.body() else {
        return Body::None;
    };
    let file = properties(schema)
        .find(|(_, property)| text(document.resolve(property), "format") == "binary");
    match (media, file) {
        (MULTIPART, Some((field, _))) => {
            let others = properties(schema).filter(|(name, _)| *name != field);
            let fields = others.map(|(name, property)| (name, example(document, property)));
            Body::File { field, fields: fields.collect() }
        }
        (FORM, _) => Body::Form(form(operation)),
        _ => Body::None,
    }
}

/// The fields of the first example of a form.
fn form<'a>(operation: &Operation<'a>) -> Vec<(&'a str, Value)> {
    let body = operation.resolve(get(operation.value, "requestBody"));
    let media = get(get(body, "content"), FORM);
    let mut examples = entries(get(media, "examples"));
    let first = examples.next().map(|(_, example)| get(operation.resolve(example), "value"));
    let fields = first.into_iter().flat_map(entries);
    fields.map(|(name, value)| (name, value.clone())).collect()
}
