//! `/_sandbox` besides faults and the clock.

use chatwork_sandbox::{Sandbox, WebhookSeed};
use reqwest::Method;
use serde_json::Value;

use crate::support::{HANAKO, PROJECT, act, http, sandbox};

async fn get(sandbox: &Sandbox, path: &str) -> Value {
    let reply = http().get(format!("{}/_sandbox/{path}", sandbox.origin())).send().await.unwrap();
    reply.json().await.unwrap()
}

#[tokio::test]
async fn requests_are_listed_with_their_tokens_masked() {
    let sandbox = sandbox().await;
    act(&sandbox, "hanako").say(PROJECT, "hi").await;
    let requests = get(&sandbox, "requests").await;
    let request = &requests[0];
    assert_eq!(request["operation"], "createRoomMessage");
    assert_eq!(request["path"], "/v2/rooms/93207172/messages");
    assert_eq!((&request["account"], &request["token"]), (&"hanako".into(), &"han…".into()));
    assert_eq!((&request["body"], &request["status"]), (&"body=hi".into(), &200.into()));
    assert!(!requests.to_string().contains(sandbox.token("hanako")));
}

#[tokio::test]
async fn the_state_shows_posted_messages() {
    let sandbox = sandbox().await;
    act(&sandbox, "hanako").say(PROJECT, "hi").await;
    let state = get(&sandbox, "state").await;
    let rooms = state["rooms"].as_array().unwrap();
    let room = rooms.iter().find(|room| room["room_id"] == PROJECT).unwrap();
    let message = room["messages"].as_array().unwrap().last().unwrap();
    assert_eq!((&message["body"], &message["account_id"]), (&"hi".into(), &HANAKO.into()));
}

#[tokio::test]
async fn a_reset_restores_the_start() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let before = hanako.get("/rooms").await.json;
    hanako.part(PROJECT, "delete").await;
    sandbox.clock().set(5);
    let url = format!("{}/_sandbox/reset", sandbox.origin());
    http().post(url).send().await.unwrap();
    assert!(sandbox.requests().is_empty());
    let rooms = hanako.get("/rooms").await;
    assert_eq!(rooms.json, before);
    assert_eq!(rooms.number("x-ratelimit-remaining"), 299);
}

#[tokio::test]
async fn an_unknown_control_path_is_404_and_is_not_logged_as_a_request() {
    let sandbox = sandbox().await;
    sandbox.faults().add(chatwork_sandbox::Fault::close()).unwrap();
    for path in ["/fault", "/v2/me", "/page"] {
        let url = format!("{}/_sandbox{path}", sandbox.origin());
        let reply = http().get(url).send().await.unwrap();
        assert_eq!(reply.status(), 404, "{path}");
        assert!(reply.text().await.unwrap().contains("README"), "{path}");
    }
    assert_eq!((sandbox.faults().pending().len(), sandbox.requests().len()), (1, 0));
}

#[tokio::test]
async fn a_long_path_is_cut_in_the_log() {
    let sandbox = sandbox().await;
    let path = format!("/{}?{}", "p".repeat(5_000), "q".repeat(5_000));
    act(&sandbox, "hanako").get(&path).await;
    let request = sandbox.requests().pop().unwrap();
    assert_eq!((request.path.len(), request.query.len()), (4_096, 4_096));
}

#[tokio::test]
async fn debug_shows_no_token() {
    let sandbox = sandbox().await;
    assert!(!format!("{:?}", sandbox.state()).contains("hanako-sandbox-token"));
}

#[tokio::test]
async fn a_dropped_sandbox_closes_its_port() {
    let sandbox = sandbox().await;
    let url = format!("{}/me", sandbox.base_url());
    assert_eq!(http().get(&url).send().await.unwrap().status(), 401);
    drop(sandbox);
    tokio::task::yield_now().await;
    assert!(http().get(&url).send().await.unwrap_err().is_connect());
}

#[tokio::test]
async fn two_sandboxes_do_not_affect_each_other() {
    let (one, two) = (sandbox().await, sandbox().await);
    act(&one, "hanako").say(PROJECT, "only here").await;
    assert_ne!(one.base_url(), two.base_url());
    assert_ne!(act(&two, "hanako").newest(PROJECT).await["body"], "only here");
}

#[tokio::test]
async fn a_port_that_is_taken_is_an_error() {
    let sandbox = sandbox().await;
    let port = sandbox.origin().rsplit(':').next().unwrap().parse().unwrap();
    let error = Sandbox::builder().port(port).start().await.unwrap_err();
    assert!(error.to_string().contains(&port.to_string()), "{error}");
}

#[tokio::test]
async fn a_page_of_another_site_is_refused() {
    let sandbox = sandbox().await;
    let url = format!("{}/_sandbox/webhooks", sandbox.origin());
    for (name, value) in [
        ("host", "attacker.example"),
        ("host", "127.0.0.1.attacker.example:8899"),
        ("origin", "https://attacker.example"),
        ("origin", "null"),
    ] {
        let reply = http().get(&url).header(name, value).send().await.unwrap();
        assert_eq!(reply.status(), 403, "{name}: {value}");
        let logged = sandbox.requests().pop().unwrap();
        assert!(logged.reason.is_some_and(|reason| reason.contains("machine")), "{name}");
    }
    for (name, value) in [("host", "localhost:1"), ("origin", sandbox.origin())] {
        let reply = http().get(&url).header(name, value).send().await.unwrap();
        assert_eq!(reply.status(), 200, "{name}: {value}");
    }
}

