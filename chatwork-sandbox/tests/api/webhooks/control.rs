//! `/_sandbox/webhooks`, for people and other languages.

use chatwork_sandbox::Sandbox;
use reqwest::Method;
use serde_json::{Value, json};

use super::taking;
use crate::support::{BOT, PROJECT, act, http, sandbox};

/// The status and the JSON that come back.
async fn call(sandbox: &Sandbox, method: Method, path: &str, body: Value) -> (u16, Value) {
    let url = format!("{}/_sandbox/webhooks{path}", sandbox.origin());
    let request = http().request(method, url);
    let request = if body.is_null() { request } else { request.json(&body) };
    let reply = request.send().await.unwrap();
    (reply.status().as_u16(), reply.json().await.unwrap())
}

async fn get(sandbox: &Sandbox, path: &str) -> Value {
    let (status, json) = call(sandbox, Method::GET, path, Value::Null).await;
    assert_eq!(status, 200);
    json
}

fn mentions(url: &str) -> Value {
    json!({ "account": "bot", "url": url, "events": ["mention_to_me"] })
}

#[tokio::test]
async fn a_webhook_is_made_and_shown_with_its_token() {
    let sandbox = sandbox().await;
    let (status, made) = call(&sandbox, Method::POST, "", mentions("http://127.0.0.1:9/")).await;
    assert_eq!(status, 200);
    assert_eq!((&made["id"], &made["account_id"]), (&1.into(), &BOT.into()));
    assert_eq!(made["token"].as_str().unwrap().len(), 44);
    assert_eq!(get(&sandbox, "").await, json!([made]));
}

#[tokio::test]
async fn a_webhook_that_makes_no_sense_is_400() {
    let sandbox = sandbox().await;
    for body in [mentions("http://example.com/"), json!({ "account": "bot" }), json!([])] {
        let (status, json) = call(&sandbox, Method::POST, "", body).await;
        assert_eq!(status, 400);
        assert!(json["errors"][0].is_string());
    }
}

#[tokio::test]
async fn idle_lists_the_deliveries_when_all_have_ended() {
    let (receiver, sandbox) = (taking().await, sandbox().await);
    call(&sandbox, Method::POST, "", mentions(&receiver.url)).await;
    act(&sandbox, "hanako").say(PROJECT, "[To:4520017] hi").await;
    let done = get(&sandbox, "/idle").await;
    assert_eq!(done[0]["outcome"], "delivered");
    assert_eq!(done[0]["event_type"], "mention_to_me");
    assert_eq!(get(&sandbox, "/deliveries").await, done);
}

#[tokio::test]
async fn a_webhook_is_switched_and_removed() {
    let sandbox = sandbox().await;
    call(&sandbox, Method::POST, "", mentions("http://127.0.0.1:9/")).await;
    for enabled in [false, true] {
        let body = json!({ "enabled": enabled });
        let (status, json) = call(&sandbox, Method::POST, "/1", body).await;
        assert_eq!((status, &json["enabled"]), (200, &enabled.into()));
    }
    assert_eq!(call(&sandbox, Method::DELETE, "/1", Value::Null).await.0, 200);
    assert_eq!(get(&sandbox, "").await, json!([]));
}

#[tokio::test]
async fn an_unknown_webhook_is_404() {
    let sandbox = sandbox().await;
    for path in ["/1", "/x"] {
        assert_eq!(call(&sandbox, Method::DELETE, path, Value::Null).await.0, 404, "{path}");
        let switch = json!({ "enabled": true });
        assert_eq!(call(&sandbox, Method::POST, path, switch).await.0, 404, "{path}");
    }
}
