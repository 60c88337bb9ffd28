//! Who asks the token endpoint.

use super::flow::{Answer, App, PUBLIC, SECRET, SECRETIVE, but};

/// What a code is worth to who comes with these credentials.
async fn as_client(app: &App, basic: Option<(&str, &str)>, extra: &[(&str, &str)]) -> Answer {
    let code = app.code(&app.request()).await;
    let mut form = but(app.form(&code), "client_id", "");
    form.extend(extra);
    app.token_as(basic, &form).await
}

#[tokio::test]
async fn a_confidential_client_comes_with_basic() {
    let app = App::confidential().await;
    let answer = as_client(&app, Some((SECRETIVE, SECRET)), &[]).await;
    assert_eq!((answer.status, answer.text("token_type")), (200, "Bearer"));
    assert_eq!(answer.json["expires_in"], 1800);
    assert_eq!(answer.text("scope"), "rooms.all:read users.profile.me:read");
}

#[tokio::test]
async fn a_public_client_comes_with_its_id_in_the_body() {
    let app = App::public().await;
    assert_eq!(as_client(&app, None, &[("client_id", PUBLIC)]).await.status, 200);
}

#[tokio::test]
async fn credentials_in_the_body_are_401() {
    let app = App::confidential().await;
    let both = [("client_id", SECRETIVE), ("client_secret", SECRET)];
    assert_eq!(as_client(&app, None, &both).await.refusal(), (401, "invalid_client"));
    let basic = Some((SECRETIVE, SECRET));
    assert_eq!(as_client(&app, basic, &both).await.refusal(), (401, "invalid_client"));
}

#[tokio::test]
async fn a_wrong_secret_is_401_with_a_basic_challenge() {
    let app = App::confidential().await;
    let answer = as_client(&app, Some((SECRETIVE, "wrong")), &[]).await;
    assert_eq!(answer.refusal(), (401, "invalid_client"));
    assert!(answer.headers["www-authenticate"].to_str().unwrap().starts_with("Basic"));
}

#[tokio::test]
async fn a_confidential_client_without_its_secret_is_401() {
    let app = App::confidential().await;
    let answer = as_client(&app, None, &[("client_id", SECRETIVE)]).await;
    assert_eq!(answer.refusal(), (401, "invalid_client"));
}

#[tokio::test]
async fn a_public_client_with_a_secret_is_401() {
    let app = App::public().await;
    for secret in ["", SECRET] {
        let answer = as_client(&app, Some((PUBLIC, secret)), &[]).await;
        assert_eq!(answer.refusal(), (401, "invalid_client"));
    }
}

#[tokio::test]
async fn a_missing_and_an_unknown_client_are_401() {
    let app = App::confidential().await;
    assert_eq!(as_client(&app, None, &[]).await.refusal(), (401, "invalid_client"));
    let unknown = as_client(&app, None, &[("client_id", "nobody")]).await;
    assert_eq!(unknown.refusal(), (401, "invalid_client"));
    let unknown = as_client(&app, Some(("nobody", SECRET)), &[]).await;
    assert_eq!(unknown.refusal(), (401, "invalid_client"));
}

#[tokio::test]
async fn two_ids_that_differ_are_401() {
    let app = App::confidential().await;
    let basic = Some((SECRETIVE, SECRET));
    let answer = as_client(&app, basic, &[("client_id", PUBLIC)]).await;
    assert_eq!(answer.refusal(), (401, "invalid_client"));
    assert_eq!(as_client(&app, basic, &[("client_id", SECRETIVE)]).await.status, 200);
}

#[tokio::test]
async fn a_bearer_token_does_not_authenticate_a_client() {
    let app = App::confidential().await;
    let request = app.http.post(app.sandbox.token_url()).bearer_auth("hanako-bearer-read");
    let answer = request.form(&[("grant_type", "refresh_token")]).send().await.unwrap();
    assert_eq!(answer.status(), 401);
}

#[tokio::test]
async fn the_grant_type_is_one_of_two() {
    let app = App::confidential().await;
    let missing = app.token(&[("code", "x")]).await;
    assert_eq!(missing.refusal(), (400, "invalid_request"));
    let other = app.token(&[("grant_type", "password")]).await;
    assert_eq!(other.refusal(), (400, "unsupported_grant_type"));
    let stranger = app.token_as(None, &[("grant_type", "password")]).await;
    assert_eq!(stranger.refusal(), (401, "invalid_client"));
}

#[tokio::test]
async fn the_body_is_a_form_without_repetitions() {
    let app = App::confidential().await;
    let request = app.http.post(app.sandbox.token_url()).basic_auth(SECRETIVE, Some(SECRET));
    let json = serde_json::json!({ "grant_type": "refresh_token" });
    assert_eq!(request.json(&json).send().await.unwrap().status(), 400);
    let form = [("grant_type", "refresh_token"), ("grant_type", "refresh_token")];
    assert_eq!(app.token(&form).await.refusal(), (400, "invalid_request"));
}

#[tokio::test]
async fn the_token_endpoint_takes_only_posts() {
    let app = App::confidential().await;
    assert_eq!(app.http.get(app.sandbox.token_url()).send().await.unwrap().status(), 405);
}

#[tokio::test]
async fn no_answer_is_kept() {
    let app = App::confidential().await;
    let answer = app.tokens(&app.request()).await;
    assert_eq!(answer.headers["cache-control"], "no-store");
}
