//! The exchange of codes.

use std::time::Duration;

use super::flow::{App, PUBLIC, but};

#[tokio::test]
async fn a_code_is_valid_for_less_than_a_minute() {
    let app = App::confidential().await;
    let (early, late) = (app.code(&app.request()).await, app.code(&app.request()).await);
    app.sandbox.clock().advance(Duration::from_secs(59));
    assert_eq!(app.token(&app.form(&early)).await.status, 200);
    app.sandbox.clock().advance(Duration::from_secs(1));
    assert_eq!(app.token(&app.form(&late)).await.refusal(), (400, "invalid_grant"));
}

#[tokio::test]
async fn a_code_that_comes_twice_ends_its_grant() {
    let app = App::confidential().await;
    let code = app.code(&app.request()).await;
    let first = app.token(&app.form(&code)).await;
    assert_eq!(app.me(first.text("access_token")).await, 200);
    assert_eq!(app.token(&app.form(&code)).await.refusal(), (400, "invalid_grant"));
    assert_eq!(app.me(first.text("access_token")).await, 401);
    let refresh = app.token(&app.refreshing(first.text("refresh_token"))).await;
    assert_eq!(refresh.refusal(), (400, "invalid_grant"));
}

#[tokio::test]
async fn a_code_is_valid_only_for_its_app() {
    let app = App::confidential().await;
    let code = app.code(&app.request()).await;
    let form = but(app.form(&code), "client_id", PUBLIC);
    assert_eq!(app.token_as(None, &form).await.refusal(), (400, "invalid_grant"));
    assert_eq!(app.token(&app.form(&code)).await.status, 200);
}

/// The result of an exchange with another value of a parameter.
async fn with(name: &str, value: &str) -> (u16, String) {
    let app = App::confidential().await;
    let code = app.code(&app.request()).await;
    let answer = app.token(&but(app.form(&code), name, value)).await;
    (answer.status, answer.text("error").to_owned())
}

#[tokio::test]
async fn a_missing_and_an_unknown_code_are_refused() {
    assert_eq!(with("code", "").await, (400, "invalid_request".to_owned()));
    assert_eq!(with("code", "code-unknown").await, (400, "invalid_grant".to_owned()));
}

#[tokio::test]
async fn the_redirect_address_must_be_repeated() {
    for uri in ["", "https://example.com/callback", "http://127.0.0.1:4712/callback"] {
        assert_eq!(with("redirect_uri", uri).await, (400, "invalid_grant".to_owned()), "{uri}");
    }
}

#[tokio::test]
async fn a_redirect_address_that_was_left_out_may_be_left_out_again() {
    let app = App::with_one_address().await;
    for (uri, status) in [("", 200), ("http://127.0.0.1/callback", 200), ("http://127.0.0.1/", 400)]
    {
        let code = app.code(&but(app.request(), "redirect_uri", "")).await;
        let form = but(app.form(&code), "redirect_uri", uri);
        assert_eq!(app.token(&form).await.status, status, "{uri}");
    }
}
