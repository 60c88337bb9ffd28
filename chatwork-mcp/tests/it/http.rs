//! Streamable HTTP: who may call, and for which account.

use std::net::SocketAddr;

use chatwork_mcp::{ACCOUNT_HEADER, Account, Accounts, HttpOptions, Options, Server, ServerError};
use chatwork_sdk::reqwest::{self, StatusCode};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::support::{Desk, HANAKO, KEN, ROOM, all};

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

/// A client of an earlier revision of the protocol: it has a session, and is asked during a call.
struct Session {
    address: SocketAddr,
    id: String,
}

impl Session {
    async fn open(address: SocketAddr) -> Self {
        let mut session = Self { address, id: String::new() };
        let hello = session.post(json!({
            "jsonrpc": "2.0", "id": 0, "method": "initialize", "params": {
                "protocolVersion": "2025-06-18", "capabilities": { "elicitation": {} },
                "clientInfo": { "name": "test", "version": "1" },
            },
        }));
        let reply = hello.send().await.unwrap();
        assert_eq!(reply.status(), StatusCode::OK);
        session.id = reply.headers()["mcp-session-id"].to_str().unwrap().to_owned();
        let begun = json!({ "jsonrpc": "2.0", "method": "notifications/initialized" });
        assert_eq!(session.post(begun).send().await.unwrap().status(), StatusCode::ACCEPTED);
        session
    }

    fn post(&self, message: Value) -> reqwest::RequestBuilder {
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let request = client.post(format!("http://{}/mcp", self.address)).body(message.to_string());
        let request = request.header("Content-Type", "application/json");
        let request = request.header("Accept", "application/json, text/event-stream");
        let request = request.header(ACCOUNT_HEADER, "hanako");
        match self.id.is_empty() {
            true => request,
            false => request
                .header("Mcp-Session-Id", &self.id)
                .header("MCP-Protocol-Version", "2025-06-18"),
        }
    }

    /// Calls a tool. Answers the question that comes in between, if there is one, and returns it with
    /// the text of the result.
    async fn call(&self, tool: &str, arguments: Value, agree: bool) -> (Option<String>, String) {
        let params = json!({ "name": tool, "arguments": arguments });
        let call = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params });
        let mut reply = self.post(call).send().await.unwrap();
        assert_eq!(reply.status(), StatusCode::OK);
        let (mut rest, mut question) = (String::new(), None);
        while let Some(chunk) = reply.chunk().await.unwrap() {
            rest.push_str(std::str::from_utf8(&chunk).unwrap());
            while let Some((line, behind)) = rest.split_once('\n') {
                let json = line.strip_prefix("data: ").and_then(|it| serde_json::from_str(it).ok());
                rest = behind.to_owned();
                let message: Value = json.unwrap_or_default();
                if message["method"] == "elicitation/create" {
                    question = Some(message["params"]["message"].as_str().unwrap().to_owned());
                    let result = json!({ "action": "accept", "content": { "agree": agree } });
                    let answer = json!({ "jsonrpc": "2.0", "id": message["id"], "result": result });
                    let taken = self.post(answer).send().await.unwrap();
                    assert_eq!(taken.status(), StatusCode::ACCEPTED);
                } else if message["id"] == 1 {
                    let text = message["result"]["content"][0]["text"].as_str().unwrap();
                    return (question, text.to_owned());
                }
            }
        }
        panic!("no result: {rest}");
    }
}

#[tokio::test]
async fn a_client_of_an_earlier_revision_has_a_session() {
    let desk = Desk::new().await;
    let session = Session::open(serve(&desk, HttpOptions::new()).await).await;
    let (question, text) = session.call("get_me", json!({}), false).await;
    assert!(question.is_none() && text.contains(&format!("account_id: {HANAKO}")), "{text}");
}

#[tokio::test]
async fn a_session_that_is_not_known_is_refused() {
    let desk = Desk::new().await;
    let address = serve(&desk, HttpOptions::new()).await;
    let session = Session { address, id: "00000000-0000-4000-8000-000000000000".to_owned() };
    let list = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/list" });
    assert_eq!(session.post(list).send().await.unwrap().status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_person_is_asked_over_http_during_the_call() {
    let desk = Desk::new().await;
    let session = Session::open(serve(&desk, HttpOptions::new()).await).await;
    let room = json!({ "room": ROOM });
    let is_there = || desk.sandbox.state().room(chatwork_sdk::RoomId(ROOM)).is_some();
    let (question, text) = session.call("delete_room", room.clone(), false).await;
    assert!(question.unwrap().contains("Delete room") && text.contains("did not agree"), "{text}");
    assert!(is_there());
    let (question, text) = session.call("delete_room", room, true).await;
    assert!(question.is_some() && text.contains("deleted room"), "{text}");
    assert!(!is_there());
}

#[tokio::test]
async fn the_person_is_asked_over_http_by_a_result() {
    let desk = Desk::new().await;
    let address = serve(&desk, HttpOptions::new()).await;
    let ask = |more: Value| {
        let mut params = json!({ "name": "delete_room", "arguments": { "room": ROOM } });
        params.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let mut request = call(address, "tools/call", params).build().unwrap();
        let body = std::str::from_utf8(request.body().unwrap().as_bytes().unwrap()).unwrap();
        let body =
            body.replace("clientCapabilities\":{}", "clientCapabilities\":{\"elicitation\":{}}");
        *request.body_mut() = Some(body.into());
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let builder = reqwest::RequestBuilder::from_parts(client, request);
        message(builder.header(ACCOUNT_HEADER, "hanako"))
    };
    let asked = ask(json!({})).await;
    let key = asked["result"]["inputRequests"].as_object().unwrap().keys().next().unwrap().clone();
    let yes = json!({ "action": "accept", "content": { "agree": true } });
    let done = ask(json!({
        "inputResponses": { key: yes }, "requestState": asked["result"]["requestState"],
    }));
    let text = done.await["result"]["content"][0]["text"].as_str().unwrap().to_owned();
    assert!(text.starts_with("deleted room"), "{text}");
    assert!(desk.sandbox.state().room(chatwork_sdk::RoomId(ROOM)).is_none());
}
