//! A list that lacks something says so, and a cursor skips nothing.

use std::time::Duration;

use chatwork_mcp::{Account, Accounts};
use chatwork_sandbox::{Clock, Fault, FaultLimit, Sandbox};
use chatwork_sdk::{Client, Pacing, RetryPolicy, RoomId};
use serde_json::{Value, json};

use crate::support::{Agent, Desk, KEN, Person, ROOM, ROOM_NAME, SALES, all, patient};

/// The direct chat of hanako and ken.
const DIRECT: i64 = 30_905_771;

/// A sandbox whose clock is moved by the test.
async fn desk() -> (Desk, Clock) {
    let clock = Clock::manual(1_764_547_200);
    let builder = Sandbox::builder().clock(clock.clone()).limits(false);
    (Desk { sandbox: builder.start().await.unwrap() }, clock)
}

async fn post(desk: &Desk, room: i64, times: usize) {
    let room = desk.client("ken").room(RoomId(room));
    for number in 0..times {
        room.post(format!("message {number}")).await.unwrap();
    }
}

fn missing(value: &Value) -> &str {
    assert_eq!(value["complete"], false, "{value}");
    value["missing"].as_str().unwrap()
}

fn bodies(value: &Value) -> Vec<String> {
    let items = value["items"].as_array().unwrap().iter();
    items.map(|item| item["body"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn mentions_of_all_members_are_listed_with_those_of_me() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    let value = agent.json("list_unread", json!({ "mentions_only": true })).await;
    assert_eq!((&value["complete"], &value["count"]), (&json!(true), &json!(2)), "{value}");
    assert!(bodies(&value)[0].starts_with("[toall]"), "{value}");
}

#[tokio::test]
async fn json_has_the_counts_of_each_room_once() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    let value = agent.json("list_unread", json!({ "per_room": 2 })).await;
    let expected = json!({
        "room_id": ROOM.to_string(), "room": ROOM_NAME, "unread": 3, "mentions": 2, "shown": 2,
    });
    assert_eq!(value["rooms"][0], expected);
    assert_eq!(value["rooms"].as_array().unwrap().len(), 2);
    assert_eq!(
        missing(&value),
        format!("raise `per_room`, there are more in room: {ROOM} (2 of 3)")
    );
}

#[tokio::test]
async fn more_unread_messages_than_the_api_shows_are_said_to_be_missing() {
    let desk = Desk::new().await;
    post(&desk, ROOM, 110).await;
    let agent = desk.writer().await;
    let value = agent.json("list_unread", json!({ "per_room": 100 })).await;
    let expected = format!("the API shows fewer than it counts in room: {ROOM} (100 of 113)");
    assert_eq!(missing(&value), expected);
}

#[tokio::test]
async fn a_message_of_mine_does_not_hide_an_unread_one() {
    let desk = Desk::new().await;
    desk.client("hanako").room(RoomId(ROOM)).post("mine").await.unwrap();
    let agent = desk.writer().await;
    let value = agent.json("list_unread", json!({ "mentions_only": false })).await;
    assert!(bodies(&value)[0].starts_with("[toall]"), "{value}");
    assert_eq!(value["complete"], true, "{value}");
}

#[tokio::test]
async fn a_deleted_message_takes_no_place_among_the_unread_ones() {
    let desk = Desk::new().await;
    let room = desk.client("ken").room(RoomId(ROOM));
    let id = room.post("gone soon").await.unwrap();
    room.message(id).delete().await.unwrap();
    let agent = desk.writer().await;
    let value = agent.json("list_unread", json!({})).await;
    assert_eq!(value["rooms"][0]["shown"], 3, "{value}");
    assert!(!bodies(&value).iter().any(|body| body == "[deleted]"), "{value}");
}

#[tokio::test]
async fn items_that_cannot_be_read_are_said_to_be_missing() {
    let lists = [
        ("list_rooms", "listRooms", json!({})),
        ("list_room_members", "listRoomMembers", json!({ "room": ROOM })),
        ("list_contacts", "listContacts", json!({})),
        ("list_room_messages", "listRoomMessages", json!({ "room": ROOM })),
        ("list_unread", "listRooms", json!({})),
        ("list_unread", "listRoomMessages", json!({})),
        ("list_unread", "listRooms", json!({ "unanswered": true })),
        ("list_unread", "listRoomMessages", json!({ "unanswered": true })),
        ("list_tasks", "listMyTasks", json!({})),
        ("list_tasks", "listRoomTasks", json!({ "room": ROOM })),
        ("list_room_files", "listRoomFiles", json!({ "room": ROOM })),
        ("list_incoming_requests", "listIncomingRequests", json!({})),
    ];
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    for (tool, operation, arguments) in lists {
        let fault = Fault::status(200).body("[{}]").operation(operation);
        desk.sandbox.faults().add(fault).unwrap();
        let value = agent.json(tool, arguments).await;
        assert!(missing(&value).contains("cannot be read"), "{tool}: {value}");
    }
}

#[tokio::test]
async fn a_room_that_is_refused_is_named_and_the_others_are_listed() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    for arguments in [json!({}), json!({ "unanswered": true })] {
        let fault = Fault::status(403).operation("listRoomMessages").skip(1);
        desk.sandbox.faults().add(fault).unwrap();
        let value = agent.json("list_unread", arguments).await;
        assert!(missing(&value).contains("Chatwork refused to show room: "), "{value}");
        assert_eq!(value["rooms"][0]["room_id"], ROOM.to_string());
    }
}

