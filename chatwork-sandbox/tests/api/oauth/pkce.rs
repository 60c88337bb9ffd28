//! PKCE, broken in each way.

use super::flow::{App, VERIFIER, but};

/// The result of an exchange with another verifier.
async fn with(verifier: &str) -> (u16, String) {
    let app = App::confidential().await;
    let code = app.code(&app.request()).await;
    let answer = app.token(&but(app.form(&code), "code_verifier", verifier)).await;
    (answer.status, answer.text("error").to_owned())
}

#[tokio::test]
async fn the_verifier_may_not_be_left_out() {
    assert_eq!(with("").await, (400, "invalid_request".to_owned()));
}

#[tokio::test]
async fn the_verifier_may_not_be_another_one() {
    let other = format!("{}_", &VERIFIER[..42]);
    assert_eq!(with(&other).await, (400, "invalid_grant".to_owned()));
}

#[tokio::test]
async fn the_challenge_is_not_accepted_as_the_verifier() {
    assert_eq!(with(super::flow::CHALLENGE).await, (400, "invalid_grant".to_owned()));
}

#[tokio::test]
async fn the_verifier_has_43_to_128_characters_of_66() {
    for verifier in [&VERIFIER[..42], &"a".repeat(129), &VERIFIER.replace('-', "+")] {
        assert_eq!(with(verifier).await, (400, "invalid_request".to_owned()), "{verifier}");
    }
}

#[tokio::test]
async fn a_verifier_without_a_challenge_is_refused() {
    let app = App::confidential().await;
    let query = but(but(app.request(), "code_challenge", ""), "code_challenge_method", "");
    let code = app.code(&query).await;
    assert_eq!(app.token(&app.form(&code)).await.refusal(), (400, "invalid_grant"));
}

#[tokio::test]
async fn a_wrong_verifier_does_not_use_the_code_up() {
    let app = App::confidential().await;
    let code = app.code(&app.request()).await;
    let wrong = "a".repeat(43);
    app.token(&but(app.form(&code), "code_verifier", &wrong)).await;
    assert_eq!(app.token(&app.form(&code)).await.status, 200);
}
