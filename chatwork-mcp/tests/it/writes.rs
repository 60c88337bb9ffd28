//! What the tools that write do, seen in the sandbox.

use std::collections::BTreeMap;

use chatwork_sandbox::{LimitType, TaskStatus};
use chatwork_sdk::reqwest::Url;
use chatwork_sdk::{AccountId, TaskId};
use serde_json::json;

use crate::support::{Desk, HANAKO, KEN, ROOM, SALES, all};

#[tokio::test]
async fn a_message_is_posted_with_mentions_a_reply_and_a_quote() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    let old = desk.room(ROOM).messages[1].id.to_string();
    let arguments = json!({
        "room": ROOM, "text": "確認します", "to": ["鈴木 美咲"], "reply_to": old, "quote": old,
        "self_unread": true,
    });
    let text = agent.ok("post_room_message", arguments).await;
    let newest = desk.newest(ROOM);
    assert!(text.starts_with(&format!("posted as {ROOM}-{}", newest.id)), "{text}");
    assert!(text.contains("https://www.chatwork.com/#!rid93207172-"), "{text}");
    assert!(newest.body.starts_with(&format!("[rp aid={KEN} to={ROOM}-{old}]")), "{}", newest.body);
    assert!(newest.body.contains("[To:3318824]鈴木 美咲\n[qt]"), "{}", newest.body);
    assert!(desk.room(ROOM).member(AccountId(HANAKO)).unwrap().unread.contains(&newest.id));
}

#[tokio::test]
async fn a_text_is_literal_unless_a_format_is_named() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    let body = |format: Option<&'static str>, text: &'static str| {
        let (agent, desk) = (&agent, &desk);
        async move {
            let mut arguments = json!({ "room": ROOM, "text": text });
            if let Some(format) = format {
                arguments["format"] = json!(format);
            }
            agent.ok("post_room_message", arguments).await;
            desk.newest(ROOM).body
        }
    };
    assert_eq!(body(None, "[To:2739132] x").await, "[\u{2060}To:2739132] x");
    assert_eq!(body(Some("plain"), "[info]x[/info]").await, "[\u{2060}info]x[\u{2060}/info]");
    assert_eq!(body(Some("notation"), "[info]x[/info]").await, "[info]x[/info]");
    assert_eq!(body(Some("markdown"), "a\n\n---\n").await, "a\n[hr]");
}

#[tokio::test]
async fn what_markdown_loses_is_said() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    let arguments = json!({ "room": ROOM, "text": "**a**", "format": "markdown" });
    let text = agent.ok("post_room_message", arguments).await;
    assert!(text.contains("Chatwork has no bold"), "{text}");
}

#[tokio::test]
async fn a_message_of_mine_is_edited_and_deleted() {
    let desk = Desk::new().await;
    let agent = desk.agent(all().allow_destructive(true)).await;
    agent.ok("post_room_message", json!({ "room": ROOM, "text": "old" })).await;
    let id = desk.newest(ROOM).id;
    let message = format!("{ROOM}-{id}");
    agent.ok("update_room_message", json!({ "message": message, "text": "new" })).await;
    assert_eq!(desk.newest(ROOM).body, "new");
    agent.ok("delete_room_message", json!({ "message": message })).await;
    assert!(desk.newest(ROOM).deleted);
}

#[tokio::test]
async fn a_message_of_another_account_is_not_deleted() {
    let desk = Desk::new().await;
    let agent = desk.agent(all().allow_destructive(true)).await;
    let of_ken = desk.room(ROOM).messages[0].id;
    let arguments = json!({ "message": format!("{ROOM}-{of_ken}") });
    let text = agent.fails("delete_room_message", arguments).await;
    assert!(text.contains("of another account"), "{text}");
    assert!(!desk.room(ROOM).messages[0].deleted);
}

#[tokio::test]
async fn messages_are_marked_as_read_and_as_unread() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    let unread = || desk.room(ROOM).member(AccountId(HANAKO)).unwrap().unread.len();
    agent.ok("set_read_state", json!({ "room": ROOM, "state": "read" })).await;
    assert_eq!(unread(), 0);
    let again = agent.ok("set_read_state", json!({ "room": ROOM, "state": "read" })).await;
    assert!(again.ends_with("they were already"), "{again}");
    let newest = desk.newest(ROOM).id.to_string();
    let arguments = json!({ "room": ROOM, "state": "unread", "message": newest });
    agent.ok("set_read_state", arguments).await;
    assert_eq!(unread(), 1);
    let text = agent.fails("set_read_state", json!({ "room": ROOM, "state": "unread" })).await;
    assert!(text.contains("Give `message`."), "{text}");
}

