//! Three ways to make the same call: through `chatwork-sdk`, through `chatwork-api`, and by
//! hand with reqwest and serde.

use std::future::ready;
use std::net::SocketAddr;
use std::time::Duration;

use chatwork_sdk::reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderValue};
use chatwork_sdk::reqwest::{Client as Http, Response, redirect};
use chatwork_sdk::types::CreateRoomLinkOptions;
use chatwork_sdk::{Client, RoomId, Secret, TokenFuture, TokenSource};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

pub(crate) type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

const TOKEN: &str = "0123456789abcdef";
const AGENT: &str = "chatwork-sdk/0.1.0";
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const TIMEOUT: Duration = Duration::from_secs(60);
const ROOM: i64 = 123_456_789;

/// Through `chatwork-sdk`, with all that is on by default: pacing, retries, checks and spans.
pub(crate) fn client(server: SocketAddr) -> Result<Client> {
    Ok(Client::builder().token(TOKEN).base_url(format!("http://{server}/v2")).build()?)
}

/// As [`client`], with a token from a source, as with OAuth 2.0.
#[allow(dead_code, reason = "one of the two benchmarks has no such way")]
pub(crate) fn client_with_source(server: SocketAddr) -> Result<Client> {
    let builder = Client::builder().token_source(Cached(Secret::from(TOKEN.to_owned())));
    Ok(builder.base_url(format!("http://{server}/v2")).build()?)
}

/// A source that has its token at once.
struct Cached(Secret);

impl TokenSource for Cached {
    fn token(&self) -> TokenFuture<'_, Secret> {
        Box::pin(ready(Ok(self.0.clone())))
    }
}

pub(crate) async fn client_get(client: &Client) -> Result<i64> {
    Ok(client.my_status().await?.unread_num)
}

pub(crate) async fn client_post(client: &Client) -> Result<bool> {
    let link = client.room(RoomId(ROOM)).link();
    let call = link.create().code("launch").needs_acceptance(false).description("Come in");
    Ok(call.await?.public)
}

/// Through `chatwork-api`.
pub(crate) fn api(server: SocketAddr) -> Result<chatwork_api::Client> {
    let settings = chatwork_api::Settings::new(chatwork_api::Auth::api_token(TOKEN)?);
    let base_url = format!("http://{server}/v2");
    let settings = settings.timeout(TIMEOUT);
    Ok(chatwork_api::Client::new_with_client(&base_url, http()?, settings))
}

pub(crate) async fn api_get(api: &chatwork_api::Client) -> Result<i64> {
    Ok(api.get_my_status().await?.unread_num)
}

pub(crate) async fn api_post(api: &chatwork_api::Client) -> Result<bool> {
    let options = CreateRoomLinkOptions::new();
    let options = options.code("launch").description("Come in").need_acceptance(false);
    Ok(api.create_room_link_with(RoomId(ROOM), &options).await?.public)
}

fn http() -> Result<Http> {
    let builder = Http::builder().redirect(redirect::Policy::none()).user_agent(AGENT);
    Ok(builder.connect_timeout(CONNECT_TIMEOUT).build()?)
}

/// By hand, as a careful person writes it: the same headers and time limit, a look at the status,
/// and the whole body parsed at once.
pub(crate) struct Twin {
    http: Http,
    base_url: String,
    token: HeaderValue,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "read by nobody, but parsed all the same")]
struct Status {
    unread_room_num: i64,
    mention_room_num: i64,
    mytask_room_num: i64,
    unread_num: i64,
    mention_num: i64,
    mytask_num: i64,
}

#[derive(Serialize)]
struct NewLink {
    code: String,
    description: String,
    need_acceptance: u8,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "read by nobody, but parsed all the same")]
struct Link {
    public: bool,
    url: Option<String>,
    need_acceptance: Option<bool>,
    description: Option<String>,
}

impl Twin {
    pub(crate) fn new(server: SocketAddr) -> Result<Self> {
        let mut token = HeaderValue::from_static(TOKEN);
        token.set_sensitive(true);
        Ok(Self { http: http()?, base_url: format!("http://{server}/v2"), token })
    }

    pub(crate) async fn get(&self) -> Result<i64> {
        let request = self.http.get(format!("{}/my/status", self.base_url));
        let request = request.header("x-chatworktoken", self.token.clone());
        let request = request.header(ACCEPT, HeaderValue::from_static("application/json"));
        let status: Status = read(request.timeout(TIMEOUT).send().await?).await?;
        Ok(status.unread_num)
    }

    pub(crate) async fn post(&self) -> Result<bool> {
        let form = NewLink {
            code: "launch".to_owned(),
            description: "Come in".to_owned(),
            need_acceptance: 0,
        };
        let kind = HeaderValue::from_static("application/x-www-form-urlencoded");
        let request = self.http.post(format!("{}/rooms/{ROOM}/link", self.base_url));
        let request = request.header("x-chatworktoken", self.token.clone());
        let request = request.header(ACCEPT, HeaderValue::from_static("application/json"));
        let request = request.header(CONTENT_TYPE, kind).body(serde_urlencoded::to_string(&form)?);
        let link: Link = read(request.timeout(TIMEOUT).send().await?).await?;
        Ok(link.public)
    }
}

async fn read<T: DeserializeOwned>(response: Response) -> Result<T> {
    let status = response.status();
    let body = response.bytes().await?;
    if !status.is_success() {
        return Err(format!("refused with {status}: {}", String::from_utf8_lossy(&body)).into());
    }
    Ok(serde_json::from_slice(&body)?)
}
