//! What is read and what is not.

use serde_json::json;

use crate::support::{Api, OWN, PROJECT, SALES, act, sandbox};

/// What is unread for an account in the room of the sales team: all is read at first.
async fn counts(api: &Api) -> (i64, i64) {
    let room = api.get(&format!("/rooms/{SALES}")).await.json;
    (room["unread_num"].as_i64().unwrap(), room["mention_num"].as_i64().unwrap())
}

#[tokio::test]
async fn a_message_is_unread_for_everybody_but_its_author() {
    let sandbox = sandbox().await;
    let (hanako, ken) = (act(&sandbox, "hanako"), act(&sandbox, "ken"));
    ken.say(SALES, "hi").await;
    assert_eq!((counts(&hanako).await, counts(&ken).await), ((1, 0), (0, 0)));
}

#[tokio::test]
async fn one_may_leave_ones_own_message_unread() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let form = [("body", "note to self"), ("self_unread", "1")];
    hanako.post(&format!("/rooms/{OWN}/messages"), &form).await;
    assert_eq!(hanako.get(&format!("/rooms/{OWN}")).await.json["unread_num"], 1);
}

#[tokio::test]
async fn mentions_are_to_rp_and_toall_outside_of_code() {
    let sandbox = sandbox().await;
    let (hanako, ken) = (act(&sandbox, "hanako"), act(&sandbox, "ken"));
    for (body, mentions) in [
        ("[To:1484814]Hanako", 1),
        ("[rp aid=1484814 to=93310055-1]yes", 2),
        ("[toall]everybody", 3),
        ("[code][To:1484814][/code]", 3),
        ("[To:3318824]Misaki", 3),
    ] {
        ken.say(SALES, body).await;
        assert_eq!(counts(&hanako).await.1, mentions, "{body}");
    }
}

#[tokio::test]
async fn my_status_adds_up_the_rooms() {
    let sandbox = sandbox().await;
    let (hanako, ken) = (act(&sandbox, "hanako"), act(&sandbox, "ken"));
    let before = hanako.get("/my/status").await.json;
    ken.say(SALES, "[To:1484814]").await;
    let after = hanako.get("/my/status").await.json;
    for field in ["unread_num", "mention_num", "unread_room_num", "mention_room_num"] {
        let grown = after[field].as_i64().unwrap() - before[field].as_i64().unwrap();
        assert_eq!(grown, 1, "{field}");
    }
}

#[tokio::test]
async fn everything_or_up_to_a_message_is_read() {
    let sandbox = sandbox().await;
    let (hanako, ken) = (act(&sandbox, "hanako"), act(&sandbox, "ken"));
    let first = ken.say(SALES, "[To:1484814] one").await;
    ken.say(SALES, "[To:1484814] two").await;
    let path = format!("/rooms/{SALES}/messages/read");
    let up_to = hanako.put(&path, &[("message_id", &first)]).await;
    assert_eq!(up_to.json, json!({ "unread_num": 1, "mention_num": 1 }));
    assert_eq!(hanako.put(&path, &[]).await.json, json!({ "unread_num": 0, "mention_num": 0 }));
}

#[tokio::test]
async fn marking_read_messages_as_read_is_400() {
    let sandbox = sandbox().await;
    let (hanako, ken) = (act(&sandbox, "hanako"), act(&sandbox, "ken"));
    let path = format!("/rooms/{SALES}/messages/read");
    assert_eq!(hanako.put(&path, &[]).await.status, 400);
    let id = ken.say(SALES, "hi").await;
    assert_eq!(hanako.put(&path, &[("message_id", &id)]).await.status, 200);
    assert_eq!(hanako.put(&path, &[("message_id", &id)]).await.status, 400);
}

