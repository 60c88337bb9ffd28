//! What a client refuses to be built from.

use chatwork_sdk::{Client, ClientBuilder, Error};

use crate::support::refused;

fn told(builder: ClientBuilder) -> String {
    let error = refused(builder.build());
    assert!(matches!(error, Error::Config(_)), "{error:?}");
    error.to_string()
}

fn at(url: &str) -> ClientBuilder {
    Client::builder().token("0123").base_url(url)
}

#[test]
fn no_token() {
    let text = "the client cannot be built: there is no token: expected `token`, `bearer` or \
                `token_source`, or CHATWORK_API_TOKEN in the environment with `Client::from_env`";
    assert_eq!(told(Client::builder()), text);
}

#[test]
fn an_empty_token() {
    let text = "the client cannot be built: the token cannot be sent: it is empty";
    assert_eq!(told(Client::builder().token("")), text);
}

#[test]
fn an_empty_bearer_token() {
    let text = "the client cannot be built: the token cannot be sent: it is empty";
    assert_eq!(told(Client::builder().bearer("")), text);
}

#[test]
fn a_token_with_a_line_break_is_told_by_its_place_alone() {
    let text = "the client cannot be built: the token cannot be sent: byte 6 is a space, a \
                control character or not ASCII";
    assert_eq!(told(Client::builder().token("sesame\n")), text);
}

#[test]
fn a_bearer_token_with_a_line_break_is_told_by_its_place_alone() {
    let text = "the client cannot be built: the token cannot be sent: byte 6 is a space, a \
                control character or not ASCII";
    assert_eq!(told(Client::builder().bearer("sesame\r\nX-Evil: 1")), text);
}

#[test]
fn a_base_url_that_is_none() {
    let text = "the client cannot be built: the base URL is no URL: expected one such as \
                https://api.chatwork.com/v2";
    for url in ["", "api.chatwork.com/v2", "http://", "/v2"] {
        assert_eq!(told(at(url)), text, "{url:?}");
    }
}

#[test]
fn a_base_url_of_another_scheme() {
    let text = "the client cannot be built: the base URL is not of http or https";
    for url in ["ftp://127.0.0.1/v2", "file:///v2", "localhost:8080/v2"] {
        assert_eq!(told(at(url)), text, "{url:?}");
    }
}

#[test]
fn a_base_url_with_a_password_is_not_quoted() {
    let text = "the client cannot be built: the base URL holds a user name or a password: \
                expected none";
    assert_eq!(told(at("http://me:sesame@127.0.0.1/v2")), text);
}

#[test]
fn a_base_url_with_a_query_or_a_fragment() {
    let text = "the client cannot be built: the base URL has a query or a fragment: expected none";
    for url in ["http://127.0.0.1/v2?a=b", "http://127.0.0.1/v2#a"] {
        assert_eq!(told(at(url)), text, "{url:?}");
    }
}

#[test]
fn a_user_agent_that_no_header_can_hold() {
    let text = "the client cannot be built: the user agent cannot be sent: expected one line of \
                visible ASCII";
    assert_eq!(told(at("http://127.0.0.1/v2").user_agent("bot\r\nX-Evil: 1")), text);
}

#[test]
fn a_token_that_is_good_is_enough() {
    assert!(Client::new("0123456789abcdef").is_ok());
}
