//! Every operation of the API is reached by a tool.

use std::collections::{BTreeMap, BTreeSet};

use chatwork_api::operations::ALL;
use chatwork_mcp::all_tools;
use serde_json::{Value, json};

use crate::support::{Desk, KEN, ROOM, SALES, all};

#[test]
fn every_operation_is_in_the_table_of_a_tool() {
    let tools = all_tools();
    let covered: BTreeSet<_> =
        tools.iter().flat_map(|tool| tool.operations.iter().copied()).collect();
    let missing: Vec<_> = ALL.iter().map(|it| it.id).filter(|id| !covered.contains(id)).collect();
    assert!(missing.is_empty(), "no tool for {missing:?}");
}

#[test]
fn every_name_is_of_one_tool() {
    let mut names = BTreeMap::new();
    for tool in all_tools() {
        for name in tool.aliases.iter().chain([&tool.name]) {
            assert_eq!(names.insert(*name, tool.name), None, "{name}");
        }
    }
}

/// Calls of tools, in an order in which each finds what it needs, with the operation that each is
/// there for.
fn calls(message: &str) -> Vec<(&'static str, &'static str, Value)> {
    let room = ROOM.to_string();
    let sales = SALES.to_string();
    vec![
        ("getMe", "get_me", json!({})),
        ("getMyStatus", "get_me", json!({})),
        ("listMyTasks", "list_tasks", json!({})),
        ("listContacts", "list_contacts", json!({})),
        ("listIncomingRequests", "list_incoming_requests", json!({})),
        (
            "acceptIncomingRequest",
            "answer_incoming_request",
            json!({ "request_id": 1204857, "answer": "accept" }),
        ),
        (
            "declineIncomingRequest",
            "answer_incoming_request",
            json!({ "request_id": "1204992", "answer": "decline" }),
        ),
        ("listRooms", "list_rooms", json!({})),
        (
            "createRoom",
            "create_room",
            json!({ "name": "新しいルーム", "members": ["佐藤 健"], "icon": "star" }),
        ),
        ("getRoom", "get_room", json!({ "room": room })),
        ("updateRoom", "update_room", json!({ "room": room, "description": "説明" })),
        ("listRoomMembers", "list_room_members", json!({ "room": room })),
        (
            "replaceRoomMembers",
            "change_room_members",
            json!({ "room": room, "change": "role", "people": ["Deploy Bot"], "role": "readonly" }),
        ),
        ("listRoomMessages", "list_room_messages", json!({ "room": room })),
        ("createRoomMessage", "post_room_message", json!({ "room": room, "text": "こんにちは" })),
        ("markRoomMessagesRead", "set_read_state", json!({ "room": room, "state": "read" })),
        (
            "markRoomMessagesUnread",
            "set_read_state",
            json!({ "room": room, "state": "unread", "message": message }),
        ),
        ("getRoomMessage", "get_room_message", json!({ "message": message, "room": room })),
        (
            "updateRoomMessage",
            "update_room_message",
            json!({ "message": message, "room": room, "text": "別の文" }),
        ),
        ("deleteRoomMessage", "delete_room_message", json!({ "message": message, "room": room })),
        ("listRoomTasks", "list_tasks", json!({ "room": room })),
        (
            "createRoomTask",
            "create_room_task",
            json!({ "room": room, "text": "議事録", "due": "明日", "assignees": [KEN] }),
        ),
        ("getRoomTask", "list_tasks", json!({ "room": room, "task_id": 3071284 })),
        (
            "updateRoomTaskStatus",
            "update_room_task_status",
            json!({ "room": room, "task_id": "3071284", "status": "done" }),
        ),
        ("listRoomFiles", "list_room_files", json!({ "room": room })),
        ("uploadRoomFile", "upload_room_file", json!({ "room": room, "path": "a.txt" })),
        ("getRoomFile", "get_room_file", json!({ "room": room, "file_id": "1341384457" })),
        ("getRoomLink", "get_room_link", json!({ "room": room })),
        ("replaceRoomLink", "set_room_link", json!({ "room": room, "description": "説明" })),
        ("deleteRoomLink", "delete_room_link", json!({ "room": room })),
        ("createRoomLink", "set_room_link", json!({ "room": room })),
        ("deleteOrLeaveRoom", "leave_room", json!({ "room": sales })),
    ]
}

#[tokio::test]
async fn every_operation_is_called_by_its_tool() {
    let desk = Desk::new().await;
    let up = tempfile::tempdir().unwrap();
    std::fs::write(up.path().join("a.txt"), "content").unwrap();
    let agent = desk.agent(all().allow_destructive(true).upload_dir(up.path())).await;
    agent.ok("post_room_message", json!({ "room": ROOM, "text": "own" })).await;
    let message = desk.newest(ROOM).id.to_string();

    let mut called = BTreeSet::new();
    for (operation, tool, arguments) in calls(&message) {
        let before = desk.operations().len();
        agent.ok(tool, arguments).await;
        let now = desk.operations().split_off(before);
        // The account is asked for once, so the first call alone shows it.
        let is_known = called.contains(operation);
        assert!(is_known || now.iter().any(|it| it == operation), "{tool} called {now:?}");
        let table = all_tools().into_iter().find(|it| it.name == tool).unwrap();
        assert!(table.operations.contains(&operation), "{tool}: {operation}");
        called.insert(operation);
    }
    let all: BTreeSet<_> = ALL.iter().map(|it| it.id).collect();
    assert_eq!(called, all);
}
