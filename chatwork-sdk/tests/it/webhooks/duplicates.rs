//! Messages that were there before.

use chatwork_sdk::webhook::{Deduplicator, WebhookEvent};
use serde_json::{Value, json};

use super::{BODY, created};

fn event(body: Value) -> WebhookEvent {
    serde_json::from_value(body).unwrap()
}

/// A new message with an id.
fn message(id: u32) -> WebhookEvent {
    let mut body = created();
    body["webhook_event"]["message_id"] = json!(id.to_string());
    event(body)
}

#[test]
fn a_message_is_new_once() {
    let deduplicator = Deduplicator::default();
    assert!(!deduplicator.is_duplicate(&message(1)));
    assert!(deduplicator.is_duplicate(&message(1)));
    assert!(!deduplicator.is_duplicate(&message(2)));
}

#[test]
fn an_edited_message_is_new_again() {
    let (deduplicator, mut edited) = (Deduplicator::default(), created());
    deduplicator.is_duplicate(&event(created()));
    edited["webhook_event_type"] = json!("message_updated");
    edited["webhook_event"]["update_time"] = json!(1_750_831_300);
    assert!(!deduplicator.is_duplicate(&event(edited.clone())));
    assert!(deduplicator.is_duplicate(&event(edited)));
}

#[test]
fn a_mention_and_its_message_in_a_watched_room_are_the_same() {
    let (deduplicator, mut body) = (Deduplicator::default(), created());
    let mention: WebhookEvent = serde_json::from_str(BODY).unwrap();
    body["webhook_event"]["message_id"] = json!(mention.message_id().unwrap());
    body["webhook_event"]["room_id"] = json!(mention.room_id().unwrap());
    assert!(!deduplicator.is_duplicate(&mention));
    assert!(deduplicator.is_duplicate(&event(body)));
}

#[test]
fn the_oldest_is_forgotten_and_no_other() {
    let deduplicator = Deduplicator::new(3);
    for id in 1..=4 {
        assert!(!deduplicator.is_duplicate(&message(id)));
    }
    assert!(deduplicator.is_duplicate(&message(2)) && deduplicator.is_duplicate(&message(4)));
    assert!(!deduplicator.is_duplicate(&message(1)), "there was room for three");
}

#[test]
fn clones_share_what_they_know() {
    let deduplicator = Deduplicator::default();
    deduplicator.clone().is_duplicate(&message(1));
    assert!(deduplicator.is_duplicate(&message(1)));
}

#[test]
fn an_unknown_event_is_never_a_repeat() {
    let (deduplicator, unknown) =
        (Deduplicator::default(), event(json!({ "webhook_event_type": "x" })));
    assert!(!deduplicator.is_duplicate(&unknown) && !deduplicator.is_duplicate(&unknown));
}

#[test]
fn a_memory_of_nothing_still_knows_the_last() {
    let deduplicator = Deduplicator::new(0);
    assert!(!deduplicator.is_duplicate(&message(1)) && deduplicator.is_duplicate(&message(1)));
}
