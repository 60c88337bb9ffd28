//! `messages read --all`: which rooms were marked is said, also if a later one fails.

use chatwork_sandbox::Fault;
use serde_json::{Value, json};

use crate::support::{Desk, ROOM};

/// The other room with unread messages.
const DIRECT: &str = "30905771";

#[tokio::test(flavor = "multi_thread")]
async fn each_room_is_a_line_as_it_is_marked() {
    let desk = Desk::of("hanako").await;
    let ran = desk.run(&["messages", "read", "--all"]);
    let mut lines: Vec<_> = ran.out.lines().collect();
    lines.sort_unstable();
    assert_eq!(lines, [format!("{DIRECT}\t0\t0"), format!("{ROOM}\t0\t0")], "{ran:?}");
    assert_eq!(ran.err, "Marked as read: 2 rooms.\n");
    assert_eq!(desk.run(&["messages", "read", "--all", "--json"]).json(), json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_behind_others_says_which_rooms_are_read() {
    let desk = Desk::of("hanako").await;
    let fault = Fault::status(403).operation("markRoomMessagesRead").skip(1).times(9);
    desk.sandbox.faults().add(fault).unwrap();
    let ran = desk.run(&["messages", "read", "--all", "--json"]);
    assert_eq!(ran.code, 3, "{ran:?}");
    let done: Value = serde_json::from_str(&ran.out).unwrap();
    let error: Value = serde_json::from_str(&ran.err).unwrap();
    let error = &error["error"];
    assert_eq!((&error["code"], &error["status"]), (&"partly_done".into(), &403.into()));
    assert_eq!(error["done"], json!([done[0]["room_id"].to_string()]));
    let (first, second) = (error["done"][0].as_str(), error["not_done"][0].as_str());
    let mut rooms = [first.unwrap(), second.unwrap()];
    rooms.sort_unstable();
    assert_eq!(rooms, [DIRECT, ROOM]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_that_another_program_has_marked_meanwhile_is_read() {
    let desk = Desk::of("hanako").await;
    let body = json!({"errors": ["The messages are read already"]}).to_string();
    let read = Fault::status(400).body(body).operation("markRoomMessagesRead");
    desk.sandbox.faults().add(read.times(1)).unwrap();
    let rooms = desk.run(&["messages", "read", "--all", "--json=room_id,unread_num"]).json();
    let counts: Vec<_> = rooms.as_array().unwrap().iter().map(|room| &room["unread_num"]).collect();
    assert_eq!(counts, [0, 0]);
}
