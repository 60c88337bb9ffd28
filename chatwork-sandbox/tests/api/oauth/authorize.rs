//! What an app may ask a person for.

use chatwork_sandbox::{Clock, Sandbox, World};

use super::flow::{App, CALLBACK, CHALLENGE, SECRETIVE, but};
use crate::support::KEN;

#[tokio::test]
async fn a_yes_sends_the_browser_back_with_a_code_and_the_state() {
    let app = App::confidential().await;
    let shown = app.open(&app.request()).await;
    let location = shown.location.clone().unwrap();
    assert_eq!((shown.status, location.port(), location.path()), (302, Some(4711), "/callback"));
    assert!(!shown.back("code").is_empty() && shown.back("state") == "the state");
}

#[tokio::test]
async fn a_no_sends_it_back_with_access_denied_and_the_state() {
    let app = App::confidential().await;
    let shown = app.open(&but(app.request(), "auto", "deny")).await;
    assert_eq!((shown.back("error"), shown.back("code")), ("access_denied".into(), "".into()));
    assert_eq!(shown.back("state"), "the state");
}

/// The text of the page that is shown instead of a redirect.
async fn page(name: &str, value: &str) -> String {
    let app = App::confidential().await;
    let shown = app.open(&but(app.request(), name, value)).await;
    assert_eq!((shown.status, shown.location), (400, None));
    shown.html
}

#[tokio::test]
async fn an_unknown_app_gets_a_page_without_a_redirect() {
    assert!(page("client_id", "nobody").await.contains("The client ID `nobody` is unknown."));
    assert!(page("client_id", "").await.contains("`client_id` is missing."));
}

#[tokio::test]
async fn an_address_that_is_not_registered_gets_no_redirect() {
    for uri in ["https://evil.example/", "https://example.com/callback/x", "javascript:alert(1)"] {
        assert!(
            page("redirect_uri", uri).await.contains("The redirect URI is unregistered."),
            "{uri}"
        );
    }
}

#[tokio::test]
async fn of_several_addresses_one_has_to_be_named() {
    assert!(page("redirect_uri", "").await.contains("redirect_uri is required"));
}

#[tokio::test]
async fn the_only_address_need_not_be_named() {
    let app = App::with_one_address().await;
    let shown = app.open(&but(app.request(), "redirect_uri", "")).await;
    assert_eq!(
        shown.location.unwrap().as_str().split('?').next(),
        Some("http://127.0.0.1/callback")
    );
}

#[tokio::test]
async fn a_parameter_that_comes_twice_is_refused() {
    let app = App::confidential().await;
    let mut query = app.request();
    query.push(("client_id", SECRETIVE));
    let shown = app.open(&query).await;
    assert!(shown.status == 400 && shown.html.contains("more than once"), "{}", shown.html);
}

/// The code in the redirect to the app.
async fn refused(app: &App, name: &str, value: &str) -> String {
    let shown = app.open(&but(app.request(), name, value)).await;
    assert_eq!((shown.status, shown.back("state").as_str()), (302, "the state"), "{name}={value}");
    assert_eq!(shown.back("code"), "", "{name}={value}");
    shown.back("error")
}

#[tokio::test]
async fn the_response_type_is_code() {
    let app = App::confidential().await;
    assert_eq!(refused(&app, "response_type", "").await, "invalid_request");
    assert_eq!(refused(&app, "response_type", "token").await, "unsupported_response_type");
}

#[tokio::test]
async fn missing_and_unknown_scopes_are_refused() {
    let app = App::confidential().await;
    for scope in ["", " ", "rooms", "rooms.all:read,users.all:read"] {
        assert_eq!(refused(&app, "scope", scope).await, "invalid_scope", "{scope}");
    }
}

#[tokio::test]
async fn offline_access_is_for_confidential_clients() {
    let app = App::public().await;
    let scope = "rooms.all:read offline_access";
    assert_eq!(refused(&app, "scope", scope).await, "invalid_scope");
    let app = App::confidential().await;
    assert_ne!(app.code(&but(app.request(), "scope", scope)).await, "");
}

