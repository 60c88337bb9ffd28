//! Rooms: making, changing, leaving, deleting.

use reqwest::Method;
use serde_json::json;

use crate::support::{DIRECT, KEN, OWN, PROJECT, SALES, act, sandbox};

#[tokio::test]
async fn rooms_are_called_as_one_sees_them() {
    let sandbox = sandbox().await;
    let name = async |key: &str, room: i64| {
        act(&sandbox, key).get(&format!("/rooms/{room}")).await.json["name"].clone()
    };
    assert_eq!(name("hanako", DIRECT).await, "佐藤 健");
    assert_eq!(name("ken", DIRECT).await, "山田 花子");
    assert_eq!(name("hanako", OWN).await, "マイチャット");
}

#[tokio::test]
async fn pinned_rooms_come_first() {
    let sandbox = sandbox().await;
    let rooms = act(&sandbox, "hanako").get("/rooms").await;
    assert_eq!(rooms.json[0]["room_id"], PROJECT);
    assert_eq!(rooms.json[0]["sticky"], true);
}

#[tokio::test]
async fn a_group_is_made_with_everything() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let form = [
        ("name", "打ち上げ"),
        ("description", "金曜"),
        ("link", "1"),
        ("link_code", "party_2025"),
        ("link_need_acceptance", "0"),
        ("members_admin_ids", "1484814,2739132"),
        ("members_member_ids", "4520017"),
        ("members_readonly_ids", "2861671"),
        ("icon_preset", "beer"),
    ];
    let id = hanako.post("/rooms", &form).await.json["room_id"].as_i64().unwrap();
    let room = act(&sandbox, "alex").get(&format!("/rooms/{id}")).await.json;
    assert_eq!((&room["name"], &room["role"]), (&json!("打ち上げ"), &json!("readonly")));
    assert_eq!(room["icon_path"], "https://appdata.chatwork.com/icon/ico_beer.png");
    let link = hanako.get(&format!("/rooms/{id}/link")).await.json;
    assert!(link["url"].as_str().unwrap().ends_with("/g/party_2025"));
    assert_eq!(link["need_acceptance"], false);
    let body = hanako.newest(id).await["body"].clone();
    assert_eq!(body, "[info][dtext:chatroom_groupchat_created][/info]");
}

#[tokio::test]
async fn a_creator_in_no_list_becomes_an_admin() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let form = [("name", "x"), ("members_admin_ids", "2739132")];
    let id = hanako.post("/rooms", &form).await.json["room_id"].clone();
    assert_eq!(hanako.get(&format!("/rooms/{id}")).await.json["role"], "admin");
}

#[tokio::test]
async fn a_new_group_has_no_link_unless_one_is_asked_for() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let form = [("name", "x"), ("members_admin_ids", "1484814"), ("link_code", "unused")];
    let id = hanako.post("/rooms", &form).await.json["room_id"].clone();
    let link = hanako.get(&format!("/rooms/{id}/link")).await.json;
    assert_eq!(link, json!({ "public": false }));
}

#[tokio::test]
async fn a_change_adds_a_message_of_the_system() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let before = hanako.get("/rooms/93207172").await.json["message_num"].as_i64().unwrap();
    let form = [("name", "第2期"), ("description", "新しい概要"), ("icon_preset", "idea")];
    assert_eq!(hanako.put("/rooms/93207172", &form).await.json["room_id"], PROJECT);
    let room = hanako.get("/rooms/93207172").await.json;
    assert_eq!(room["name"], "第2期");
    assert_eq!(room["description"], "新しい概要");
    assert_eq!(room["message_num"], before + 3);
    let messages = hanako.get("/rooms/93207172/messages?force=1").await.each("body");
    let named = "[info][dtext:chatroom_chatname_is]第2期[dtext:chatroom_set][/info]";
    assert!(messages.contains(&json!(named)));
    let described =
        "[info][dtext:chatroom_description_is]新しい概要[dtext:chatroom_changed][/info]";
    assert!(messages.contains(&json!(described)));
}

#[tokio::test]
async fn an_empty_change_adds_no_message() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let before = hanako.get("/rooms/93207172").await.json;
    assert_eq!(hanako.put("/rooms/93207172", &[]).await.status, 200);
    assert_eq!(hanako.get("/rooms/93207172").await.json, before);
}

