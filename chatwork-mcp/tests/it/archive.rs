//! What the archive adds.

use chatwork_archive::{Archive, SyncOptions};
use chatwork_mcp::{Account, Accounts, Server, ServerError};
use chatwork_sdk::{AccountId, RoomId};
use serde_json::json;
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
    let account = Account::new("work", desk.client("hanako"));
    let account = account.archive(home.path().join("a.chatwork"));
    Agent::connect(all(), Accounts::one(account), Person::absent()).await
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
