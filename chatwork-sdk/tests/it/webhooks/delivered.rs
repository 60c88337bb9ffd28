//! What a body that is verified becomes.

use chatwork_sdk::webhook::{WebhookError, WebhookEvent};
use chatwork_sdk::{AccountId, RoomId, UnixTime};
use serde_json::{Value, json};

use super::{BODY, SENT, created, signed, signed_json};

/// The place that an error names.
fn place(body: &[u8]) -> String {
    match signed(body).unwrap_err() {
        WebhookError::Unreadable(error) => error.path().to_owned(),
        other => panic!("{other:?}"),
    }
}

fn place_in(body: &Value) -> String {
    place(body.to_string().as_bytes())
}

#[test]
fn a_mention_comes_with_typed_fields() {
    let WebhookEvent::MentionToMe(event) = signed(BODY.as_bytes()).unwrap() else {
        panic!("no mention");
    };
    assert_eq!(event.webhook_event_time, UnixTime(SENT));
    assert_eq!(event.webhook_event.from_account_id, AccountId(2_861_671));
    assert_eq!(event.webhook_event.to_account_id, AccountId(2_739_132));
    assert_eq!(event.webhook_event.room_id, RoomId(93_207_172));
    assert_eq!(event.webhook_event.message_id.as_str(), "1007287971738591232");
}

#[test]
fn a_new_and_an_edited_message_are_told_apart() {
    let mut body = created();
    assert!(matches!(signed_json(&body), Ok(WebhookEvent::MessageCreated(_))));
    body["webhook_event_type"] = json!("message_updated");
    assert!(matches!(signed_json(&body), Ok(WebhookEvent::MessageUpdated(_))));
}

#[test]
fn an_unknown_type_is_kept_with_its_json() {
    let body =
        json!({ "webhook_event_type": "room_archived", "webhook_event": { "a": [1, null] } });
    assert_eq!(signed_json(&body).unwrap(), WebhookEvent::Unknown(body));
}

#[test]
fn a_field_that_is_new_does_no_harm() {
    let mut body = created();
    body["webhook_event"]["thread_id"] = json!("7");
    assert!(signed_json(&body).is_ok());
}

#[test]
fn a_field_of_another_type_is_named_with_its_place() {
    let mut body = created();
    body["webhook_event"]["room_id"] = json!("forty-two");
    assert_eq!(place_in(&body), "webhook_event.room_id");
}

#[test]
fn the_place_of_a_missing_field_is_named() {
    let mut body = created();
    body["webhook_event"].as_object_mut().unwrap().remove("account_id");
    assert_eq!(place_in(&body), "webhook_event");
}

#[test]
fn a_missing_type_is_named() {
    assert_eq!(place_in(&json!({ "webhook_event": {} })), "webhook_event_type");
}

#[test]
fn a_body_that_is_no_event_has_the_whole_as_its_place() {
    assert_eq!(place(b"[]"), ".");
}

#[test]
fn a_body_that_is_no_json_has_no_place() {
    assert_eq!(place(b""), "");
    assert_eq!(place(b"{\"a\""), "");
    assert_eq!(place(b"\xff"), "");
}

#[test]
fn a_body_that_is_no_event_is_not_told_from_another_before_it_is_verified() {
    let error = super::verifier().verify(b"no event", super::SIGNATURE).unwrap_err();
    assert_eq!(error, WebhookError::WrongSignature { tokens: 1 });
}

#[test]
fn nothing_is_said_of_depth_that_is_meant_to_hurt() {
    let body = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(place(body.as_bytes()), "");
}
