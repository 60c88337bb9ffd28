//! The record of requests: what it keeps, filters, waiting, clearing, HAR.

use std::time::Duration;

use chatwork_sandbox::{Fault, RequestFilter, Sandbox};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{PROJECT, SALES, act, call, consented, http, sandbox};

async fn get(sandbox: &Sandbox, path: &str) -> Value {
    let (status, json) = call(sandbox, Method::GET, path, Value::Null).await;
    assert_eq!(status, 200, "{path}: {json}");
    json
}

#[tokio::test]
async fn a_request_is_kept_with_its_headers_and_its_reply() {
    let sandbox = sandbox().await;
    act(&sandbox, "hanako").get("/me").await;
    let request = &get(&sandbox, "requests").await[0];
    assert_eq!(request["headers"]["x-chatworktoken"], "…");
    assert!(request["headers"]["host"].as_str().unwrap().starts_with("127.0.0.1:"));
    let reply = &request["reply"];
    assert_eq!(reply["headers"]["x-ratelimit-remaining"], "299");
    let body = reply["body"].as_str().unwrap();
    assert_eq!(body.len(), reply["body_bytes"].as_u64().unwrap() as usize);
    assert!(body.contains("\"account_id\":1484814"), "{body}");
}

#[tokio::test]
async fn no_token_no_code_and_no_signed_address_is_in_the_record() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let file = hanako.upload(PROJECT, "a.txt", b"content of the file", None).await;
    let path = format!("/rooms/{PROJECT}/files/{}?create_download_url=1", file.json["file_id"]);
    let url = hanako.get(&path).await.json["download_url"].as_str().unwrap().to_owned();
    http().get(&url).send().await.unwrap();
    let cookie =
        http().get(format!("{}/me", sandbox.base_url())).header("cookie", "id=secret-cookie");
    cookie.bearer_auth("secret-bearer").send().await.unwrap();
    let tokens = consented(&sandbox).await;
    let record = get(&sandbox, "requests").await.to_string();
    let signature = url.split_once('?').unwrap().1;
    let access = tokens["access_token"].as_str().unwrap();
    let refresh = tokens["refresh_token"].as_str().unwrap();
    let token = sandbox.token("hanako");
    for secret in [
        signature,
        access,
        refresh,
        token,
        "secret-cookie",
        "secret-bearer",
        "content of the file",
        "code-",
    ] {
        assert!(!record.contains(secret), "{secret}");
    }
    #[cfg(feature = "workbench")]
    {
        let har = get(&sandbox, "requests/har").await.to_string();
        assert!(![signature, access, refresh, token].iter().any(|secret| har.contains(secret)));
    }
}

#[tokio::test]
async fn a_closed_connection_has_no_reply() {
    let sandbox = sandbox().await;
    sandbox.faults().add(Fault::close()).unwrap();
    http().get(format!("{}/me", sandbox.base_url())).send().await.unwrap_err();
    let request = &get(&sandbox, "requests?status=closed").await[0];
    assert_eq!((&request["status"], &request["reply"]), (&Value::Null, &Value::Null));
}

#[tokio::test]
async fn the_record_is_filtered_and_counted() {
    let sandbox = sandbox().await;
    let (hanako, bot) = (act(&sandbox, "hanako"), act(&sandbox, "bot"));
    hanako.say(PROJECT, "one").await;
    hanako.get(&format!("/rooms/{SALES}")).await;
    bot.get(&format!("/rooms/{SALES}")).await;
    for (query, count) in [
        ("", 3),
        ("operation=getRoom", 2),
        ("operation=getRoom&account=bot", 1),
        ("status=403", 1),
        (&format!("room={SALES}"), 2),
        (&format!("room={SALES}&status=200"), 1),
        ("method=post", 1),
        (&format!("path=/v2/rooms/{SALES}"), 2),
        ("after=2", 1),
        ("account=ken", 0),
    ] {
        let listed = get(&sandbox, &format!("requests?{query}")).await;
        assert_eq!(listed.as_array().unwrap().len(), count, "{query}");
        let counted = get(&sandbox, &format!("requests/count?{query}")).await;
        assert_eq!(counted, json!({ "count": count }), "{query}");
    }
}

#[tokio::test]
async fn a_filter_that_cannot_match_is_refused_with_what_would_be_right() {
    let sandbox = sandbox().await;
    for (query, part) in [
        ("operation=getRooms", "expected an operationId"),
        ("status=fine", "expected 100 to 599, or closed"),
        ("room=x", "expected a room id"),
        ("wait=x", "expected 0 to 60 seconds"),
        ("wait=61", "expected 0 to 60 seconds"),
        ("count=2", "`count` needs `wait`"),
        ("wait=1&count=0", "expected 1 to 1000"),
        ("acount=x", "`account`"),
    ] {
        let (status, json) =
            call(&sandbox, Method::GET, &format!("requests?{query}"), Value::Null).await;
        let text = json["errors"][0].as_str().unwrap();
        assert!(status == 400 && text.contains(part), "{query}: {text}");
    }
}

