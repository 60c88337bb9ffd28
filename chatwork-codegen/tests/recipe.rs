//! The recipe "How to add an operation" of CONTRIBUTING.md, on copies of the document, the sandbox and
//! the SDK: at each step everything compiles, and the sandbox answers.
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

/// What its manifest has beside it, once the SDK has the method.
const SDK: &str = r#"chatwork-sdk = { path = "../chatwork-sdk", default-features = false }
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

/// The same by a method of the SDK.
const SDK_PROGRAM: &str = r#"
use chatwork_sandbox::Sandbox;
use chatwork_sdk::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sandbox = Sandbox::start().await?;
    let client = Client::builder().token(sandbox.token("hanako")).base_url(sandbox.base_url());
    let weather = client.build()?.my_weather().await?;
    println!("account_id {}", weather.account_id);
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

/// Copies the sources of a package into a folder, without the tests and what only they need.
fn write_sources(folder: &Path, name: &str, folders: &[&str]) {
    let package = write_package(folder, name);
    for inner in folders {
        copy(&root().join(name).join(inner), &package.join(inner));
    }
    let file = package.join("Cargo.toml");
    let mut manifest: Table = fs::read_to_string(&file).unwrap().parse().unwrap();
    manifest.remove("dev-dependencies");
    manifest.remove("bench");
    fs::write(file, manifest.to_string()).unwrap();
}

/// Step 3: a workspace with the generated code, the sandbox and the program.
fn write_workspace(folder: &Path) {
    // The sandbox names it for its page, which is not built here.
    write_manifest(folder, &["caller", "chatwork-api", "chatwork-notation", "chatwork-sandbox"]);
    write_sources(folder, "chatwork-notation", &["src"]);
    let api = write_package(folder, "chatwork-api");
    copy(&root().join("chatwork-api/src"), &api.join("src"));
    generate(grown()).write(&api.join("src/generated")).unwrap();
    write_sources(folder, "chatwork-sandbox", &["src", "worlds"]);
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

/// Step 5: a method of the SDK, and a program that calls it.
fn write_method(folder: &Path) {
    let members =
        ["caller", "chatwork-api", "chatwork-notation", "chatwork-sandbox", "chatwork-sdk"];
    write_manifest(folder, &members);
    write_sources(folder, "chatwork-sdk", &["src"]);
    let file = folder.join("chatwork-sdk/src/endpoint/account.rs");
    let before = fs::read_to_string(&file).unwrap();
    // What `me` has, under other names.
    let first = "    /// Gets your own profile.";
    let method = "    /// Gets your own weather.
    pub fn my_weather(&self) -> Request<GetMyWeather> {
        Request::new(self, GetMyWeather)
    }

";
    let request = &before[before.find("/// `GET /me`").unwrap()..];
    let request = &request[..request.find("\n}\n").unwrap() + 3];
    let request = request.replace("GetMe", "GetMyWeather").replace("get_me", "get_my_weather");
    let request = request.replace("GET_ME", "GET_MY_WEATHER");
    let after = before.replacen(first, &format!("{method}{first}"), 1) + "\n" + &request;
    assert_ne!(before, after, "no method `me` in {}", file.display());
    fs::write(file, after).unwrap();
    fs::write(folder.join("caller/Cargo.toml"), format!("{MANIFEST}{SDK}")).unwrap();
    fs::write(folder.join("caller/src/main.rs"), SDK_PROGRAM).unwrap();
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
fn the_sandbox_answers_501_then_200_once_it_has_a_handler_and_the_sdk_calls_it_by_a_method() {
    let folder = workspace::folder("recipe");
    write_workspace(&folder);
    let reply = answer(&folder);
    assert!(reply.starts_with("HTTP/1.1 501 "), "{reply}");
    assert!(reply.contains("The sandbox has no handler for getMyWeather yet"), "{reply}");
    write_handler(&folder);
    let reply = answer(&folder);
    assert!(reply.starts_with("HTTP/1.1 200 "), "{reply}");
    assert!(reply.contains("account_id"), "{reply}");
    write_method(&folder);
    assert!(answer(&folder).starts_with("account_id "));
}
