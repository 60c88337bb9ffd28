//! Every operation of the API has a command.

use std::collections::BTreeSet;

use chatwork_sdk::oauth::operations::ALL;

use crate::support::{Desk, ROOM};

/// The commands for an operation. `{message}` is a message of the person's own.
fn commands(operation: &str) -> &'static [&'static [&'static str]] {
    match operation {
        "getMe" => &[&["me"]],
        "getMyStatus" => &[&["status"]],
        "listMyTasks" => &[&["tasks", "list"]],
        "listContacts" => &[&["contacts", "list"]],
        "listIncomingRequests" => &[&["requests", "list"]],
        "acceptIncomingRequest" => &[&["requests", "accept", "1204857"]],
        "declineIncomingRequest" => &[&["requests", "decline", "1204992", "--yes"]],
        "listRooms" => &[&["rooms", "list"]],
        "createRoom" => {
            &[&["rooms", "create", "新しいルーム", "--member", "佐藤 健", "--icon", "star"]]
        }
        "getRoom" => &[&["rooms", "view", ROOM]],
        "updateRoom" => &[&["rooms", "edit", ROOM, "--description", "説明"]],
        "deleteOrLeaveRoom" => &[&["rooms", "leave", "93310055", "--yes"]],
        "listRoomMembers" => &[&["rooms", "members", ROOM]],
        "replaceRoomMembers" => &[
            &["rooms", "role", ROOM, "readonly", "Deploy Bot", "--yes"],
            &["rooms", "remove", ROOM, "Deploy Bot", "--yes"],
            &["rooms", "add", ROOM, "4520017"],
        ],
        "listRoomMessages" => &[&["messages", "list", ROOM], &["messages", "list", ROOM, "--new"]],
        "createRoomMessage" => &[&["send", ROOM, "こんにちは"]],
        "markRoomMessagesRead" => &[&["messages", "read", ROOM], &["messages", "read", "--all"]],
        "markRoomMessagesUnread" => &[&["messages", "unread", "{message}"]],
        "getRoomMessage" => &[&["messages", "view", "{message}"]],
        "updateRoomMessage" => &[&["messages", "edit", "{message}", "別の文"]],
        "deleteRoomMessage" => &[&["messages", "delete", "{message}", "--yes"]],
        "listRoomTasks" => &[&["tasks", "list", ROOM]],
        "createRoomTask" => {
            &[&["tasks", "add", ROOM, "議事録", "--due", "明日", "--to", "佐藤 健"]]
        }
        "getRoomTask" => &[&["tasks", "view", ROOM, "3071284"]],
        "updateRoomTaskStatus" => {
            &[&["tasks", "done", ROOM, "3071284"], &["tasks", "reopen", ROOM, "3071284"]]
        }
        "listRoomFiles" => &[&["files", "list", ROOM]],
        "uploadRoomFile" => &[&["files", "put", ROOM, "-", "--name", "a.txt"]],
        "getRoomFile" => {
            &[&["files", "view", ROOM, "1341384457"], &["files", "get", ROOM, "1341384457"]]
        }
        "getRoomLink" => &[&["link", "show", ROOM]],
        "replaceRoomLink" => &[&["link", "edit", ROOM, "--description", "説明"]],
        "deleteRoomLink" => &[&["link", "delete", ROOM, "--yes"]],
        "createRoomLink" => &[&["link", "create", ROOM, "--open"]],
        other => panic!("no command for the operation {other}"),
    }
}

/// The commands of some operations need what those of others leave.
fn order(operation: &str) -> u8 {
    match operation {
        "deleteRoomMessage" | "deleteRoomLink" => 1,
        "createRoomLink" => 2,
        _ => 0,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_operation_has_a_command() {
    let desk = Desk::of("hanako").await;
    let sent = desk.run(&["send", "my", "own", "--web"]).ok();
    let message = sent.trim().to_owned();
    let mut operations = ALL.to_vec();
    operations.sort_by_key(|operation| order(operation.id));
    for operation in operations {
        for command in commands(operation.id) {
            let args: Vec<String> =
                command.iter().map(|arg| arg.replace("{message}", &message)).collect();
            let args: Vec<&str> = args.iter().map(String::as_str).collect();
            let before = desk.operations().len();
            desk.run_with(&args, "content of a file").ok();
            let called = desk.operations().split_off(before);
            assert!(called.iter().any(|it| it == operation.id), "{args:?} called {called:?}");
        }
    }
    let called: BTreeSet<String> = desk.operations().into_iter().collect();
    assert_eq!(called.len(), ALL.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_to_a_known_room_is_one_request() {
    let desk = Desk::of("hanako").await;
    let before = desk.operations().len();
    desk.run(&["send", ROOM, "one"]).ok();
    assert_eq!(desk.operations().split_off(before), ["createRoomMessage"]);
}
