//! Messages that were handled before.

use chatwork_sdk::webhook::{Deduplicator, MessageVersion, WebhookEvent};
use chatwork_sdk::{MessageId, RoomId, UnixTime};
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
    body["webhook_event"]["body"] = json!(mention.body().unwrap());
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

/// An edit within the same second as all others, to a text.
fn edited_to(text: &str) -> WebhookEvent {
    let mut body = created();
    body["webhook_event_type"] = json!("message_updated");
    body["webhook_event"]["update_time"] = json!(1_750_831_300);
    body["webhook_event"]["body"] = json!(text);
    event(body)
}

#[test]
fn two_edits_within_a_second_are_two() {
    let deduplicator = Deduplicator::default();
    assert!(!deduplicator.is_duplicate(&edited_to("one")));
    assert!(!deduplicator.is_duplicate(&edited_to("two")));
    assert!(deduplicator.is_duplicate(&edited_to("one")));
}

#[test]
fn the_same_message_id_in_two_rooms_is_two_messages() {
    let (deduplicator, mut other) = (Deduplicator::default(), created());
    other["webhook_event"]["room_id"] = json!(43);
    assert!(!deduplicator.is_duplicate(&event(created())));
    assert!(!deduplicator.is_duplicate(&event(other)));
}

#[test]
fn a_message_is_handled_once_while_a_claim_is_open_and_after_it_was_confirmed() {
    let deduplicator = Deduplicator::default();
    let claim = deduplicator.claim(&message(1)).unwrap();
    assert!(deduplicator.claim(&message(1)).is_none(), "the claim is open");
    assert!(deduplicator.claim(&message(2)).is_some());
    claim.confirm();
    assert!(deduplicator.claim(&message(1)).is_none(), "the work was done");
}

#[test]
fn a_message_whose_work_failed_is_handled_again() {
    let deduplicator = Deduplicator::default();
    drop(deduplicator.claim(&message(1)).unwrap());
    deduplicator.claim(&message(1)).unwrap().release();
    let panicked = std::panic::catch_unwind(|| {
        let _claim = deduplicator.claim(&message(1)).unwrap();
        panic!("the work failed");
    });
    assert!(panicked.is_err());
    assert!(deduplicator.claim(&message(1)).is_some());
}

#[test]
fn open_claims_are_not_forgotten_however_many_messages_follow() {
    let deduplicator = Deduplicator::new(1);
    let claim = deduplicator.claim(&message(1)).unwrap();
    for id in 2..10 {
        assert!(!deduplicator.is_duplicate(&message(id)));
    }
    assert!(deduplicator.claim(&message(1)).is_none());
    claim.confirm();
    assert!(deduplicator.is_duplicate(&message(1)));
}

#[test]
fn a_version_of_a_message_is_the_same_from_an_event_and_from_the_list() {
    let id = MessageId::from("1928374655918273645".to_owned());
    let listed = MessageVersion::new(RoomId(42), id, UnixTime(0), "the text of a message");
    assert_eq!(MessageVersion::of(&event(created())), Some(listed.clone()));
    let stored = serde_json::to_string(&listed).unwrap();
    assert_eq!(serde_json::from_str::<MessageVersion>(&stored).unwrap(), listed);
    assert!(stored.contains("7516842370892414348"), "a stored checksum changed: {stored}");
}
