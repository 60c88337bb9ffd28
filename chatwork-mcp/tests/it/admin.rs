//! Rooms, members, links and contact requests.

use chatwork_sandbox::{Role, Sandbox, World};
use chatwork_sdk::{AccountId, RoomId};
use serde_json::{Value, json};

use crate::support::{Agent, Desk, HANAKO, KEN, ROOM, SALES, all};

#[tokio::test]
async fn a_room_is_created_with_me_as_an_administrator() {
    let desk = Desk::new().await;
    // Without a question: see `consent`.
    let agent = desk.agent(all().allow_destructive(true)).await;
    let arguments = json!({
        "name": "定例会", "description": "毎週", "members": ["佐藤 健"], "icon": "meeting",
        "invite_link": true, "link_code": "teirei", "link_needs_acceptance": false,
    });
    agent.ok("create_room", arguments).await;
    let state = desk.sandbox.state();
    let room = state.rooms().find(|room| room.name == "定例会").unwrap();
    assert_eq!(room.accounts(Role::Admin), [AccountId(HANAKO)]);
    assert_eq!(room.accounts(Role::Member), [AccountId(KEN)]);
    assert_eq!((room.description.as_str(), room.icon.as_str()), ("毎週", "meeting"));
    assert_eq!(room.open_link().unwrap().code, "teirei");
}

#[tokio::test]
async fn options_of_a_link_need_a_link() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    let text = agent.fails("create_room", json!({ "name": "x", "link_code": "x" })).await;
    assert!(text.contains("Set `invite_link` to true"), "{text}");
}

#[tokio::test]
async fn a_room_is_changed() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    agent.ok("update_room", json!({ "room": ROOM, "name": "新しい名前" })).await;
    assert_eq!(desk.room(ROOM).name, "新しい名前");
    let text = agent.fails("update_room", json!({ "room": ROOM })).await;
    assert!(text.contains("nothing to change"), "{text}");
}

#[tokio::test]
async fn members_are_added_and_removed_and_all_others_stay() {
    let desk = Desk::new().await;
    // Without a question: see `consent`.
    let agent = desk.agent(all().allow_destructive(true)).await;
    let bot = AccountId(4_520_017);
    let members = || desk.room(ROOM).members.len();
    let before = members();
    let change = |change: &str| json!({ "room": ROOM, "change": change, "people": [bot.0] });
    agent.ok("change_room_members", change("remove")).await;
    assert_eq!((members(), desk.room(ROOM).role(bot)), (before - 1, None));
    let mut add = change("add");
    add["role"] = json!("readonly");
    agent.ok("change_room_members", add.clone()).await;
    assert_eq!((members(), desk.room(ROOM).role(bot)), (before, Some(Role::Readonly)));
    // Added once more with another role, it keeps the one that it has.
    add["role"] = json!("admin");
    let text = agent.ok("change_room_members", add).await;
    assert!(text.contains("members already, unchanged: 4520017"), "{text}");
    assert_eq!(desk.room(ROOM).role(bot), Some(Role::Readonly));
    let role = json!({ "room": ROOM, "change": "role", "people": [bot.0], "role": "member" });
    agent.ok("change_room_members", role).await;
    assert_eq!(desk.room(ROOM).role(bot), Some(Role::Member));
}

#[tokio::test]
async fn no_one_leaves_by_removing_oneself() {
    let desk = Desk::new().await;
    let may_leave = desk.agent(all().allow_destructive(true)).await;
    for me in [json!("me"), json!(HANAKO), json!("山田 花子")] {
        let arguments = json!({ "room": ROOM, "change": "remove", "people": [me] });
        let text = may_leave.fails("change_room_members", arguments.clone()).await;
        assert!(text.ends_with("is to leave the room. Use leave_room."), "{text}");
        // A tool that is not there is not advised.
        let text = desk.writer().await.fails("change_room_members", arguments).await;
        assert!(text.ends_with("is to leave the room."), "{text}");
    }
    assert!(desk.room(ROOM).role(AccountId(HANAKO)).is_some());
}

#[tokio::test]
async fn a_link_is_changed_and_what_is_not_given_stays() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    agent.ok("set_room_link", json!({ "room": ROOM, "description": "どうぞ" })).await;
    let room = desk.room(ROOM);
    let link = room.open_link().unwrap();
    assert_eq!((link.code.as_str(), link.description.as_str()), ("new-product_2025", "どうぞ"));
    assert!(link.need_acceptance);
    let text = agent.ok("get_room_link", json!({ "room": ROOM })).await;
    assert!(text.contains("needs_acceptance: yes"), "{text}");
}

#[tokio::test]
async fn a_room_is_left_and_another_one_is_deleted() {
    let desk = Desk::new().await;
    let agent = desk.agent(all().allow_destructive(true)).await;
    agent.ok("leave_room", json!({ "room": SALES })).await;
    assert_eq!(desk.room(SALES).role(AccountId(HANAKO)), None);
    agent.ok("delete_room", json!({ "room": ROOM })).await;
    assert!(desk.sandbox.state().room(RoomId(ROOM)).is_none());
}

#[tokio::test]
async fn contact_requests_are_listed_and_answered() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    let list = agent.ok("list_incoming_requests", json!({})).await;
    assert!(list.starts_with("contact requests: 2;") && list.contains("展示会"), "{list}");
    let answer = |id: i64, answer: &str| json!({ "request_id": id, "answer": answer });
    let text = agent.ok("answer_incoming_request", answer(1_204_857, "accept")).await;
    assert!(text.contains("account 5105230 is a contact"), "{text}");
    agent.ok("answer_incoming_request", answer(1_204_992, "decline")).await;
    assert_eq!(agent.json("list_incoming_requests", json!({})).await["count"], 0);
}

/// Reads a text from its beginning to its end, page by page.
async fn whole(agent: &Agent, tool: &str, arguments: Value, field: &str) -> String {
    let (mut text, mut arguments) = (String::new(), arguments);
    loop {
        let page = agent.json(tool, arguments.clone()).await;
        text.push_str(page[field].as_str().unwrap());
        match page["next_cursor"].as_str() {
            Some(cursor) => arguments["cursor"] = cursor.into(),
            None => return text,
        }
    }
}

#[tokio::test]
async fn a_long_description_of_a_link_is_read_to_its_end() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    let description = (0..9_000).map(|number| number.to_string()).collect::<String>();
    agent.ok("set_room_link", json!({ "room": ROOM, "description": description })).await;
    let read = whole(&agent, "get_room_link", json!({ "room": ROOM }), "description").await;
    assert_eq!(read, description);
}

#[tokio::test]
async fn a_long_message_of_a_contact_request_is_read_to_its_end() {
    let message = (0..9_000).map(|number| number.to_string()).collect::<String>();
    let mut world = World::standard().unwrap();
    world.contact_requests[0].message.clone_from(&message);
    let desk = Desk { sandbox: Sandbox::builder().world(world).start().await.unwrap() };
    let agent = desk.writer().await;
    let list = agent.ok("list_incoming_requests", json!({})).await;
    assert!(list.contains("texts that are cut: `request_id` shows one in full"), "{list}");
    let arguments = json!({ "request_id": "1204857" });
    assert_eq!(whole(&agent, "list_incoming_requests", arguments, "message").await, message);
    let text = agent.fails("list_incoming_requests", json!({ "request_id": "5" })).await;
    assert!(text.contains("no contact request 5"), "{text}");
}