#[tokio::test]
async fn a_wait_ends_as_soon_as_enough_requests_came() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let wait = get(&sandbox, "requests?operation=getMe&wait=60&count=2");
    let calls = async {
        hanako.get("/rooms").await;
        hanako.get("/me").await;
        hanako.get("/me").await;
    };
    let (found, ()) = tokio::join!(wait, calls);
    assert_eq!(found.as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_wait_without_enough_requests_is_408_and_says_how_many_came() {
    let sandbox = sandbox().await;
    act(&sandbox, "hanako").get("/me").await;
    let path = "requests?operation=getMe&wait=0&count=2";
    let (status, json) = call(&sandbox, Method::GET, path, Value::Null).await;
    assert_eq!(status, 408);
    let text = json["errors"][0].as_str().unwrap();
    assert!(text.starts_with("2 such requests were expected within 0 s, and 1 came"), "{text}");
}

#[tokio::test]
async fn a_wait_goes_on_over_a_reset() {
    let sandbox = sandbox().await;
    let filter = RequestFilter::operation("getMe");
    let wait = sandbox.wait_for_requests(&filter, 1, Duration::from_secs(60));
    let calls = async {
        sandbox.reset();
        act(&sandbox, "hanako").get("/me").await;
    };
    let (found, ()) = tokio::join!(wait, calls);
    assert_eq!(found.unwrap().len(), 1);
}

#[tokio::test]
async fn the_record_is_cleared_and_the_world_stays() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    hanako.say(PROJECT, "stays").await;
    let (status, json) = call(&sandbox, Method::DELETE, "requests", Value::Null).await;
    assert_eq!((status, json), (200, json!({ "cleared": 1 })));
    assert_eq!(hanako.newest(PROJECT).await["body"], "stays");
    let requests = get(&sandbox, "requests").await;
    // The numbers go on, so that `after` still means the same.
    assert_eq!((requests.as_array().unwrap().len(), &requests[0]["number"]), (1, &json!(2)));
}

#[cfg(feature = "workbench")]
#[tokio::test]
async fn the_record_is_exported_as_har() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    hanako.say(PROJECT, "日本語").await;
    hanako.get("/rooms?x=1").await;
    sandbox.faults().add(Fault::close()).unwrap();
    http().get(format!("{}/me", sandbox.base_url())).send().await.unwrap_err();
    let har = get(&sandbox, "requests/har").await;
    let log = &har["log"];
    assert_eq!(
        (&log["version"], &log["creator"]["name"]),
        (&json!("1.2"), &json!("chatwork-sandbox"))
    );
    let entries = log["entries"].as_array().unwrap();
    assert_eq!(entries.len(), 3);
    // What HAR 1.2 requires of each entry.
    for entry in entries {
        for field in ["startedDateTime", "time", "request", "response", "cache", "timings"] {
            assert!(!entry[field].is_null(), "{field}: {entry}");
        }
        for field in [
            "method",
            "url",
            "httpVersion",
            "cookies",
            "headers",
            "queryString",
            "headersSize",
            "bodySize",
        ] {
            assert!(!entry["request"][field].is_null(), "{field}: {entry}");
        }
        for field in [
            "status",
            "statusText",
            "httpVersion",
            "cookies",
            "headers",
            "content",
            "redirectURL",
            "headersSize",
            "bodySize",
        ] {
            assert!(!entry["response"][field].is_null(), "{field}: {entry}");
        }
        for field in ["send", "wait", "receive"] {
            assert!(entry["timings"][field].is_number(), "{field}: {entry}");
        }
    }
    assert_eq!(entries[0]["startedDateTime"], "2025-06-25T06:00:00Z");
    assert_eq!(entries[0]["request"]["postData"]["text"], "body=%E6%97%A5%E6%9C%AC%E8%AA%9E");
    assert_eq!(entries[1]["request"]["queryString"], json!([{ "name": "x", "value": "1" }]));
    assert!(entries[1]["response"]["content"]["text"].as_str().unwrap().contains("room_id"));
    assert_eq!(entries[2]["response"]["status"], 0);
    let one = get(&sandbox, "requests/har?operation=listRooms").await;
    assert_eq!(one["log"]["entries"].as_array().unwrap().len(), 1);
}
