//! Rooms that may be written to, `[toall]`, and what no argument opens.

use serde_json::{Value, json};

use crate::support::{Desk, KEN, ROOM, SALES, all};

#[tokio::test]
async fn only_rooms_of_the_list_are_written_to() {
    let desk = Desk::new().await;
    let up = tempfile::tempdir().unwrap();
    std::fs::write(up.path().join("a.txt"), "x").unwrap();
    let options = all().allow_destructive(true).upload_dir(up.path());
    let agent = desk.agent(options.post_rooms(SALES.to_string().parse().unwrap())).await;
    let message = format!("{ROOM}-{}", desk.newest(ROOM).id);
    let calls = [
        ("post_room_message", json!({ "room": ROOM, "text": "x" })),
        ("update_room_message", json!({ "message": message, "text": "x" })),
        ("delete_room_message", json!({ "message": message })),
        ("create_room_task", json!({ "room": ROOM, "text": "x", "assignees": ["me"] })),
        ("update_room_task_status", json!({ "room": ROOM, "task_id": 3071284, "status": "done" })),
        ("upload_room_file", json!({ "room": ROOM, "path": "a.txt" })),
        ("update_room", json!({ "room": ROOM, "name": "x" })),
        ("change_room_members", json!({ "room": ROOM, "change": "remove", "people": [KEN] })),
        ("set_room_link", json!({ "room": ROOM, "description": "x" })),
        ("delete_room_link", json!({ "room": ROOM })),
        ("leave_room", json!({ "room": ROOM })),
        ("delete_room", json!({ "room": ROOM })),
    ];
    for (tool, arguments) in calls {
        let text = agent.fails(tool, arguments).await;
        assert!(text.contains("may not write to room 93207172"), "{tool}: {text}");
    }
    assert!(desk.sandbox.requests().iter().all(|request| request.method == "GET"));
    agent.ok("post_room_message", json!({ "room": SALES, "text": "x" })).await;
}

#[tokio::test]
async fn all_rooms_but_those_of_the_list_are_written_to() {
    let desk = Desk::new().await;
    let agent = desk.agent(all().post_rooms(format!("!{ROOM}").parse().unwrap())).await;
    agent.fails("post_room_message", json!({ "room": ROOM, "text": "x" })).await;
    agent.ok("post_room_message", json!({ "room": SALES, "text": "x" })).await;
}

#[tokio::test]
async fn a_room_that_may_not_be_written_to_is_found_behind_each_of_its_names() {
    let desk = Desk::new().await;
    let agent = desk.agent(all().post_rooms(format!("!{ROOM}").parse().unwrap())).await;
    let address = format!("https://www.chatwork.com/#!rid{ROOM}");
    for room in
        [json!(ROOM), json!("新製品プロジェクト"), json!(address), json!(format!(" {ROOM} "))]
    {
        agent.fails("post_room_message", json!({ "room": room, "text": "x" })).await;
    }
}

/// The calls that could notify every member of a room.
fn to_all() -> Vec<(&'static str, Value)> {
    let with = |text: &str| json!({ "room": ROOM, "text": text, "format": "notation" });
    vec![
        ("post_room_message", with("[toall] x")),
        ("post_room_message", with("[TOALL] x")),
        ("post_room_message", with("[info][toall][/info]")),
        ("post_room_message", with("[code][/code][toall]")),
        (
            "create_room_task",
            json!({ "room": ROOM, "text": "[toall]", "format": "notation", "assignees": ["me"] }),
        ),
    ]
}

#[tokio::test]
async fn no_text_notifies_all_members_unless_the_server_may() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    let before = desk.count(ROOM);
    for (tool, arguments) in to_all() {
        let text = agent.fails(tool, arguments).await;
        assert!(text.contains("[toall]"), "{tool}: {text}");
    }
    let text = agent
        .fails("post_room_message", json!({ "room": ROOM, "text": "x", "to_all": true }))
        .await;
    assert!(text.contains("`to_all` is not an argument"), "{text}");
    assert_eq!(desk.count(ROOM), before);

    let agent = desk.agent(all().allow_toall(true)).await;
    agent.ok("post_room_message", json!({ "room": ROOM, "text": "x", "to_all": true })).await;
    assert!(desk.newest(ROOM).body.starts_with("[toall]"));
}

#[tokio::test]
async fn an_edit_notifies_all_members_no_more_than_a_post() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    agent.ok("post_room_message", json!({ "room": ROOM, "text": "mine" })).await;
    let message = format!("{ROOM}-{}", desk.newest(ROOM).id);
    let arguments = json!({ "message": message, "text": "[toall]", "format": "notation" });
    agent.fails("update_room_message", arguments).await;
    assert_eq!(desk.newest(ROOM).body, "mine");
}

#[tokio::test]
async fn a_quote_of_a_message_to_all_notifies_no_one() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    let to_all =
        desk.room(ROOM).messages.iter().find(|it| it.body.starts_with("[toall]")).unwrap().id;
    let arguments = json!({ "room": ROOM, "text": "これですね", "quote": to_all.to_string() });
    agent.ok("post_room_message", arguments).await;
    assert!(!desk.newest(ROOM).body.contains("[toall]"));
}

#[tokio::test]
async fn no_name_and_no_description_has_to_all_unless_the_server_may() {
    let desk = Desk::new().await;
    let calls = [
        ("create_room", json!({ "name": "[toall]" })),
        ("create_room", json!({ "name": "x", "description": "[ToAll]" })),
        ("update_room", json!({ "room": ROOM, "name": "x [toall]" })),
        ("update_room", json!({ "room": ROOM, "description": "[toall]" })),
        ("set_room_link", json!({ "room": ROOM, "description": "[toall]" })),
    ];
    let agent = desk.writer().await;
    for (tool, arguments) in &calls {
        let text = agent.fails(tool, arguments.clone()).await;
        assert!(text.contains("[toall]"), "{tool}: {text}");
    }
    assert!(desk.sandbox.requests().iter().all(|request| request.method == "GET"));
    let agent = desk.agent(all().allow_toall(true)).await;
    for (tool, arguments) in calls {
        agent.ok(tool, arguments).await;
    }
}
