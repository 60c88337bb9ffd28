//! The samples of small documents, and those of Chatwork's.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![allow(missing_docs)]

use chatwork_codegen::Document;
use chatwork_codegen::samples::{Body, calls, missing, samples, with_samples};
use serde_json::{Value, json};

/// A document with one operation.
fn document(method: &str, operation: &Value) -> Document {
    let mut operation = operation.clone();
    operation["operationId"] = json!("useBoat");
    let reply = json!({ "content": { "application/json": { "schema": { "type": "object" } } } });
    let replies = operation.as_object_mut().unwrap().entry("responses");
    replies.or_insert_with(|| json!({ "200": reply }));
    let id =
        json!({ "name": "boat_id", "in": "path", "schema": { "$ref": "#/components/schemas/Id" } });
    let scheme = json!({ "type": "apiKey", "in": "header", "name": "X-BoatToken" });
    Document::from_value(json!({
        "servers": [{ "url": "https://example.com/v1" }],
        "paths": { "/boats/{boat_id}": { "parameters": [id], (method): operation } },
        "components": {
            "securitySchemes": { "Token": scheme },
            "schemas": { "Id": { "type": "integer", "example": 7 } },
        },
    }))
}

fn sample(label: &str, document: &Document) -> String {
    let calls = calls(document);
    let found = samples(document, &calls[0], "").into_iter().find(|it| it.label == label);
    found.unwrap().source
}

fn form() -> Value {
    let example = json!({ "value": { "name": "It's \"Fune\"\n舟", "sail": 1 } });
    let media = json!({ "schema": { "type": "object" }, "examples": { "one": example } });
    json!({ "requestBody": { "content": { "application/x-www-form-urlencoded": media } } })
}

fn upload() -> Value {
    let schema = json!({ "type": "object", "properties": {
        "file": { "type": "string", "format": "binary" },
        "message": { "type": "string", "example": "どうぞ" },
    } });
    json!({ "requestBody": { "content": { "multipart/form-data": { "schema": schema } } } })
}

#[test]
fn curl_sends_a_form() {
    let expected = "\
curl -X PUT 'https://example.com/v1/boats/7' \\
  -H \"X-BoatToken: $CHATWORK_API_TOKEN\" \\
  --data-urlencode 'name=It'\\''s \"Fune\"\n舟' \\
  --data-urlencode 'sail=1'
";
    assert_eq!(sample("curl", &document("put", &form())), expected);
}

#[test]
fn curl_needs_no_method_for_a_get_without_and_a_post_with_a_body() {
    for (method, operation) in [("get", json!({})), ("post", form())] {
        let curl = sample("curl", &document(method, &operation));
        assert!(curl.starts_with("curl 'https://example.com/v1/boats/7'"), "{curl}");
    }
}

#[test]
fn curl_uploads_a_file() {
    let curl = sample("curl", &document("post", &upload()));
    assert!(
        curl.contains("-F 'file=@議事録.txt' \\\n  --form-string 'message=どうぞ'\n"),
        "{curl}"
    );
}

#[test]
fn typescript_sends_a_form() {
    let expected = r#"import { createChatwork } from "chatwork-openapi";

const chatwork = createChatwork(process.env.CHATWORK_API_TOKEN ?? "");
const result = await chatwork.put("/boats/{boat_id}", {
  params: { path: { boat_id: 7 } },
  body: {
    name: "It's \"Fune\"\n舟",
    sail: 1,
  },
});
console.log(JSON.stringify(result));
"#;
    assert_eq!(sample("TypeScript", &document("put", &form())), expected);
}

#[test]
fn typescript_uploads_a_file() {
    let typescript = sample("TypeScript", &document("post", &upload()));
    let expected = r#"const result = await chatwork.upload(7, {
  file: await openAsBlob("議事録.txt"),
  name: "議事録.txt",
  message: "どうぞ",
});
"#;
    assert!(typescript.contains(expected), "{typescript}");
}

#[test]
fn python_sends_a_form() {
    let expected = r#"import json
import os

import httpx

chatwork = httpx.Client(
    base_url="https://example.com/v1",
    headers={"X-BoatToken": os.environ["CHATWORK_API_TOKEN"]},
)
response = chatwork.put(
    "/boats/7",
    data={
        "name": "It's \"Fune\"\n舟",
        "sail": 1,
    },
)
response.raise_for_status()
print(json.dumps(response.json(), ensure_ascii=False))
"#;
    assert_eq!(sample("Python", &document("put", &form())), expected);
}

