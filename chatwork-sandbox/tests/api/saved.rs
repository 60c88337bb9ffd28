//! A state that is saved and loaded.

use chatwork_sandbox::{Clock, Sandbox, SavedState, WorldError};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{KEN, PROJECT, act, call, consented, http, sandbox, token};

async fn state(sandbox: &Sandbox) -> Value {
    let url = format!("{}/_sandbox/state", sandbox.origin());
    http().get(url).send().await.unwrap().json().await.unwrap()
}

async fn from(saved: &str) -> Sandbox {
    let saved = SavedState::parse(saved).unwrap();
    Sandbox::builder().clock(Clock::manual(1_750_831_200)).state(saved).start().await.unwrap()
}

/// Something of every kind, made by the API.
async fn lived_in() -> Sandbox {
    let sandbox = sandbox().await;
    let (hanako, ken) = (act(&sandbox, "hanako"), act(&sandbox, "ken"));
    hanako.get(&format!("/rooms/{PROJECT}/messages")).await;
    ken.say(PROJECT, "[To:1484814] 日本語 \u{1f363}").await;
    hanako.upload(PROJECT, "日報.txt", b"content", Some("please read")).await;
    let task = [("body", "do"), ("to_ids", "2739132")];
    hanako.post(&format!("/rooms/{PROJECT}/tasks"), &task).await;
    hanako.put("/incoming_requests/1204857", &[]).await;
    hanako.post(&format!("/rooms/{PROJECT}/link"), &[("code", "saved")]).await;
    sandbox
}

#[tokio::test]
async fn a_state_starts_another_sandbox_with_the_same_state() {
    let before = lived_in().await;
    let saved = state(&before).await;
    let after = from(&saved.to_string()).await;
    assert_eq!(state(&after).await, saved);
    assert_eq!(before.saved(), after.saved());
}

#[tokio::test]
async fn tokens_read_marks_and_cursors_are_those_of_the_saved_state() {
    let before = lived_in().await;
    let after = from(&before.saved()).await;
    for sandbox in [&before, &after] {
        let hanako = act(sandbox, "hanako");
        let room = hanako.get(&format!("/rooms/{PROJECT}")).await;
        assert_eq!((&room.json["mention_num"], &room.json["unread_num"]), (&json!(3), &json!(4)));
        let fresh = hanako.get(&format!("/rooms/{PROJECT}/messages")).await;
        assert_eq!(fresh.each("body")[0], "[To:1484814] 日本語 \u{1f363}");
    }
}

#[tokio::test]
async fn files_keep_their_content() {
    let before = lived_in().await;
    let after = from(&before.saved()).await;
    let hanako = act(&after, "hanako");
    let files = hanako.get(&format!("/rooms/{PROJECT}/files")).await;
    let id = &files.each("file_id")[0];
    let path = format!("/rooms/{PROJECT}/files/{id}?create_download_url=1");
    let file = hanako.get(&path).await.json;
    let url = file["download_url"].as_str().unwrap().to_owned();
    assert_eq!(http().get(url).send().await.unwrap().text().await.unwrap(), "content");
}

#[tokio::test]
async fn new_ids_go_on_after_the_saved_ones() {
    let before = lived_in().await;
    let after = from(&before.saved()).await;
    let expected = act(&before, "ken").say(PROJECT, "next").await;
    assert_eq!(act(&after, "ken").say(PROJECT, "next").await, expected);
}

/// A person may add a message with an editor, and leave the counters as they are.
#[tokio::test]
async fn new_ids_are_above_those_of_an_edited_state() {
    let mut saved = state(&sandbox().await).await;
    let message = json!({
        "message_id": "9000000000000000000", "account_id": KEN, "body": "by hand",
        "send_time": 1_750_831_200, "update_time": 0, "system": false, "deleted": false,
    });
    let rooms = saved["rooms"].as_array_mut().unwrap();
    let room = rooms.iter_mut().find(|room| room["room_id"] == PROJECT).unwrap();
    room["messages"].as_array_mut().unwrap().push(message);
    let sandbox = from(&saved.to_string()).await;
    let ken = act(&sandbox, "ken");
    let id = ken.say(PROJECT, "after it").await;
    assert!(id.parse::<u64>().unwrap() > 9_000_000_000_000_000_000, "{id}");
    assert_eq!(ken.newest(PROJECT).await["body"], "after it");
}

#[tokio::test]
async fn a_consent_goes_on_with_its_access_and_refresh_tokens() {
    let before = sandbox().await;
    let first = consented(&before).await;
    let refresh = first["refresh_token"].as_str().unwrap();
    let form = [("grant_type", "refresh_token"), ("refresh_token", refresh)];
    let second = token(&before, &form).await.1;

    let after = from(&before.saved()).await;
    let bearer = second["access_token"].as_str().unwrap();
    let request = http().get(format!("{}/rooms", after.base_url())).bearer_auth(bearer);
    assert_eq!(request.send().await.unwrap().status(), 200);
    let newest = second["refresh_token"].as_str().unwrap();
    let again = [("grant_type", "refresh_token"), ("refresh_token", newest)];
    assert_eq!(token(&after, &again).await.0, 200);
    // A used one is still refused as used.
    let (status, refused) = token(&after, &form).await;
    assert_eq!((status, &refused["error"]), (400, &json!("invalid_grant")));
}

#[tokio::test]
async fn a_webhook_is_saved_with_its_token() {
    let before = sandbox().await;
    let seed = chatwork_sandbox::WebhookSeed::mentions("bot", "http://127.0.0.1:9/webhook");
    let webhook = before.webhooks().add(&seed).unwrap();
    let after = from(&before.saved()).await;
    assert_eq!(after.webhooks().all(), [webhook]);
}