#[tokio::test]
async fn from_a_message_on_everything_is_unread_again() {
    let sandbox = sandbox().await;
    let (hanako, ken) = (act(&sandbox, "hanako"), act(&sandbox, "ken"));
    let id = ken.say(SALES, "[To:1484814] one").await;
    ken.say(SALES, "two").await;
    hanako.put(&format!("/rooms/{SALES}/messages/read"), &[]).await;
    let path = format!("/rooms/{SALES}/messages/unread");
    let reply = hanako.put(&path, &[("message_id", &id)]).await;
    assert_eq!(reply.json, json!({ "unread_num": 2, "mention_num": 1 }));
    assert_eq!(hanako.put(&path, &[("message_id", &id)]).await.status, 400, "unread already");
}

#[tokio::test]
async fn a_mark_up_to_an_unknown_message_is_404() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    for mark in ["read", "unread"] {
        let path = format!("/rooms/{PROJECT}/messages/{mark}");
        assert_eq!(hanako.put(&path, &[("message_id", "1")]).await.status, 404, "{mark}");
        let malformed = hanako.put(&path, &[("message_id", "x")]).await;
        assert_eq!(malformed.status, 400, "{mark}");
        assert!(malformed.error().contains("'message_id'"));
    }
    let missing = hanako.put(&format!("/rooms/{PROJECT}/messages/unread"), &[]).await;
    assert_eq!(missing.error(), "Parameter 'message_id' is required");
}

#[tokio::test]
async fn listing_messages_does_not_mark_them_as_read() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let before = hanako.get("/my/status").await.json;
    hanako.get(&format!("/rooms/{PROJECT}/messages")).await;
    assert_eq!(hanako.get("/my/status").await.json, before);
}

#[tokio::test]
async fn a_deleted_message_is_unread_for_no_member() {
    let sandbox = sandbox().await;
    let (hanako, ken) = (act(&sandbox, "hanako"), act(&sandbox, "ken"));
    let id = ken.say(SALES, "[To:1484814] oops").await;
    ken.delete(&format!("/rooms/{SALES}/messages/{id}")).await;
    assert_eq!(counts(&hanako).await, (0, 0));
}

#[tokio::test]
async fn an_edit_mentions_members_that_have_not_read_the_message() {
    let sandbox = sandbox().await;
    let (hanako, ken) = (act(&sandbox, "hanako"), act(&sandbox, "ken"));
    let id = ken.say(SALES, "hi").await;
    let path = format!("/rooms/{SALES}/messages/{id}");
    ken.put(&path, &[("body", "[To:1484814] hi")]).await;
    assert_eq!(counts(&hanako).await, (1, 1));
    ken.put(&path, &[("body", "hi")]).await;
    assert_eq!(counts(&hanako).await, (1, 0));
}

#[tokio::test]
async fn a_deleted_message_stays_read_for_everyone() {
    let sandbox = sandbox().await;
    let (hanako, ken) = (act(&sandbox, "hanako"), act(&sandbox, "ken"));
    let path = format!("/rooms/{PROJECT}/messages");
    ken.put(&format!("{path}/read"), &[]).await;
    let first = hanako.say(PROJECT, "first").await;
    let second = hanako.say(PROJECT, "second").await;
    hanako.delete(&format!("{path}/{second}")).await;
    ken.put(&format!("{path}/read"), &[]).await;
    let unread = ken.put(&format!("{path}/unread"), &[("message_id", &first)]).await;
    assert_eq!(unread.json["unread_num"], 1);
}

#[tokio::test]
async fn an_edited_message_stays_read_for_members_that_have_read_it() {
    let sandbox = sandbox().await;
    let (hanako, ken) = (act(&sandbox, "hanako"), act(&sandbox, "ken"));
    let path = format!("/rooms/{PROJECT}/messages");
    let id = hanako.say(PROJECT, "hi").await;
    ken.put(&format!("{path}/read"), &[]).await;
    let body = [("body", "[To:2739132] hello")];
    assert_eq!(hanako.put(&format!("{path}/{id}"), &body).await.status, 200);
    let room = ken.get(&format!("/rooms/{PROJECT}")).await.json;
    assert_eq!((&room["unread_num"], &room["mention_num"]), (&0.into(), &0.into()));
}
