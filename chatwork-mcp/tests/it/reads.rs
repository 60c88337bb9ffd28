//! What the tools that read answer, and that they move no mark.

use serde_json::json;

use crate::support::{Desk, HANAKO, KEN, ROOM, ROOM_NAME, all};

#[tokio::test]
async fn the_account_is_shown_with_its_counts() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    let text = agent.ok("get_me", json!({})).await;
    assert!(text.contains("account_id: 1484814") && text.contains("name: 山田 花子"), "{text}");
    assert!(text.contains("unread: "), "{text}");
    let value = agent.json("get_me", json!({})).await;
    assert_eq!(value["account_id"], HANAKO.to_string());
}

#[tokio::test]
async fn rooms_are_found_by_a_part_of_their_name() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    let value = agent.json("list_rooms", json!({ "query": "新製品" })).await;
    assert_eq!(value["count"], 1);
    assert_eq!(value["items"][0]["room_id"], ROOM.to_string());
    let text = agent.ok("list_rooms", json!({ "type": "group", "unread_only": true })).await;
    assert!(text.starts_with("rooms: 1; 1 of ") && text.contains(ROOM_NAME), "{text}");
}

#[tokio::test]
async fn a_list_of_rooms_goes_on_with_its_cursor() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    let all = agent.json("list_rooms", json!({})).await;
    let all: Vec<_> =
        all["items"].as_array().unwrap().iter().map(|it| it["room_id"].clone()).collect();
    let mut seen = Vec::new();
    let mut arguments = json!({ "limit": 2 });
    loop {
        let page = agent.json("list_rooms", arguments.clone()).await;
        seen.extend(page["items"].as_array().unwrap().iter().map(|it| it["room_id"].clone()));
        match page["next_cursor"].as_str() {
            Some(cursor) => arguments["cursor"] = json!(cursor),
            None => break,
        }
    }
    assert_eq!(seen, all);
}

#[tokio::test]
async fn a_room_is_named_by_its_id_its_address_its_name_or_my() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    let address = format!("https://www.chatwork.com/#!rid{ROOM}");
    for room in [json!(ROOM), json!(ROOM.to_string()), json!(address), json!(ROOM_NAME)] {
        let text = agent.ok("get_room", json!({ "room": room })).await;
        assert!(text.contains(&format!("room_id: {ROOM}")), "{text}");
    }
    let text = agent.ok("get_room", json!({ "room": "my" })).await;
    assert!(text.contains("type: my"), "{text}");
}

#[tokio::test]
async fn a_name_that_no_room_has_is_refused_with_those_that_are_similar() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    let text = agent.fails("get_room", json!({ "room": "新製品" })).await;
    assert!(text.contains("there is no room `新製品`") && text.contains(ROOM_NAME), "{text}");
}

#[tokio::test]
async fn messages_are_listed_with_a_dictionary_of_people_and_marks_stay() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    let before = desk.unread();
    let text = agent.ok("list_room_messages", json!({ "room": ROOM })).await;
    let first = text.lines().next().unwrap();
    assert!(
        first.contains("room 93207172; oldest first; complete: yes; hidden by the plan: no"),
        "{first}"
    );
    assert!(text.contains("@1 3318824 鈴木 美咲"), "{text}");
    assert!(text.contains("\n# 2025-12-01+09:00\n"), "{text}");
    assert_eq!(desk.unread(), before);
    // It never asks for what is new: that would move a mark on the server.
    let lists = desk.sandbox.requests().into_iter();
    let mut lists = lists.filter(|it| it.operation.as_deref() == Some("listRoomMessages"));
    assert!(lists.all(|request| request.query == "force=1"));
}

#[tokio::test]
async fn messages_are_filtered_by_day_sender_and_mention() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    let of_ken = json!({ "room": ROOM, "sender": "佐藤 健", "mentions_me": true });
    let value = agent.json("list_room_messages", of_ken).await;
    for item in value["items"].as_array().unwrap() {
        assert_eq!(item["account_id"], KEN.to_string());
        assert!(item["body"].as_str().unwrap().contains("[To:1484814]"), "{item}");
    }
    let today = json!({ "room": ROOM, "since": "2025-12-01", "until": "2025-12-01" });
    let value = agent.json("list_room_messages", today).await;
    for item in value["items"].as_array().unwrap() {
        assert!(item["time"].as_str().unwrap().starts_with("2025-12-01T"), "{item}");
    }
    assert!(value["count"].as_u64().unwrap() > 0);
}

#[tokio::test]
async fn a_list_of_messages_goes_on_towards_older_ones() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    let mut seen = Vec::new();
    let mut arguments = json!({ "room": ROOM, "limit": 4 });
    loop {
        let page = agent.json("list_room_messages", arguments.clone()).await;
        let mut ids: Vec<_> =
            page["items"].as_array().unwrap().iter().map(|it| it["message_id"].clone()).collect();
        ids.extend(seen);
        seen = ids;
        match page["next_cursor"].as_str() {
            Some(cursor) => arguments["cursor"] = json!(cursor),
            None => break,
        }
    }
    let there: Vec<_> =
        desk.room(ROOM).messages.iter().map(|it| json!(it.id.to_string())).collect();
    assert_eq!(seen, there);
}

#[tokio::test]
async fn a_full_window_says_that_the_room_may_have_more() {
    let desk = Desk::new().await;
    let room = desk.client("hanako").room(chatwork_sdk::RoomId(ROOM));
    for number in 0..100 {
        room.post(format!("message {number}")).await.unwrap();
    }
    let agent = desk.writer().await;
    let text = agent.ok("list_room_messages", json!({ "room": ROOM, "limit": 200 })).await;
    assert!(text.starts_with("messages: 100;"), "{text}");
    assert!(text.contains("complete: no, the API shows the newest 100 of the room only"), "{text}");
}