/// An agent whose client repeats no request.
async fn impatient(desk: &Desk) -> Agent {
    let client = Client::builder().token(desk.sandbox.token("hanako")).pacing(Pacing::off());
    let client = client.retry(RetryPolicy::off()).base_url(desk.sandbox.base_url());
    let accounts = Accounts::one(Account::new("work", client.build().unwrap()));
    Agent::connect(all(), accounts, Person::absent()).await
}

#[tokio::test]
async fn a_room_that_always_fails_is_named_and_hides_no_room_behind_it() {
    let desk = Desk::new().await;
    let agent = impatient(&desk).await;
    for (arguments, key) in [(json!({}), "unread"), (json!({ "unanswered": true }), "mentions")] {
        let all = desk.operations().len();
        desk.sandbox.faults().add(Fault::status(500).operation("listRoomMessages")).unwrap();
        let value = agent.json("list_unread", arguments).await;
        let reason = missing(&value);
        let expected = format!("Chatwork failed, so these are left out: room: {ROOM}");
        assert!(reason.contains(&expected) && !reason.contains("stopped"), "{key}: {value}");
        // The list of rooms, the one that failed, and those behind it.
        assert!(desk.operations().len() > all + 2, "{key}");
        assert_eq!(value["next_cursor"], Value::Null, "{key}: {value}");
    }
}

#[tokio::test]
async fn a_service_that_fails_for_two_rooms_in_a_row_is_left_alone_and_asked_again_behind_them() {
    let desk = Desk::new().await;
    let agent = impatient(&desk).await;
    let fault = Fault::status(500).operation("listRoomMessages");
    desk.sandbox.faults().add(fault.times(2)).unwrap();
    let value = agent.json("list_unread", json!({})).await;
    assert!(missing(&value).contains("stopped: Chatwork refused (500)"), "{value}");
    let cursor = &value["next_cursor"];
    let rest = agent.json("list_unread", json!({ "cursor": cursor })).await;
    assert_eq!(rest["rooms"][0]["room_id"], DIRECT.to_string(), "{rest}");
}

#[tokio::test]
async fn a_failure_between_two_rooms_loses_nothing_that_was_read() {
    let desk = Desk::of_today().await;
    let accounts = Accounts::one(Account::new("work", patient(&desk, "hanako")));
    let agent = Agent::connect(all(), accounts, Person::absent()).await;
    let fault = Fault::rate_limit(FaultLimit::Account).operation("listRoomMessages").skip(1);
    desk.sandbox.faults().add(fault.times(9)).unwrap();
    let page = agent.json("list_unread", json!({})).await;
    assert!(missing(&page).contains("stopped: The rate limit of the account is used up"), "{page}");
    desk.sandbox.faults().clear();
    // The first client waits for the end of the limit.
    let agent = desk.writer().await;
    let rest = agent.json("list_unread", json!({ "cursor": page["next_cursor"] })).await;
    assert_eq!(rest["rooms"][0]["room_id"], DIRECT.to_string(), "{rest}");
}

