//! The recipe "How to add an operation" of CONTRIBUTING.md, on copies of the document and of the
//! sandbox: at each step everything compiles, and the sandbox answers.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![allow(missing_docs)]

mod common;

use std::fs;
use std::path::Path;

use chatwork_codegen::{Diagnostic, Document, check, edition};
use common::workspace::{self, cargo, copy, root, write_manifest, write_package};
use common::{generate, parse, set};
use serde_json::{Value, json};
use toml::Table;

/// The manifest of a program that sends one request to the sandbox and prints the reply.
const MANIFEST: &str = r#"
[package]
name = "caller"
version = "0.0.0"
edition = "2024"

[dependencies]
chatwork-sandbox.workspace = true
tokio = { workspace = true, features = ["io-util", "macros", "net", "rt"] }
"#;

const PROGRAM: &str = r#"
use chatwork_sandbox::Sandbox;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sandbox = Sandbox::start().await?;
    let host = sandbox.origin().trim_start_matches("http://");
    let token = sandbox.token("hanako");
    let request = format!(
        "GET /v2/me/weather HTTP/1.1\r\nHost: {host}\r\nX-ChatWorkToken: {token}\r\n\
         Connection: close\r\n\r\n"
    );
    let mut stream = TcpStream::connect(host).await?;
    stream.write_all(request.as_bytes()).await?;
    let mut reply = String::new();
    stream.read_to_string(&mut reply).await?;
    println!("{reply}");
    Ok(())
}
"#;

/// Step 1: the document with one more operation, which answers as `GET /me` does.
fn grown() -> Value {
    let mut root = parse(include_str!("../../spec/chatwork.yaml"));
    let mut operation = root["paths"]["/me"]["get"].clone();
    operation["operationId"] = json!("getMyWeather");
    operation["summary"] = json!("Get your own weather");
    operation["x-summary-ja"] = json!("自分の天気を取得する");
    set(&mut root, "/paths/~1me~1weather", json!({ "get": operation }));
    let revision = root["info"]["x-revision"].as_u64().unwrap();
    set(&mut root, "/info/x-revision", revision + 1);
    root
}

/// Copies the sources of the sandbox into a folder, without the tests and what only they need.
fn write_sandbox(folder: &Path) {
    let package = write_package(folder, "chatwork-sandbox");
    for name in ["src", "worlds"] {
        copy(&root().join("chatwork-sandbox").join(name), &package.join(name));
    }
    let file = package.join("Cargo.toml");
    let mut manifest: Table = fs::read_to_string(&file).unwrap().parse().unwrap();
    manifest.remove("dev-dependencies");
    fs::write(file, manifest.to_string()).unwrap();
}

/// Step 3: a workspace with the generated code, the sandbox and the program.
fn write_workspace(folder: &Path) {
    write_manifest(folder, &["caller", "chatwork-api", "chatwork-sandbox"]);
    let api = write_package(folder, "chatwork-api");
    copy(&root().join("chatwork-api/src"), &api.join("src"));
    generate(grown()).write(&api.join("src/generated")).unwrap();
    write_sandbox(folder);
    fs::create_dir_all(folder.join("caller/src")).unwrap();
    fs::write(folder.join("caller/Cargo.toml"), MANIFEST).unwrap();
    fs::write(folder.join("caller/src/main.rs"), PROGRAM).unwrap();
}

/// Step 4: a handler for the operation.
fn write_handler(folder: &Path) {
    let file = folder.join("chatwork-sandbox/src/http/handlers/mod.rs");
    let before = fs::read_to_string(&file).unwrap();
    let row = r#""getMe" => me::get(call),"#;
    let after = before.replacen(row, &format!("{row} \"getMyWeather\" => me::get(call),"), 1);
    assert_ne!(before, after, "no handler of getMe in {}", file.display());
    fs::write(file, after).unwrap();
}

/// Compiles everything, and returns what the sandbox answers.
fn answer(folder: &Path) -> String {
    let done = cargo(folder, &["run", "--package", "caller"], "");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

#[test]
fn the_document_with_the_operation_is_valid_and_translated() {
    let document = Document::from_value(grown());
    assert_eq!(check::check(&document), Vec::<Diagnostic>::new());
    assert_eq!(edition::missing(&document), Vec::<Diagnostic>::new());
}

#[test]
fn the_sandbox_answers_501_to_the_operation_and_200_once_it_has_a_handler() {
    let folder = workspace::folder("recipe");
    write_workspace(&folder);
    let reply = answer(&folder);
    assert!(reply.starts_with("HTTP/1.1 501 "), "{reply}");
    assert!(reply.contains("The sandbox has no handler for getMyWeather yet"), "{reply}");
    write_handler(&folder);
    let reply = answer(&folder);
    assert!(reply.starts_with("HTTP/1.1 200 "), "{reply}");
    assert!(reply.contains("account_id"), "{reply}");
}
