//! The world while it runs, changed by the control API.

use chatwork_sandbox::{Sandbox, WebhookSeed};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{HANAKO, KEN, PROJECT, Receiver, act, answer, call, http, sandbox};

const NOW: i64 = 1_750_831_200;

async fn post(sandbox: &Sandbox, path: &str, body: Value) -> Value {
    let (status, json) = call(sandbox, Method::POST, path, body).await;
    assert_eq!(status, 200, "{path}: {json}");
    json
}

async fn refused(sandbox: &Sandbox, path: &str, body: Value) -> String {
    let (status, json) = call(sandbox, Method::POST, path, body).await;
    assert!((400..500).contains(&status), "{path}: {status} {json}");
    json["errors"][0].as_str().unwrap_or_default().to_owned()
}

async fn me(sandbox: &Sandbox, header: &str, token: &str) -> (u16, Value) {
    let request = http().get(format!("{}/me", sandbox.base_url())).header(header, token);
    let reply = request.send().await.unwrap();
    (reply.status().as_u16(), reply.json().await.unwrap())
}

const TOKEN: &str = "x-chatworktoken";

#[tokio::test]
async fn an_account_is_made_and_acts_with_its_token() {
    let sandbox = sandbox().await;
    let body =
        json!({ "key": "yui", "name": "新人 結衣", "token": "yui-token", "organization": 101 });
    let made = post(&sandbox, "accounts", body).await;
    let (status, seen) = me(&sandbox, TOKEN, "yui-token").await;
    assert_eq!(status, 200);
    for field in ["account_id", "name", "room_id", "organization_name"] {
        assert_eq!(made[field], seen[field], "{field}");
    }
    assert_eq!(seen["organization_name"], "株式会社サンプル商事");
}

#[tokio::test]
async fn an_account_comes_with_a_new_organization() {
    let sandbox = sandbox().await;
    let body = json!({
        "key": "o", "name": "O", "token": "o-token", "organization": 900, "organization_name": "New Inc.",
    });
    post(&sandbox, "accounts", body).await;
    assert_eq!(me(&sandbox, TOKEN, "o-token").await.1["organization_name"], "New Inc.");
}

