//! What an answer costs.

use chatwork_sandbox::{Clock, RoomSeed, Sandbox, World};
use chatwork_sdk::{AccountId, Method, RoomId};
use serde_json::{Value, json};

use crate::support::{Agent, Desk, HANAKO, ROOM, SALES, all};

/// Posts 100 messages of ordinary length.
async fn hundred(desk: &Desk) {
    let ken = desk.client("ken").room(RoomId(ROOM));
    let hanako = desk.client("hanako").room(RoomId(ROOM));
    for number in 0..50 {
        let text = format!(
            "[To:1484814]山田 花子さん\n{number}番の見積書を確認してください。お願いします。"
        );
        ken.post(text).await.unwrap();
        hanako.post(format!("{number}番を確認しました。明日までに返信します。")).await.unwrap();
    }
}

#[tokio::test]
async fn a_hundred_messages_cost_at_most_a_third_of_their_raw_json() {
    let desk = Desk::new().await;
    hundred(&desk).await;
    let raw: Vec<Value> = desk
        .client("hanako")
        .request(Method::GET, format!("/rooms/{ROOM}/messages"))
        .query(&[("force", "1")])
        .send()
        .await
        .unwrap();
    assert_eq!(raw.len(), 100);
    let raw = Value::Array(raw).to_string().chars().count();
    let agent = desk.writer().await;
    let text = agent.ok("list_room_messages", json!({ "room": ROOM, "limit": 100 })).await;
    let cost = text.chars().count();
    assert!(text.starts_with("messages: 100;"), "{text}");
    assert!(cost * 3 <= raw, "{cost} characters of {raw}");
}

#[tokio::test]
async fn no_answer_is_longer_than_it_may_be_and_all_pages_have_all_messages() {
    let desk = Desk::new().await;
    hundred(&desk).await;
    for format in ["text", "json"] {
        let agent = desk.agent(all().max_chars(3_000)).await;
        let mut arguments = json!({ "room": ROOM, "limit": 200, "format": format });
        let mut seen = 0;
        loop {
            let text = agent.ok("list_room_messages", arguments.clone()).await;
            assert!(text.chars().count() <= 3_000);
            let (count, cursor) = page(&text);
            seen += count;
            match cursor {
                Some(cursor) => arguments["cursor"] = json!(cursor),
                None => break,
            }
        }
        assert_eq!(seen, 100, "{format}");
    }
}

/// Returns how many messages a page has, and its cursor.
fn page(text: &str) -> (u64, Option<String>) {
    if let Ok(value) = serde_json::from_str::<Value>(text) {
        let cursor = value["next_cursor"].as_str().map(str::to_owned);
        return (value["count"].as_u64().unwrap(), cursor);
    }
    let head = text.lines().next().unwrap();
    let count = head.strip_prefix("messages: ").unwrap().split(';').next().unwrap();
    let cursor = head.split("next cursor: ").nth(1).map(str::to_owned);
    (count.parse().unwrap(), cursor)
}

#[tokio::test]
async fn a_long_message_is_read_in_parts() {
    let desk = Desk::new().await;
    let body: String = (0..3_000).map(|number| format!("{number:04}/")).collect();
    desk.client("hanako").room(RoomId(ROOM)).post(&body).await.unwrap();
    let message = format!("{ROOM}-{}", desk.newest(ROOM).id);
    let agent = desk.agent(all().max_chars(4_000)).await;
    let mut arguments = json!({ "message": message, "format": "json" });
    let mut whole = String::new();
    loop {
        let value: Value =
            serde_json::from_str(&agent.ok("get_room_message", arguments.clone()).await).unwrap();
        whole.push_str(value["items"][0]["body"].as_str().unwrap());
        match value["next_cursor"].as_str() {
            Some(cursor) => arguments["cursor"] = json!(cursor),
            None => break,
        }
    }
    assert_eq!(whole, body);
}

