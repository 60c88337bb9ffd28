//! Proxies of the environment. Each test asks a process of its own.

use bytes::Bytes;
use chatwork_sdk::{Client, RetryPolicy};

use crate::support::{FILE, Hosted, Server, TOKEN, process, room};

/// A proxy where nothing listens, in every variable that names one.
const PROXIES: [(&str, &str); 6] = [
    ("http_proxy", "http://user:hunter2@127.0.0.1:9"),
    ("HTTP_PROXY", "http://user:hunter2@127.0.0.1:9"),
    ("https_proxy", "http://user:hunter2@127.0.0.1:9"),
    ("HTTPS_PROXY", "http://user:hunter2@127.0.0.1:9"),
    ("all_proxy", "http://user:hunter2@127.0.0.1:9"),
    ("ALL_PROXY", "http://user:hunter2@127.0.0.1:9"),
];

#[tokio::test]
async fn a_base_url_on_this_machine_never_goes_through_a_proxy() {
    if let Some(base_url) = process::argument() {
        let client = Client::builder().token(TOKEN).base_url(base_url);
        let result = client.retry(RetryPolicy::off()).build().unwrap().me().await;
        return process::print(result.map_or_else(|error| error.to_string(), |me| me.name));
    }
    let test = "proxy::a_base_url_on_this_machine_never_goes_through_a_proxy";
    let server = Server::spec().await;
    let names = ["127.0.0.1", "localhost"].map(|name| server.url(name, "/v2"));
    for base_url in &names {
        let name = process::run(test, base_url, &PROXIES).await;
        let me: chatwork_sdk::types::Me = crate::support::example("getMe");
        assert_eq!(name, me.name, "{base_url}");
    }
    assert_eq!(server.lines(), ["GET /me", "GET /me"]);
}

#[tokio::test]
async fn a_file_on_this_machine_never_goes_through_a_proxy() {
    if let Some(base_url) = process::argument() {
        let client = Client::builder().token(TOKEN).base_url(base_url);
        let client = client.retry(RetryPolicy::off()).build().unwrap();
        let mut download = room(&client).file(FILE).download().await.unwrap();
        let chunk = download.chunk().await.unwrap().unwrap();
        return process::print(String::from_utf8_lossy(&chunk));
    }
    let test = "proxy::a_file_on_this_machine_never_goes_through_a_proxy";
    let hosted = Hosted::whole("a.txt", &Bytes::from_static(b"content")).await;
    assert_eq!(process::run(test, &hosted.api.base_url(), &PROXIES).await, "content");
}

#[tokio::test]
async fn a_connection_error_names_the_proxy_and_never_its_password() {
    if process::argument().is_some() {
        let client = Client::builder().token(TOKEN).base_url("https://chatwork.invalid/v2");
        let error = client.retry(RetryPolicy::off()).build().unwrap().me().await.unwrap_err();
        let source = std::error::Error::source(&error).map(ToString::to_string);
        return process::print(format_args!("{error} {source:?} {error:?}"));
    }
    let test = "proxy::a_connection_error_names_the_proxy_and_never_its_password";
    let said = process::run(test, "", &PROXIES).await;
    let text = "getMe: no connection could be made, through the proxy 127.0.0.1:9";
    assert!(said.contains(text) && !said.contains("hunter2"), "{said}");
}

#[tokio::test]
async fn a_connection_error_through_a_client_of_the_program_says_that_it_is_not_sure() {
    if process::argument().is_some() {
        let http = chatwork_sdk::reqwest::Client::new();
        let client = Client::builder().token(TOKEN).base_url("https://chatwork.invalid/v2");
        let client = client.http_client(http).retry(RetryPolicy::off()).build().unwrap();
        return process::print(client.me().await.unwrap_err());
    }
    let test = "proxy::a_connection_error_through_a_client_of_the_program_says_that_it_is_not_sure";
    let said = process::run(test, "", &PROXIES).await;
    assert!(said.ends_with("perhaps through the proxy 127.0.0.1:9 of the environment"), "{said}");
}
