//! Messages that were there before.

use chatwork_sdk::webhook::{Repeats, WebhookEvent};
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
    let repeats = Repeats::default();
    assert!(!repeats.is_repeat(&message(1)));
    assert!(repeats.is_repeat(&message(1)));
    assert!(!repeats.is_repeat(&message(2)));
}

#[test]
fn an_edited_message_is_new_again() {
    let (repeats, mut edited) = (Repeats::default(), created());
    repeats.is_repeat(&event(created()));
    edited["webhook_event_type"] = json!("message_updated");
    edited["webhook_event"]["update_time"] = json!(1_750_831_300);
    assert!(!repeats.is_repeat(&event(edited.clone())));
    assert!(repeats.is_repeat(&event(edited)));
}

#[test]
fn a_mention_and_its_message_in_a_watched_room_are_the_same() {
    let (repeats, mut body) = (Repeats::default(), created());
    let mention: WebhookEvent = serde_json::from_str(BODY).unwrap();
    body["webhook_event"]["message_id"] = json!(mention.message_id().unwrap());
    body["webhook_event"]["room_id"] = json!(mention.room_id().unwrap());
    assert!(!repeats.is_repeat(&mention));
    assert!(repeats.is_repeat(&event(body)));
}

#[test]
fn the_oldest_is_forgotten_and_no_other() {
    let repeats = Repeats::new(3);
    for id in 1..=4 {
        assert!(!repeats.is_repeat(&message(id)));
    }
    assert!(repeats.is_repeat(&message(2)) && repeats.is_repeat(&message(4)));
    assert!(!repeats.is_repeat(&message(1)), "there was room for three");
}

#[test]
fn clones_share_what_they_know() {
    let repeats = Repeats::default();
    repeats.clone().is_repeat(&message(1));
    assert!(repeats.is_repeat(&message(1)));
}

#[test]
fn an_unknown_event_is_never_a_repeat() {
    let (repeats, unknown) = (Repeats::default(), event(json!({ "webhook_event_type": "x" })));
    assert!(!repeats.is_repeat(&unknown) && !repeats.is_repeat(&unknown));
}

#[test]
fn a_memory_of_nothing_still_knows_the_last() {
    let repeats = Repeats::new(0);
    assert!(!repeats.is_repeat(&message(1)) && repeats.is_repeat(&message(1)));
}