#[tokio::test]
async fn an_app_may_ask_only_for_its_registered_scopes() {
    let mut world = World::standard().unwrap();
    world.apps[0].scopes = Some(vec!["rooms.all:read".to_owned()]);
    let sandbox = Sandbox::builder().clock(Clock::manual(0)).world(world).start().await.unwrap();
    let app = App::new(sandbox, SECRETIVE);
    assert_eq!(refused(&app, "scope", "users.all:read").await, "invalid_scope");
    assert_ne!(app.code(&but(app.request(), "scope", "rooms.all:read")).await, "");
}

#[tokio::test]
async fn the_challenge_is_s256_and_a_hash() {
    let app = App::confidential().await;
    assert_eq!(refused(&app, "code_challenge_method", "plain").await, "invalid_request");
    assert_eq!(refused(&app, "code_challenge_method", "").await, "invalid_request");
    assert_eq!(refused(&app, "code_challenge", "").await, "invalid_request");
    let padded = format!("{CHALLENGE}=");
    for challenge in ["short", &padded, &CHALLENGE.replace('-', "+")] {
        assert_eq!(refused(&app, "code_challenge", challenge).await, "invalid_request");
    }
}

#[tokio::test]
async fn a_public_client_has_to_send_a_challenge() {
    let app = App::public().await;
    let query = but(but(app.request(), "code_challenge", ""), "code_challenge_method", "");
    assert_eq!(app.open(&query).await.back("error"), "invalid_request");
}

#[tokio::test]
async fn a_confidential_client_may_do_without() {
    let app = App::confidential().await;
    let query = but(but(app.request(), "code_challenge", ""), "code_challenge_method", "");
    let code = app.code(&query).await;
    assert_eq!(app.token(&but(app.form(&code), "code_verifier", "")).await.status, 200);
}

#[tokio::test]
async fn another_account_can_be_named() {
    let app = App::confidential().await;
    let ken = KEN.to_string();
    let tokens = app.tokens(&but(app.request(), "account_id", &ken)).await;
    let request = app.http.get(format!("{}/me", app.sandbox.base_url()));
    let me = request.bearer_auth(tokens.text("access_token")).send().await.unwrap();
    assert_eq!(me.json::<serde_json::Value>().await.unwrap()["account_id"], KEN);
}

#[tokio::test]
async fn an_unknown_account_cannot_allow() {
    assert!(page("account_id", "1").await.contains("unknown account_id"));
}

/// The notes in the log about one redirect address of an app.
async fn notes(app: &App, address: &str) -> Vec<String> {
    let shown = app.open(&but(app.request(), "redirect_uri", address)).await;
    assert_eq!(shown.status, 302, "{}", shown.html);
    app.sandbox.requests().pop().unwrap().notes
}

#[tokio::test]
async fn the_log_marks_a_redirect_address_that_the_service_would_not_register() {
    let mark =
        "redirect_uri is one of test_redirect_uris: the service registers no http:// address";
    for (app, registered) in [
        (App::confidential().await, "https://example.com/callback"),
        (App::public().await, "com.example.sandbox:/callback"),
    ] {
        let marked = notes(&app, CALLBACK).await;
        assert!(marked.iter().any(|note| note == mark), "{marked:?}");
        let unmarked = notes(&app, registered).await;
        assert!(!unmarked.iter().any(|note| note.contains("redirect_uri")), "{unmarked:?}");
    }
}

#[tokio::test]
async fn an_http_address_that_is_not_for_tests_is_refused_on_a_page() {
    for address in ["http://example.com/callback", "http://127.0.0.2/callback"] {
        let text = page("redirect_uri", address).await;
        assert!(text.contains("The redirect URI is unregistered."), "{address}: {text}");
    }
}
