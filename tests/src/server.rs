//! A mock server that records requests and sends given replies.

use std::sync::{Arc, Mutex};

use chatwork_api::reqwest::{self, redirect::Policy};
use chatwork_api::{Auth, Client, ClientInfo};
use httpmock::{HttpMockRequest, HttpMockResponse, MockServer};
use serde_json::Value;

use crate::sent::{BASE_PATH, Sent, TOKEN};

/// What a server answers.
#[derive(Clone, Debug)]
pub struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Reply {
    /// A reply without headers.
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self { status, headers: Vec::new(), body: body.into() }
    }

    /// A reply in JSON.
    pub fn json(status: u16, body: &Value) -> Self {
        Self::new(status, body.to_string()).header("content-type", "application/json")
    }

    /// The same reply with a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same reply with another body.
    #[must_use]
    pub fn body(self, body: impl Into<Vec<u8>>) -> Self {
        Self { body: body.into(), ..self }
    }

    fn response(&self) -> HttpMockResponse {
        let response = HttpMockResponse::builder().status(self.status).body(self.body.clone());
        let headers = self.headers.iter();
        headers.fold(response, |response, (name, value)| response.header(name, value)).build()
    }
}

/// A server on this machine.
pub struct Server {
    mock: MockServer,
    client: Client,
    reply: Arc<Mutex<Reply>>,
    sent: Arc<Mutex<Vec<Sent>>>,
}

impl Server {
    /// A server that answers everything with this reply.
    pub async fn start(reply: Reply) -> Self {
        let mock = MockServer::start_async().await;
        let (reply, sent) = (Arc::new(Mutex::new(reply)), Arc::new(Mutex::new(Vec::new())));
        let (answer, record) = (Arc::clone(&reply), Arc::clone(&sent));
        let address = mock.address().to_string();
        mock.mock_async(move |_, then| {
            then.respond_with(move |request: &HttpMockRequest| {
                record.lock().unwrap().push(Sent::recorded(request, &address));
                answer.lock().unwrap().response()
            });
        })
        .await;
        let client = client(&mock.url(BASE_PATH), api_token());
        Self { mock, client, reply, sent }
    }

    /// From now on answers with another reply.
    pub fn answer(&self, reply: Reply) {
        *self.reply.lock().unwrap() = reply;
    }

    /// The base address of the API on this server.
    pub fn base_url(&self) -> String {
        self.mock.url(BASE_PATH)
    }

    /// A client of this server, with an API token.
    pub fn client(&self) -> Client {
        self.client.clone()
    }

    /// What has come in since the last call of this, in its order.
    pub fn take(&self) -> Vec<Sent> {
        std::mem::take(&mut *self.sent.lock().unwrap())
    }
}

/// [`TOKEN`] as an API token.
pub fn api_token() -> Auth {
    Auth::api_token(TOKEN).expect("the token can be sent")
}

/// A client of the API at another address, without the proxy of the environment.
pub fn client(base_url: &str, auth: Auth) -> Client {
    let http = reqwest::Client::builder().no_proxy().redirect(Policy::none()).build();
    let http = http.expect("an HTTP client can be made");
    Client::new_with_client(base_url, http, auth.into())
}

/// A client of the API at another address, with the HTTP client that the crate makes.
pub fn shipped_client(base_url: &str) -> Client {
    let shipped = Client::new(api_token()).expect("an HTTP client can be made");
    Client::new_with_client(base_url, shipped.client().clone(), api_token().into())
}
