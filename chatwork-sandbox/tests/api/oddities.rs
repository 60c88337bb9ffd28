//! Bytes that no client would send: there is always an answer, and never one of 500 and above.

use crate::support::{exchange, sandbox};

async fn status(bytes: &[u8]) -> u16 {
    let sandbox = sandbox().await;
    let reply = exchange(&sandbox, bytes).await;
    let status = reply.split(' ').nth(1).and_then(|status| status.parse().ok());
    let status = status.unwrap_or_else(|| panic!("no answer: {reply:?}"));
    assert!(status < 500, "{reply}");
    // The sandbox still answers.
    assert!(exchange(&sandbox, &get("/v2/me")).await.starts_with("HTTP/1.1 200"));
    status
}

const HEAD: &str =
    "Host: 127.0.0.1\r\nConnection: close\r\nX-ChatWorkToken: hanako-sandbox-token\r\n";

fn get(target: &str) -> Vec<u8> {
    format!("GET {target} HTTP/1.1\r\n{HEAD}\r\n").into_bytes()
}

fn post(target: &str, kind: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let mut bytes = format!(
        "POST {target} HTTP/1.1\r\n{HEAD}Content-Type: {kind}\r\nContent-Length: {length}\r\n\r\n"
    )
    .into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

#[tokio::test]
async fn odd_targets() {
    for target in [
        "/v2/rooms/93207172/messages?force=%FF",
        "/v2/rooms/93207172/messages?force=1&force=1",
        "/v2/rooms/%00",
        "/v2/rooms/93207172%2Fmessages",
        "/v2//me",
        "/v2/me/../rooms",
        "/v2/%6De%2F",
        "/v2/rooms/999999999999999999999999999999/messages",
    ] {
        assert_eq!(status(&get(target)).await, 400, "{target}");
    }
}

#[tokio::test]
async fn odd_bodies() {
    let path = "/v2/rooms/93207172/messages";
    for (kind, body) in [
        ("application/x-www-form-urlencoded", &b"body=\xff\x00\xc3\x28"[..]),
        ("application/x-www-form-urlencoded", b"&&&==&%"),
        ("multipart/form-data", b"--\r\n"),
        ("multipart/form-data; boundary=", b"----\r\n"),
        ("multipart/form-data; boundary=\"", b"--\r\n"),
        ("multipart/form-data; boundary=a", b"--a\r\n\r\n\r\n--a--\r\n"),
        ("\u{1}/\u{7f}", b"x"),
        (";;;", b"body=x"),
    ] {
        let files = status(&post("/v2/rooms/93207172/files", kind, body)).await;
        assert_eq!(files, 400, "{kind}");
        let messages = status(&post(path, kind, body)).await;
        assert!(messages == 400 || (kind == ";;;" && messages == 200), "{kind}");
    }
}

#[tokio::test]
async fn odd_multipart_headers() {
    for headers in [
        "Content-Disposition: form-data; name=\"file\"; filename=\"\u{0}\u{1}\"",
        "Content-Disposition: form-data; name=\"file\"; filename*=utf-8''%FF%00",
        "Content-Disposition: form-data; name=\"file\"; filename=\"",
        "Content-Disposition: attachment",
        "Content-Disposition: form-data; name=file; name=message",
        "Nothing: here",
        "broken",
        "",
    ] {
        let body = format!("--X\r\n{headers}\r\n\r\ncontent\r\n--X--\r\n");
        let kind = "multipart/form-data; boundary=X";
        status(&post("/v2/rooms/93207172/files", kind, body.as_bytes())).await;
    }
}

#[tokio::test]
async fn odd_frames() {
    let chunked = "Transfer-Encoding: chunked\r\nContent-Type: \
                   application/x-www-form-urlencoded\r\n\r\n";
    let post = format!("POST /v2/rooms/93207172/messages HTTP/1.1\r\n{HEAD}{chunked}");
    assert_eq!(status(format!("{post}7\r\nbody=hi\r\n0\r\n\r\n").as_bytes()).await, 200);
    assert_eq!(status(format!("{post}zz\r\nbody=hi\r\n0\r\n\r\n").as_bytes()).await, 400);
    assert_eq!(status(b"nonsense\r\n\r\n").await, 400);
    let token = "GET /v2/me HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nX-ChatWorkToken: \
                 あ\r\n\r\n";
    assert_eq!(status(token.as_bytes()).await, 401);
}

#[tokio::test]
async fn head_answers_like_any_other_unknown_method_without_a_body() {
    let request = format!("HEAD /v2/me HTTP/1.1\r\n{HEAD}\r\n");
    assert_eq!(status(request.as_bytes()).await, 400);
}

#[tokio::test]
async fn a_body_that_never_comes_blocks_no_other_request() {
    let sandbox = sandbox().await;
    let address = sandbox.origin().strip_prefix("http://").unwrap().to_owned();
    let waiting = tokio::net::TcpStream::connect(address).await.unwrap();
    let request = format!("POST /v2/rooms HTTP/1.1\r\n{HEAD}Content-Length: 100\r\n\r\nname=");
    waiting.writable().await.unwrap();
    waiting.try_write(request.as_bytes()).unwrap();
    assert!(exchange(&sandbox, &get("/v2/me")).await.starts_with("HTTP/1.1 200"));
}
