//! What the token endpoint answers.

use chatwork_api::types::{OAuthError, OAuthToken};
use serde_json::{Value, json};

const ACCESS: &str = "access-0123456789";
const REFRESH: &str = "refresh-0123456789";

fn reply() -> Value {
    json!({
        "access_token": ACCESS,
        "token_type": "Bearer",
        "expires_in": 1800,
        "refresh_token": REFRESH,
        "scope": "rooms.all:read_write users.profile.me:read",
    })
}

fn token(field: &str, value: Value) -> OAuthToken {
    let mut reply = reply();
    reply[field] = value;
    serde_json::from_value(reply).unwrap()
}

#[test]
fn a_lifetime_may_be_a_number() {
    assert_eq!(token("expires_in", json!(1800)).expires_in, 1800);
}

#[test]
fn a_lifetime_may_be_a_string() {
    assert_eq!(token("expires_in", json!("1800")).expires_in, 1800);
}

#[test]
fn a_refresh_token_that_is_null_is_none() {
    assert_eq!(token("refresh_token", Value::Null).refresh_token, None);
}

#[test]
fn a_refresh_token_that_is_left_out_is_none() {
    let mut reply = reply();
    reply.as_object_mut().unwrap().remove("refresh_token");
    let token: OAuthToken = serde_json::from_value(reply).unwrap();
    assert_eq!(token.refresh_token, None);
}

#[test]
fn both_tokens_can_be_exposed() {
    let token = token("scope", json!(""));
    let refresh = token.refresh_token.unwrap();
    assert_eq!((token.access_token.expose(), refresh.expose()), (ACCESS, REFRESH));
}

#[test]
fn debug_shows_neither_token() {
    let shown = format!("{:#?}", token("scope", json!("")));
    assert!(!shown.contains(ACCESS) && !shown.contains(REFRESH), "{shown}");
}

#[test]
fn a_token_is_equal_after_a_round_trip() {
    let token: OAuthToken = serde_json::from_value(reply()).unwrap();
    let json = serde_json::to_value(&token).unwrap();
    assert_eq!(serde_json::from_value::<OAuthToken>(json).unwrap(), token);
}

#[test]
fn a_refusal_requires_only_its_code() {
    let json = json!({ "error": "invalid_grant" });
    let error: OAuthError = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(serde_json::to_value(error).unwrap(), json);
}
