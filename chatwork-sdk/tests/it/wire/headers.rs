//! What every request bears, and where it goes.

use std::time::Duration;

use chatwork_sdk::types::Me;
use chatwork_sdk::{Client, Method, RetryPolicy, reqwest};

use crate::support::clock::timed;
use crate::support::{Answer, Got, Reply, Server, TOKEN, builder, hurried, refused};

const NAME: &str = concat!("chatwork-sdk/", env!("CARGO_PKG_VERSION"));

async fn sent_by(client: impl FnOnce(&str) -> Client) -> Got {
    let server = Server::spec().await;
    client(&server.base_url()).me().await.unwrap();
    server.only()
}

#[tokio::test]
async fn an_api_token_goes_into_its_own_header() {
    let got = sent_by(|url| builder(url).build().unwrap()).await;
    assert_eq!((got.header("x-chatworktoken"), got.header("authorization")), (Some(TOKEN), None));
}

#[tokio::test]
async fn a_bearer_token_goes_into_the_header_of_oauth() {
    let got = sent_by(|url| builder(url).bearer(TOKEN).build().unwrap()).await;
    let bearer = format!("Bearer {TOKEN}");
    let found = (got.header("x-chatworktoken"), got.header("authorization"));
    assert_eq!(found, (None, Some(bearer.as_str())));
}

#[tokio::test]
async fn requests_say_which_client_they_come_from() {
    let got = sent_by(|url| builder(url).build().unwrap()).await;
    assert_eq!(got.header("user-agent"), Some(NAME));
}

#[tokio::test]
async fn the_users_name_stands_in_front() {
    let got = sent_by(|url| builder(url).user_agent("deploy-bot/1.0").build().unwrap()).await;
    assert_eq!(got.header("user-agent"), Some(format!("deploy-bot/1.0 {NAME}").as_str()));
}

#[tokio::test]
async fn a_slash_at_the_end_of_the_base_url_changes_nothing() {
    let got = sent_by(|url| builder(&format!("{url}/")).build().unwrap()).await;
    assert_eq!(got.target, "/me");
}

#[tokio::test]
async fn a_base_url_may_have_no_path() {
    let root = |url: &str| url.trim_end_matches("/v2").to_owned();
    let got = sent_by(|url| builder(&root(url)).build().unwrap()).await;
    assert_eq!(got.target, "/me");
}

#[tokio::test]
async fn an_http_client_of_ones_own_is_used() {
    let http = reqwest::Client::builder().user_agent("own").build().unwrap();
    let got = sent_by(|url| builder(url).http_client(http).build().unwrap()).await;
    assert_eq!(got.header("user-agent"), Some("own"));
}

#[tokio::test]
async fn the_users_name_is_sent_by_an_http_client_of_ones_own_too() {
    let http = reqwest::Client::builder().user_agent("own").build().unwrap();
    let named = |url: &str| builder(url).http_client(http).user_agent("deploy-bot/1.0");
    let got = sent_by(|url| named(url).build().unwrap()).await;
    assert_eq!(got.header("user-agent"), Some(format!("deploy-bot/1.0 {NAME}").as_str()));
}

#[tokio::test]
async fn the_http_client_can_be_set_up() {
    let mut headers = reqwest::header::HeaderMap::new();
    headers.insert("x-proxy", "a".parse().unwrap());
    let set_up = move |http: reqwest::ClientBuilder| http.default_headers(headers.clone());
    let got = sent_by(|url| builder(url).configure_http(set_up).build().unwrap()).await;
    assert_eq!((got.header("x-proxy"), got.header("user-agent")), (Some("a"), Some(NAME)));
}

/// The limit of one call; the client's own is a day.
const SHORT: Duration = Duration::from_secs(5);

#[tokio::test]
async fn one_call_can_have_a_time_limit_of_its_own() {
    let server = Server::always(Answer::Silence).await;
    let client = builder(&server.base_url()).retry(RetryPolicy::off()).build().unwrap();
    let (result, time) = timed(async { client.me().timeout(SHORT).await }).await;
    assert!(refused(result).is_timeout() && time < 2 * SHORT, "{time:?}");
}

#[tokio::test]
async fn a_call_to_any_path_can_have_a_time_limit_of_its_own() {
    let server = Server::always(Answer::Silence).await;
    let client = builder(&server.base_url()).retry(RetryPolicy::off()).build().unwrap();
    let call = client.request(Method::GET, "/me").timeout(SHORT).send::<Me>();
    let (result, time) = timed(call).await;
    assert!(refused(result).is_timeout() && time < 2 * SHORT, "{time:?}");
}

#[tokio::test]
async fn the_time_limit_of_a_call_is_not_that_of_the_next() {
    let server = Server::script([Answer::Silence, Reply::of("getMe").into()]).await;
    let client = builder(&server.base_url()).retry(RetryPolicy::off()).build().unwrap();
    refused(hurried(async { client.me().timeout(SHORT).await }).await);
    assert!(client.me().await.is_ok());
}

#[tokio::test]
async fn a_call_of_its_own_time_limit_bears_the_token() {
    let server = Server::spec().await;
    server.client().me().timeout(Duration::from_secs(60)).await.unwrap();
    assert_eq!(server.only().header("x-chatworktoken"), Some(TOKEN));
}
