//! Streamable HTTP: who may call, and for which account.

use std::net::SocketAddr;

use chatwork_mcp::{ACCOUNT_HEADER, Account, Accounts, HttpOptions, Options, Server, ServerError};
use chatwork_sdk::reqwest::{self, StatusCode};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::support::{Desk, HANAKO, KEN, all};

const ORIGIN: &str = "https://agents.example.com:443";

/// Serves the accounts of hanako and ken, and returns the address.
async fn serve(desk: &Desk, options: HttpOptions) -> SocketAddr {
    let accounts = Accounts::one(Account::new("hanako", desk.client("hanako")));
    let accounts = accounts.with(Account::new("ken", desk.client("ken")));
    let server = Server::new(all(), accounts).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { server.serve_http(listener, options).await });
    address
}

/// A call as clients of the newest protocol send it.
fn call(address: SocketAddr, method: &str, mut params: Value) -> reqwest::RequestBuilder {
    params["_meta"] = json!({
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": { "name": "test", "version": "1" },
        "io.modelcontextprotocol/clientCapabilities": {},
    });
    let name = params["name"].as_str().unwrap_or_default().to_owned();
    let body = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let request = client.post(format!("http://{address}/mcp")).body(body.to_string());
    let request = request.header("Content-Type", "application/json");
    let request = request.header("Accept", "application/json, text/event-stream");
    let request = request.header("MCP-Protocol-Version", "2026-07-28");
    let request = request.header("Mcp-Method", method);
    if name.is_empty() { request } else { request.header("Mcp-Name", name) }
}

/// Returns the only message of a reply, which may be a stream of events.
async fn message(request: reqwest::RequestBuilder) -> Value {
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    let text = response.text().await.unwrap();
    let mut data = text.lines().filter_map(|line| line.strip_prefix("data: "));
    let json = data.rfind(|data| data.contains("jsonrpc")).unwrap_or(&text);
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {text}"))
}

async fn text(request: reqwest::RequestBuilder) -> String {
    let message = message(request).await;
    message["result"]["content"][0]["text"]
        .as_str()
        .unwrap_or_else(|| panic!("{message}"))
        .to_owned()
}

fn get_me(address: SocketAddr, arguments: Value) -> reqwest::RequestBuilder {
    call(address, "tools/call", json!({ "name": "get_me", "arguments": arguments }))
}

#[tokio::test]
async fn the_account_is_chosen_by_a_header_for_each_request() {
    let desk = Desk::new().await;
    let address = serve(&desk, HttpOptions::new()).await;
    for (name, id) in [("hanako", HANAKO), ("ken", KEN)] {
        let answer = text(get_me(address, json!({})).header(ACCOUNT_HEADER, name)).await;
        assert!(answer.contains(&format!("account_id: {id}")), "{answer}");
    }
    let answer = text(get_me(address, json!({ "account": "ken" }))).await;
    assert!(answer.contains(&format!("account_id: {KEN}")), "{answer}");
}

#[tokio::test]
async fn without_a_name_no_account_is_guessed() {
    let desk = Desk::new().await;
    let address = serve(&desk, HttpOptions::new()).await;
    let answer = text(get_me(address, json!({}))).await;
    assert!(answer.contains("names no account") && answer.contains("hanako, ken"), "{answer}");
    let answer = text(get_me(address, json!({})).header(ACCOUNT_HEADER, "misaki")).await;
    assert!(answer.contains("no such account"), "{answer}");
    let both = get_me(address, json!({ "account": "ken" })).header(ACCOUNT_HEADER, "hanako");
    assert!(text(both).await.contains("different accounts"));
    assert!(desk.operations().is_empty());
}

#[tokio::test]
async fn a_token_as_bearer_chooses_nothing() {
    let desk = Desk::new().await;
    let address = serve(&desk, HttpOptions::new()).await;
    let answer = text(get_me(address, json!({})).bearer_auth(desk.sandbox.token("ken"))).await;
    assert!(answer.contains("names no account"), "{answer}");
}

#[tokio::test]
async fn a_chosen_account_is_no_argument_of_the_tools() {
    let desk = Desk::new().await;
    let address = serve(&desk, HttpOptions::new()).await;
    let list = |request| async {
        let message = message(request).await;
        message["result"]["tools"][0]["inputSchema"]["properties"]["account"].clone()
    };
    assert_eq!(
        list(call(address, "tools/list", json!({}))).await["enum"],
        json!(["hanako", "ken"])
    );
    let chosen = call(address, "tools/list", json!({})).header(ACCOUNT_HEADER, "ken");
    assert!(list(chosen).await.is_null());
}

#[tokio::test]
async fn another_host_and_another_origin_are_refused() {
    let desk = Desk::new().await;
    let address = serve(&desk, HttpOptions::new()).await;
    let status =
        |request: reqwest::RequestBuilder| async { request.send().await.unwrap().status() };
    let host = get_me(address, json!({})).header("Host", "evil.example");
    assert_eq!(status(host).await, StatusCode::FORBIDDEN);
    for origin in ["https://evil.example", "http://localhost:1", "null", ORIGIN] {
        let request = get_me(address, json!({})).header("Origin", origin);
        assert_eq!(status(request).await, StatusCode::FORBIDDEN, "{origin}");
    }
    assert!(desk.operations().is_empty());
}

#[tokio::test]
async fn an_origin_can_be_allowed() {
    let desk = Desk::new().await;
    let address = serve(&desk, HttpOptions::new().origins([ORIGIN])).await;
    let request = get_me(address, json!({})).header(ACCOUNT_HEADER, "ken");
    let answer = text(request.header("Origin", "https://agents.example.com")).await;
    assert!(answer.contains(&format!("account_id: {KEN}")), "{answer}");
}

#[tokio::test]
async fn files_and_other_machines_are_refused_at_the_start() {
    let desk = Desk::new().await;
    let folder = tempfile::tempdir().unwrap();
    let accounts = || Accounts::one(Account::new("work", desk.client("hanako")));
    let listen = |address| async move { TcpListener::bind(address).await.unwrap() };

    let server = Server::new(Options::new().upload_dir(folder.path()), accounts()).unwrap();
    let served = server.serve_http(listen("127.0.0.1:0").await, HttpOptions::new()).await;
    assert!(matches!(served, Err(ServerError::FilesOverHttp)));

    let server = Server::new(Options::new(), accounts()).unwrap();
    let served = server.serve_http(listen("0.0.0.0:0").await, HttpOptions::new()).await;
    assert!(matches!(served, Err(ServerError::NotLoopback(_))));
}