#[tokio::test]
async fn a_task_is_added_for_each_assignee_and_completed() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    let before: Vec<_> = desk.room(ROOM).tasks.keys().copied().collect();
    let arguments = json!({
        "room": ROOM, "text": "[toall] をやる", "assignees": ["me", "佐藤 健"], "due": "2025-12-10",
    });
    agent.ok("create_room_task", arguments).await;
    let room = desk.room(ROOM);
    let added: Vec<_> = room.tasks.values().filter(|it| !before.contains(&it.id)).collect();
    assert_eq!(added.len(), 2);
    assert!(added.iter().all(|it| it.limit_type == LimitType::Date));
    assert_eq!(added[0].body, "[\u{2060}toall] をやる");

    let set = |status: &str| json!({ "room": ROOM, "task_id": 3071284, "status": status });
    agent.ok("update_room_task_status", set("done")).await;
    let status = || desk.room(ROOM).tasks[&TaskId(3071284)].status;
    assert_eq!(status(), TaskStatus::Done);
    agent.ok("update_room_task_status", set("open")).await;
    assert_eq!(status(), TaskStatus::Open);
    // The same change once more is a change again.
    agent.ok("update_room_task_status", set("done")).await;
    assert_eq!(status(), TaskStatus::Done);
}

#[tokio::test]
async fn a_dry_run_writes_nothing() {
    let desk = Desk::new().await;
    let up = tempfile::tempdir().unwrap();
    std::fs::write(up.path().join("a.txt"), "x").unwrap();
    let agent = desk.agent(all().allow_destructive(true).upload_dir(up.path())).await;
    agent.ok("post_room_message", json!({ "room": ROOM, "text": "mine" })).await;
    let mine = format!("{ROOM}-{}", desk.newest(ROOM).id);
    let calls = [
        ("post_room_message", json!({ "room": ROOM, "text": "x" })),
        ("update_room_message", json!({ "message": mine, "text": "x" })),
        ("delete_room_message", json!({ "message": mine })),
        ("set_read_state", json!({ "room": ROOM, "state": "read" })),
        ("create_room_task", json!({ "room": ROOM, "text": "x", "assignees": ["me"] })),
        ("update_room_task_status", json!({ "room": ROOM, "task_id": 3071284, "status": "done" })),
        ("upload_room_file", json!({ "room": ROOM, "path": "a.txt" })),
        ("create_room", json!({ "name": "x" })),
        ("update_room", json!({ "room": ROOM, "name": "x" })),
        ("leave_room", json!({ "room": ROOM })),
        ("delete_room", json!({ "room": ROOM })),
        ("change_room_members", json!({ "room": ROOM, "change": "remove", "people": [KEN] })),
        ("set_room_link", json!({ "room": ROOM, "description": "x" })),
        ("delete_room_link", json!({ "room": ROOM })),
        ("answer_incoming_request", json!({ "request_id": 1204857, "answer": "decline" })),
    ];
    let writes = || {
        let requests = desk.sandbox.requests();
        requests.into_iter().filter(|request| request.method != "GET").count()
    };
    let before = writes();
    for (tool, mut arguments) in calls {
        arguments["dry_run"] = json!(true);
        let text = agent.ok(tool, arguments).await;
        assert!(text.starts_with("dry run, nothing was done: would "), "{tool}: {text}");
    }
    assert_eq!(writes(), before);
}

/// Returns the fields of the form that a dry run shows.
fn shown(text: &str) -> BTreeMap<String, String> {
    let (_, fields) = text.split_once("\nSent would be:\n").unwrap_or_else(|| panic!("{text}"));
    let fields = fields.split("\nNow it is:").next().unwrap();
    let field = |line: &str| {
        let (name, value) = line.split_once(": ").unwrap_or_else(|| panic!("{line}"));
        let value = serde_json::from_str(value).ok().filter(|_| value.starts_with('"'));
        (name.to_owned(), value.unwrap_or_else(|| line.split_once(": ").unwrap().1.to_owned()))
    };
    fields.lines().map(field).collect()
}

