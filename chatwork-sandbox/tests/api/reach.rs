//! Who can reach the sandbox, and what they may call.

use std::net::{IpAddr, Ipv4Addr};

use chatwork_sandbox::{Sandbox, StartError};
use reqwest::{Method, Response};
use serde_json::{Value, json};

use crate::support::{act, call, http, sandbox};

const KEY: &str = "a-key-of-the-tests-0";

/// A sandbox that listens on all addresses.
async fn open() -> Sandbox {
    let builder = Sandbox::builder().host(IpAddr::V4(Ipv4Addr::UNSPECIFIED)).control_key(KEY);
    builder.start().await.unwrap()
}

async fn get(sandbox: &Sandbox, path: &str, headers: &[(&str, &str)]) -> Response {
    let url = format!("{}{path}", sandbox.origin());
    let request =
        headers.iter().fold(http().get(url), |it, (name, value)| it.header(*name, *value));
    request.send().await.unwrap()
}

#[tokio::test]
async fn a_sandbox_says_that_it_is_ready() {
    let sandbox = sandbox().await;
    let (status, health) = call(&sandbox, Method::GET, "health", Value::Null).await;
    assert_eq!((status, &health["ready"]), (200, &json!(true)));
    assert_eq!(health["version"], env!("CARGO_PKG_VERSION"));
    assert!(sandbox.requests().is_empty());
}

#[tokio::test]
async fn every_control_path_takes_json_alone() {
    let sandbox = sandbox().await;
    for (method, path) in [
        (Method::POST, "faults"),
        (Method::POST, "clock"),
        (Method::POST, "webhooks"),
        (Method::POST, "revoke"),
        (Method::POST, "world"),
        (Method::POST, "rooms"),
        (Method::POST, "act"),
        (Method::POST, "notation"),
        (Method::DELETE, "tokens"),
    ] {
        for kind in ["text/plain", "application/x-www-form-urlencoded", ""] {
            let url = format!("{}/_sandbox/{path}", sandbox.origin());
            let request = http().request(method.clone(), url).body("{}");
            let request =
                if kind.is_empty() { request } else { request.header("content-type", kind) };
            let reply = request.send().await.unwrap();
            assert_eq!(reply.status(), 415, "{method} {path} {kind}");
            assert!(reply.text().await.unwrap().contains("curl --json"), "{path}");
        }
    }
    // Without a body, there is no type.
    assert_eq!(call(&sandbox, Method::POST, "reset", Value::Null).await.0, 200);
}

#[tokio::test]
async fn this_machine_needs_no_key() {
    let sandbox = sandbox().await;
    assert!(serde_json::to_value(sandbox.announcement()).unwrap().get("control_key").is_none());
    assert_eq!(get(&sandbox, "/_sandbox/state", &[]).await.status(), 200);
}

#[tokio::test]
async fn a_sandbox_for_other_machines_needs_its_key_for_controls_and_not_for_the_api() {
    let sandbox = open().await;
    let bearer = format!("Bearer {KEY}");
    for path in ["state", "requests", "faults", "rooms?account=ken", "events"] {
        let path = format!("/_sandbox/{path}");
        let refused = get(&sandbox, &path, &[]).await;
        assert_eq!(refused.status(), 401, "{path}");
        assert!(refused.headers()["www-authenticate"].to_str().unwrap().contains("sandbox"));
        assert_eq!(get(&sandbox, &path, &[("x-sandbox-key", "wrong")]).await.status(), 401);
        for header in [("authorization", bearer.as_str()), ("x-sandbox-key", KEY)] {
            assert_eq!(get(&sandbox, &path, &[header]).await.status(), 200, "{path}");
        }
    }
    for path in ["/_sandbox/health", "/_sandbox/", "/_sandbox/page/app.js"] {
        assert_eq!(get(&sandbox, path, &[]).await.status(), 200, "{path}");
    }
    assert_eq!(act(&sandbox, "hanako").get("/me").await.status, 200);
}

