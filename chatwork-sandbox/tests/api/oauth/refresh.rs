//! What a refresh token is good for.

use std::time::Duration;

use super::flow::{Answer, App, PUBLIC, but};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

async fn refreshed(app: &App, tokens: &Answer) -> Answer {
    app.token(&app.refreshing(tokens.text("refresh_token"))).await
}

#[tokio::test]
async fn an_access_token_is_good_for_half_an_hour() {
    let app = App::confidential().await;
    let tokens = app.tokens(&app.request()).await;
    app.sandbox.clock().advance(Duration::from_secs(1799));
    assert_eq!(app.me(tokens.text("access_token")).await, 200);
    app.sandbox.clock().advance(Duration::from_secs(1));
    assert_eq!(app.me(tokens.text("access_token")).await, 401);
}

#[tokio::test]
async fn a_refresh_returns_two_new_tokens_with_the_same_scopes() {
    let app = App::confidential().await;
    let first = app.tokens(&app.request()).await;
    let second = refreshed(&app, &first).await;
    assert_eq!(app.me(second.text("access_token")).await, 200);
    assert_eq!(second.text("scope"), first.text("scope"));
    for field in ["access_token", "refresh_token"] {
        assert_ne!(first.text(field), second.text(field));
    }
}

#[tokio::test]
async fn a_refresh_token_is_good_once() {
    let app = App::confidential().await;
    let first = app.tokens(&app.request()).await;
    let second = refreshed(&app, &first).await;
    assert_eq!(refreshed(&app, &first).await.refusal(), (400, "invalid_grant"));
    assert_eq!(refreshed(&app, &second).await.status, 200);
}

#[tokio::test]
async fn an_old_access_token_stays_valid_until_it_expires() {
    let app = App::confidential().await;
    let first = app.tokens(&app.request()).await;
    refreshed(&app, &first).await;
    assert_eq!(app.me(first.text("access_token")).await, 200);
}

#[tokio::test]
async fn a_refresh_token_is_good_for_fourteen_days_from_the_last_refresh_on() {
    let app = App::confidential().await;
    let first = app.tokens(&app.request()).await;
    app.sandbox.clock().advance(DAY * 14 - Duration::from_secs(1));
    let second = refreshed(&app, &first).await;
    assert_eq!(second.status, 200);
    app.sandbox.clock().advance(DAY * 14);
    assert_eq!(refreshed(&app, &second).await.refusal(), (400, "invalid_grant"));
}

#[tokio::test]
async fn with_offline_access_it_does_not_end() {
    let app = App::confidential().await;
    let scope = "users.profile.me:read offline_access";
    let tokens = app.tokens(&but(app.request(), "scope", scope)).await;
    app.sandbox.clock().advance(DAY * 365);
    assert_eq!(refreshed(&app, &tokens).await.text("scope"), scope);
}

#[tokio::test]
async fn a_refresh_token_is_for_the_app_that_got_it() {
    let app = App::confidential().await;
    let tokens = app.tokens(&app.request()).await;
    let form = but(app.refreshing(tokens.text("refresh_token")), "client_id", PUBLIC);
    assert_eq!(app.token_as(None, &form).await.refusal(), (400, "invalid_grant"));
    assert_eq!(refreshed(&app, &tokens).await.status, 200);
}

#[tokio::test]
async fn a_public_client_refreshes_with_its_id_alone() {
    let app = App::public().await;
    let tokens = app.tokens(&app.request()).await;
    assert_eq!(refreshed(&app, &tokens).await.status, 200);
}

#[tokio::test]
async fn a_missing_and_an_unknown_refresh_token_are_refused() {
    let app = App::confidential().await;
    assert_eq!(app.token(&app.refreshing("")).await.refusal(), (400, "invalid_request"));
    assert_eq!(app.token(&app.refreshing("x")).await.refusal(), (400, "invalid_grant"));
}