#[test]
fn python_names_the_method_of_a_delete_with_a_body() {
    let python = sample("Python", &document("delete", &form()));
    assert!(python.contains("chatwork.request(\n    \"DELETE\",\n    \"/boats/7\",\n"), "{python}");
}

#[test]
fn python_uploads_a_file() {
    let python = sample("Python", &document("post", &upload()));
    let expected = r#"with open("議事録.txt", "rb") as file:
    response = chatwork.post(
        "/boats/7",
        files={"file": file},
        data={
            "message": "どうぞ",
        },
    )
"#;
    assert!(python.contains(expected), "{python}");
}

#[test]
fn a_success_without_a_body_is_not_read() {
    let document = document("delete", &json!({ "responses": { "204": {} } }));
    assert!(!sample("Python", &document).contains("json"));
    assert!(!sample("TypeScript", &document).contains("result"));
}

/// The names and values of the query.
fn query(operation: &Value) -> Vec<(String, Value)> {
    let document = document("get", operation);
    let calls = calls(&document);
    calls[0].query.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
}

fn parameter(name: &str, schema: &Value) -> Value {
    json!({ "name": name, "in": "query", "schema": schema })
}

#[test]
fn the_query_has_a_choice_and_no_filter_by_an_id() {
    let parameters = [
        parameter("status", &json!({ "type": "string", "enum": ["open", "done"] })),
        parameter("flag", &json!({ "type": "integer", "enum": [0, 1] })),
        parameter("other_id", &json!({ "$ref": "#/components/schemas/Id" })),
    ];
    let expected = [("status".to_owned(), json!("open")), ("flag".to_owned(), json!(1))];
    assert_eq!(query(&json!({ "parameters": parameters })), expected);
}

#[test]
fn the_query_has_the_value_that_is_safe() {
    let parameters = [parameter("force", &json!({ "type": "integer", "enum": [0, 1] }))];
    let safety = json!({ "safe-when": { "parameter": "force", "equals": 0 } });
    let found = query(&json!({ "parameters": parameters, "x-retry-safety": safety }));
    assert_eq!(found, [("force".to_owned(), json!(0))]);
}

#[test]
fn an_operation_without_a_function_for_rust_is_named() {
    let found = missing(&document("get", &json!({})), "async fn other(");
    let expected = "#/paths/~1boats~1{boat_id}/get: expected the function `use_boat` among the \
                    samples for Rust, found none";
    assert_eq!(found.iter().map(ToString::to_string).collect::<Vec<_>>(), [expected]);
}

fn chatwork() -> Document {
    Document::parse(include_str!("../../spec/chatwork.yaml")).unwrap()
}

/// The functions for Rust, which a test of the client compiles and runs.
const RUST: &str = include_str!("../../tests/tests/samples/functions.rs");

#[test]
fn every_operation_of_chatwork_has_a_sample_in_each_language() {
    assert_eq!(missing(&chatwork(), RUST), []);
    let document = with_samples(&chatwork(), RUST);
    for operation in document.operations() {
        let samples = operation.value["x-codeSamples"].as_array().unwrap();
        let labels: Vec<_> = samples.iter().map(|sample| sample["label"].as_str()).collect();
        let expected = ["curl", "TypeScript", "Python", "Rust"].map(Some);
        assert_eq!(labels, expected, "{}", operation.id());
    }
}

#[test]
fn every_value_of_a_sample_is_an_example_of_the_document() {
    for call in calls(&chatwork()) {
        let body = match &call.body {
            Body::None => &vec![],
            Body::Form(fields) | Body::File { fields, .. } => fields,
        };
        for (name, value) in call.path.iter().chain(&call.query).chain(body) {
            assert!(!value.is_null(), "{}: {name}", call.operation.id());
        }
        assert!(!call.filled_path().contains('{'), "{}", call.operation.id());
    }
}

#[test]
fn samples_add_nothing_else_to_a_document() {
    let mut root = with_samples(&chatwork(), RUST).root().clone();
    for operation in chatwork().operations() {
        let object = root.pointer_mut(&operation.pointer()).and_then(Value::as_object_mut);
        assert!(object.unwrap().shift_remove("x-codeSamples").is_some());
    }
    assert_eq!(&root, chatwork().root());
}