#[tokio::test]
async fn contents_can_be_left_out_and_such_a_state_is_refused_with_the_reason() {
    let sandbox = lived_in().await;
    let url = format!("{}/_sandbox/state?contents=false", sandbox.origin());
    let text = http().get(url).send().await.unwrap().text().await.unwrap();
    assert!(!text.contains("base64"), "{text}");
    let error = SavedState::parse(&text).unwrap_err().to_string();
    assert!(error.contains("files[0].base64") && error.contains("?contents=false"), "{error}");
}

#[tokio::test]
async fn one_room_alone_can_be_read() {
    let sandbox = sandbox().await;
    let url = format!("{}/_sandbox/state?room={PROJECT}&contents=false", sandbox.origin());
    let room: Value = http().get(url).send().await.unwrap().json().await.unwrap();
    assert_eq!(room["room_id"], PROJECT);
    assert!(room["messages"].as_array().is_some_and(|messages| !messages.is_empty()));
    for (query, word) in [("room=1", "room"), ("contents=no", "contents"), ("rooms=1", "room")] {
        let path = format!("state?{query}");
        let (status, refused) = call(&sandbox, Method::GET, &path, Value::Null).await;
        let text = refused["errors"][0].as_str().unwrap_or_default();
        assert!(status == 400 && text.contains(word), "{query}: {refused}");
    }
}

#[tokio::test]
async fn each_contradiction_in_a_state_is_named_with_its_place() {
    let saved = state(&lived_in().await).await;
    type Edit = fn(&mut Value);
    let edits: [(Edit, &str); 16] = [
        (|it| it["accounts"][1]["key"] = it["accounts"][0]["key"].clone(), "accounts[1].key: "),
        (|it| it["accounts"][0]["name"] = json!(""), "accounts[0].name: "),
        (|it| it["accounts"][0]["room_id"] = json!(1), "accounts[0].room_id: "),
        (|it| it["tokens"][0]["account_id"] = json!(1), "tokens[0].account_id: "),
        (|it| it["tokens"][1]["token"] = it["tokens"][0]["token"].clone(), "tokens[1].token: "),
        (|it| it["contact_requests"][0]["to"] = json!(1), "contact_requests[0].to: "),
        (|it| it["next_ids"]["room"] = json!(0), "next_ids.room: "),
        (|it| it["rooms"][0]["members"] = json!([]), "rooms[0].members: "),
        (|it| it["rooms"][0]["icon"] = json!("x"), "rooms[0].icon: "),
        (|it| it["rooms"][1]["room_id"] = it["rooms"][0]["room_id"].clone(), "rooms[1].room_id: "),
        (|it| it["rooms"][0]["last_update_time"] = json!(-1), "rooms[0].last_update_time: "),
        (
            |it| it["rooms"][0]["messages"][0]["account_id"] = json!(1),
            "rooms[0].messages[0].account_id: ",
        ),
        (
            |it| it["rooms"][0]["messages"][0]["send_time"] = json!(-1),
            "rooms[0].messages[0].send_time: ",
        ),
        (
            |it| it["rooms"][0]["members"][0]["unread"] = json!(["7"]),
            "rooms[0].members[0].unread: ",
        ),
        (
            |it| it["rooms"][0]["tasks"][0]["account_id"] = json!(1),
            "rooms[0].tasks[0].account_id: ",
        ),
        (|it| it["apps"][0]["client_id"] = json!("a b"), "apps[0].client_id: "),
    ];
    for (edit, place) in edits {
        let mut wrong = saved.clone();
        edit(&mut wrong);
        match SavedState::parse(&wrong.to_string()) {
            Err(WorldError::Faults(faults)) => {
                let faults: Vec<_> = faults.iter().map(ToString::to_string).collect();
                assert!(faults.iter().any(|fault| fault.starts_with(place)), "{place} {faults:?}");
            }
            other => panic!("{place}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn a_state_of_another_version_is_refused() {
    let saved = sandbox().await.saved();
    for (version, shown) in [("2", "version is 2"), ("\"1\"", "version is not a number")] {
        let other = saved.replacen("\"version\":1", &format!("\"version\":{version}"), 1);
        let error = SavedState::parse(&other).unwrap_err().to_string();
        assert!(error.contains(shown) && error.contains("reads version 1"), "{error}");
    }
    let error = SavedState::parse("{\"accounts\":[]}").unwrap_err().to_string();
    assert!(error.contains("version is missing"), "{error}");
}

#[tokio::test]
async fn a_misspelt_field_of_a_state_is_refused() {
    let saved = sandbox().await.saved().replacen("\"sticky\"", "\"stiky\"", 1);
    let error = SavedState::parse(&saved).unwrap_err().to_string();
    assert!(error.contains("stiky"), "{error}");
}

#[tokio::test]
async fn debug_of_a_saved_state_shows_neither_texts_nor_tokens() {
    let saved = SavedState::parse(&sandbox().await.saved()).unwrap();
    let shown = format!("{saved:?}");
    assert!(shown.starts_with("SavedState { accounts: 7") && shown.len() < 60, "{shown}");
}

/// A version 1 state as it was first written. A later sandbox reads it as well.
#[tokio::test]
async fn the_first_state_that_was_ever_written_is_read() {
    let sandbox = from(include_str!("fixtures/state-v1.json")).await;
    assert_eq!(sandbox.rooms().len(), 5);
    let messages = act(&sandbox, "anna").get("/rooms/23/messages?force=1").await;
    assert_eq!(messages.each("body")[1], "[rp aid=11 to=23-1928374655918273645] Yes");
    assert_eq!(act(&sandbox, "anna").get("/rooms/23").await.json["unread_num"], 1);
}
