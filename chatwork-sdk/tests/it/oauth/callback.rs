//! What the browser brings back.

use chatwork_sdk::oauth::{Authorization, AuthorizationCode, Error, ErrorCode};

use super::party::Party;
use super::pkce::changed;

/// What a callback gives; `{}` in it is the state of the request.
async fn check(callback: &str) -> Result<AuthorizationCode, Error> {
    let Authorization { url, pending, .. } = Party::confidential().await.ask();
    let state = url.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
    pending.check(&callback.replace("{}", &state))
}

#[tokio::test]
async fn a_callback_may_be_an_address_a_path_or_a_query() {
    for callback in [
        "https://report.example/callback?code=abc&state={}",
        "/callback?x=1&code=abc&state={}",
        "state={}&code=abc",
        "http://127.0.0.1:1/callback?code=abc&state={}#_=_",
    ] {
        assert!(check(callback).await.is_ok(), "{callback}");
    }
}

#[tokio::test]
async fn a_question_mark_in_a_value_or_an_equals_sign_in_a_path_does_not_end_the_query() {
    for callback in [
        "code=abc&state={}&x=a?b",
        "?x=a?b&code=abc&state={}",
        "x=https://report.example/?&code=abc&state={}",
        "/callback;version=1?code=abc&state={}",
        "https://report.example/a=b&c?code=abc&state={}",
    ] {
        assert!(check(callback).await.is_ok(), "{callback}");
    }
}

#[tokio::test]
async fn the_address_of_an_error_page_is_no_script() {
    let callback = "error=invalid_scope&error_uri=javascript:alert(1)&state={}";
    let Err(Error::Refused(refusal)) = check(callback).await else { panic!("no refusal") };
    assert_eq!(refusal.uri(), None);
}

#[tokio::test]
async fn the_state_is_checked_before_the_code() {
    for callback in [
        "code=abc&state=other",
        "code=abc&state={}x",
        "code=abc&state=",
        "code=abc",
        "error=access_denied&state=other",
        "error=access_denied",
        "",
    ] {
        assert!(matches!(check(callback).await, Err(Error::State)), "{callback}");
    }
}

#[tokio::test]
async fn a_callback_without_code_and_error_is_invalid() {
    for callback in ["state={}", "code=&state={}"] {
        assert!(matches!(check(callback).await, Err(Error::Callback(_))), "{callback}");
    }
}

#[tokio::test]
async fn a_repeated_parameter_is_refused() {
    for callback in ["code=a&code=b&state={}", "code=a&state={}&state={}"] {
        assert!(matches!(check(callback).await, Err(Error::Callback(_))), "{callback}");
    }
}

#[tokio::test]
async fn an_error_is_a_code() {
    let callback = "error=invalid_scope&error_description=There+is+no+scope+x&state={}";
    let Err(Error::Refused(refusal)) = check(callback).await else { panic!("no refusal") };
    assert_eq!(refusal.code(), Some(&ErrorCode::InvalidScope));
    assert_eq!((refusal.description(), refusal.status()), (Some("There is no scope x"), None));
}

#[tokio::test]
async fn a_no_is_a_no() {
    let party = Party::confidential().await;
    let Authorization { url, pending, .. } = party.ask();
    let error = pending.check(&party.open(&url, "deny").await).unwrap_err();
    assert!(error.is_denied() && !error.is_consent_needed(), "{error:?}");
}

#[tokio::test]
async fn each_error_of_the_consent_page_has_a_code() {
    let party = Party::confidential().await;
    for (name, value, code) in [
        ("response_type", "token", ErrorCode::UnsupportedResponseType),
        ("response_type", "", ErrorCode::InvalidRequest),
        ("scope", "everything", ErrorCode::InvalidScope),
        ("scope", "", ErrorCode::InvalidScope),
    ] {
        let Authorization { url, pending, .. } = party.ask();
        let url = changed(&url, name, Some(value));
        let error = pending.check(&party.open(&url, "allow").await).unwrap_err();
        assert_eq!(error.code(), Some(&code), "{name}={value}");
    }
}

#[tokio::test]
async fn the_callback_of_one_request_does_not_answer_another() {
    let party = Party::confidential().await;
    let (one, other) = (party.ask(), party.ask());
    let callback = party.open(&one.url, "allow").await;
    assert!(matches!(other.pending.check(&callback), Err(Error::State)));
    assert!(one.pending.check(&callback).is_ok());
}

#[tokio::test]
async fn an_error_text_is_shown_in_one_line_without_what_is_secret() {
    let callback = "error=x%0Ay&error_description=state+{}%0Ais+old&state={}";
    let error = check(callback).await.unwrap_err();
    assert_eq!(error.to_string(), "the consent page refused: x y (state … is old)");
}
