//! What the archive adds.

use std::time::Duration;

use chatwork_archive::{Archive, SyncOptions};
use chatwork_mcp::{Account, Accounts, Options, Server, ServerError};
use chatwork_sandbox::{Clock, Fault, Sandbox};
use chatwork_sdk::{AccountId, RoomId};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{Agent, Desk, HANAKO, KEN, Person, ROOM, all};

/// An archive of an account, up to date.
async fn archive(desk: &Desk, who: &str, account: i64) -> TempDir {
    let home = tempfile::tempdir().unwrap();
    let archive = Archive::create(home.path().join("a.chatwork"), AccountId(account)).unwrap();
    archive.sync(&desk.client(who), &SyncOptions::new()).await.unwrap();
    home
}

async fn agent(desk: &Desk, home: &TempDir) -> Agent {
    agent_with(desk, home, all()).await
}

async fn agent_with(desk: &Desk, home: &TempDir, options: Options) -> Agent {
    let account = Account::new("work", desk.client("hanako"));
    let account = account.archive(home.path().join("a.chatwork"));
    Agent::connect(options, Accounts::one(account), Person::absent()).await
}

/// A sandbox whose clock is moved by the test, and an archive that is up to date.
async fn moving() -> (Desk, Clock, TempDir) {
    let clock = Clock::manual(1_764_547_200);
    let builder = Sandbox::builder().clock(clock.clone()).limits(false);
    let desk = Desk { sandbox: builder.start().await.unwrap() };
    let home = archive(&desk, "hanako", HANAKO).await;
    clock.advance(Duration::from_secs(3_600));
    (desk, clock, home)
}

/// Lets ken post so many messages, one each second.
async fn post(desk: &Desk, clock: &Clock, times: usize) {
    let room = desk.client("ken").room(RoomId(ROOM));
    for number in 0..times {
        room.post(format!("message {number}")).await.unwrap();
        clock.advance(Duration::from_secs(1));
    }
}

fn ids(page: &Value) -> Vec<String> {
    let items = page["items"].as_array().unwrap().iter();
    items.map(|item| item["message_id"].as_str().unwrap().to_owned()).collect()
}

fn missing(page: &Value) -> &str {
    assert_eq!(page["complete"], false, "{page}");
    page["missing"].as_str().unwrap()
}

/// Posts so many messages that the first ones are no longer among the newest 100.
async fn push(desk: &Desk) {
    let room = desk.client("ken").room(RoomId(ROOM));
    for number in 0..100 {
        room.post(format!("message {number}")).await.unwrap();
    }
}

#[tokio::test]
async fn messages_are_searched() {
    let desk = Desk::new().await;
    let home = archive(&desk, "hanako", HANAKO).await;
    let agent = agent(&desk, &home).await;
    let text = agent.ok("search_messages", json!({ "query": "見積書 確認" })).await;
    assert!(text.starts_with("hits: ") && text.contains("«見積書»"), "{text}");
    assert!(text.contains("of the archive as it was at "), "{text}");
    let filtered =
        json!({ "query": "見積書", "room": ROOM, "sender": "佐藤 健", "mentions_me": true });
    let value = agent.json("search_messages", filtered).await;
    assert_eq!(value["count"], 1);
    let text = agent.fails("search_messages", json!({ "query": "\"open" })).await;
    assert!(text.contains("The archive: "), "{text}");
}

#[tokio::test]
async fn a_search_goes_on_with_its_cursor() {
    let desk = Desk::new().await;
    let home = archive(&desk, "hanako", HANAKO).await;
    let agent = agent(&desk, &home).await;
    let all = agent.json("search_messages", json!({ "query": "見積書" })).await;
    let all: Vec<_> =
        all["items"].as_array().unwrap().iter().map(|it| it["message_id"].clone()).collect();
    let mut seen = Vec::new();
    let mut arguments = json!({ "query": "見積書", "limit": 1 });
    loop {
        let page = agent.json("search_messages", arguments.clone()).await;
        seen.extend(page["items"].as_array().unwrap().iter().map(|it| it["message_id"].clone()));
        match page["next_cursor"].as_str() {
            Some(cursor) => arguments["cursor"] = json!(cursor),
            None => break,
        }
    }
    assert!(all.len() > 1);
    assert_eq!(seen, all);
    let text = agent.fails("search_messages", json!({ "query": "x", "cursor": "1.2.3.4" })).await;
    assert!(text.contains("of another search"), "{text}");
}