#[tokio::test]
async fn a_browser_keeps_the_key_in_a_cookie_that_scripts_and_other_sites_cannot_use() {
    let sandbox = open().await;
    let login = async |key: &str| {
        let url = format!("{}/_sandbox/login", sandbox.origin());
        http().post(url).json(&json!({ "key": key })).send().await.unwrap()
    };
    assert_eq!(login("wrong").await.status(), 401);
    let reply = login(KEY).await;
    let cookie = reply.headers()["set-cookie"].to_str().unwrap().to_owned();
    for part in ["HttpOnly", "SameSite=Strict", "Path=/_sandbox"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let kept = cookie.split(';').next().unwrap();
    assert_eq!(get(&sandbox, "/_sandbox/state", &[("cookie", kept)]).await.status(), 200);
}

#[tokio::test]
async fn a_key_in_an_address_counts_for_nothing_and_no_record_has_the_key() {
    let sandbox = open().await;
    assert_eq!(get(&sandbox, &format!("/_sandbox/clock?key={KEY}"), &[]).await.status(), 401);
    get(&sandbox, "/v2/me", &[("x-sandbox-key", KEY)]).await;
    get(&sandbox, "/_sandbox/state", &[("x-sandbox-key", KEY), ("host", "attacker.example")]).await;
    assert!(!format!("{:?}", sandbox.requests()).contains(KEY));
    assert!(!format!("{sandbox:?}").contains(KEY));
}

#[tokio::test]
async fn a_key_is_made_if_none_is_given() {
    let builder = Sandbox::builder().host(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    let sandbox = builder.start().await.unwrap();
    let hello = serde_json::to_value(sandbox.announcement()).unwrap();
    let key = hello["control_key"].as_str().unwrap();
    assert!(key.len() > 30, "{key}");
    assert_eq!(get(&sandbox, "/_sandbox/state", &[("x-sandbox-key", key)]).await.status(), 200);
}

#[tokio::test]
async fn a_name_that_could_be_of_another_site_is_refused_also_for_other_machines() {
    let sandbox = open().await;
    for (host, status) in [("192.0.2.1:8899", 200), ("attacker.example", 403)] {
        assert_eq!(
            get(&sandbox, "/_sandbox/health", &[("host", host)]).await.status(),
            status,
            "{host}"
        );
    }
    let foreign = [("host", "192.0.2.1:8899"), ("origin", "http://192.0.2.2:8899")];
    assert_eq!(get(&sandbox, "/_sandbox/health", &foreign).await.status(), 403);
}

#[tokio::test]
async fn addresses_in_replies_begin_with_the_origin_and_its_host_is_accepted() {
    let sandbox = Sandbox::builder().origin("http://sandbox:8899").start().await.unwrap();
    assert_eq!(sandbox.base_url(), "http://sandbox:8899/v2");
}

#[tokio::test]
async fn an_invalid_key_and_an_invalid_origin_are_refused_with_what_would_be_right() {
    for (builder, part) in [
        (Sandbox::builder().control_key("short"), "control_key: expected at least 16"),
        (Sandbox::builder().origin("sandbox:8899"), "origin: expected http://"),
        (Sandbox::builder().origin("http://sandbox:8899/v2"), "no path"),
    ] {
        let error = builder.start().await.unwrap_err();
        assert!(matches!(error, StartError::Reach { .. }), "{error}");
        assert!(error.to_string().contains(part), "{error}");
    }
}

const PAGE: (&str, &str) = ("origin", "https://app.example");

#[tokio::test]
async fn pages_of_other_sites_may_call_the_api_if_that_is_wanted_and_never_the_controls() {
    for (allowed, status) in [(false, 403), (true, 200)] {
        let sandbox = Sandbox::builder().cors(allowed).start().await.unwrap();
        let token = ("x-chatworktoken", sandbox.token("hanako"));
        let reply = get(&sandbox, "/v2/me", &[PAGE, token]).await;
        assert_eq!(reply.status(), status);
        let header = reply.headers().get("access-control-allow-origin");
        assert_eq!(header.is_some(), allowed);
        let controls = get(&sandbox, "/_sandbox/state", &[PAGE]).await;
        assert_eq!(controls.status(), 403);
        assert!(!controls.headers().contains_key("access-control-allow-origin"));
    }
}

#[tokio::test]
async fn a_preflight_is_answered_and_is_no_request_to_the_api() {
    let sandbox = Sandbox::builder().cors(true).start().await.unwrap();
    let url = format!("{}/rooms/1/messages", sandbox.base_url());
    let request = http().request(Method::OPTIONS, url).header(PAGE.0, PAGE.1);
    let request = request.header("access-control-request-method", "POST");
    let reply = request.send().await.unwrap();
    let header = |name: &str| reply.headers()[name].to_str().unwrap();
    assert_eq!((reply.status().as_u16(), header("access-control-allow-origin")), (204, "*"));
    assert!(header("access-control-allow-headers").contains("X-ChatWorkToken"));
    assert!(header("access-control-allow-methods").contains("PUT"));
    assert!(header("access-control-expose-headers").contains("X-RateLimit-Reset"));
    assert!(sandbox.requests().is_empty());
}

/// The name is looked up: `localhost` under another spelling stands for a container here.
#[tokio::test]
async fn webhooks_go_to_hosts_that_were_allowed_by_name_and_to_no_others() {
    let receiver = crate::support::Receiver::answering(crate::support::answer(200, 0)).await;
    let port = receiver.url.rsplit(':').next().unwrap().split('/').next().unwrap().to_owned();
    let named = format!("http://localhost.localdomain:{port}/webhook");
    let seed = chatwork_sandbox::WebhookSeed::mentions("bot", &named);
    let strict = Sandbox::start().await.unwrap();
    let refused = strict.webhooks().add(&seed).unwrap_err().to_string();
    assert!(refused.contains("--webhook-host"), "{refused}");
    let builder = Sandbox::builder().webhook_host("localhost.localdomain");
    let sandbox = builder.start().await.unwrap();
    sandbox.webhooks().add(&seed).unwrap();
    act(&sandbox, "ken").say(93_207_172, "[To:4520017] hi").await;
    sandbox.webhooks().idle().await;
    // Whether this machine knows the name is its own affair: the sandbox has tried.
    assert_eq!(sandbox.webhooks().deliveries().len(), 1);
}
