//! The two rate limits.

use std::time::Duration;

use chatwork_sandbox::Sandbox;
use reqwest::Method;

use crate::support::{Api, PROJECT, SALES, START, act, act_with_bearer, sandbox, sandbox_of};

const ROOM_TEXT: &str = "Rate limit for message posting per room exceeded.";

/// Asks without comparing each reply: there are many.
async fn ask(api: &Api, times: usize) {
    for _ in 0..times {
        api.request(Method::GET, "/my/status").send().await.unwrap();
    }
}

#[tokio::test]
async fn the_headers_count_down() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    for remaining in [299, 298] {
        let reply = hanako.get("/me").await;
        assert_eq!(reply.number("x-ratelimit-limit"), 300);
        assert_eq!(reply.number("x-ratelimit-remaining"), remaining);
        assert_eq!(reply.number("x-ratelimit-reset"), START + 300);
    }
}

#[tokio::test]
async fn the_account_waits_until_the_reset() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    ask(&hanako, 300).await;
    let reply = hanako.get("/me").await;
    assert_eq!((reply.status, reply.error()), (429, "Rate limit exceeded."));
    assert_eq!(reply.number("x-ratelimit-remaining"), 0);
    sandbox.clock().set(reply.number("x-ratelimit-reset"));
    assert_eq!(hanako.get("/me").await.number("x-ratelimit-remaining"), 299);
}

#[tokio::test]
async fn an_account_has_one_limit_for_all_its_tokens() {
    let sandbox = sandbox().await;
    ask(&act(&sandbox, "hanako"), 300).await;
    assert_eq!(act_with_bearer(&sandbox, "hanako-bearer-read").get("/me").await.status, 429);
    assert_eq!(act(&sandbox, "ken").get("/me").await.status, 200);
}

#[tokio::test]
async fn refused_requests_count_but_not_those_of_strangers() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    assert_eq!(hanako.get("/nothing").await.number("x-ratelimit-remaining"), 299);
    Api::new(&sandbox, "X-ChatWorkToken", "wrong").get("/me").await;
    assert_eq!(hanako.get("/me").await.number("x-ratelimit-remaining"), 298);
}

async fn fill(sandbox: &Sandbox) {
    let (hanako, ken) = (act(sandbox, "hanako"), act(sandbox, "ken"));
    for _ in 0..5 {
        hanako.say(PROJECT, "hi").await;
        let form = [("body", "do"), ("to_ids", "2739132")];
        let task = ken.post(&format!("/rooms/{PROJECT}/tasks"), &form).await;
        assert_eq!(task.status, 200);
    }
}

#[tokio::test]
async fn messages_and_tasks_of_a_room_share_ten_in_ten_seconds() {
    let sandbox = sandbox().await;
    fill(&sandbox).await;
    let hanako = act(&sandbox, "hanako");
    let message = hanako.post(&format!("/rooms/{PROJECT}/messages"), &[("body", "x")]).await;
    assert_eq!((message.status, message.error()), (429, ROOM_TEXT));
    assert!(message.number("x-ratelimit-remaining") > 0);
    let form = [("body", "do"), ("to_ids", "1484814")];
    let task = hanako.post(&format!("/rooms/{PROJECT}/tasks"), &form).await;
    assert_eq!((task.status, task.error()), (429, ROOM_TEXT));
    sandbox.clock().advance(Duration::from_secs(10));
    hanako.say(PROJECT, "again").await;
}

#[tokio::test]
async fn other_rooms_and_other_operations_are_not_held_up() {
    let sandbox = sandbox().await;
    fill(&sandbox).await;
    let hanako = act(&sandbox, "hanako");
    hanako.say(SALES, "here").await;
    assert_eq!(hanako.upload(PROJECT, "a.txt", b"a", None).await.status, 200);
}

#[tokio::test]
async fn a_post_that_is_refused_does_not_count() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    for _ in 0..12 {
        let reply = hanako.post(&format!("/rooms/{PROJECT}/messages"), &[("body", "")]).await;
        assert_eq!(reply.status, 400);
    }
    hanako.say(PROJECT, "hi").await;
}

#[tokio::test]
async fn limits_that_are_off_are_never_exhausted() {
    let sandbox = Sandbox::builder().limits(false).start().await.unwrap();
    let hanako = act(&sandbox, "hanako");
    ask(&hanako, 301).await;
    for _ in 0..11 {
        hanako.say(PROJECT, "hi").await;
    }
    assert_eq!(hanako.get("/me").await.number("x-ratelimit-remaining"), 300);
}

#[tokio::test]
async fn a_world_may_have_other_figures() {
    let sandbox = sandbox_of(
        "
        limits: { account: { requests: 2, seconds: 60 } }
        accounts: [{ key: a, id: 1, name: A, token: a }]
        ",
    )
    .await;
    let a = act(&sandbox, "a");
    ask(&a, 2).await;
    let reply = a.get("/me").await;
    assert_eq!((reply.status, reply.number("x-ratelimit-limit")), (429, 2));
    assert_eq!(reply.number("x-ratelimit-reset"), START + 60);
}
