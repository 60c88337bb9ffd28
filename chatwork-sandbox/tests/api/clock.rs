//! Time.

use chatwork_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::support::{START, http, sandbox};

async fn post(sandbox: &Sandbox, body: &'static str) -> (u16, Value) {
    let url = format!("{}/_sandbox/clock", sandbox.origin());
    let reply = http()
        .post(url)
        .header("content-type", "application/json")
        .body(body)
        .send()
        .await
        .unwrap();
    (reply.status().as_u16(), reply.json().await.unwrap())
}

#[tokio::test]
async fn the_clock_is_moved_over_http() {
    let sandbox = sandbox().await;
    let (_, moved) = post(&sandbox, r#"{"advance": 30}"#).await;
    assert_eq!(moved, json!({ "now": START + 30, "runs": false }));
    let (_, set) = post(&sandbox, r#"{"set": 42, "advance": 1}"#).await;
    assert_eq!(set["now"], 43);
    assert_eq!(sandbox.clock().now(), 43);
}

#[tokio::test]
async fn a_clock_that_runs_can_be_stopped() {
    let sandbox = Sandbox::start().await.unwrap();
    assert!(sandbox.clock().is_running());
    let (_, stopped) = post(&sandbox, r#"{"run": false, "set": 1000}"#).await;
    assert_eq!(stopped, json!({ "now": 1000, "runs": false }));
}

#[tokio::test]
async fn moves_that_make_no_sense_are_refused() {
    let sandbox = sandbox().await;
    for body in [
        "",
        "5",
        r#"{"advance": -1}"#,
        r#"{"advance": 1e300}"#,
        r#"{"set": -1, "run": true}"#,
        r#"{"back": 1}"#,
    ] {
        assert_eq!(post(&sandbox, body).await.0, 400, "{body}");
    }
    assert_eq!((sandbox.clock().now(), sandbox.clock().is_running()), (START, false));
    let far = post(&sandbox, r#"{"set": 9223372036854775807}"#).await;
    assert_eq!(far.0, 200, "the end of time is the year 9999");
}
