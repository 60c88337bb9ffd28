//! `/_sandbox` besides faults and the clock.

use chatwork_sandbox::Sandbox;
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
async fn the_state_can_be_looked_at() {
    let sandbox = sandbox().await;
    act(&sandbox, "hanako").say(PROJECT, "hi").await;
    let state = get(&sandbox, "state").await;
    let rooms = state["rooms"].as_array().unwrap();
    let room = rooms.iter().find(|room| room["room_id"] == PROJECT).unwrap();
    let message = room["messages"].as_array().unwrap().last().unwrap();
    assert_eq!((&message["body"], &message["account_id"]), (&"hi".into(), &HANAKO.into()));
    assert!(!state.to_string().contains(sandbox.token("hanako")));
}

#[tokio::test]
async fn a_reset_starts_over() {
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
async fn a_control_path_that_is_none_is_told_and_is_no_request() {
    let sandbox = sandbox().await;
    sandbox.faults().add(chatwork_sandbox::Fault::close()).unwrap();
    for path in ["", "/", "/fault", "/v2/me"] {
        let url = format!("{}/_sandbox{path}", sandbox.origin());
        let reply = http().get(url).send().await.unwrap();
        assert_eq!(reply.status(), 404, "{path}");
        assert!(reply.text().await.unwrap().contains("README"), "{path}");
    }
    assert_eq!((sandbox.faults().pending().len(), sandbox.requests().len()), (1, 0));
}

#[tokio::test]
async fn a_long_path_is_not_remembered_as_a_whole() {
    let sandbox = sandbox().await;
    let path = format!("/{}?{}", "p".repeat(5_000), "q".repeat(5_000));
    act(&sandbox, "hanako").get(&path).await;
    let request = sandbox.requests().pop().unwrap();
    assert_eq!((request.path.len(), request.query.len()), (4_096, 4_096));
}

#[tokio::test]
async fn nothing_shows_a_token_in_debug() {
    let sandbox = sandbox().await;
    assert!(!format!("{:?}", sandbox.state()).contains("hanako-sandbox-token"));
}

#[tokio::test]
async fn dropped_it_is_gone() {
    let sandbox = sandbox().await;
    let url = format!("{}/me", sandbox.base_url());
    assert_eq!(http().get(&url).send().await.unwrap().status(), 401);
    drop(sandbox);
    tokio::task::yield_now().await;
    assert!(http().get(&url).send().await.unwrap_err().is_connect());
}

#[tokio::test]
async fn any_number_runs_side_by_side() {
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
