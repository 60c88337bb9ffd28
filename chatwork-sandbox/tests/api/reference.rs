//! `/_sandbox/api`: the page of the API and the document.

use reqwest::header::{ACCEPT_LANGUAGE, CONTENT_ENCODING, CONTENT_TYPE};

use crate::support::{http, sandbox};

const DOCUMENT: &str = include_str!("../../../spec/chatwork.yaml");

async fn get(path: &str, language: &str) -> reqwest::Response {
    let sandbox = sandbox().await;
    let url = format!("{}/_sandbox/api{path}", sandbox.origin());
    let reply = http().get(url).header(ACCEPT_LANGUAGE, language).send().await.unwrap();
    assert_eq!(reply.status(), 200, "{path}");
    assert!(sandbox.requests().is_empty(), "it is no request to the API");
    reply
}

#[tokio::test]
async fn the_page_has_the_language_that_the_browser_names_first() {
    for (accepted, language) in [
        ("ja,en-US;q=0.7", "ja"),
        ("ja-JP", "ja"),
        ("en-US,en;q=0.5,ja;q=0.3", "en"),
        ("jam", "en"),
        ("*", "en"),
    ] {
        let page = get("", accepted).await.text().await.unwrap();
        assert!(page.contains(&format!("<html lang=\"{language}\">")), "{accepted}");
    }
}

#[tokio::test]
async fn each_language_has_an_address_of_its_own() {
    for language in ["en", "ja"] {
        let reply = get(&format!("/{language}"), "fr").await;
        assert_eq!(reply.headers()[CONTENT_TYPE], "text/html; charset=utf-8");
        let page = reply.text().await.unwrap();
        assert!(page.contains(&format!("<html lang=\"{language}\">")));
        assert!(page.contains("\"operationId\":\"createRoomMessage\""));
    }
}

#[tokio::test]
async fn the_page_loads_a_script_that_the_sandbox_has() {
    let page = get("/en", "en").await.text().await.unwrap();
    let (_, path) = page.split_once("src=\"/_sandbox/api").unwrap();
    let reply = get(path.split_once('"').unwrap().0, "en").await;
    assert_eq!(reply.headers()[CONTENT_ENCODING], "gzip");
    // What gzip begins with.
    assert_eq!(reply.bytes().await.unwrap()[..2], [0x1f, 0x8b]);
}

#[tokio::test]
async fn the_document_is_that_of_the_repository() {
    let reply = get("/chatwork.yaml", "en").await;
    assert_eq!(reply.headers()[CONTENT_TYPE], "application/yaml; charset=utf-8");
    assert!(reply.text().await.unwrap() == DOCUMENT, "the document is another one");
}

#[tokio::test]
async fn the_japanese_document_is_in_japanese() {
    let japanese = get("/chatwork.ja.yaml", "en").await.text().await.unwrap();
    assert!(japanese.starts_with("openapi:"));
    assert!(!japanese.contains("x-summary-ja") && japanese.contains("チャット"));
}
