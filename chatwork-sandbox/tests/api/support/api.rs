//! A plain HTTP client, which has every reply compared with the document.

use std::sync::OnceLock;

use chatwork_sandbox::Sandbox;
use reqwest::header::HeaderMap;
use reqwest::multipart::{Form, Part};
use reqwest::{Client, Method, RequestBuilder};
use serde_json::Value;

use super::contract;

/// Acts with one token.
#[derive(Clone)]
pub(crate) struct Api {
    http: Client,
    base: String,
    header: (&'static str, String),
}

/// A reply that the document admits.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    /// Null when there is no body.
    pub(crate) json: Value,
}

/// The one HTTP client of all tests: each one made sets TLS up, which takes longer than a request.
/// It heeds no proxy of the machine, and keeps no connection, since that would end with the runtime of the test that opened it.
pub(crate) fn http() -> Client {
    static HTTP: OnceLock<Client> = OnceLock::new();
    let make = || Client::builder().no_proxy().pool_max_idle_per_host(0).build().unwrap();
    HTTP.get_or_init(make).clone()
}

impl Reply {
    /// The only text of an error.
    pub(crate) fn error(&self) -> &str {
        self.json["errors"][0].as_str().unwrap_or_default()
    }

    /// A header as text, empty if there is none.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// A header as a number.
    pub(crate) fn number(&self, name: &str) -> i64 {
        self.header(name).parse().unwrap()
    }

    /// The values of a field in a list.
    pub(crate) fn each(&self, field: &str) -> Vec<Value> {
        self.json
            .as_array()
            .map_or_else(Vec::new, |list| list.iter().map(|item| item[field].clone()).collect())
    }

    /// The last of a list.
    pub(crate) fn last(&self) -> &Value {
        self.json.as_array().and_then(|list| list.last()).unwrap_or(&Value::Null)
    }
}

impl Api {
    pub(crate) fn new(sandbox: &Sandbox, name: &'static str, value: &str) -> Self {
        Self { http: http(), base: sandbox.base_url(), header: (name, value.to_owned()) }
    }

    /// A request that has its token and is not sent yet.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.base));
        request.header(self.header.0, &self.header.1)
    }

    /// Sends a request and compares the reply.
    pub(crate) async fn send(&self, request: RequestBuilder) -> Reply {
        let request = request.build().unwrap();
        let (method, path) = (request.method().clone(), request.url().path().to_owned());
        let path = path.strip_prefix("/v2").unwrap_or(&path).to_owned();
        let response = self.http.execute(request).await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = response.bytes().await.unwrap();
        contract::check(&method, &path, status, &headers, &body);
        let json = serde_json::from_slice(&body).unwrap_or(Value::Null);
        Reply { status, headers, json }
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        self.send(self.request(Method::GET, path)).await
    }

    pub(crate) async fn post(&self, path: &str, form: &[(&str, &str)]) -> Reply {
        self.send(self.request(Method::POST, path).form(form)).await
    }

    pub(crate) async fn put(&self, path: &str, form: &[(&str, &str)]) -> Reply {
        self.send(self.request(Method::PUT, path).form(form)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Reply {
        self.send(self.request(Method::DELETE, path)).await
    }

    /// Leaves or deletes a room.
    pub(crate) async fn part(&self, room: i64, action: &str) -> Reply {
        let form = [("action_type", action)];
        self.send(self.request(Method::DELETE, &format!("/rooms/{room}")).form(&form)).await
    }

    /// Posts a message and returns its id.
    pub(crate) async fn say(&self, room: i64, body: &str) -> String {
        let reply = self.post(&format!("/rooms/{room}/messages"), &[("body", body)]).await;
        assert_eq!(reply.status, 200, "{:?}", reply.json);
        reply.json["message_id"].as_str().unwrap().to_owned()
    }

    /// Posts a message as one of many, without comparing the reply with the document.
    pub(crate) async fn say_unchecked(&self, room: i64, body: &str) -> String {
        let request = self.request(Method::POST, &format!("/rooms/{room}/messages"));
        let reply = request.form(&[("body", body)]).send().await.unwrap();
        let json: Value = reply.json().await.unwrap();
        json["message_id"].as_str().unwrap().to_owned()
    }

    /// The newest message of a room.
    pub(crate) async fn newest(&self, room: i64) -> Value {
        self.get(&format!("/rooms/{room}/messages?force=1")).await.last().clone()
    }

    /// Uploads a file.
    pub(crate) async fn upload(
        &self,
        room: i64,
        name: &str,
        bytes: &[u8],
        message: Option<&str>,
    ) -> Reply {
        let part = Part::bytes(bytes.to_vec()).file_name(name.to_owned());
        let mut form = Form::new().part("file", part);
        if let Some(message) = message {
            form = form.text("message", message.to_owned());
        }
        let path = format!("/rooms/{room}/files");
        self.send(self.request(Method::POST, &path).multipart(form)).await
    }
}
