//! The code of a document that has changed compiles, without a line changed by hand, and so does
//! what callers wrote before the change.
//!
//! It is Chatwork's own document, with everything of `evolution.rs` at once, and the `chatwork-api`
//! crate around it. Only the feature `client` is on, which all generated code needs: what is
//! compiled is reqwest without TLS, once for each target folder.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![allow(missing_docs)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use chatwork_codegen::document::{METHODS, entries};
use common::workspace::{self, cargo, copy, root, write_manifest, write_package};
use common::{SCHEMAS, generate, parse, set};
use serde_json::{Value, json};

const FORM: &str = "requestBody/content/application~1x-www-form-urlencoded/schema";
/// What the code of a method calls by these names itself.
const LOCALS: [&str; 9] =
    ["client", "header_map", "info", "inner", "request", "response", "result", "url", "value"];

/// The manifest of the package that calls the generated code.
const CALLER: &str = r#"
[package]
name = "caller"
version = "0.0.0"
edition = "2024"

[dependencies]
chatwork-api = { workspace = true, features = ["client"] }
"#;

/// The names that Rust has in scope everywhere and that a schema may have, all of them: `check`
/// reserves the rest.
const PRELUDE: [&str; 32] = [
    "AsMut",
    "AsRef",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Hash",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Send",
    "Sized",
    "Sync",
    "ToString",
    "TryFrom",
    "TryInto",
];

/// An operation of the document under another name.
fn operation(root: &Value, path: &str, method: &str, id: &str) -> Value {
    let mut operation = root["paths"][path][method].clone();
    operation["operationId"] = json!(id);
    operation
}

/// The document of Chatwork, with a new field, a new value of an enum and new operations.
fn changed() -> Value {
    let mut root = parse(include_str!("../../spec/chatwork.yaml"));
    let field = json!({ "type": "boolean", "description": "Whether it is pinned." });
    for schema in ["Message", "Room"] {
        set(&mut root, &format!("{SCHEMAS}/{schema}/properties/pinned"), field.clone());
    }
    let buoy = json!({
        "type": "object",
        "description": "A buoy.",
        "required": ["color"],
        "properties": {
            "color": { "type": "string", "nullable": true, "description": "The color." },
        },
    });
    set(&mut root, &format!("{SCHEMAS}/Buoy"), buoy);
    for kind in ["under-water", "unknown", "unrecognized", "err", "error"] {
        set(&mut root, &format!("{SCHEMAS}/RoomType/enum/-"), kind);
    }
    for name in PRELUDE {
        let schema = json!({ "type": "string", "description": "A name." });
        set(&mut root, &format!("{SCHEMAS}/{name}"), schema);
    }
    let mut rename = operation(&root, "/rooms/{room_id}", "put", "renameRoom");
    let name = json!({ "type": "string", "description": "The name.", "maxLength": 90 });
    let form = json!({
        "type": "object",
        "description": "The name.",
        "required": ["name"],
        "properties": { "name": name },
    });
    set(&mut rename, &format!("/{FORM}"), form);
    rename["requestBody"]["required"] = json!(true);
    // The examples are of the fields that the schema had.
    let body = rename.pointer_mut(&format!("/{}", FORM.trim_end_matches("/schema")));
    body.and_then(Value::as_object_mut).expect("a form").shift_remove("examples");
    set(&mut root, "/paths/~1rooms~1{room_id}/post", rename);
    let mut boats = operation(&root, "/contacts", "get", "listBoats");
    boats["parameters"] = json!([]);
    for name in LOCALS {
        let schema = json!({ "type": "string" });
        let parameter =
            json!({ "name": name, "in": "query", "description": "More.", "schema": schema });
        set(&mut boats, "/parameters/-", parameter);
    }
    let mut keys = entries(&boats).map(|(key, _)| key.to_owned()).collect::<Vec<_>>();
    keys.retain(|key| key != "responses" && key != "parameters");
    keys.extend(["parameters".to_owned(), "responses".to_owned()]);
    let boats: Value = keys.into_iter().map(|key| (key.clone(), boats[&key].clone())).collect();
    set(&mut root, "/paths/~1boats", json!({ "get": boats }));
    with_more_that_is_optional(&mut root);
    root
}

/// Adds an optional query parameter to every operation, and an optional field to every body; to
/// those without a body, an optional body.
fn with_more_that_is_optional(root: &mut Value) {
    let text = json!({ "type": "string", "description": "More." });
    let parameter =
        json!({ "name": "more", "in": "query", "description": "More.", "schema": text });
    let body = json!({
        "description": "More.",
        "required": false,
        "content": { "application/x-www-form-urlencoded": { "schema": {
            "type": "object", "description": "More.", "properties": { "more_still": text },
        } } },
    });
    let methods = root["paths"].as_object_mut().unwrap().values_mut().flat_map(|item| {
        let members = item.as_object_mut().unwrap().iter_mut();
        members.filter(|(key, _)| METHODS.contains(&key.as_str())).map(|(_, value)| value)
    });
    for operation in methods.filter(|operation| operation["operationId"] != "listBoats") {
        let operation = operation.as_object_mut().unwrap();
        let mut responses = operation.shift_remove("responses");
        let mut sent = operation.shift_remove("requestBody").unwrap_or_else(|| body.clone());
        let content = sent["content"].as_object_mut().unwrap().values_mut().next().unwrap();
        content["schema"]["properties"]["more_still"] = text.clone();
        let parameters = operation.entry("parameters").or_insert_with(|| json!([]));
        parameters.as_array_mut().unwrap().push(parameter.clone());
        operation.insert("requestBody".to_owned(), sent);
        operation.insert("responses".to_owned(), responses.take().unwrap());
    }
}

/// A workspace with the hand-written part of `chatwork-api`, without generated files, and a
/// package that calls it. Returns the folder of `chatwork-api`.
fn workspace(folder: &Path) -> PathBuf {
    write_manifest(folder, &["caller", "chatwork-api"]);
    let package = write_package(folder, "chatwork-api");
    copy(&root().join("chatwork-api/src"), &package.join("src"));
    fs::remove_dir_all(package.join("src/generated")).unwrap();
    fs::create_dir_all(folder.join("caller/src")).unwrap();
    fs::write(folder.join("caller/Cargo.toml"), CALLER).unwrap();
    let source = root().join("tests/tests/types/caller.rs");
    fs::copy(source, folder.join("caller/src/lib.rs")).unwrap();
    package
}

#[test]
fn the_code_of_a_changed_document_compiles_with_what_is_written_by_hand_and_with_callers() {
    let folder = workspace::folder("evolution");
    let package = workspace(&folder);
    generate(changed()).write(&package.join("src/generated")).unwrap();
    let check = cargo(&folder, &["check", "--package", "caller"], "");
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stderr));
}
