//! No time in the replies is later than the moment that they show.

use chatwork_codegen::document::{get, text};
use serde_json::Value;

use crate::collect::{document, number, reply, shown};

/// The end of the window of the rate limit that the headers report.
fn reset() -> i64 {
    number(document().at("/components/headers/XRateLimitReset/schema"), "example")
}

/// The messages and files of the replies, by id and time.
fn dated() -> Vec<(u64, i64)> {
    let time = |value: &Value| {
        get(value, "send_time").as_i64().or_else(|| get(value, "upload_time").as_i64())
    };
    let id = |value: &Value| text(value, "message_id").parse().ok();
    shown().iter().filter_map(|shown| Some((id(shown.value)?, time(shown.value)?))).collect()
}

#[test]
fn message_ids_grow_with_time() {
    let mut dated = dated();
    dated.sort_unstable();
    dated.dedup();
    assert!(dated.len() > 5);
    assert!(dated.is_sorted_by_key(|(_, time)| *time), "{dated:?}");
}

#[test]
fn the_room_changed_last_with_its_last_message() {
    let last = dated().into_iter().map(|(_, time)| time).max().unwrap();
    assert_eq!(number(reply("getRoom", None), "last_update_time"), last);
    assert!(last < reset());
}

#[test]
fn an_edit_is_later_than_the_message_and_a_delivery_later_than_both() {
    for shown in shown() {
        let (sent, edited) = (get(shown.value, "send_time"), get(shown.value, "update_time"));
        if let (Some(sent), Some(edited)) = (sent.as_i64(), edited.as_i64()) {
            assert!(edited == 0 || (sent < edited && edited < reset()), "{}", shown.place);
        }
        let event = get(shown.value, "webhook_event");
        if !event.is_null() {
            let latest = number(event, "send_time").max(number(event, "update_time"));
            assert!(number(shown.value, "webhook_event_time") >= latest, "{}", shown.place);
        }
    }
}

#[test]
fn an_event_of_an_edit_has_the_time_of_the_edit() {
    let event = |kind: &str| {
        let mut events = shown().into_iter().filter(|shown| shown.schema == kind);
        get(events.next().unwrap().value, "webhook_event")
    };
    assert_eq!(number(event("MessageCreatedEvent"), "update_time"), 0);
    assert_ne!(number(event("MessageUpdatedEvent"), "update_time"), 0);
}

#[test]
fn a_download_address_expires_within_30_seconds() {
    let url = text(reply("getRoomFile", Some("withDownloadUrl")), "download_url");
    let (_, expires) = url.split_once("Expires=").unwrap();
    let moment = number(reply("getRoom", None), "last_update_time");
    assert!((moment..=moment + 30).contains(&expires.parse().unwrap()));
}
