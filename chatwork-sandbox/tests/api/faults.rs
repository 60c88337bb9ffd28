//! Faults on demand.

use std::time::Duration;

use chatwork_sandbox::{Fault, FaultLimit};
use reqwest::Method;
use serde_json::json;

use crate::support::{PROJECT, START, act, http, sandbox};

const MESSAGES: &str = "/rooms/93207172/messages";

#[tokio::test]
async fn the_next_requests_get_a_status_a_body_and_headers() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let fault = Fault::status(503).body("<html>busy</html>").header("Content-Type", "text/html");
    sandbox.faults().add(fault.times(2)).unwrap();
    for _ in 0..2 {
        let reply = hanako.request(Method::GET, "/me").send().await.unwrap();
        assert_eq!(
            (reply.status().as_u16(), &reply.headers()["content-type"]),
            (503, &"text/html".parse().unwrap())
        );
        assert!(!reply.headers().contains_key("x-ratelimit-limit"));
        assert_eq!(reply.text().await.unwrap(), "<html>busy</html>");
    }
    assert_eq!(hanako.get("/me").await.status, 200);
}

#[tokio::test]
async fn one_operation_alone_fails() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    sandbox.faults().add(Fault::status(500).operation("listRooms")).unwrap();
    assert_eq!(hanako.get("/me").await.status, 200);
    assert_eq!(hanako.request(Method::GET, "/rooms").send().await.unwrap().status(), 500);
}

#[tokio::test]
async fn a_connection_closes_before_or_after_the_request_is_carried_out() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let count =
        || sandbox.state().room(chatwork_api::types::RoomId(PROJECT)).unwrap().messages.len();
    let before = count();
    for (fault, posted) in [(Fault::close(), 0), (Fault::close().after_processing(), 1)] {
        sandbox.faults().add(fault).unwrap();
        let request = hanako.request(Method::POST, MESSAGES).form(&[("body", "x")]);
        let error = request.send().await.unwrap_err();
        assert!(error.is_request(), "{error:?}");
        assert_eq!(count(), before + posted);
        assert_eq!(sandbox.requests().pop().unwrap().status, None);
    }
}

#[tokio::test]
async fn a_body_is_cut_short() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    sandbox.faults().add(Fault::cut(10)).unwrap();
    let reply = hanako.request(Method::GET, "/me").send().await.unwrap();
    assert_eq!(reply.status(), 200);
    assert!(reply.content_length().unwrap() > 10);
    assert!(reply.bytes().await.is_err());
}

#[tokio::test]
async fn the_bytes_before_the_cut_arrive() {
    let sandbox = sandbox().await;
    sandbox.faults().add(Fault::cut(13)).unwrap();
    let token = sandbox.token("hanako");
    let request =
        format!("GET /v2/me HTTP/1.1\r\nHost: 127.0.0.1\r\nX-ChatWorkToken: {token}\r\n\r\n");
    let reply = crate::support::exchange(&sandbox, request.as_bytes()).await;
    assert!(reply.ends_with("\r\n\r\n{\"account_id\""), "{reply}");
}

#[tokio::test(start_paused = true)]
async fn a_reply_is_late_by_tokios_time() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    sandbox.faults().add(Fault::delay(Duration::from_secs(3_600))).unwrap();
    let start = tokio::time::Instant::now();
    assert_eq!(hanako.get("/me").await.status, 200);
    assert!(start.elapsed() >= Duration::from_secs(3_600));
}

#[tokio::test]
async fn the_accounts_limit_can_be_pretended() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    sandbox.faults().add(Fault::rate_limit(FaultLimit::Account)).unwrap();
    let reply = hanako.get("/me").await;
    assert_eq!((reply.status, reply.error()), (429, "Rate limit exceeded."));
    assert_eq!(reply.number("x-ratelimit-remaining"), 0);
    assert_eq!(reply.number("x-ratelimit-reset"), START + 300);
    assert_eq!(hanako.get("/me").await.status, 200);
}

#[tokio::test]
async fn the_rooms_limit_can_be_pretended() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let fault = Fault::rate_limit(FaultLimit::RoomPosting).operation("createRoomMessage");
    sandbox.faults().add(fault).unwrap();
    let reply = hanako.post(MESSAGES, &[("body", "x")]).await;
    assert_eq!(reply.error(), "Rate limit for message posting per room exceeded.");
    assert!(reply.number("x-ratelimit-remaining") > 0);
}

#[tokio::test]
async fn faults_come_over_http_too() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let url = format!("{}/_sandbox/faults", sandbox.origin());
    let client = http();
    let body = r#"{"operation": "getMe", "status": 502, "body": "", "times": 3}"#;
    let added = client
        .post(&url)
        .header("content-type", "application/json")
        .body(body)
        .send()
        .await
        .unwrap();
    assert_eq!(added.json::<serde_json::Value>().await.unwrap()[0]["times"], 3);
    assert_eq!(hanako.request(Method::GET, "/me").send().await.unwrap().status(), 502);
    let left = client.delete(&url).send().await.unwrap();
    assert_eq!(left.json::<serde_json::Value>().await.unwrap(), json!([]));
    assert_eq!(hanako.get("/me").await.status, 200);
}

#[tokio::test]
async fn a_fault_that_makes_no_sense_is_refused() {
    let sandbox = sandbox().await;
    let url = format!("{}/_sandbox/faults", sandbox.origin());
    for body in [
        "",
        "[]",
        "{}",
        r#"{"stauts": 500}"#,
        r#"{"status": 500, "close": true}"#,
        r#"{"status": 500, "operation": "nothing"}"#,
        r#"{"status": 99}"#,
    ] {
        let reply = http()
            .post(&url)
            .header("content-type", "application/json")
            .body(body)
            .send()
            .await
            .unwrap();
        assert_eq!(reply.status(), 400, "{body}");
    }
    assert!(sandbox.faults().add(Fault::close().operation("nothing")).is_err());
}
