//! Who is asking.

use reqwest::Method;

use crate::support::{Api, act, act_with_bearer, sandbox};

#[tokio::test]
async fn the_api_token_is_taken_in_a_header_of_any_case() {
    let sandbox = sandbox().await;
    for name in ["X-ChatWorkToken", "x-chatworktoken", "X-CHATWORKTOKEN"] {
        let me = Api::new(&sandbox, name, sandbox.token("hanako")).get("/me").await;
        assert_eq!(me.json["name"], "山田 花子");
    }
}

#[tokio::test]
async fn no_token_and_a_wrong_one_are_401_without_rate_limit_headers() {
    let sandbox = sandbox().await;
    for token in ["", "wrong", "hanako-bearer-read"] {
        let reply = Api::new(&sandbox, "X-ChatWorkToken", token).get("/me").await;
        assert_eq!((reply.status, reply.error()), (401, "Invalid API token"));
        assert_eq!(reply.header("www-authenticate"), "");
    }
    let nothing = Api::new(&sandbox, "X-Other", "x").get("/rooms").await;
    assert_eq!(nothing.status, 401);
}

#[tokio::test]
async fn an_invalid_bearer_gets_the_reason_in_a_header() {
    let sandbox = sandbox().await;
    let expired = act_with_bearer(&sandbox, "hanako-bearer-expired").get("/me").await;
    assert_eq!(expired.status, 401);
    assert_eq!(
        expired.header("www-authenticate"),
        "Bearer error=\"invalid_token\", error_description=\"The access token expired\""
    );
    let unknown = act_with_bearer(&sandbox, sandbox.token("hanako")).get("/me").await;
    assert!(unknown.header("www-authenticate").contains("error=\"invalid_token\""));
}

#[tokio::test]
async fn a_bearer_may_use_the_operations_of_its_scopes() {
    let sandbox = sandbox().await;
    let reader = act_with_bearer(&sandbox, "hanako-bearer-read");
    assert_eq!(reader.get("/rooms").await.status, 200);
    let refused = reader.post("/rooms/93207172/messages", &[("body", "hi")]).await;
    assert_eq!(refused.status, 403);
    assert_eq!(refused.error(), "The access token does not have the required scope");
}

#[tokio::test]
async fn every_operation_refuses_a_bearer_without_its_scope() {
    let sandbox = sandbox().await;
    let bearer = act_with_bearer(&sandbox, "hanako-bearer-profile");
    for operation in chatwork_api::operations::ALL {
        let path = path_of(operation.path);
        let reply =
            bearer.send(bearer.request(operation.method.as_str().parse().unwrap(), &path)).await;
        let expected = if operation.id == "getMe" { 200 } else { 403 };
        assert_eq!(reply.status, expected, "{}", operation.id);
    }
}

#[tokio::test]
async fn every_operation_refuses_a_stranger() {
    let sandbox = sandbox().await;
    let stranger = Api::new(&sandbox, "X-ChatWorkToken", "nobody");
    for operation in chatwork_api::operations::ALL {
        let request =
            stranger.request(operation.method.as_str().parse().unwrap(), &path_of(operation.path));
        assert_eq!(stranger.send(request).await.status, 401, "{}", operation.id);
    }
}

#[tokio::test]
async fn of_two_credentials_the_api_token_counts() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let request = hanako.request(Method::GET, "/me").bearer_auth("hanako-bearer-expired");
    assert_eq!(hanako.send(request).await.status, 200);
}

fn path_of(template: &str) -> String {
    let ids = [
        ("{room_id}", "93207172"),
        ("{message_id}", "1"),
        ("{task_id}", "1"),
        ("{file_id}", "1"),
        ("{request_id}", "1"),
    ];
    ids.iter().fold(template.to_owned(), |path, (name, id)| path.replace(name, id))
}