#[tokio::test]
async fn no_answer_is_longer_than_it_may_be_when_json_escapes_its_texts() {
    let desk = Desk::new().await;
    let ken = desk.client("ken").room(RoomId(ROOM));
    let (name, text) = ("\"\\".repeat(100), "\"\\".repeat(3_000));
    ken.update().name(&name).description(&text).await.unwrap();
    ken.create_task(&text, [AccountId(HANAKO)]).await.unwrap();
    ken.upload(chatwork_sdk::Upload::bytes("a.txt", text.clone())).message(&text).await.unwrap();
    let file = desk.room(ROOM).files.keys().last().unwrap().0;
    let post = ken.post(format!("[To:1484814]{text}")).await.unwrap();
    let agent = desk.agent(all().max_chars(2_000)).await;
    let calls = [
        ("list_rooms", json!({})),
        ("get_room", json!({ "room": ROOM })),
        ("list_room_messages", json!({ "room": ROOM })),
        ("get_room_message", json!({ "message": format!("{ROOM}-{post}") })),
        ("get_room_message", json!({ "message": format!("{ROOM}-{post}"), "context": 3 })),
        ("list_unread", json!({})),
        ("list_unread", json!({ "unanswered": true })),
        ("list_tasks", json!({})),
        ("list_tasks", json!({ "room": ROOM })),
        ("list_room_files", json!({ "room": ROOM })),
        ("get_room_file", json!({ "room": ROOM, "file_id": file, "read_text": true })),
        ("list_incoming_requests", json!({})),
        ("list_contacts", json!({})),
        ("get_me", json!({})),
    ];
    for (tool, mut arguments) in calls {
        for format in ["text", "json"] {
            arguments["format"] = json!(format);
            let text = agent.ok(tool, arguments.clone()).await;
            let length = text.chars().count();
            assert!(length <= 2_000, "{tool} {format}: {length}");
        }
    }
}

/// Reads a text part by part, and returns it. `field` is where a part is.
async fn whole(agent: &Agent, tool: &str, mut arguments: Value, field: &str) -> String {
    let mut whole = String::new();
    loop {
        let value = agent.json(tool, arguments.clone()).await;
        whole.push_str(value.pointer(field).unwrap().as_str().unwrap());
        match value["next_cursor"].as_str() {
            Some(cursor) => arguments["cursor"] = json!(cursor),
            None => return whole,
        }
    }
}

#[tokio::test]
async fn a_long_task_a_long_description_and_a_long_file_are_read_in_parts() {
    let desk = Desk::new().await;
    let text: String = (0..900).map(|number| format!("{number}\" ")).collect();
    let ken = desk.client("ken").room(RoomId(ROOM));
    ken.update().description(&text).await.unwrap();
    let task = ken.create_task(&text, [AccountId(HANAKO)]).await.unwrap()[0].0;
    ken.upload(chatwork_sdk::Upload::bytes("a.txt", text.clone())).await.unwrap();
    let file = desk.room(ROOM).files.keys().last().unwrap().0;
    let agent = desk.agent(all().max_chars(2_000)).await;
    let cut = agent.ok("list_tasks", json!({ "room": ROOM })).await;
    assert!(cut.contains("texts that are cut: `room` and `task_id` show one in full"), "{cut}");
    let call = json!({ "room": ROOM, "task_id": task });
    assert_eq!(whole(&agent, "list_tasks", call, "/items/0/body").await, text);
    assert_eq!(whole(&agent, "get_room", json!({ "room": ROOM }), "/description").await, text);
    let call = json!({ "room": ROOM, "file_id": file, "read_text": true });
    assert_eq!(whole(&agent, "get_room_file", call, "/text").await, text);
}

#[tokio::test]
async fn ten_thousand_rooms_are_listed_in_pages() {
    let mut world = World::standard().unwrap();
    let seed = world.rooms.iter().find(|room| room.id == SALES).unwrap().clone();
    world.rooms.extend((0..10_000).map(|number| RoomSeed {
        id: 100_000_000 + number,
        name: format!("room {number}"),
        link: None,
        messages: Vec::new(),
        files: Vec::new(),
        ..seed.clone()
    }));
    let sandbox = Sandbox::builder().world(world).clock(Clock::manual(1_764_547_200));
    let sandbox = sandbox.limits(false).start().await.unwrap();
    let desk = Desk { sandbox };
    let agent = desk.writer().await;
    let text = agent.ok("list_rooms", json!({})).await;
    // Seven more are hers already.
    assert!(text.starts_with("rooms: 50; 10007 of 10007 rooms match; "), "{text}");
    assert!(text.chars().count() < 10_000);
    let found = agent.json("list_rooms", json!({ "query": "room 9999" })).await;
    assert_eq!(found["items"][0]["room_id"], "100009999");
    let list = json!({ "unanswered": true, "rooms": 2 });
    let text = agent.ok("list_unread", list).await;
    assert!(
        text.contains("looked at 2 of 10006 rooms; complete: no, more with the cursor"),
        "{text}"
    );
}