#[tokio::test]
async fn an_account_that_contradicts_the_others_is_refused_with_the_field() {
    let sandbox = sandbox().await;
    for (body, part) in [
        (json!({ "key": "ken", "name": "K" }), "`key`"),
        (json!({ "key": "k2", "name": "K", "id": KEN }), "`id`"),
        (json!({ "key": "k2", "name": "K", "token": "ken-sandbox-token" }), "`token`"),
        (json!({ "key": "k2", "name": "" }), "`name`"),
        (json!({ "key": "k2", "name": "K", "organization": 5 }), "`organization`"),
        (json!({ "key": "k2", "name": "K", "plan": "gold" }), "`gold`"),
        (json!({ "key": "k2", "name": "K", "tokn": "x" }), "tokn"),
    ] {
        let text = refused(&sandbox, "accounts", body).await;
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_eq!(sandbox.state().accounts().count(), 7);
}

#[tokio::test]
async fn an_account_is_changed_field_by_field() {
    let sandbox = sandbox().await;
    post(&sandbox, "accounts/ken", json!({ "name": "佐藤 ケン", "token": "new-token" })).await;
    let (status, ken) = me(&sandbox, TOKEN, "new-token").await;
    assert_eq!((status, &ken["name"], &ken["title"]), (200, &json!("佐藤 ケン"), &json!("課長")));
    assert_eq!(me(&sandbox, TOKEN, "ken-sandbox-token").await.0, 401);
    post(&sandbox, &format!("accounts/{KEN}"), json!({ "title": "部長" })).await;
    assert_eq!(me(&sandbox, TOKEN, "new-token").await.1["title"], "部長");
    assert!(refused(&sandbox, "accounts/ken", json!({ "key": "k" })).await.contains("`key`"));
    assert!(refused(&sandbox, "accounts/eve", json!({ "name": "E" })).await.contains("account"));
}

#[tokio::test]
async fn the_plan_of_an_account_can_change_while_the_sandbox_runs() {
    let sandbox = sandbox().await;
    let old = json!({ "from": "ken", "body": "old", "at": NOW - 41 * 86_400 });
    post(&sandbox, &format!("rooms/{PROJECT}/messages"), old).await;
    let hanako = act(&sandbox, "hanako");
    let path = format!("/rooms/{PROJECT}/messages?force=1");
    let all = hanako.get(&path).await.json.as_array().unwrap().len();
    post(&sandbox, "accounts/hanako", json!({ "plan": "free" })).await;
    assert!(hanako.get(&path).await.json.as_array().unwrap().len() < all);
}

#[tokio::test]
async fn a_token_is_made_and_removed() {
    let sandbox = sandbox().await;
    let made = post(&sandbox, "tokens", json!({ "account": "ken" })).await;
    let token = made["token"].as_str().unwrap();
    assert_eq!(me(&sandbox, TOKEN, token).await.1["account_id"], KEN);
    let url = format!("{}/_sandbox/tokens", sandbox.origin());
    let removed = http().delete(url).json(&json!({ "token": token })).send().await.unwrap();
    assert_eq!(removed.status(), 200);
    assert_eq!(me(&sandbox, TOKEN, token).await.0, 401);
}

#[tokio::test]
async fn an_access_token_has_scopes_and_an_end() {
    let sandbox = sandbox().await;
    let body = json!({
        "account": KEN, "token": "bearer-of-ken", "scopes": ["users.profile.me:read"], "expires_in": 60,
    });
    post(&sandbox, "tokens", body).await;
    assert_eq!(me(&sandbox, "authorization", "Bearer bearer-of-ken").await.0, 200);
    let rooms = http().get(format!("{}/rooms", sandbox.base_url())).bearer_auth("bearer-of-ken");
    assert_eq!(rooms.send().await.unwrap().status(), 403);
    sandbox.clock().set(NOW + 61);
    assert_eq!(me(&sandbox, "authorization", "Bearer bearer-of-ken").await.0, 401);
}

#[tokio::test]
async fn a_token_that_is_taken_or_cannot_be_sent_is_refused() {
    let sandbox = sandbox().await;
    for (body, part) in [
        (json!({ "account": "ken", "token": "hanako-sandbox-token" }), "`token`"),
        (json!({ "account": "ken", "token": "a b" }), "`token`"),
        (json!({ "account": "eve" }), "`account`"),
        (json!({ "account": "ken", "scopes": ["rooms.all:paint"] }), "`scopes`"),
        (json!({ "account": "ken", "expires_in": 5 }), "`expires_in`"),
    ] {
        let text = refused(&sandbox, "tokens", body).await;
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[tokio::test]
async fn a_room_is_made_with_its_messages_tasks_and_files() {
    let sandbox = sandbox().await;
    let body = json!({
        "name": "New", "members": { "admin": ["hanako"], "member": ["ken"] },
        "messages": [
            { "from": "ken", "body": "first", "ago": "2d" },
            { "from": "hanako", "body": "[rp aid=2739132 to={rp:1}] second", "ago": "1d", "unread_for": ["ken"] },
        ],
        "tasks": [{ "from": "hanako", "to": "ken", "body": "do" }],
        "files": [{ "from": "ken", "name": "a.txt", "text": "a" }],
    });
    let room = post(&sandbox, "rooms", body).await["room_id"].as_i64().unwrap();
    let ken = act(&sandbox, "ken");
    let seen = ken.get(&format!("/rooms/{room}")).await.json;
    assert_eq!((&seen["name"], &seen["unread_num"]), (&json!("New"), &json!(1)));
    let messages = ken.get(&format!("/rooms/{room}/messages?force=1")).await;
    let bodies = messages.each("body");
    assert_eq!(
        (&bodies[0], messages.each("send_time")[0].as_i64()),
        (&json!("first"), Some(NOW - 2 * 86_400))
    );
    assert!(bodies[1].as_str().unwrap().contains(&format!("to={room}-1")), "{bodies:?}");
    assert_eq!(ken.get(&format!("/rooms/{room}/tasks")).await.each("body"), [json!("do")]);
    assert_eq!(ken.get(&format!("/rooms/{room}/files")).await.each("filename"), [json!("a.txt")]);
}

#[tokio::test]
async fn a_direct_chat_makes_contacts() {
    let sandbox = sandbox().await;
    let body = json!({ "type": "direct", "members": { "member": ["alex", "bot"] } });
    post(&sandbox, "rooms", body.clone()).await;
    let contacts = act(&sandbox, "alex").get("/contacts").await;
    assert!(contacts.each("name").contains(&json!("Deploy Bot")));
    assert!(refused(&sandbox, "rooms", body).await.contains("direct chat already"));
}

#[tokio::test]
async fn a_room_that_contradicts_the_others_is_refused_with_the_field() {
    let sandbox = sandbox().await;
    let admin = json!({ "admin": ["ken"] });
    for (body, part) in [
        (json!({ "id": PROJECT, "name": "N", "members": admin }), "`id`"),
        (json!({ "name": "", "members": admin }), "`name`"),
        (json!({ "name": "N", "members": { "admin": ["eve"] } }), "`members.admin[0]`"),
        (json!({ "type": "my", "members": admin }), "`type`"),
        (
            json!({ "name": "N", "members": admin, "tasks": [{ "id": 3070115, "from": "ken", "to": "ken", "body": "b" }] }),
            "`tasks`",
        ),
        (
            json!({ "name": "N", "members": admin, "messages": [{ "from": "bot", "body": "b" }] }),
            "`messages[0].from`",
        ),
    ] {
        let text = refused(&sandbox, "rooms", body).await;
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[tokio::test]
async fn a_room_is_changed_and_removed() {
    let sandbox = sandbox().await;
    let path = format!("rooms/{PROJECT}");
    let link = json!({ "code": "by-control", "public": true });
    post(&sandbox, &path, json!({ "name": "改名", "link": link, "sticky_for": ["bot"] })).await;
    let bot = act(&sandbox, "bot");
    let seen = bot.get(&format!("/rooms/{PROJECT}")).await.json;
    assert_eq!((&seen["name"], &seen["sticky"]), (&json!("改名"), &json!(true)));
    let url = bot.get(&format!("/rooms/{PROJECT}/link")).await.json["url"].clone();
    assert!(url.as_str().unwrap().ends_with("/by-control"), "{url}");
    post(&sandbox, &path, json!({ "link": null })).await;
    assert_eq!(bot.get(&format!("/rooms/{PROJECT}/link")).await.json["public"], false);
    let (status, _) = call(&sandbox, Method::DELETE, &path, Value::Null).await;
    assert_eq!((status, bot.get(&format!("/rooms/{PROJECT}")).await.status), (200, 403));
    assert!(refused(&sandbox, &path, json!({ "name": "x" })).await.contains("Unknown room"));
}

#[tokio::test]
async fn members_come_go_and_get_roles() {
    let sandbox = sandbox().await;
    let path = format!("rooms/{PROJECT}/members");
    let bot = act(&sandbox, "bot");
    post(&sandbox, &path, json!({ "account": "bot", "role": "admin" })).await;
    assert_eq!(bot.get(&format!("/rooms/{PROJECT}")).await.json["role"], "admin");
    let url = format!("{}/_sandbox/{path}", sandbox.origin());
    let remove = |who: &str| http().delete(&url).json(&json!({ "account": who })).send();
    for (who, status) in [("hanako", 200), ("ken", 200), ("bot", 400), ("hanako", 400)] {
        assert_eq!(remove(who).await.unwrap().status(), status, "{who}");
    }
    assert_eq!(bot.get(&format!("/rooms/{PROJECT}")).await.status, 200);
}

#[tokio::test]
async fn a_message_now_is_unread_for_the_others_and_goes_to_webhooks() {
    let sandbox = sandbox().await;
    let receiver = Receiver::answering(answer(200, 0)).await;
    let seed = WebhookSeed::mentions("bot", &receiver.url);
    sandbox.webhooks().add(&seed).unwrap();
    let bot = act(&sandbox, "bot");
    let unread = |json: &Value| json["mention_num"].as_i64().unwrap();
    let before = unread(&bot.get(&format!("/rooms/{PROJECT}")).await.json);
    let body = json!({ "from": "ken", "body": "[To:4520017] now" });
    post(&sandbox, &format!("rooms/{PROJECT}/messages"), body).await;
    assert_eq!(unread(&bot.get(&format!("/rooms/{PROJECT}")).await.json), before + 1);
    sandbox.webhooks().idle().await;
    assert_eq!(sandbox.webhooks().deliveries().len(), 1);
}

#[tokio::test]
async fn messages_are_placed_at_their_times_among_those_that_are_there() {
    let sandbox = sandbox().await;
    let receiver = Receiver::answering(answer(200, 0)).await;
    sandbox.webhooks().add(&WebhookSeed::mentions("bot", &receiver.url)).unwrap();
    let path = format!("rooms/{PROJECT}/messages");
    let messages = json!({ "messages": [
        { "from": "ken", "body": "the day before", "ago": "1d" },
        { "from": "ken", "body": "[To:4520017] long ago", "at": 1_000_000_000 },
        { "from": "ken", "body": "the day before, later", "ago": "23h" },
    ] });
    let ids = post(&sandbox, &path, messages).await["message_ids"].clone();
    let listed = act(&sandbox, "ken").get(&format!("/rooms/{PROJECT}/messages?force=1")).await;
    let times: Vec<_> =
        listed.each("send_time").iter().map(|time| time.as_i64().unwrap()).collect();
    assert!(times.is_sorted(), "{times:?}");
    assert_eq!(listed.each("message_id")[0], ids[1]);
    let number = |index: usize| ids[index].as_str().unwrap().parse::<u64>().unwrap();
    assert!(number(1) < number(0) && number(0) < number(2), "{ids}");
    sandbox.webhooks().idle().await;
    assert_eq!(sandbox.webhooks().deliveries().len(), 0, "the past is no event");
}

#[tokio::test]
async fn read_marks_of_a_placed_message_are_those_of_the_body() {
    let sandbox = sandbox().await;
    let path = format!("rooms/{PROJECT}/messages");
    let unread = async |key| {
        act(&sandbox, key).get(&format!("/rooms/{PROJECT}")).await.json["unread_num"]
            .as_i64()
            .unwrap()
    };
    let before = (unread("hanako").await, unread("bot").await);
    post(
        &sandbox,
        &path,
        json!({ "from": "ken", "body": "m", "ago": "1m", "unread_for": ["bot"] }),
    )
    .await;
    assert_eq!((unread("hanako").await, unread("bot").await), (before.0, before.1 + 1));
}

#[tokio::test]
async fn a_message_that_cannot_be_placed_changes_nothing() {
    let sandbox = sandbox().await;
    let path = format!("rooms/{PROJECT}/messages");
    let count = |sandbox: &Sandbox| {
        let state = sandbox.state();
        state.rooms().map(|room| room.messages.len()).sum::<usize>()
    };
    let before = count(&sandbox);
    for (body, part) in [
        (json!({ "from": "daichi", "body": "m" }), "`from`"),
        (json!({ "from": "ken", "body": "" }), "`body`"),
        (json!({ "from": "ken", "body": "m", "ago": "soon" }), "`ago`"),
        (
            json!({ "messages": [{ "from": "ken", "body": "m" }, { "from": "ken", "body": "" }] }),
            "`messages[1].body`",
        ),
        (json!({ "messages": {} }), "`messages`"),
        (json!([]), "JSON object"),
    ] {
        let text = refused(&sandbox, &path, body).await;
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_eq!(count(&sandbox), before);
}

#[tokio::test]
async fn a_message_is_changed() {
    let sandbox = sandbox().await;
    let path = format!("rooms/{PROJECT}/messages");
    let body = json!({ "from": "ken", "body": "m" });
    let id = post(&sandbox, &path, body).await["message_ids"][0].as_str().unwrap().to_owned();
    let path = format!("{path}/{id}");
    post(&sandbox, &path, json!({ "body": "edited", "unread_for": ["hanako"] })).await;
    let seen = act(&sandbox, "hanako").get(&format!("/rooms/{PROJECT}/messages/{id}")).await.json;
    assert_eq!((&seen["body"], &seen["update_time"]), (&json!("edited"), &json!(NOW)));
    post(&sandbox, &path, json!({ "deleted": true })).await;
    let seen = act(&sandbox, "hanako").get(&format!("/rooms/{PROJECT}/messages/{id}")).await.json;
    assert_eq!(seen["body"], "[deleted]");
    for (body, part) in [
        (json!({}), "body, deleted or unread_for"),
        (json!({ "deleted": false }), "`deleted`"),
        (json!({ "unread_for": ["daichi"] }), "not in the room"),
        (json!({ "text": "x" }), "`text`"),
    ] {
        let text = refused(&sandbox, &path, body).await;
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[tokio::test]
async fn contact_requests_come_and_go() {
    let sandbox = sandbox().await;
    let body = json!({ "from": "robin", "to": "ken", "message": "Hello" });
    let id = post(&sandbox, "contact_requests", body.clone()).await["request_id"].clone();
    let ken = act(&sandbox, "ken");
    assert_eq!(ken.get("/incoming_requests").await.each("request_id")[0], id);
    assert!(refused(&sandbox, "contact_requests", body).await.contains("already"));
    let known = json!({ "from": "hanako", "to": "ken", "message": "Hello" });
    assert!(refused(&sandbox, "contact_requests", known).await.contains("contacts already"));
    let path = format!("contact_requests/{id}");
    assert_eq!(call(&sandbox, Method::DELETE, &path, Value::Null).await.0, 200);
    assert_eq!(call(&sandbox, Method::DELETE, &path, Value::Null).await.0, 404);
    assert_eq!(ken.get("/incoming_requests").await.status, 204);
}

#[tokio::test]
async fn another_world_replaces_this_one_and_a_reset_returns_to_it() {
    let sandbox = sandbox().await;
    let world = json!({
        "accounts": [{ "key": "a", "id": 1, "name": "A", "token": "a-token" }],
        "rooms": [{ "id": 2, "name": "R", "members": { "admin": ["a"] } }],
    });
    let loaded = post(&sandbox, "world", world).await;
    assert_eq!(loaded, json!({ "accounts": 1, "rooms": 2, "messages": 0 }));
    assert_eq!(me(&sandbox, TOKEN, "hanako-sandbox-token").await.0, 401);
    let request = http().post(format!("{}/rooms/2/messages", sandbox.base_url()));
    request.header(TOKEN, "a-token").form(&[("body", "b")]).send().await.unwrap();
    sandbox.reset();
    assert_eq!(sandbox.state().rooms().map(|room| room.messages.len()).sum::<usize>(), 0);
    assert_eq!(me(&sandbox, TOKEN, "a-token").await.0, 200);
}

#[tokio::test]
async fn the_state_of_one_sandbox_is_the_world_of_another() {
    let (one, other) = (sandbox().await, sandbox().await);
    act(&one, "hanako").say(PROJECT, "carried over").await;
    let url = format!("{}/_sandbox/state", one.origin());
    let state: Value = http().get(url).send().await.unwrap().json().await.unwrap();
    post(&other, "world", state).await;
    assert_eq!(act(&other, "ken").newest(PROJECT).await["body"], "carried over");
    act(&other, "hanako").say(PROJECT, "later").await;
    other.reset();
    assert_eq!(act(&other, "ken").newest(PROJECT).await["body"], "carried over");
}

#[tokio::test]
async fn a_world_is_generated() {
    let sandbox = sandbox().await;
    let size = json!({ "generate": { "accounts": 4, "rooms": 5, "messages": 100, "seed": 7 } });
    let loaded = post(&sandbox, "world", size).await;
    // Each account has its own chat besides.
    assert_eq!(loaded["messages"].as_i64().unwrap() - 100, messages_of_the_system(&sandbox));
    assert_eq!((&loaded["accounts"], &loaded["rooms"]), (&json!(4), &json!(9)));
    assert_eq!(me(&sandbox, TOKEN, "u1-sandbox-token").await.0, 200);
}

/// Tasks and files come with messages.
fn messages_of_the_system(sandbox: &Sandbox) -> i64 {
    let state = sandbox.state();
    let with_it = |room: &chatwork_sandbox::Room| room.tasks.len() + room.files.len();
    i64::try_from(state.rooms().map(with_it).sum::<usize>()).unwrap()
}

#[tokio::test]
async fn a_world_that_cannot_be_read_leaves_the_present_one() {
    let sandbox = sandbox().await;
    for (body, part) in [
        (json!({ "accounts": [{ "key": "a" }] }), "accounts[0].id"),
        (json!({ "acounts": [] }), "acounts"),
        (json!({ "version": 9 }), "version is 9"),
        (json!({ "generate": { "rooms": 0 } }), "at least one room"),
        (json!([]), "JSON object"),
    ] {
        let text = refused(&sandbox, "world", body).await;
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_eq!(
        sandbox.state().account(chatwork_api::types::AccountId(HANAKO)).unwrap().name(),
        "山田 花子"
    );
}
