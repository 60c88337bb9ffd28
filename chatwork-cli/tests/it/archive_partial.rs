//! An archive that could not have everything says so, with a code of its own.

use chatwork_sandbox::Fault;
use serde_json::Value;

use crate::support::{Desk, ROOM};

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_could_not_be_had_is_named() {
    let desk = Desk::of("hanako").await;
    desk.sandbox.faults().add(Fault::status(400).operation("getRoomFile")).unwrap();
    let ran = desk.run(&["archive", "sync", ROOM, "--files"]);
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(ran.err.contains(&format!(" of room {ROOM}: Chatwork refuses this")), "{}", ran.err);
    assert!(ran.err.contains("1 files could not be had"), "{}", ran.err);
    // What is tried again later is not missing for this run.
    desk.run(&["archive", "sync", ROOM, "--files"]).ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_numbers_of_files_are_in_json() {
    let desk = Desk::of("hanako").await;
    desk.sandbox.faults().add(Fault::status(400).operation("getRoomFile")).unwrap();
    let ran = desk.run(&["archive", "sync", ROOM, "--files", "--json"]);
    assert_eq!(ran.code, 3, "{ran:?}");
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((&report["files_failed"], &report["files_gone"]), (&1.into(), &0.into()));
    let error = ran.err.lines().last().unwrap();
    let error: Value = serde_json::from_str(error).unwrap();
    assert_eq!(error["error"]["code"], "files_missing");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_that_could_not_be_read_is_named() {
    let desk = Desk::of("hanako").await;
    desk.run(&["archive", "sync", ROOM]).ok();
    desk.client("ken").room(chatwork_sdk::RoomId(93_207_172)).post("x").await.unwrap();
    desk.sandbox.faults().add(Fault::status(400).operation("listRoomMessages").times(9)).unwrap();
    let ran = desk.run(&["archive", "sync", ROOM]);
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(ran.err.contains(&format!("room {ROOM}: Chatwork refuses this")), "{}", ran.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_named_room_that_the_account_is_not_in_is_a_failure() {
    let desk = Desk::of("hanako").await;
    let err = desk.run(&["archive", "sync", "99999"]).fails(1);
    assert!(err.contains("not in the list of your rooms, so not read: 99999"), "{err}");
    let err = desk.run(&["archive", "sync", ROOM, "99999"]).fails(3);
    assert!(err.contains("not in the list of your rooms, so not read: 99999"), "{err}");
    assert!(!desk.run(&["archive", "search", "見積書"]).ok().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn under_json_each_line_on_stderr_is_an_object_and_the_last_one_the_error() {
    let desk = Desk::of("hanako").await;
    desk.run(&["archive", "sync", ROOM]).ok();
    desk.client("ken").room(chatwork_sdk::RoomId(93_207_172)).post("x").await.unwrap();
    desk.sandbox.faults().add(Fault::status(400).operation("listRoomMessages").times(9)).unwrap();
    let err = desk.run(&["archive", "sync", ROOM, "--json"]).fails(3);
    let lines: Vec<Value> = err.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let [note, error] = lines.as_slice() else { panic!("{err}") };
    let start = format!("room {ROOM}: Chatwork refuses this");
    assert!(note["note"].as_str().unwrap().starts_with(&start), "{err}");
    assert_eq!(error["error"]["code"], "partly_read");
}

#[tokio::test(flavor = "multi_thread")]
async fn to_follow_a_room_that_the_account_is_not_in_ends_as_to_read_it_does() {
    let desk = Desk::of("hanako").await;
    let err = desk.run(&["archive", "follow", "99999"]).fails(1);
    assert!(err.contains("not in the list of your rooms, so not read: 99999"), "{err}");
    assert!(err.contains("`chatwork rooms list` shows your rooms"), "{err}");
    let err = desk.run(&["archive", "follow", ROOM, "99999", "--json"]).fails(3);
    let error: Value = serde_json::from_str(err.lines().last().unwrap()).unwrap();
    assert_eq!(error["error"]["code"], "partly_read");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_synced_is_said_if_the_files_fail() {
    let desk = Desk::of("hanako").await;
    let fault = Fault::status(401).operation("getRoomFile");
    desk.sandbox.faults().add(fault.clone().times(9)).unwrap();
    let ran = desk.run(&["archive", "sync", ROOM, "--files", "--json"]);
    assert_eq!(ran.code, 4, "{ran:?}");
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    assert!(report["created"].as_u64() > Some(0), "{report}");
    let error: Value = serde_json::from_str(ran.err.lines().last().unwrap()).unwrap();
    assert_eq!(error["error"]["code"], "unauthorized");
    let message = error["error"]["message"].as_str().unwrap();
    assert!(message.starts_with("the messages are in the archive"), "{message}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repair_as_csv_is_refused_before_it_repairs() {
    let desk = Desk::of("hanako").await;
    desk.run(&["archive", "sync", ROOM]).ok();
    let err = desk.run(&["archive", "verify", "--repair", "--csv"]).fails(2);
    assert_eq!(err.lines().count(), 1, "{err}");
}