#[tokio::test]
async fn an_access_token_is_not_accepted_as_a_refresh_token() {
    let app = App::confidential().await;
    let tokens = app.tokens(&app.request()).await;
    let form = app.refreshing(tokens.text("access_token"));
    assert_eq!(app.token(&form).await.refusal(), (400, "invalid_grant"));
}

#[tokio::test]
async fn a_refresh_may_ask_for_less() {
    let app = App::confidential().await;
    let first = app.tokens(&app.request()).await;
    let form = but(app.refreshing(first.text("refresh_token")), "scope", "rooms.all:read");
    let second = app.token(&form).await;
    assert_eq!(second.text("scope"), "rooms.all:read");
    assert_eq!(app.me(second.text("access_token")).await, 403);
    assert_eq!(refreshed(&app, &second).await.text("scope"), first.text("scope"));
}

#[tokio::test]
async fn a_refresh_with_more_scopes_is_refused_and_keeps_the_token_valid() {
    let app = App::confidential().await;
    let tokens = app.tokens(&app.request()).await;
    for scope in ["rooms.all:write", "rooms.all:read rooms.all:write", "nothing"] {
        let form = but(app.refreshing(tokens.text("refresh_token")), "scope", scope);
        assert_eq!(app.token(&form).await.refusal(), (400, "invalid_scope"), "{scope}");
    }
    assert_eq!(refreshed(&app, &tokens).await.status, 200);
}

#[tokio::test]
async fn a_revoked_consent_ends_all_its_tokens() {
    let app = App::confidential().await;
    let tokens = app.tokens(&app.request()).await;
    let url = format!("{}/_sandbox/revoke", app.sandbox.origin());
    let body = r#"{"client_id": "sandbox-confidential-app", "account_id": 1484814}"#;
    for expected in ["{\"revoked\":true}", "{\"revoked\":false}"] {
        let reply = app
            .http
            .post(&url)
            .header("content-type", "application/json")
            .body(body)
            .send()
            .await
            .unwrap();
        assert_eq!(reply.text().await.unwrap(), expected);
    }
    assert_eq!(app.me(tokens.text("access_token")).await, 401);
    assert_eq!(refreshed(&app, &tokens).await.refusal(), (400, "invalid_grant"));
}

#[tokio::test]
async fn a_world_can_keep_refresh_tokens() {
    let clock = chatwork_sandbox::Clock::manual(crate::support::START);
    let builder = chatwork_sandbox::Sandbox::builder().clock(clock);
    let builder = builder.refresh_tokens(chatwork_sandbox::RefreshTokens::Keep);
    let app = App::new(builder.start().await.unwrap(), super::flow::SECRETIVE);
    let tokens = app.tokens(&app.request()).await;
    let token = tokens.text("refresh_token").to_owned();
    for _ in 0..2 {
        let refreshed = app.token(&app.refreshing(&token)).await;
        assert_eq!((refreshed.status, refreshed.text("refresh_token")), (200, ""));
        assert_eq!(app.me(refreshed.text("access_token")).await, 200);
    }
    app.sandbox.clock().advance(std::time::Duration::from_secs(14 * 86_400));
    assert_eq!(app.token(&app.refreshing(&token)).await.refusal(), (400, "invalid_grant"));
}

#[tokio::test]
async fn an_access_token_is_a_jwt_and_errors_are_in_body_and_header() {
    let app = App::confidential().await;
    let tokens = app.tokens(&app.request()).await;
    assert_eq!(tokens.text("access_token").split('.').count(), 3);
    assert!(tokens.text("access_token").starts_with("eyJ"));
    let refused = app.token_as(Some(("nobody", "x")), &app.refreshing("x")).await;
    assert_eq!(refused.json["error_uri"], serde_json::Value::Null);
    assert!(refused.json.as_object().unwrap().contains_key("error_uri"));
    let header = refused.headers["www-authenticate"].to_str().unwrap();
    assert!(header.contains("error=\"invalid_client\", error_description=\""), "{header}");
}
