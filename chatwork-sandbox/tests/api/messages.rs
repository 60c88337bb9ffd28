//! Messages.

use std::time::Duration;

use chatwork_sandbox::{Event, MessageNumber};
use serde_json::json;

use crate::support::{BOT, HANAKO, PROJECT, SALES, START, act, act_with_bearer, sandbox};

const PATH: &str = "/rooms/93207172/messages";

#[tokio::test]
async fn ids_exceed_the_exact_range_of_a_double_and_grow() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let ids: Vec<u64> = [
        hanako.say(PROJECT, "a").await,
        hanako.say(SALES, "b").await,
        hanako.say(PROJECT, "c").await,
    ]
    .iter()
    .map(|id| id.parse().unwrap())
    .collect();
    assert!(ids[0] > 1 << 53 && ids.is_sorted(), "{ids:?}");
}

#[tokio::test]
async fn a_posted_message_is_returned_as_it_was_sent() {
    let sandbox = sandbox().await;
    let body = "[To:2739132]佐藤 健さん\n1 + 1 = 2 & more 🍣\u{0}";
    let id = act(&sandbox, "hanako").say(PROJECT, body).await;
    let message = act(&sandbox, "alex").get(&format!("{PATH}/{id}")).await.json;
    assert_eq!(message["body"], body);
    assert_eq!(message["account"]["account_id"], HANAKO);
    assert_eq!((&message["send_time"], &message["update_time"]), (&json!(START), &json!(0)));
}

#[tokio::test]
async fn without_force_only_new_messages_come_and_then_no_content() {
    let sandbox = sandbox().await;
    let (hanako, bot) = (act(&sandbox, "hanako"), act(&sandbox, "bot"));
    assert_eq!(bot.get(PATH).await.status, 200);
    assert_eq!(bot.get(PATH).await.status, 204);
    let id = hanako.say(PROJECT, "new").await;
    assert_eq!(bot.get(&format!("{PATH}?force=0")).await.each("message_id"), [json!(id)]);
    assert_eq!(bot.get(PATH).await.status, 204);
}

#[tokio::test]
async fn every_token_has_a_cursor_of_its_own() {
    let sandbox = sandbox().await;
    let (token, bearer) =
        (act(&sandbox, "hanako"), act_with_bearer(&sandbox, "hanako-bearer-read"));
    assert_eq!(token.get(PATH).await.status, 200);
    assert_eq!(bearer.get(PATH).await.status, 200);
    assert_eq!(token.get(PATH).await.status, 204);
}

#[tokio::test]
async fn force_returns_the_newest_hundred_oldest_first() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let mut ids = Vec::new();
    for index in 0..110 {
        sandbox.clock().advance(Duration::from_secs(2));
        ids.push(json!(hanako.say_unchecked(SALES, &index.to_string()).await));
    }
    let path = format!("/rooms/{SALES}/messages");
    let forced = hanako.get(&format!("{path}?force=1")).await.each("message_id");
    assert_eq!(forced, ids[10..]);
    assert_eq!(hanako.get(&format!("{path}?force=1")).await.each("message_id").len(), 100);
    assert_eq!(hanako.get(&path).await.status, 204, "a forced reading moves the cursor, too");
}

#[tokio::test]
async fn an_edit_sets_the_time_and_leaves_the_rest() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let id = hanako.say(PROJECT, "first").await;
    sandbox.clock().advance(Duration::from_secs(60));
    let reply = hanako.put(&format!("{PATH}/{id}"), &[("body", "second")]).await;
    assert_eq!(reply.json, json!({ "message_id": id }));
    let message = hanako.get(&format!("{PATH}/{id}")).await.json;
    assert_eq!(message["body"], "second");
    assert_eq!(
        (&message["send_time"], &message["update_time"]),
        (&json!(START), &json!(START + 60))
    );
}

#[tokio::test]
async fn a_deleted_message_stays_as_deleted() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let id = hanako.say(PROJECT, "oops").await;
    assert_eq!(hanako.delete(&format!("{PATH}/{id}")).await.json, json!({ "message_id": id }));
    let newest = hanako.newest(PROJECT).await;
    assert_eq!((&newest["message_id"], &newest["body"]), (&json!(id), &json!("[deleted]")));
    assert_eq!(hanako.put(&format!("{PATH}/{id}"), &[("body", "x")]).await.status, 404);
    assert_eq!(hanako.delete(&format!("{PATH}/{id}")).await.status, 404);
}

#[tokio::test]
async fn others_messages_are_neither_edited_nor_deleted() {
    let sandbox = sandbox().await;
    let id = act(&sandbox, "ken").say(PROJECT, "mine").await;
    let (path, hanako) = (format!("{PATH}/{id}"), act(&sandbox, "hanako"));
    let edited = hanako.put(&path, &[("body", "x")]).await;
    assert_eq!(edited.error(), "You don't have permission to update this message");
    let deleted = hanako.delete(&path).await;
    assert_eq!(deleted.error(), "You don't have permission to delete this message");
}

#[tokio::test]
async fn the_systems_messages_are_neither_edited_nor_deleted() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    hanako.put("/rooms/93207172", &[("name", "x")]).await;
    let id = hanako.newest(PROJECT).await["message_id"].as_str().unwrap().to_owned();
    let path = format!("{PATH}/{id}");
    let edited = hanako.put(&path, &[("body", "x")]).await;
    assert_eq!((edited.status, edited.error()), (403, "You cannot update a system message"));
    let deleted = hanako.delete(&path).await;
    assert_eq!((deleted.status, deleted.error()), (403, "You cannot delete a system message"));
}

#[tokio::test]
async fn a_message_of_another_room_is_404() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let id = hanako.say(SALES, "here").await;
    assert_eq!(hanako.get(&format!("{PATH}/{id}")).await.status, 404);
}

#[tokio::test]
async fn a_body_has_one_to_65535_characters() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let longest = "長".repeat(65_535);
    hanako.say(PROJECT, &longest).await;
    let too_long = hanako.post(PATH, &[("body", &format!("{longest}x"))]).await;
    assert_eq!(too_long.status, 400);
    assert!(too_long.error().contains("'body'"));
    assert_eq!(hanako.post(PATH, &[("body", "")]).await.status, 400);
    let missing = hanako.post(PATH, &[]).await;
    assert_eq!(missing.error(), "Parameter 'body' is required");
}

#[tokio::test]
async fn a_subscriber_receives_posts_and_edits() {
    let sandbox = sandbox().await;
    let mut events = sandbox.events();
    let hanako = act(&sandbox, "hanako");
    let id = hanako.say(PROJECT, "[To:4520017] hi").await;
    hanako.put(&format!("{PATH}/{id}"), &[("body", "[toall]")]).await;
    let number = MessageNumber::parse(&id).unwrap();
    match events.try_recv().unwrap() {
        Event::MessageCreated { message_id, mentioned, .. } => {
            assert_eq!((message_id, mentioned.len()), (number, 1));
            assert_eq!(mentioned[0].0, BOT);
        }
        other => panic!("{other:?}"),
    }
    match events.try_recv().unwrap() {
        Event::MessageUpdated { message_id, mentioned, .. } => {
            assert_eq!((message_id, mentioned.len()), (number, 4));
        }
        other => panic!("{other:?}"),
    }
}
