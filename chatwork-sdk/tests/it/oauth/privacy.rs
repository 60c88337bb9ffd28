//! No code, verifier, state, token or client secret in anything that is printed.

use std::error::Error as _;
use std::fmt::Debug;

use chatwork_sdk::oauth::{
    App, Authorization, AuthorizationCode, Error, FileStore, Grant, MemoryStore, StoreLock, Users,
};
use chatwork_sdk::{Client, Scope};
use serde_json::json;

use super::party::{Party, app, old};
use crate::support::spans::Spans;
use crate::support::{Answer, Reply, Server, hurried};

/// What is secret in these tests, besides the state and the verifier of [`pending`].
const SECRETS: [&str; 4] = ["the-client-secret", "the-code", "access-0", "refresh-0"];

fn assert_private(name: &str, printed: &str, more: &[String]) {
    for secret in SECRETS.into_iter().chain(more.iter().map(String::as_str)) {
        assert!(!printed.contains(secret), "{name} shows {secret:?}: {printed}");
    }
}

fn shown(thing: &impl Debug) -> String {
    format!("{thing:?}\n{thing:#?}")
}

fn shown_error(error: &Error) -> String {
    let mut printed = format!("{error}\n{}", shown(error));
    let mut source = error.source();
    while let Some(cause) = source {
        printed.push_str(&format!("\n{cause}\n{}", shown(&cause)));
        source = cause.source();
    }
    printed
}

/// A request, with its state and its verifier.
fn asked(app: &App) -> (Authorization, [String; 2]) {
    let request = app.authorize([Scope::RoomsAllRead]).unwrap();
    let json = serde_json::to_value(&request.pending).unwrap();
    let secrets = ["state", "verifier"].map(|name| json[name].as_str().unwrap().to_owned());
    (request, secrets)
}

fn code(request: &Authorization, secrets: &[String; 2]) -> AuthorizationCode {
    request.pending.check(&format!("code=the-code&state={}", secrets[0])).unwrap()
}

#[tokio::test]
async fn everything_that_holds_a_secret_is_private() {
    let server = Server::always(Reply::html(500)).await;
    let app = app(&server);
    let (request, secrets) = asked(&app);
    let source = app.source(MemoryStore::new(old()));
    let client = Client::builder().token_source(source.clone());
    let users = Users::new(app.clone(), Client::builder(), |_: &u8| MemoryStore::new(old()));
    for (name, printed) in [
        ("builder", shown(&App::builder("a").secret(SECRETS[0]))),
        ("app", shown(&app)),
        ("request", shown(&request)),
        ("pending request", shown(&request.pending)),
        ("code", shown(&code(&request, &secrets))),
        ("grant", shown(&old())),
        ("source", shown(&source)),
        ("memory", shown(&MemoryStore::new(old()))),
        ("file", shown(&FileStore::new("tokens.json"))),
        ("lock", shown(&StoreLock::guard(old()))),
        ("users", shown(&users.unwrap())),
        ("client builder", shown(&client)),
        ("client", shown(&client.clone().build().unwrap())),
    ] {
        assert_private(name, &printed, &secrets);
    }
}

/// Everything that a token endpoint could do with what it was sent.
fn replies(secrets: &[String; 2]) -> Vec<Answer> {
    let all = [&SECRETS[..], &[&secrets[0], &secrets[1]]].concat().join(" ");
    let refusal = json!({ "error": all, "error_description": all, "error_uri": all });
    let token = json!({ "access_token": { all.clone(): all }, "token_type": all });
    let mac = json!({
        "access_token": all, "token_type": all, "expires_in": 1, "scope": all,
    });
    vec![
        Answer::Close,
        Answer::Silence,
        Answer::Cut(Reply::json(200, &refusal)),
        Reply::json(400, &refusal).into(),
        Reply::json(503, &refusal).into(),
        Reply::new(400, all.clone()).into(),
        Reply::new(200, all.clone()).into(),
        Reply::json(200, &token).into(),
        Reply::json(200, &mac).into(),
        Reply::new(302, "").header("location", &format!("http://{}", all.replace(' ', "."))).into(),
    ]
}

/// Exchanges a code and refreshes a grant.
async fn both(app: &App, code: AuthorizationCode) -> [Result<Grant, Error>; 2] {
    hurried(async { [app.exchange(code).await, app.refresh(&old()).await] }).await
}

#[tokio::test]
async fn an_error_is_private_even_if_the_server_repeats_what_it_got() {
    let endpoint = "http://127.0.0.1:9/token";
    let parts = App::builder("a").secret(SECRETS[0]).endpoints(endpoint, endpoint).build();
    let (request, secrets) = asked(&parts.unwrap());
    for reply in replies(&secrets) {
        let server = Server::always(reply.clone()).await;
        let results = both(&app(&server), code(&request, &secrets)).await;
        // Neither request knows the secrets of the other: each hides its own.
        let own = [["the-code", &secrets[1]], ["access-0", "refresh-0"]];
        for (result, own) in results.into_iter().zip(own) {
            let printed = shown_error(&result.unwrap_err());
            for secret in own.into_iter().chain(["the-client-secret"]) {
                assert!(!printed.contains(secret), "{reply:?}: {secret}: {printed}");
            }
        }
    }
}

#[tokio::test]
async fn spans_and_events_hold_no_secret() {
    let endpoint = "http://127.0.0.1:9/token";
    let parts = App::builder("a").secret(SECRETS[0]).endpoints(endpoint, endpoint).build();
    let (request, secrets) = asked(&parts.unwrap());
    for reply in replies(&secrets) {
        let (spans, guard) = Spans::listen();
        let server = Server::always(reply).await;
        let _ = both(&app(&server), code(&request, &secrets)).await;
        let source = app(&server).source(MemoryStore::new(old()));
        let _ = hurried(source.access_token()).await;
        drop(guard);
        let text = spans.text();
        assert!(text.contains("span chatwork_oauth grant_type=\"refresh_token\""), "{text}");
        assert_private("spans", &text, &secrets);
    }
}

#[tokio::test]
async fn a_whole_flow_logs_no_secret() {
    let (spans, guard) = Spans::listen();
    let party = Party::confidential().await;
    let grant = party.ended().await;
    let client = party.client(&party.app.source(MemoryStore::new(grant.clone())));
    client.me().await.unwrap();
    drop(guard);
    let tokens =
        [grant.access_token.expose().to_owned(), grant.refresh_token.unwrap().expose().to_owned()];
    let text = spans.text();
    assert!(text.contains("grant_type") && text.contains("getMe"), "{text}");
    assert_private("spans", &text, &tokens);
}

#[tokio::test]
async fn a_failed_refresh_is_logged_with_its_code_and_without_the_words_of_the_server() {
    for (code, is_told) in [("invalid_client", true), ("words_of_the_server", false)] {
        let (spans, guard) = Spans::listen();
        let server = Server::always(Reply::json(401, &json!({ "error": code }))).await;
        app(&server).source(MemoryStore::new(old())).access_token().await.unwrap_err();
        drop(guard);
        let text = spans.text();
        assert!(text.contains("the tokens were not refreshed"), "{text}");
        assert_eq!(text.contains(code), is_told, "{text}");
    }
}