#[tokio::test]
async fn a_full_list_with_an_odd_item_gives_both_reasons() {
    let desk = Desk::new().await;
    let odd = vec![json!({}); 100];
    let body = Value::Array(odd).to_string();
    let agent = desk.writer().await;
    for (tool, operation) in [("list_tasks", "listRoomTasks"), ("list_room_files", "listRoomFiles")]
    {
        let fault = Fault::status(200).body(body.clone()).operation(operation);
        desk.sandbox.faults().add(fault).unwrap();
        let value = agent.json(tool, json!({ "room": ROOM })).await;
        let reasons = missing(&value);
        assert!(reasons.contains("100 of them cannot be read"), "{reasons}");
        assert!(reasons.contains("100 tasks") || reasons.contains("100 files"), "{reasons}");
    }
}

#[tokio::test]
async fn unanswered_mentions_of_a_busy_room_are_said_to_be_those_of_the_newest_100() {
    let desk = Desk::new().await;
    post(&desk, ROOM, 110).await;
    let agent = desk.writer().await;
    let value = agent.json("list_unread", json!({ "unanswered": true })).await;
    let expected = format!("only the newest 100 messages were looked at in room: {ROOM}");
    assert_eq!(missing(&value), expected);
    // All that is newer than a day is among those.
    let later = json!({ "unanswered": true, "since": "2025-12-02" });
    assert_eq!(agent.json("list_unread", later).await["complete"], true);
}

#[tokio::test]
async fn a_room_that_is_read_between_two_pages_hides_no_other_one() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    let page = agent.json("list_unread", json!({ "rooms": 1 })).await;
    assert_eq!(page["rooms"][0]["room_id"], ROOM.to_string());
    desk.client("hanako").room(RoomId(ROOM)).mark_read().await.unwrap();
    let rest = json!({ "cursor": page["next_cursor"] });
    let rest = agent.json("list_unread", rest).await;
    assert_eq!(rest["rooms"][0]["room_id"], DIRECT.to_string(), "{rest}");
}

#[tokio::test]
async fn a_room_that_moves_up_between_two_pages_is_not_skipped() {
    let (desk, clock) = desk().await;
    let agent = desk.writer().await;
    let page = agent.json("list_unread", json!({ "rooms": 1 })).await;
    clock.advance(Duration::from_secs(60));
    let text = "[To:1484814] news";
    desk.client("ken").room(RoomId(DIRECT)).post(text).await.unwrap();
    let rest = agent.json("list_unread", json!({ "cursor": page["next_cursor"] })).await;
    assert!(bodies(&rest).contains(&text.to_owned()), "{rest}");
    assert_eq!((&rest["complete"], &rest["count"]), (&json!(true), &json!(2)), "{rest}");
}

#[tokio::test]
async fn a_room_that_moves_up_between_two_pages_of_rooms_is_not_skipped() {
    let (desk, clock) = desk().await;
    let agent = desk.writer().await;
    let all = agent.json("list_rooms", json!({})).await;
    let page = agent.json("list_rooms", json!({ "limit": 2 })).await;
    let last = all["items"].as_array().unwrap().last().unwrap()["room_id"].clone();
    clock.advance(Duration::from_secs(60));
    let id: i64 = last.as_str().unwrap().parse().unwrap();
    desk.client("hanako").room(RoomId(id)).post("news").await.unwrap();
    let rest = agent.json("list_rooms", json!({ "cursor": page["next_cursor"] })).await;
    let rest: Vec<_> =
        rest["items"].as_array().unwrap().iter().map(|item| item["room_id"].clone()).collect();
    assert!(rest.contains(&last), "{rest:?}");
}