#[tokio::test]
async fn an_allowed_host_is_accepted() {
    let sandbox = Sandbox::builder().allow_host("sandbox").start().await.unwrap();
    let url = format!("{}/_sandbox/clock", sandbox.origin());
    let reply = http().get(url).header("host", "sandbox:8899").send().await.unwrap();
    assert_eq!(reply.status(), 200);
}

#[tokio::test]
async fn one_room_of_the_state_can_be_asked_for() {
    let sandbox = sandbox().await;
    let room = get(&sandbox, &format!("state?room={PROJECT}")).await;
    let whole = get(&sandbox, "state").await;
    let rooms = whole["rooms"].as_array().unwrap();
    assert_eq!(Some(&room), rooms.iter().find(|room| room["room_id"] == PROJECT));
    for query in ["room=1", "room=x", "rooms=1"] {
        let url = format!("{}/_sandbox/state?{query}", sandbox.origin());
        assert_eq!(http().get(url).send().await.unwrap().status(), 400, "{query}");
    }
}

#[tokio::test]
async fn the_state_of_a_room_with_more_messages_than_a_piece_is_whole() {
    let sandbox = Sandbox::builder().limits(false).start().await.unwrap();
    let hanako = act(&sandbox, "hanako");
    let before = sandbox.state().rooms().map(|room| room.messages.len()).sum::<usize>();
    for index in 0..1_001 {
        hanako.say_unchecked(PROJECT, &index.to_string()).await;
    }
    let whole = get(&sandbox, "state").await;
    let rooms = whole["rooms"].as_array().unwrap().iter();
    let count: usize = rooms.map(|room| room["messages"].as_array().unwrap().len()).sum();
    assert_eq!(count, before + 1_001);
}

#[tokio::test]
async fn every_refusal_and_everything_ignored_is_explained_in_the_log() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let path = format!("/rooms/{PROJECT}/messages");
    hanako.get(&format!("{path}?limit=5")).await;
    hanako.post(&format!("{path}?body=x"), &[("body", "a"), ("colour", "red")]).await;
    hanako.post(&path, &[("text", "a")]).await;
    hanako.get("/me/").await;
    let logged = sandbox.requests();
    let shown = |index: usize| logged[index].notes.join(" ");
    assert!(shown(0).contains("'limit' is ignored"), "{:?}", logged[0]);
    assert!(shown(1).contains("'body' is ignored") && shown(1).contains("'colour' is ignored"));
    assert_eq!(logged[2].reason.as_deref(), Some("Parameter 'body' is required"));
    assert!(logged[3].reason.as_deref().unwrap().contains("ends with a slash"));
}

#[tokio::test]
async fn a_command_that_is_not_an_object_is_refused() {
    let sandbox = sandbox().await;
    for (path, body) in [("clock", "[]"), ("clock", "{}"), ("faults", "[]"), ("webhooks", "[]")] {
        let url = format!("{}/_sandbox/{path}", sandbox.origin());
        assert_eq!(
            http()
                .post(url)
                .header("content-type", "application/json")
                .body(body)
                .send()
                .await
                .unwrap()
                .status(),
            400,
            "{path}"
        );
    }
}

#[tokio::test]
async fn the_highest_id_of_a_webhook_leaves_ids_for_others() {
    let sandbox = sandbox().await;
    let mut seed = WebhookSeed::mentions("bot", "http://127.0.0.1:9/");
    seed.id = Some(i64::MAX);
    assert!(sandbox.webhooks().add(&seed).is_err());
    seed.id = Some((1 << 53) - 1);
    sandbox.webhooks().add(&seed).unwrap();
    seed.id = None;
    let ids =
        [sandbox.webhooks().add(&seed).unwrap().id, sandbox.webhooks().add(&seed).unwrap().id];
    assert_eq!(ids, [1, 2]);
}

#[tokio::test]
async fn another_method_is_refused_with_a_reason_and_by_the_clock_of_the_sandbox() {
    let sandbox = sandbox().await;
    for (method, path, allow) in
        [(Method::GET, "/token", "POST"), (Method::POST, "/_sandbox/state", "GET,HEAD")]
    {
        let url = format!("{}{path}", sandbox.origin());
        let reply = http().request(method, url).send().await.unwrap();
        assert_eq!(
            (reply.status().as_u16(), &reply.headers()["allow"]),
            (405, &allow.parse().unwrap())
        );
        assert_eq!(reply.headers()["date"], "Wed, 25 Jun 2025 06:00:00 GMT");
        assert!(
            reply.text().await.unwrap().contains("the header Allow lists the methods"),
            "{path}"
        );
        let logged = sandbox.requests().pop().unwrap();
        assert_eq!((logged.path.as_str(), logged.status), (path, Some(405)));
        assert!(logged.reason.is_some());
    }
}

#[tokio::test]
async fn a_command_that_cannot_be_read_is_refused_in_json() {
    let sandbox = sandbox().await;
    let url = format!("{}/_sandbox", sandbox.origin());
    let large = " ".repeat(7 * 1_024 * 1_024);
    let webhook = http().delete(format!("{url}/webhooks/%FF")).send().await.unwrap();
    let large = http()
        .post(format!("{url}/faults"))
        .header("content-type", "application/json")
        .body(large)
        .send()
        .await
        .unwrap();
    for (reply, status, text) in [(webhook, 404, "Unknown webhook"), (large, 400, "too large")] {
        assert_eq!(reply.status().as_u16(), status);
        let json: Value = reply.json().await.unwrap();
        assert!(json["errors"][0].as_str().unwrap().contains(text), "{json}");
    }
}
