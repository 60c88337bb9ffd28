//! Proxies of the environment. Each test asks a process of its own.

use bytes::Bytes;
use chatwork_sdk::oauth::{App, AppBuilder, Grant};
use chatwork_sdk::{Client, RetryPolicy, Secret};
use serde_json::json;

use crate::support::{Answer, FILE, Hosted, Reply, Server, TOKEN, hurried, process, room};

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

/// A client whose base URL is not on this machine.
fn remote() -> Client {
    let client = Client::builder().token(TOKEN).base_url("http://chatwork.invalid/v2");
    client.allow_insecure_http(true).retry(RetryPolicy::off()).build().unwrap()
}

/// A reply of the API that names the address of a file of ten bytes.
fn file_at(url: &str) -> Answer {
    let mut body = tests::spec::success("getRoomFile").body.cloned().unwrap();
    body["filesize"] = json!(10);
    body["download_url"] = json!(url);
    Reply::json(200, &body).into()
}

/// The proxies, of which that for `http://` answers like this.
async fn with_http_proxy(
    test: &str,
    answers: impl IntoIterator<Item = Answer>,
) -> (String, String) {
    let proxy = Server::script(answers).await;
    let (url, address) = (proxy.url("127.0.0.1", ""), proxy.url("127.0.0.1", ""));
    let own = [("http_proxy", &*url), ("HTTP_PROXY", &*url)];
    let variables: Vec<_> = PROXIES.into_iter().chain(own).collect();
    let said = process::run(test, "x", &variables).await;
    (said, address.trim_start_matches("http://").to_owned())
}

#[tokio::test]
async fn a_connection_error_of_the_host_of_a_file_names_the_proxy() {
    if process::argument().is_some() {
        let error = room(&remote()).file(FILE).download().await.unwrap_err();
        return process::print(error);
    }
    let test = "proxy::a_connection_error_of_the_host_of_a_file_names_the_proxy";
    let (said, _) = with_http_proxy(test, [file_at("https://files.invalid/a.txt")]).await;
    let text = "getRoomFile: no connection could be made, through the proxy 127.0.0.1:9";
    assert_eq!(said, text);
}

#[tokio::test]
async fn an_error_in_the_middle_of_a_file_names_the_proxy() {
    if process::argument().is_some() {
        let download = room(&remote()).file(FILE).download().await.unwrap();
        return process::print(download.bytes().await.unwrap_err());
    }
    let test = "proxy::an_error_in_the_middle_of_a_file_names_the_proxy";
    let half = Answer::Cut(Reply::new(200, Bytes::from_static(b"0123456789")));
    let answers = [file_at("http://files.invalid/a.txt"), half];
    let (said, proxy) = with_http_proxy(test, answers).await;
    assert_eq!(said, format!("getRoomFile: the reply is incomplete, through the proxy {proxy}"));
}

#[tokio::test]
async fn a_connection_error_of_the_host_of_a_file_is_not_sure_of_the_proxy_of_a_program() {
    if let Some(base_url) = process::argument() {
        let client = Client::builder().token(TOKEN).base_url(base_url);
        let client = client.http_client(chatwork_sdk::reqwest::Client::new());
        let client = client.retry(RetryPolicy::off()).build().unwrap();
        return process::print(room(&client).file(FILE).download().await.unwrap_err());
    }
    let test =
        "proxy::a_connection_error_of_the_host_of_a_file_is_not_sure_of_the_proxy_of_a_program";
    let server = Server::always(file_at("https://files.invalid/a.txt")).await;
    let direct = [("no_proxy", "127.0.0.1"), ("NO_PROXY", "127.0.0.1")];
    let variables: Vec<_> = PROXIES.into_iter().chain(direct).collect();
    let said = process::run(test, &server.base_url(), &variables).await;
    assert!(said.ends_with("perhaps through the proxy 127.0.0.1:9 of the environment"), "{said}");
}

/// The error of a refresh at a token endpoint that is not on this machine.
async fn refresh_error(
    change: impl FnOnce(AppBuilder) -> AppBuilder,
) -> chatwork_sdk::oauth::Error {
    let app = App::builder("app");
    let app = app.endpoints("https://oauth.invalid/login", "https://oauth.invalid/token");
    let app = change(app).build().unwrap();
    let grant = Grant::from_refresh_token(Secret::from("refresh".to_owned()));
    hurried(app.refresh(&grant)).await.unwrap_err()
}

#[tokio::test]
async fn a_connection_error_of_the_token_endpoint_names_the_proxy_and_never_its_password() {
    if process::argument().is_some() {
        let error = refresh_error(|app| app).await;
        let source = std::error::Error::source(&error).map(ToString::to_string);
        return process::print(format_args!("{error} {source:?} {error:?}"));
    }
    let test =
        "proxy::a_connection_error_of_the_token_endpoint_names_the_proxy_and_never_its_password";
    let said = process::run(test, "", &PROXIES).await;
    let text = "the token endpoint cannot be reached, through the proxy 127.0.0.1:9 ";
    assert!(said.starts_with(text) && !said.contains("hunter2"), "{said}");
}

#[tokio::test]
async fn a_connection_error_of_the_token_endpoint_is_not_sure_of_the_proxy_of_a_program() {
    if process::argument().is_some() {
        let http = chatwork_sdk::reqwest::Client::new();
        return process::print(refresh_error(|app| app.http_client(http)).await);
    }
    let test =
        "proxy::a_connection_error_of_the_token_endpoint_is_not_sure_of_the_proxy_of_a_program";
    let said = process::run(test, "", &PROXIES).await;
    let text = "the token endpoint cannot be reached, perhaps through the proxy 127.0.0.1:9 of the";
    assert!(said.starts_with(text), "{said}");
}
