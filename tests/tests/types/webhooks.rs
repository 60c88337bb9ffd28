//! Webhook payloads are told apart by their discriminator.

use chatwork_api::types::WebhookEvent;
use chatwork_codegen::document::{JSON, entries, get};
use serde_json::{Value, json};
use tests::spec::{document, examples};

/// The example of a webhook of the document.
fn payload(webhook: &str) -> Value {
    let body = document().at(&format!("/x-webhooks/{webhook}/post/requestBody/content"));
    examples(get(body, JSON)).next().unwrap().1.clone()
}

fn event(payload: Value) -> WebhookEvent {
    serde_json::from_value(payload).unwrap()
}

fn message_of_error(payload: Value) -> String {
    serde_json::from_value::<WebhookEvent>(payload).unwrap_err().to_string()
}

#[test]
fn a_new_message_is_recognized_by_its_type() {
    assert!(matches!(event(payload("messageCreated")), WebhookEvent::MessageCreated(_)));
}

#[test]
fn an_edited_message_is_recognized_by_its_type() {
    assert!(matches!(event(payload("messageUpdated")), WebhookEvent::MessageUpdated(_)));
}

#[test]
fn a_mention_is_recognized_by_its_type() {
    assert!(matches!(event(payload("mentionToMe")), WebhookEvent::MentionToMe(_)));
}

#[test]
fn every_webhook_of_the_document_has_a_variant_and_is_equal_after_a_round_trip() {
    for (name, _) in entries(document().at("/x-webhooks")) {
        let event = event(payload(name));
        assert!(!matches!(event, WebhookEvent::Unknown(_)), "{name}");
        assert_eq!(serde_json::to_value(event).unwrap(), payload(name), "{name}");
    }
}

#[test]
fn an_unknown_kind_is_kept_with_its_json() {
    let json = json!({ "webhook_event_type": "room_archived", "webhook_event": { "a": [1] } });
    assert_eq!(event(json.clone()), WebhookEvent::Unknown(json));
}

#[test]
fn an_unknown_kind_is_serialized_as_it_was_received() {
    let json = json!({ "webhook_event_type": "room_archived", "x": null });
    assert_eq!(serde_json::to_value(event(json.clone())).unwrap(), json);
}

#[test]
fn a_missing_field_of_the_payload_is_named() {
    let mut payload = payload("messageCreated");
    payload.as_object_mut().unwrap().remove("webhook_setting_id");
    assert_eq!(message_of_error(payload), "missing field `webhook_setting_id`");
}

#[test]
fn a_missing_field_of_the_event_is_named() {
    let mut payload = payload("mentionToMe");
    payload["webhook_event"].as_object_mut().unwrap().remove("from_account_id");
    assert_eq!(message_of_error(payload), "missing field `from_account_id`");
}

#[test]
fn a_missing_discriminator_is_named() {
    let mut payload = payload("messageCreated");
    payload.as_object_mut().unwrap().remove("webhook_event_type");
    assert_eq!(message_of_error(payload), "missing field `webhook_event_type`");
}

#[test]
fn a_payload_that_is_not_an_object_is_refused() {
    assert!(serde_json::from_value::<WebhookEvent>(json!(["message_created"])).is_err());
}
