//! What a body that is verified becomes.

use chatwork_sdk::webhook::{WebhookError, WebhookEvent};
use chatwork_sdk::{AccountId, RoomId, UnixTime};
use serde_json::{Value, json};

use super::{BODY, SENT, created, signed, signed_json};

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

/// A change to a delivery that is otherwise the documented one.
type Change = fn(&mut Value);

fn changed(change: Change) -> Value {
    let mut body = created();
    change(&mut body);
    body
}

#[test]
fn an_event_whose_fields_have_another_json_type_is_read() {
    let plain = signed_json(&created()).unwrap();
    let changes: [Change; 8] = [
        |body| body["webhook_setting_id"] = json!(12_345),
        |body| body["webhook_event_time"] = json!("1750831201"),
        |body| body["webhook_event"]["message_id"] = json!(1_928_374_655_918_273_645_u64),
        |body| body["webhook_event"]["room_id"] = json!("42"),
        |body| body["webhook_event"]["account_id"] = json!("11"),
        |body| body["webhook_event"]["account_id"] = json!(11.0),
        |body| body["webhook_event"]["send_time"] = json!("1750831200"),
        |body| body["webhook_event"]["update_time"] = json!("0"),
    ];
    for change in changes {
        let body = changed(change);
        assert_eq!(signed_json(&body).unwrap(), plain, "{body}");
    }
    let mut mention: Value = serde_json::from_str(BODY).unwrap();
    let plain = signed_json(&mention).unwrap();
    mention["webhook_event"]["from_account_id"] = json!("2861671");
    mention["webhook_event"]["to_account_id"] = json!("2739132");
    assert_eq!(signed_json(&mention).unwrap(), plain);
}

#[test]
fn an_event_without_what_no_receiver_needs_is_read() {
    for (place, key) in [
        ("", "webhook_setting_id"),
        ("", "webhook_event_time"),
        ("/webhook_event", "send_time"),
        ("/webhook_event", "update_time"),
    ] {
        let mut body = created();
        body.pointer_mut(place).unwrap()[key] = Value::Null;
        assert!(matches!(signed_json(&body), Ok(WebhookEvent::MessageCreated(_))), "{key}");
        body.pointer_mut(place).unwrap().as_object_mut().unwrap().remove(key);
        let event = signed_json(&body).unwrap();
        assert_eq!(event.message_id().unwrap().as_str(), "1928374655918273645", "{key}");
    }
}

#[test]
fn an_event_in_another_shape_is_kept_whole() {
    let changes: [Change; 8] = [
        |body| body["webhook_event"]["room_id"] = json!("forty-two"),
        |body| body["webhook_event"]["room_id"] = json!(9_007_199_254_740_992.0),
        |body| body["webhook_event"]["room_id"] = json!(42.5),
        |body| body["webhook_event"]["message_id"] = json!(1.9e18),
        |body| body["webhook_event"]["account_id"] = Value::Null,
        |body| body["webhook_event"] = json!([]),
        |body| body["webhook_event_type"] = json!(7),
        |body| *body = json!([created()]),
    ];
    for change in changes {
        let body = changed(change);
        assert_eq!(signed_json(&body).unwrap(), WebhookEvent::Unknown(body));
    }
}

#[test]
fn the_place_of_an_unexpected_shape_is_logged_without_its_content() {
    let (spans, guard) = crate::support::spans::Spans::listen();
    signed_json(&changed(|body| body["webhook_event"]["room_id"] = json!("forty-two"))).unwrap();
    let mut mention: Value = serde_json::from_str(BODY).unwrap();
    mention["webhook_event"]["to_account_id"] = json!("forty-two");
    signed_json(&mention).unwrap();
    drop(guard);
    let text = spans.text();
    for place in ["webhook_event.room_id", "webhook_event.to_account_id"] {
        assert!(text.contains(place), "{text}");
    }
    assert!(!text.contains("forty-two"), "{text}");
}

#[test]
fn a_body_that_is_not_json_says_where_reading_stopped() {
    for body in [&b""[..], b"{\"a\"", b"\xff"] {
        let error = signed(body).unwrap_err();
        assert!(matches!(&error, WebhookError::Unreadable(it) if it.line() == 1), "{error:?}");
        assert!(!error.is_unauthenticated());
    }
}

#[test]
fn a_body_that_is_no_event_is_not_told_from_another_before_it_is_verified() {
    let error = super::verifier().verify(b"no event", super::SIGNATURE).unwrap_err();
    assert_eq!(error, WebhookError::WrongSignature { tokens: 1 });
}

#[test]
fn depth_that_would_overflow_the_stack_is_not_read() {
    let body = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(matches!(signed(body.as_bytes()), Err(WebhookError::Unreadable(_))));
}
