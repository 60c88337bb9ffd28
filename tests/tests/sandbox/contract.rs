//! A reply that the document does not admit is found.

use chatwork_sandbox::Fault;

use crate::calls::running;
use crate::report::Report;
use crate::stage::Stage;

/// What is wrong with what the sandbox answers to `GET /me`.
async fn failures(fault: Option<Fault>, status: u16) -> String {
    let stage = Stage::new().await;
    if let Some(fault) = fault {
        stage.sandbox.faults().add(fault).unwrap();
    }
    let mut report = Report::default();
    let call = running(stage.client("hanako").me());
    report.expect("me", &stage, ("getMe", status), call).await;
    assert!(report.reached.is_empty());
    report.failures.join("\n")
}

#[tokio::test]
async fn a_status_that_is_not_documented() {
    let found = failures(Some(Fault::status(418)), 418).await;
    assert!(found.contains("getMe 418: no such status"), "{found}");
}

#[tokio::test]
async fn a_header_that_is_missing() {
    let fault = Fault::status(403).body(r#"{"errors":["no"]}"#);
    let found = failures(Some(fault), 403).await;
    assert!(found.contains("getMe 403: no header x-ratelimit-limit"), "{found}");
}

#[tokio::test]
async fn a_header_that_is_not_documented() {
    let fault = Fault::status(401).header("x-ratelimit-limit", "300");
    let found = failures(Some(fault), 401).await;
    let expected = "getMe 401: the header x-ratelimit-limit, which is not listed";
    assert!(found.contains(expected), "{found}");
}

#[tokio::test]
async fn a_header_of_another_shape() {
    let fault = Fault::status(403).header("x-ratelimit-remaining", "many");
    let found = failures(Some(fault), 403).await;
    let expected = "getMe 403: the header x-ratelimit-remaining: value is not of type";
    assert!(found.contains(expected), "{found}");
}

#[tokio::test]
async fn a_type_that_is_not_documented() {
    let fault = Fault::status(401).header("content-type", "text/html").body("<p>no</p>");
    let found = failures(Some(fault), 401).await;
    assert!(found.contains("getMe 401: the type text/html"), "{found}");
}

#[tokio::test]
async fn a_body_of_another_shape() {
    let fault = Fault::status(401).header("content-type", "application/json").body("{}");
    let found = failures(Some(fault), 401).await;
    assert!(found.contains("getMe 401: \"errors\" is a required property"), "{found}");
}

#[tokio::test]
async fn a_reply_of_another_status_than_expected() {
    let found = failures(None, 204).await;
    assert!(found.contains("expected (\"getMe\", 204)"), "{found}");
}
