//! A server that answers three requests with the examples of `spec/chatwork.yaml`.

use std::error::Error;

use chatwork_api::reqwest;
use chatwork_api::{Auth, Client};
use httpmock::{MockServer, Then};
use serde_json::Value;

/// The document, compiled in, so that the program needs no file.
const SPEC: &str = include_str!("../../../spec/chatwork.yaml");

const LIST_ROOMS: &str = "/paths/~1rooms/get";
const CREATE_ROOM_MESSAGE: &str = "/paths/~1rooms~1{room_id}~1messages/post";

/// The server, on a free port of this machine, until it is dropped.
pub(crate) struct StandIn(MockServer);

impl StandIn {
    /// A client for this server. No proxy, whatever the environment says: it is on this machine.
    pub(crate) fn client(&self, auth: Auth) -> Result<Client, reqwest::Error> {
        let none = reqwest::redirect::Policy::none();
        let http = reqwest::Client::builder().no_proxy().redirect(none).build()?;
        Ok(Client::new_with_client(&self.0.base_url(), http, auth.into()))
    }
}

/// Starts a server that knows the rooms of the document and lets the first one be posted to.
pub(crate) async fn start() -> Result<StandIn, Box<dyn Error>> {
    let spec: Value = serde_saphyr::from_str(SPEC)?;
    let rooms = Reply::new(&spec, LIST_ROOMS, "200", "rooms")?;
    let posted = Reply::new(&spec, CREATE_ROOM_MESSAGE, "200", "posted")?;
    let refused = Reply::new(&spec, CREATE_ROOM_MESSAGE, "403", "messageCreateNotAllowed")?;

    let room_id = rooms.body.pointer("/0/room_id").ok_or("the document has no room")?;
    let known = format!("/rooms/{room_id}/messages");

    let server = MockServer::start_async().await;
    server
        .mock_async(|when, then| {
            when.method("GET").path("/rooms");
            rooms.put(then);
        })
        .await;
    server
        .mock_async(|when, then| {
            when.method("POST").path(&known).form_urlencoded_tuple_exists("body");
            posted.put(then);
        })
        .await;
    server
        .mock_async(|when, then| {
            when.method("POST").path_suffix("/messages").path_not(&known);
            refused.put(then);
        })
        .await;
    Ok(StandIn(server))
}

/// A reply that the document promises: a status, one of its examples, and its headers.
struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    body: Value,
}

impl Reply {
    fn new(spec: &Value, operation: &str, status: &str, example: &str) -> Result<Self, String> {
        let response = at(spec, spec, &format!("{operation}/responses/{status}"))?;
        let example = format!("/content/application~1json/examples/{example}");
        let body = at(spec, response, &example)?.get("value").cloned().unwrap_or_default();
        let names = response.get("headers").and_then(Value::as_object).into_iter().flatten();
        let headers = names
            .map(|(name, _)| {
                let header = at(spec, response, &format!("/headers/{name}"))?;
                Ok((name.clone(), at(spec, header, "/schema/example")?.to_string()))
            })
            .collect::<Result<_, String>>()?;
        let status = status.parse().map_err(|_| format!("{status} is no status"))?;
        Ok(Self { status, headers, body })
    }

    fn put(&self, then: Then) {
        let then = then.status(self.status).json_body(self.body.clone());
        self.headers.iter().fold(then, |then, (name, value)| then.header(name, value));
    }
}

/// The value at a JSON pointer; a reference there is followed.
fn at<'a>(spec: &'a Value, from: &'a Value, pointer: &str) -> Result<&'a Value, String> {
    let value = from.pointer(pointer).ok_or_else(|| format!("the document has no {pointer}"))?;
    match value.get("$ref").and_then(Value::as_str) {
        Some(target) => at(spec, spec, target.trim_start_matches('#')),
        None => Ok(value),
    }
}
