//! The page at `/_sandbox/`, as a browser gets it. `tests/page` opens it in one.

use chatwork_sandbox::Sandbox;
use reqwest::header::HeaderMap;
use reqwest::redirect::Policy;
use serde_json::{Value, json};

use crate::support::{http, sandbox};

async fn get(sandbox: &Sandbox, path: &str) -> (u16, HeaderMap, String) {
    let reply = http().get(format!("{}{path}", sandbox.origin())).send().await.unwrap();
    (reply.status().as_u16(), reply.headers().clone(), reply.text().await.unwrap())
}

#[tokio::test]
async fn every_file_that_the_page_names_is_there_with_its_type() {
    let sandbox = sandbox().await;
    let (status, headers, html) = get(&sandbox, "/_sandbox/").await;
    assert_eq!(
        (status, &headers["content-type"]),
        (200, &"text/html; charset=utf-8".parse().unwrap())
    );
    let mut names: Vec<_> = html
        .split("\"page/")
        .skip(1)
        .map(|part| part.split('"').next().unwrap().to_owned())
        .collect();
    let mut seen = Vec::new();
    while let Some(name) = names.pop() {
        let (status, headers, text) = get(&sandbox, &format!("/_sandbox/page/{name}")).await;
        assert_eq!(status, 200, "{name}");
        assert_eq!(headers["x-content-type-options"], "nosniff", "{name}");
        let kind = headers["content-type"].to_str().unwrap();
        let expected = match name.rsplit('.').next() {
            Some("js") => "text/javascript; charset=utf-8",
            Some("css") => "text/css; charset=utf-8",
            _ => "image/svg+xml",
        };
        assert_eq!(kind, expected, "{name}");
        // What a script imports is a file of the page as well.
        let imports = text.split("from \"./").skip(1).map(|part| part.split('"').next().unwrap());
        let imports = imports.filter(|import| !seen.iter().any(|known| known == import));
        names.extend(imports.map(ToOwned::to_owned));
        seen.push(name);
    }
    assert!(seen.iter().any(|name| name == "messages.js"), "{seen:?}");
}

#[tokio::test]
async fn the_address_without_a_slash_leads_to_the_page() {
    let sandbox = sandbox().await;
    let client = reqwest::Client::builder().no_proxy().redirect(Policy::none()).build().unwrap();
    let reply = client.get(format!("{}/_sandbox", sandbox.origin())).send().await.unwrap();
    assert_eq!(
        (reply.status().as_u16(), &reply.headers()["location"]),
        (308, &"/_sandbox/".parse().unwrap())
    );
}

#[tokio::test]
async fn opening_the_page_is_no_request_to_the_api_and_takes_no_fault() {
    let sandbox = sandbox().await;
    sandbox.faults().add(chatwork_sandbox::Fault::close()).unwrap();
    for path in ["/_sandbox/", "/_sandbox/page/app.js", "/_sandbox/operations"] {
        assert_eq!(get(&sandbox, path).await.0, 200, "{path}");
    }
    assert_eq!((sandbox.faults().pending().len(), sandbox.requests().len()), (1, 0));
}

#[tokio::test]
async fn a_page_of_another_site_cannot_load_the_page_s_files() {
    let sandbox = sandbox().await;
    let url = format!("{}/_sandbox/page/app.js", sandbox.origin());
    let request = http().get(&url).header("sec-fetch-site", "cross-site");
    assert_eq!(request.send().await.unwrap().status(), 403);
    let request = http().get(&url).header("origin", "https://attacker.example");
    assert_eq!(request.send().await.unwrap().status(), 403);
}

#[tokio::test]
async fn the_notation_of_texts_is_parsed_for_the_page() {
    let sandbox = sandbox().await;
    let url = format!("{}/_sandbox/notation", sandbox.origin());
    let body = json!({ "texts": ["[To:1]<b>", "[info]x[/info]"] });
    let parts: Value = http().post(url).json(&body).send().await.unwrap().json().await.unwrap();
    assert_eq!(
        parts,
        json!([
            [{ "is": "to", "account": 1 }, { "is": "text", "text": "<b>" }],
            [{ "is": "info" }, { "is": "text", "text": "x" }, { "is": "end" }],
        ])
    );
}

#[tokio::test]
async fn a_request_for_notation_that_is_no_list_of_texts_is_refused_with_what_is_expected() {
    let sandbox = sandbox().await;
    let url = format!("{}/_sandbox/notation", sandbox.origin());
    for body in [json!({}), json!({ "texts": "x" }), json!({ "texts": [], "more": 1 })] {
        let reply = http().post(&url).json(&body).send().await.unwrap();
        assert_eq!(reply.status(), 400, "{body}");
        assert!(reply.text().await.unwrap().contains("texts"), "{body}");
    }
}

#[tokio::test]
async fn the_page_can_name_every_operation_in_a_fault() {
    let sandbox = sandbox().await;
    let (_, _, text) = get(&sandbox, "/_sandbox/operations").await;
    let operations: Vec<Value> = serde_json::from_str(&text).unwrap();
    assert_eq!(operations.len(), 32);
    assert!(operations.contains(&json!({ "id": "getMe", "method": "GET", "path": "/me" })));
}