#[tokio::test]
async fn a_message_is_shown_with_those_around_it_and_its_replies() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    let asked =
        desk.room(ROOM).messages.iter().find(|it| it.body.contains("見積書の確認を")).unwrap().id;
    let message = format!("{ROOM}-{asked}");
    let alone = agent.ok("get_room_message", json!({ "message": message })).await;
    assert!(
        alone.starts_with("messages: 1;") && alone.contains("見積書の確認をお願いします"),
        "{alone}"
    );

    let value = agent.json("get_room_message", json!({ "message": message, "context": 1 })).await;
    assert_eq!(value["count"], 3);
    assert_eq!(value["items"][1]["note"], "this one");

    let value =
        agent.json("get_room_message", json!({ "message": message, "replies": true })).await;
    let notes: Vec<_> = value["items"].as_array().unwrap().iter().map(|it| &it["note"]).collect();
    assert_eq!(notes, ["this one", "reply"]);
    let reply = value["items"][1]["message_id"].clone();
    let back = json!({ "message": reply, "room": ROOM, "replies": true });
    let value = agent.json("get_room_message", back).await;
    assert_eq!(value["items"][0]["note"], "before");
    assert_eq!(value["items"][0]["message_id"], asked.to_string());
}

#[tokio::test]
async fn unread_messages_are_listed_by_room_and_stay_unread() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    let before = desk.unread();
    let text = agent.ok("list_unread", json!({})).await;
    assert!(text.contains(&format!("# room {ROOM} unread 3 mentions")), "{text}");
    assert!(
        text.contains("議事録もお願いできますか") && text.contains("少し相談させてください"),
        "{text}"
    );
    let mentions = agent.ok("list_unread", json!({ "mentions_only": true })).await;
    assert!(!mentions.contains("少し相談させてください"), "{mentions}");
    assert_eq!(desk.unread(), before);
}

#[tokio::test]
async fn unread_messages_in_json_name_their_room() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    let value = agent.json("list_unread", json!({})).await;
    assert_eq!(value["items"][0]["room"], ROOM_NAME);
}

#[tokio::test]
async fn a_list_of_unread_messages_goes_on_with_its_cursor() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    let all = agent.json("list_unread", json!({})).await["count"].as_u64().unwrap();
    let page = agent.json("list_unread", json!({ "rooms": 1 })).await;
    let cursor = page["next_cursor"].as_str().unwrap();
    let rest = agent.json("list_unread", json!({ "rooms": 9, "cursor": cursor })).await;
    assert_eq!(page["count"].as_u64().unwrap() + rest["count"].as_u64().unwrap(), all);
}

#[tokio::test]
async fn a_mention_is_unanswered_until_it_is_answered() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    let list = json!({ "unanswered": true });
    let text = agent.ok("list_unread", list.clone()).await;
    assert!(
        text.contains("議事録もお願いできますか") && !text.contains("見積書の確認を"),
        "{text}"
    );
    let asked =
        desk.room(ROOM).messages.iter().find(|it| it.body.contains("議事録もお願い")).unwrap().id;
    let answer = json!({ "room": ROOM, "text": "はい", "reply_to": asked.to_string() });
    agent.ok("post_room_message", answer).await;
    let text = agent.ok("list_unread", list).await;
    assert!(!text.contains("議事録もお願いできますか"), "{text}");
}

#[tokio::test]
async fn tasks_are_mine_or_those_of_a_room_or_one() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    let mine = agent.ok("list_tasks", json!({})).await;
    assert!(mine.contains("3071284") && mine.contains("見積書を確認して返信する"), "{mine}");
    let done = agent
        .json("list_tasks", json!({ "room": ROOM, "status": "done", "assignee": "佐藤 健" }))
        .await;
    assert_eq!(done["items"][0]["task_id"], "3068902");
    let one = agent.json("list_tasks", json!({ "room": ROOM, "task_id": 3071284 })).await;
    assert_eq!((&one["count"], &one["items"][0]["due"]), (&json!(1), &json!("2025-12-04")));
    let text = agent.fails("list_tasks", json!({ "task_id": 3071284 })).await;
    assert!(text.contains("Give `room` as well."), "{text}");
}

#[tokio::test]
async fn people_are_listed_with_their_roles_and_rooms() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    let value = agent.json("list_room_members", json!({ "room": ROOM, "role": "admin" })).await;
    assert_eq!(value["count"], 2);
    let text = agent.ok("list_contacts", json!({ "query": "sato" })).await;
    assert!(text.contains("2739132 room 30905771 | 佐藤 健 | sato-ken"), "{text}");
    let page = agent.json("list_room_members", json!({ "room": ROOM, "limit": 3 })).await;
    let cursor = page["next_cursor"].as_str().unwrap();
    let rest = agent.json("list_room_members", json!({ "room": ROOM, "cursor": cursor })).await;
    assert_eq!(rest["count"], 2);
}

#[tokio::test]
async fn a_text_file_is_shown_and_another_one_is_not() {
    let desk = Desk::new().await;
    let agent = desk.agent(all()).await;
    let files = agent.ok("list_room_files", json!({ "room": ROOM })).await;
    assert!(files.contains("1341384457") && files.contains("議事録_6月.txt"), "{files}");
    let file = json!({ "room": ROOM, "file_id": "1341384457", "read_text": true });
    let text = agent.ok("get_room_file", file).await;
    assert!(text.contains("次回は金曜15時。") && text.contains("complete: yes"), "{text}");
    let image = json!({ "room": ROOM, "file_id": "1341203981", "read_text": true });
    let text = agent.fails("get_room_file", image).await;
    assert!(text.contains("not a text in UTF-8"), "{text}");
}
