//! The request for consent.

use std::collections::HashMap;

use chatwork_sdk::Scope;
use chatwork_sdk::oauth::{App, Error};

use super::party::SCOPES;

fn app() -> App {
    let app = App::builder("the client").secret("s").redirect_uri("https://a.example/cb?x=1&y");
    app.build().unwrap()
}

fn query(app: &App) -> HashMap<String, String> {
    let url = app.authorize(SCOPES).unwrap().url;
    let query: Vec<_> = url.query_pairs().into_owned().collect();
    let map: HashMap<_, _> = query.iter().cloned().collect();
    assert_eq!(map.len(), query.len(), "nothing is there twice");
    map
}

#[test]
fn the_default_address_is_that_of_the_service() {
    let url = app().authorize(SCOPES).unwrap().url;
    let address = url.as_str().split('?').next();
    assert_eq!(address, Some("https://www.chatwork.com/packages/oauth2/login.php"));
}

#[test]
fn the_request_has_what_it_needs() {
    let query = query(&app());
    for (name, value) in [
        ("response_type", "code"),
        ("client_id", "the client"),
        ("redirect_uri", "https://a.example/cb?x=1&y"),
        ("scope", "rooms.all:read users.profile.me:read"),
        ("code_challenge_method", "S256"),
    ] {
        assert_eq!(query[name], value, "{name}");
    }
    assert_eq!((query["state"].len(), query["code_challenge"].len(), query.len()), (43, 43, 7));
}

#[test]
fn no_two_requests_share_state_or_challenge() {
    let (one, other) = (query(&app()), query(&app()));
    for name in ["state", "code_challenge"] {
        assert_ne!(one[name], other[name]);
    }
}

#[test]
fn without_a_redirect_address_none_is_sent() {
    assert!(!query(&App::builder("a").build().unwrap()).contains_key("redirect_uri"));
}

#[test]
fn a_scope_is_asked_for_once() {
    let url = app().authorize([Scope::RoomsWrite, Scope::RoomsWrite]).unwrap().url;
    assert!(url.as_str().contains("scope=rooms%3Awrite&"), "{url}");
}

fn config(result: Result<impl std::fmt::Debug, Error>) -> String {
    match result {
        Err(Error::Config(what)) => what,
        other => panic!("expected a mistake in the configuration, got {other:?}"),
    }
}

#[test]
fn a_request_without_scopes_is_refused() {
    assert!(config(app().authorize([])).contains("no scope"));
}

#[test]
fn offline_access_of_a_public_client_is_refused_before_sending() {
    let public = App::builder("a").build().unwrap();
    let scopes = [Scope::RoomsAllRead, Scope::OfflineAccess];
    assert!(config(public.authorize(scopes)).contains("offline_access"));
    assert!(app().authorize(scopes).is_ok());
}

#[test]
fn an_invalid_app_is_refused_with_the_reason() {
    let token = "https://oauth.chatwork.com/token";
    for (app, reason) in [
        (App::builder(""), "client id is empty"),
        (App::builder("a").secret(""), "client secret is empty"),
        (App::builder("a").redirect_uri("/callback"), "redirect URI"),
        (App::builder("a").redirect_uri("https://a.example/#x"), "redirect URI"),
        (
            App::builder("a").endpoints("login.php", token),
            "authorization endpoint: expected an http or https",
        ),
        (
            App::builder("a").endpoints(token, "ftp://a.example"),
            "token endpoint: expected an http or https",
        ),
        (App::builder("a").endpoints(token, "https://u:p@a.example"), "a user name or a password"),
        (App::builder("a").endpoints(token, "https://u@a.example"), "a user name or a password"),
    ] {
        let what = config(app.build());
        assert!(what.contains(reason), "{reason}: {what}");
    }
}

#[test]
fn a_redirect_address_that_chatwork_does_not_register_is_refused() {
    let callback = "http://127.0.0.1:4711/callback";
    for (app, reason) in [
        (App::builder("a").redirect_uri(callback), "no http:// address"),
        (App::builder("a").secret("s").redirect_uri(callback), "no http:// address"),
        (App::builder("a").redirect_uri("HTTP://a.example/"), "no http:// address"),
        (App::builder("a").secret("s").redirect_uri("com.example:/cb"), "only https://"),
        (
            App::builder("a").redirect_uri("http://a.example/").allow_http_redirect_uri(true),
            "to this machine only",
        ),
        (
            App::builder("a").secret("s").redirect_uri("a:/b").allow_http_redirect_uri(true),
            "only https://",
        ),
    ] {
        let what = config(app.build());
        assert!(what.starts_with("invalid redirect URI: ") && what.contains(reason), "{what}");
    }
}

#[test]
fn a_redirect_address_that_chatwork_registers_is_accepted() {
    for app in [
        App::builder("a").redirect_uri("https://a.example/cb"),
        App::builder("a").redirect_uri("com.example.app:/cb"),
        App::builder("a").secret("s").redirect_uri("https://a.example/cb"),
        App::builder("a").redirect_uri("http://[::1]:1/cb").allow_http_redirect_uri(true),
    ] {
        app.build().unwrap();
    }
}

#[test]
fn an_endpoint_that_would_get_secrets_in_clear_text_is_refused() {
    let (there, secure) = ("http://sandbox:8899/x", "https://sandbox:8899/x");
    for (authorization, token) in [(there, secure), (secure, there)] {
        let app = App::builder("a").endpoints(authorization, token);
        let what = config(app.clone().build());
        assert!(what.contains("clear text") && what.contains("`allow_insecure_http`"), "{what}");
        app.allow_insecure_http(true).build().unwrap();
    }
    let here = "http://127.0.0.1:8899/x";
    App::builder("a").endpoints(here, here).build().unwrap();
}

#[test]
fn a_pending_request_shows_the_state_that_the_callback_brings_back() {
    let request = app().authorize(SCOPES).unwrap();
    let query: HashMap<_, _> = request.url.query_pairs().into_owned().collect();
    assert_eq!(request.pending.state(), query["state"]);
}

#[test]
fn a_pending_request_can_be_serialized_and_read_by_another_process() {
    let pending = app().authorize(SCOPES).unwrap().pending;
    let json = serde_json::to_string(&pending).unwrap();
    assert!(
        serde_json::from_str::<chatwork_sdk::oauth::PendingAuthorization>(&json).unwrap()
            == pending
    );
}