/// Returns the fields of the form that was sent last.
fn sent(desk: &Desk) -> BTreeMap<String, String> {
    let requests = desk.sandbox.requests();
    let body = requests.iter().rfind(|it| it.method != "GET").unwrap().body.clone().unwrap();
    let url = Url::parse(&format!("http://127.0.0.1/?{body}")).unwrap();
    url.query_pairs().into_owned().collect()
}

#[tokio::test]
async fn a_dry_run_shows_each_field_of_the_form_that_is_then_sent() {
    let desk = Desk::new().await;
    let agent = desk.agent(all().allow_destructive(true)).await;
    agent.ok("post_room_message", json!({ "room": ROOM, "text": "mine" })).await;
    let mine = format!("{ROOM}-{}", desk.newest(ROOM).id);
    let text = "[toall] \"会議\"\nself_unread: 0\t\u{202e}\u{1b}\\";
    let calls = [
        ("post_room_message", json!({ "room": ROOM, "text": text, "to": ["佐藤 健"] })),
        ("post_room_message", json!({ "room": ROOM, "text": "x", "self_unread": true })),
        ("update_room_message", json!({ "message": mine, "text": text })),
        ("set_read_state", json!({ "room": ROOM, "state": "unread", "message": mine })),
        (
            "create_room_task",
            json!({ "room": ROOM, "text": "x", "assignees": ["me", KEN], "due": "2025-12-10" }),
        ),
        (
            "create_room_task",
            json!({
                "room": ROOM, "text": "x", "assignees": ["me"], "due": "2025-12-10T17:00:00+09:00",
            }),
        ),
        ("create_room_task", json!({ "room": ROOM, "text": "x", "assignees": ["me"] })),
        ("update_room_task_status", json!({ "room": ROOM, "task_id": 3071284, "status": "done" })),
        (
            "create_room",
            json!({
                "name": "定例会", "description": "毎週\n月曜", "icon": "meeting", "members": [KEN],
                "invite_link": true, "link_code": "teirei", "link_needs_acceptance": false,
            }),
        ),
        ("update_room", json!({ "room": ROOM, "description": "毎週", "icon": "star" })),
        (
            "change_room_members",
            json!({ "room": ROOM, "change": "role", "people": [KEN], "role": "readonly" }),
        ),
        ("change_room_members", json!({ "room": ROOM, "change": "remove", "people": [KEN] })),
        ("set_room_link", json!({ "room": ROOM, "description": "どうぞ" })),
        ("set_room_link", json!({ "room": ROOM, "code": "x", "needs_acceptance": false })),
        ("leave_room", json!({ "room": SALES })),
        ("delete_room", json!({ "room": ROOM })),
    ];
    for (tool, arguments) in calls {
        let mut dry = arguments.clone();
        dry["dry_run"] = json!(true);
        let shown = shown(&agent.ok(tool, dry).await);
        agent.ok(tool, arguments).await;
        assert_eq!(shown, sent(&desk), "{tool}");
    }
}

#[tokio::test]
async fn a_dry_run_shows_a_long_text_whole_or_says_that_it_does_not() {
    let desk = Desk::new().await;
    let text = "あ".repeat(20_000);
    let calls = [
        ("post_room_message", json!({ "room": ROOM, "text": text, "dry_run": true }), "body"),
        (
            "update_room",
            json!({ "room": ROOM, "description": text, "dry_run": true }),
            "description",
        ),
    ];
    for (tool, arguments, field) in calls {
        let agent = desk.writer().await;
        let whole = agent.ok(tool, arguments.clone()).await;
        assert_eq!(shown(&whole)[field], text);
        let agent = desk.agent(all().max_chars(2_000)).await;
        let cut = agent.ok(tool, arguments).await;
        assert!(cut.chars().count() <= 2_000, "{}", cut.chars().count());
        assert!(cut.contains("Not all of it is shown") && cut.contains("SHA-256"), "{cut}");
        assert!(cut.contains("20000 characters"), "{cut}");
    }
}

#[tokio::test]
async fn every_tool_that_writes_has_a_dry_run() {
    let options = all().allow_destructive(true).upload_dir("up");
    for tool in chatwork_mcp::tools(&options, true) {
        let reads = tool.annotations.as_ref().unwrap().read_only_hint == Some(true);
        let schema = tool.schema_as_json_value();
        assert_eq!(schema["properties"]["dry_run"].is_null(), reads, "{}", tool.name);
    }
}
