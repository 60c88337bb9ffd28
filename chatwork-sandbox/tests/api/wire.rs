//! How replies look in bytes.

use crate::support::{START, act, sandbox};

#[tokio::test]
async fn characters_outside_ascii_are_escaped() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    hanako.say(93_207_172, "寿司🍣").await;
    let request = hanako.request(reqwest::Method::GET, "/rooms/93207172/messages?force=1");
    let text = request.send().await.unwrap().text().await.unwrap();
    assert!(text.contains("\\u5bff\\u53f8\\ud83c\\udf63"));
}

#[tokio::test]
async fn a_reply_is_dated_by_the_sandbox() {
    let sandbox = sandbox().await;
    assert_eq!(sandbox.clock().now(), START);
    let me = act(&sandbox, "hanako").get("/me").await;
    assert_eq!(me.header("date"), "Wed, 25 Jun 2025 06:00:00 GMT");
}

#[tokio::test]
async fn two_starts_give_the_same_world() {
    let (one, two) = (sandbox().await, sandbox().await);
    for path in ["/rooms", "/rooms/93207172/messages?force=1", "/my/tasks", "/contacts"] {
        let (a, b) = (act(&one, "hanako").get(path).await, act(&two, "hanako").get(path).await);
        assert_eq!(a.json, b.json, "{path}");
    }
}

#[tokio::test]
async fn every_get_of_the_default_world_has_something_to_show() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    for path in [
        "/me",
        "/my/status",
        "/my/tasks",
        "/contacts",
        "/incoming_requests",
        "/rooms",
        "/rooms/93207172",
        "/rooms/93207172/members",
        "/rooms/93207172/messages",
        "/rooms/93207172/tasks",
        "/rooms/93207172/tasks/3071284",
        "/rooms/93207172/files",
        "/rooms/93207172/files/1341384457",
        "/rooms/93207172/link",
    ] {
        assert_eq!(hanako.get(path).await.status, 200, "{path}");
    }
    let kinds = hanako.get("/my/tasks").await.each("limit_type");
    assert!(kinds.contains(&"none".into()) && kinds.contains(&"date".into()));
}
