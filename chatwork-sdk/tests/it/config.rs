//! What a client refuses to be built from.

use chatwork_sdk::{Client, ClientBuilder, Error, Secret};

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
    let text = "the client cannot be built: invalid base URL: expected an http or https URL, for \
                example https://api.chatwork.com/v2";
    for url in ["", "api.chatwork.com/v2", "http://", "/v2"] {
        assert_eq!(told(at(url)), text, "{url:?}");
    }
}

#[test]
fn a_base_url_of_another_scheme() {
    let text = "the client cannot be built: invalid base URL: expected an http or https URL, for \
                example https://api.chatwork.com/v2";
    for url in ["ftp://127.0.0.1/v2", "file:///v2", "localhost:8080/v2"] {
        assert_eq!(told(at(url)), text, "{url:?}");
    }
}

#[test]
fn a_base_url_with_a_password_is_not_quoted() {
    let text = "the client cannot be built: invalid base URL: it holds a user name or a password: \
                expected neither";
    assert_eq!(told(at("http://me:sesame@127.0.0.1/v2")), text);
}

#[test]
fn a_base_url_with_a_query_or_a_fragment() {
    let text = "the client cannot be built: invalid base URL: it holds a query: expected none";
    assert_eq!(told(at("http://127.0.0.1/v2?a=b")), text);
    let text = "the client cannot be built: invalid base URL: it holds a fragment: expected none";
    assert_eq!(told(at("http://127.0.0.1/v2#a")), text);
}

#[test]
fn a_user_agent_that_no_header_can_hold() {
    let text = "the client cannot be built: invalid user agent: expected one line of visible ASCII";
    for name in ["bot\r\nX-Evil: 1", "日本語", "bot\t1", "", " "] {
        assert_eq!(told(at("http://127.0.0.1/v2").user_agent(name)), text, "{name:?}");
    }
}

#[test]
fn plain_http_to_another_machine_is_refused_unless_it_is_asked_for_by_name() {
    let text = "the client cannot be built: invalid base URL: http:// to `sandbox` sends tokens in \
                clear text: expected https://, or `allow_insecure_http` \
                (CHATWORK_API_ALLOW_INSECURE_HTTP=1)";
    assert_eq!(told(at("http://sandbox:8899/v2")), text);
    assert!(at("http://sandbox:8899/v2").allow_insecure_http(true).build().is_ok());
    for here in ["http://127.0.0.1:1/v2", "http://localhost/v2", "http://[::1]:1/v2"] {
        assert!(at(here).build().is_ok(), "{here}");
    }
}

#[test]
fn a_builder_shows_no_password_of_its_base_url() {
    let shown = format!("{:?}", at("http://user:hunter2@host/v2"));
    assert!(shown.contains("http://host/v2") && !shown.contains("hunter2"), "{shown}");
}

#[test]
fn a_secret_is_taken_as_a_token() {
    let secret = Secret::from("sesame");
    assert!(Client::new(&secret).is_ok());
    assert!(Client::builder().bearer(&secret).build().is_ok());
    assert!(!format!("{:?}", Client::builder().bearer(secret)).contains("sesame"));
}

#[test]
fn a_token_that_is_good_is_enough() {
    assert!(Client::new("0123456789abcdef").is_ok());
}
