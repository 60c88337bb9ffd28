//! Paths and methods.

use reqwest::Method;

use crate::support::{act, http, sandbox};

const TEXT: &str = "Invalid Endpoint or HTTP method";

#[tokio::test]
async fn an_unknown_path_or_method_is_400() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    for (method, path) in [
        (Method::GET, "/nothing"),
        (Method::GET, "/rooms/"),
        (Method::GET, "/rooms/93207172/nothing"),
        (Method::POST, "/me"),
        (Method::PATCH, "/rooms/93207172"),
        (Method::OPTIONS, "/me"),
        (Method::GET, ""),
    ] {
        let reply = hanako.send(hanako.request(method.clone(), path)).await;
        assert_eq!((reply.status, reply.error()), (400, TEXT), "{method} {path}");
        assert_eq!(reply.header("x-ratelimit-limit"), "300");
    }
}

#[tokio::test]
async fn a_malformed_id_is_400() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    for path in [
        "/rooms/abc",
        "/rooms/0",
        "/rooms/-1",
        "/rooms/1.5",
        "/rooms/9223372036854775808",
        "/rooms/%E3%81%82",
        "/rooms/%FF",
        "/rooms/93207172/messages/abc",
        "/rooms/93207172/tasks/x",
        "/rooms/93207172/files/1e3",
    ] {
        let reply = hanako.get(path).await;
        assert_eq!((reply.status, reply.error()), (400, TEXT), "{path}");
    }
    assert_eq!(hanako.delete("/incoming_requests/x").await.status, 400);
}

#[tokio::test]
async fn a_valid_id_that_does_not_exist_is_404() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    for path in [
        "/rooms/93207172/messages/1",
        "/rooms/93207172/messages/99999999999999999999999999",
        "/rooms/93207172/tasks/1",
        "/rooms/93207172/files/1",
    ] {
        assert_eq!(hanako.get(path).await.status, 404, "{path}");
    }
    for method in [Method::PUT, Method::DELETE] {
        let request = hanako.request(method, "/incoming_requests/1");
        let reply = hanako.send(request).await;
        assert_eq!(reply.status, 404);
        assert_eq!(reply.header("x-ratelimit-limit"), "");
    }
}

#[tokio::test]
async fn the_query_of_a_post_or_put_is_ignored() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let reply = hanako.post("/rooms/93207172/messages?body=hello", &[]).await;
    assert_eq!((reply.status, reply.error()), (400, "Parameter 'body' is required"));
    let request = hanako.request(Method::GET, "/rooms/93207172?method=delete");
    assert_eq!(hanako.send(request).await.status, 200);
}

#[tokio::test]
async fn a_path_outside_of_v2_is_404() {
    let sandbox = sandbox().await;
    for path in ["/", "/v3/me", "/v22", "/me"] {
        let reply = http().get(format!("{}{path}", sandbox.origin())).send().await.unwrap();
        assert_eq!(reply.status(), 404, "{path}");
    }
}