#[tokio::test]
async fn own_and_direct_chats_are_neither_changed_nor_left() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    for room in [OWN, DIRECT] {
        let changed = hanako.put(&format!("/rooms/{room}"), &[("name", "x")]).await;
        assert_eq!(changed.status, 403);
        for action in ["leave", "delete"] {
            let reply = hanako.part(room, action).await;
            assert_eq!(reply.error(), "You cannot leave or delete this type of room");
        }
    }
}

#[tokio::test]
async fn leaving_removes_the_tasks_and_files_of_the_account() {
    let sandbox = sandbox().await;
    let (hanako, ken) = (act(&sandbox, "hanako"), act(&sandbox, "ken"));
    assert_eq!(ken.part(PROJECT, "leave").await.status, 204);
    assert_eq!(ken.get("/rooms/93207172").await.status, 403);
    let tasks = hanako.get(&format!("/rooms/{PROJECT}/tasks?account_id={KEN}")).await;
    assert_eq!(tasks.status, 204);
    let files = hanako.get(&format!("/rooms/{PROJECT}/files")).await;
    assert_eq!(files.each("filename"), ["logo.png"]);
    let body = hanako.newest(PROJECT).await["body"].clone();
    let said =
        format!("[info][dtext:chatroom_member_is][piconname:{KEN}][dtext:chatroom_leaved][/info]");
    assert_eq!(body, said);
}

#[tokio::test]
async fn a_group_that_loses_its_last_admin_gets_another() {
    let sandbox = sandbox().await;
    assert_eq!(act(&sandbox, "ken").part(SALES, "leave").await.status, 204);
    let room = act(&sandbox, "hanako").get(&format!("/rooms/{SALES}")).await;
    assert_eq!(room.json["role"], "admin");
}

#[tokio::test]
async fn a_group_that_everybody_left_is_gone() {
    let sandbox = sandbox().await;
    for key in ["ken", "hanako", "misaki"] {
        assert_eq!(act(&sandbox, key).part(SALES, "leave").await.status, 204);
    }
    assert!(sandbox.state().room(chatwork_api::types::RoomId(SALES)).is_none());
}

#[tokio::test]
async fn a_deleted_group_is_gone_for_everybody() {
    let sandbox = sandbox().await;
    assert_eq!(act(&sandbox, "hanako").part(PROJECT, "delete").await.status, 204);
    for key in ["hanako", "ken", "alex"] {
        let api = act(&sandbox, key);
        assert_eq!(api.get("/rooms/93207172").await.status, 403);
        assert!(!api.get("/rooms").await.each("room_id").contains(&PROJECT.into()));
    }
    assert_eq!(act(&sandbox, "ken").get("/my/tasks").await.status, 204);
}

#[tokio::test]
async fn the_action_may_come_in_the_query_with_a_note_in_the_log() {
    let sandbox = sandbox().await;
    let bot = act(&sandbox, "bot");
    let reply = bot.delete("/rooms/93207172?action_type=leave").await;
    assert_eq!(reply.status, 204);
    let notes = &sandbox.requests().pop().unwrap().notes;
    assert!(notes[0].contains("action_type"), "{notes:?}");
}

#[tokio::test]
async fn the_action_is_required_and_one_of_two() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let missing = hanako.delete("/rooms/93207172").await;
    assert_eq!(missing.error(), "Parameter 'action_type' is required");
    assert_eq!(hanako.part(PROJECT, "explode").await.status, 400);
    let request = hanako.request(Method::DELETE, "/rooms/93207172?action_type=x");
    assert_eq!(hanako.send(request).await.status, 400);
}

#[tokio::test]
async fn the_link_of_a_new_group_needs_a_free_code() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    for code in ["new-product_2025", "sales", "with space", "日本"] {
        let form =
            [("name", "x"), ("members_admin_ids", "1484814"), ("link", "1"), ("link_code", code)];
        let reply = hanako.post("/rooms", &form).await;
        assert_eq!(reply.status, 400, "{code}");
        assert!(reply.error().contains("'link_code'"), "{}", reply.error());
    }
    assert_eq!(hanako.get("/rooms").await.json.as_array().unwrap().len(), 7);
}