#[tokio::test]
async fn a_long_room_is_read_page_by_page_without_a_gap() {
    let desk = Desk::new().await;
    post(&desk, SALES, 60).await;
    let agent = desk.agent(all().max_chars(2_000)).await;
    let mut arguments = json!({ "per_room": 100 });
    let mut seen = Vec::new();
    loop {
        let page = agent.json("list_unread", arguments.clone()).await;
        seen.extend(bodies(&page).into_iter().filter(|body| body.starts_with("message ")));
        match page["next_cursor"].as_str() {
            Some(cursor) => arguments["cursor"] = json!(cursor),
            None => break,
        }
    }
    let posted: Vec<_> = (0..60).map(|number| format!("message {number}")).collect();
    assert_eq!(seen, posted);
}

#[tokio::test]
async fn an_argument_that_would_have_no_effect_is_refused() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    let text = agent.fails("list_unread", json!({ "since": "today" })).await;
    assert!(text.contains("`since` is for `unanswered` alone"), "{text}");
    let message = format!("{ROOM}-{}", desk.newest(ROOM).id);
    let arguments = json!({ "message": message, "context": 1, "cursor": "c5" });
    let text = agent.fails("get_room_message", arguments).await;
    assert!(text.contains("Leave out `context`"), "{text}");
}

#[tokio::test]
async fn a_chain_of_replies_says_that_its_beginning_is_not_there() {
    let desk = Desk::new().await;
    let reply = format!("[rp aid={KEN} to={ROOM}-1] yes");
    desk.client("hanako").room(RoomId(ROOM)).post(reply).await.unwrap();
    let message = format!("{ROOM}-{}", desk.newest(ROOM).id);
    let agent = desk.writer().await;
    let value =
        agent.json("get_room_message", json!({ "message": message, "replies": true })).await;
    assert_eq!(missing(&value), "an earlier message of the chain was not found");
}

#[tokio::test]
async fn a_chain_of_replies_says_why_its_beginning_could_not_be_read() {
    let desk = Desk::new().await;
    let reply = format!("[rp aid={KEN} to={ROOM}-1] yes");
    desk.client("hanako").room(RoomId(ROOM)).post(reply).await.unwrap();
    let message = format!("{ROOM}-{}", desk.newest(ROOM).id);
    desk.sandbox.faults().add(Fault::status(401).operation("getRoomMessage").skip(1)).unwrap();
    let agent = desk.writer().await;
    let value =
        agent.json("get_room_message", json!({ "message": message, "replies": true })).await;
    let expected = "an earlier message of the chain could not be read now (HTTP 401)";
    assert_eq!(missing(&value), expected);
}

#[tokio::test]
async fn a_contact_request_that_cannot_be_read_is_not_said_to_be_missing() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    let fault = Fault::status(200).body("[{}]").operation("listIncomingRequests");
    desk.sandbox.faults().add(fault).unwrap();
    let text = agent.fails("list_incoming_requests", json!({ "request_id": "1204857" })).await;
    assert!(text.contains("1204857 is not among those that can be read"), "{text}");
}

/// A message that no answer shows as a whole.
async fn long(desk: &Desk) -> Agent {
    desk.client("ken").room(RoomId(ROOM)).post("x".repeat(20_000)).await.unwrap();
    desk.agent(all().exclude_tools(["list_rooms"])).await
}

#[tokio::test]
async fn what_is_advised_is_a_tool_that_is_there() {
    let desk = Desk::new().await;
    let agent = long(&desk).await;
    let text = agent.ok("list_room_messages", json!({ "room": ROOM })).await;
    assert!(text.contains("texts that are cut: get_room_message shows one in full"), "{text}");
    let text = agent.fails("get_room", json!({ "room": 1 })).await;
    assert!(text.contains("(403)") && !text.contains("list_rooms"), "{text}");
    let agent = desk.agent(all().exclude_tools(["get_room_message"])).await;
    let text = agent.ok("list_room_messages", json!({ "room": ROOM })).await;
    assert!(text.contains("more characters)") && !text.contains("get_room_message"));
}