#[tokio::test]
async fn a_list_of_messages_goes_on_into_the_archive() {
    let desk = Desk::new().await;
    let home = archive(&desk, "hanako", HANAKO).await;
    push(&desk).await;
    let agent = agent(&desk, &home).await;
    let mut seen = Vec::new();
    let mut arguments = json!({ "room": ROOM, "limit": 60 });
    loop {
        let page = agent.json("list_room_messages", arguments.clone()).await;
        let mut ids: Vec<_> = page["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["message_id"].as_str().unwrap().to_owned())
            .collect();
        ids.extend(seen);
        seen = ids;
        match page["next_cursor"].as_str() {
            Some(cursor) => arguments["cursor"] = json!(cursor),
            None => break,
        }
    }
    // The archive does not list what was deleted.
    let room = desk.room(ROOM);
    let there = room.messages.iter().filter(|it| !it.deleted);
    let there: Vec<_> = there.map(|it| it.id.to_string()).collect();
    assert_eq!(seen, there);
}

#[tokio::test]
async fn a_reply_chain_reaches_into_the_archive() {
    let desk = Desk::new().await;
    let home = archive(&desk, "hanako", HANAKO).await;
    let room = desk.room(ROOM);
    let at = room.messages.iter().position(|it| it.body.contains("見積書の確認をお願い")).unwrap();
    let asked = room.messages[at].id;
    push(&desk).await;
    let agent = agent(&desk, &home).await;
    let arguments = json!({ "message": format!("{ROOM}-{asked}"), "replies": true, "context": 1 });
    let value = agent.json("get_room_message", arguments).await;
    let notes: Vec<_> =
        value["items"].as_array().unwrap().iter().map(|it| it["note"].clone()).collect();
    assert!(notes.contains(&json!("this one")) && notes.contains(&json!("reply")), "{value}");
    assert_eq!(value["items"][0]["message_id"], room.messages[at - 1].id.to_string());
}

#[tokio::test]
async fn unanswered_mentions_come_from_the_archive() {
    let desk = Desk::new().await;
    let home = archive(&desk, "hanako", HANAKO).await;
    push(&desk).await;
    let agent = agent(&desk, &home).await;
    let text = agent.ok("list_unread", json!({ "unanswered": true })).await;
    assert!(text.contains("議事録もお願いできますか"), "{text}");
}

/// The direct chat of hanako and ken.
const DIRECT: i64 = 30_905_771;

#[tokio::test]
async fn a_room_that_did_not_change_costs_no_request() {
    let (desk, _, home) = moving().await;
    let agent = agent(&desk, &home).await;
    let before = desk.sandbox.requests().len();
    let value = agent.json("list_unread", json!({ "unanswered": true })).await;
    assert_eq!(value["count"], 1, "{value}");
    assert!(value["facts"].to_string().contains("of the archive as it was at "), "{value}");
    let requests = desk.sandbox.requests().split_off(before);
    let paths: Vec<_> = requests.into_iter().map(|request| request.path).collect();
    let of_room = |path: &&String| path.contains(&format!("/rooms/{ROOM}/"));
    assert!(!paths.iter().any(|path| of_room(&path)), "{paths:?}");
}

#[tokio::test]
async fn unanswered_mentions_of_the_archive_and_of_the_api_are_one_list() {
    let (desk, clock, home) = moving().await;
    let agent = agent(&desk, &home).await;
    let list = json!({ "unanswered": true });
    let asked = agent.json("list_unread", list.clone()).await;
    let asked = ids(&asked).remove(0);
    // It is not among the newest 100 of the API any more.
    post(&desk, &clock, 100).await;
    let ken = desk.client("ken").room(RoomId(ROOM));
    ken.post("[To:1484814] a new question").await.unwrap();
    let newest = desk.newest(ROOM).id.to_string();
    let value = agent.json("list_unread", list.clone()).await;
    assert_eq!(ids(&value), [newest.clone(), asked.clone()]);
    // An answer that the archive has not seen counts as well.
    let answer = format!("[rp aid={KEN} to={ROOM}-{asked}] here");
    desk.client("hanako").room(RoomId(ROOM)).post(answer).await.unwrap();
    let value = agent.json("list_unread", list).await;
    assert!(!ids(&value).contains(&asked), "{value}");
}

#[tokio::test]
async fn unanswered_mentions_with_an_archive_honour_rooms_per_room_and_cursor() {
    let (desk, clock, home) = moving().await;
    for room in [ROOM, DIRECT] {
        for number in 0..2 {
            let text = format!("[To:1484814] question {number}");
            desk.client("ken").room(RoomId(room)).post(text).await.unwrap();
        }
        clock.advance(Duration::from_secs(60));
    }
    let agent = agent(&desk, &home).await;
    let first = json!({ "unanswered": true, "rooms": 1, "per_room": 1 });
    let page = agent.json("list_unread", first).await;
    assert_eq!(
        (&page["count"], &page["rooms"][0]["room_id"]),
        (&json!(1), &json!(DIRECT.to_string()))
    );
    assert!(missing(&page).contains("raise `per_room`"), "{page}");
    let rest = json!({ "unanswered": true, "cursor": page["next_cursor"] });
    let rest = agent.json("list_unread", rest).await;
    assert_eq!((&rest["count"], &rest["complete"]), (&json!(3), &json!(true)), "{rest}");
    assert_eq!(rest["rooms"][0]["room_id"], ROOM.to_string());
}

#[tokio::test]
async fn a_room_that_the_archive_has_as_a_whole_is_complete() {
    let (desk, clock, home) = moving().await;
    post(&desk, &clock, 95).await;
    let agent = agent(&desk, &home).await;
    let value = agent.json("list_room_messages", json!({ "room": ROOM, "limit": 200 })).await;
    assert_eq!(value["complete"], true, "{value}");
    assert!(value["count"].as_u64() > Some(100), "{value}");
}

#[tokio::test]
async fn a_hole_between_the_archive_and_the_api_is_named_by_its_ends() {
    let (desk, clock, home) = moving().await;
    let end = desk.newest(ROOM).id;
    post(&desk, &clock, 130).await;
    let room = desk.room(ROOM);
    let begin = room.messages[room.messages.len() - 100].id;
    let agent = agent(&desk, &home).await;
    let value = agent.json("list_room_messages", json!({ "room": ROOM, "limit": 200 })).await;
    let reason = missing(&value);
    assert!(
        reason.starts_with(&format!("messages may be missing between {end} (2025-")),
        "{reason}"
    );
    assert!(reason.contains(&format!(" and {begin} (2025-12-01T10:")), "{reason}");
    let unanswered = agent.json("list_unread", json!({ "unanswered": true })).await;
    let expected = format!("between the archive and the newest 100 may be missing in room: {ROOM}");
    assert!(missing(&unanswered).contains(&expected), "{unanswered}");
}

/// None of the newest 100 can be read.
#[tokio::test]
async fn what_came_after_the_archive_is_said_to_be_missing_if_the_api_shows_no_message() {
    let (desk, _, home) = moving().await;
    let end = desk.newest(ROOM).id;
    let body = format!("[{}]", vec!["{}"; 100].join(","));
    let fault = Fault::status(200).body(body).operation("listRoomMessages");
    desk.sandbox.faults().add(fault).unwrap();
    let agent = agent(&desk, &home).await;
    let value = agent.json("list_room_messages", json!({ "room": ROOM })).await;
    let reason = missing(&value);
    assert!(reason.contains(&format!("messages behind {end} (")), "{reason}");
    assert!(value["count"].as_u64() > Some(0), "{value}");
}

#[tokio::test]
async fn a_search_in_a_room_that_the_archive_lacks_is_not_complete() {
    let (desk, _, home) = moving().await;
    let created = desk.client("hanako").create_room("later", [AccountId(HANAKO)]).await.unwrap();
    let agent = agent(&desk, &home).await;
    for (room, is_there) in [(ROOM, true), (created.0, false)] {
        let value = agent.json("search_messages", json!({ "query": "x", "room": room })).await;
        assert_eq!(value["complete"], is_there, "{value}");
        if !is_there {
            assert_eq!(missing(&value), "the archive does not have the room");
        }
    }
}

#[tokio::test]
async fn a_search_in_an_archive_that_was_never_brought_up_to_date_is_not_complete() {
    let desk = Desk::new().await;
    let home = tempfile::tempdir().unwrap();
    drop(Archive::create(home.path().join("a.chatwork"), AccountId(HANAKO)).unwrap());
    let agent = agent(&desk, &home).await;
    let value = agent.json("search_messages", json!({ "query": "x" })).await;
    assert_eq!(missing(&value), "the archive was never brought up to date");
}

#[tokio::test]
async fn a_gap_of_the_archive_is_named_by_its_ends() {
    let (desk, clock, home) = moving().await;
    let end = desk.newest(ROOM).id;
    post(&desk, &clock, 130).await;
    clock.advance(Duration::from_secs(60));
    let archive = Archive::open(home.path().join("a.chatwork")).unwrap();
    archive.sync(&desk.client("hanako"), &SyncOptions::new()).await.unwrap();
    let agent = agent(&desk, &home).await;
    let value = agent.json("list_room_messages", json!({ "room": ROOM, "limit": 200 })).await;
    let reason = missing(&value);
    assert!(reason.starts_with(&format!("30 messages between {end} (")), "{reason}");
    assert!(reason.contains("more than 100 came between two runs of the archive"), "{reason}");
    // Nothing is missing of what came later.
    let today = json!({ "room": ROOM, "since": "2025-12-01T10:02:00+09:00", "limit": 200 });
    assert_eq!(agent.json("list_room_messages", today).await["complete"], true);
    let search = agent.json("search_messages", json!({ "query": "message", "limit": 100 })).await;
    assert!(missing(&search).contains("rooms of which the archive lacks messages: 1"), "{search}");
}

#[tokio::test]
async fn a_cursor_that_the_newest_messages_moved_past_goes_on_at_its_place() {
    let (desk, clock, home) = moving().await;
    post(&desk, &clock, 20).await;
    let agent = agent(&desk, &home).await;
    let first = agent.json("list_room_messages", json!({ "room": ROOM, "limit": 5 })).await;
    post(&desk, &clock, 120).await;
    let cursor = first["next_cursor"].clone();
    let rest = json!({ "room": ROOM, "limit": 200, "cursor": cursor });
    let rest = agent.json("list_room_messages", rest).await;
    let room = desk.room(ROOM);
    let older: Vec<_> = room.messages.iter().map(|it| it.id.to_string()).collect();
    let place = older.iter().position(|id| *id == ids(&first)[0]).unwrap();
    assert!(ids(&rest).iter().all(|id| older[..place].contains(id)), "{rest}");
    assert!(!ids(&rest).is_empty(), "{rest}");
    assert!(missing(&rest).starts_with("messages may be missing between "), "{rest}");
}

#[tokio::test]
async fn a_search_that_is_cut_by_its_length_goes_on_behind_the_last_hit() {
    let (desk, clock, home) = moving().await;
    post(&desk, &clock, 60).await;
    let archive = Archive::open(home.path().join("a.chatwork")).unwrap();
    archive.sync(&desk.client("hanako"), &SyncOptions::new()).await.unwrap();
    let agent = agent_with(&desk, &home, all().max_chars(2_000)).await;
    let mut arguments = json!({ "query": "message", "limit": 100 });
    let (mut seen, mut pages) = (Vec::new(), 0);
    loop {
        let page = agent.json("search_messages", arguments.clone()).await;
        seen.extend(ids(&page));
        pages += 1;
        match page["next_cursor"].as_str() {
            Some(cursor) => arguments["cursor"] = json!(cursor),
            None => break,
        }
    }
    let room = desk.room(ROOM);
    let posted = room.messages.iter().rev().take(60).map(|it| it.id.to_string());
    assert_eq!(seen, posted.collect::<Vec<_>>());
    assert!(pages > 3, "{pages}");
}

#[tokio::test]
async fn an_archive_of_another_account_is_not_read() {
    let desk = Desk::new().await;
    let home = archive(&desk, "ken", KEN).await;
    let agent = agent(&desk, &home).await;
    let text = agent.fails("search_messages", json!({ "query": "x" })).await;
    assert!(text.contains("belongs to another account"), "{text}");
}

#[tokio::test]
async fn an_archive_that_is_not_there_is_refused_at_the_start() {
    let desk = Desk::new().await;
    let home = tempfile::tempdir().unwrap();
    let account = Account::new("work", desk.client("hanako"));
    let account = account.archive(home.path().join("missing"));
    let server = Server::new(all(), Accounts::one(account));
    assert!(matches!(server, Err(ServerError::Archive { account, .. }) if account == "work"));
}
