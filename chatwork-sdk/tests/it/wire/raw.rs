//! The two ways around the handles: the generated client, and requests to any path.

use chatwork_sdk::error::Effect;
use chatwork_sdk::types::{Me, Message, MessageRef};
use chatwork_sdk::{Error, Method};
use serde_json::Value;

use crate::support::{Reply, Server, TOKEN, example, refused};

#[tokio::test]
async fn the_generated_client_is_at_hand() {
    let server = Server::spec().await;
    let me = server.client().raw().get_me().await.unwrap().into_inner();
    assert_eq!(me, example::<Me>("getMe"));
}

#[tokio::test]
async fn a_request_goes_to_its_path_with_its_query() {
    let server = Server::always(Reply::of("listRoomMessages")).await;
    let request = server.client().request(Method::GET, "/rooms/1/messages");
    let _: Vec<Message> = request.query(&[("force", "1"), ("q", "a b")]).send().await.unwrap();
    assert_eq!(server.lines(), ["GET /rooms/1/messages?force=1&q=a+b"]);
}

#[tokio::test]
async fn a_request_gives_what_the_caller_asks_for() {
    let server = Server::spec().await;
    let me: Value = server.client().request(Method::GET, "/me").send().await.unwrap();
    assert_eq!(me, example::<Value>("getMe"));
}

#[tokio::test]
async fn a_request_sends_a_form() {
    let server = Server::always(Reply::nothing()).await;
    let request = server.client().request(Method::POST, "/rooms/1/polls");
    let () = request.form(&[("question", "Tea?")]).send().await.unwrap();
    assert_eq!(server.lines(), ["POST /rooms/1/polls question=Tea%3F"]);
}

#[tokio::test]
async fn a_request_bears_the_token() {
    let server = Server::always(Reply::nothing()).await;
    let () = server.client().request(Method::GET, "/polls").send().await.unwrap();
    assert_eq!(server.only().header("x-chatworktoken"), Some(TOKEN));
}

#[tokio::test]
async fn a_reply_without_a_body_is_an_empty_list() {
    let server = Server::always(Reply::nothing()).await;
    let polls: Vec<u8> = server.client().request(Method::GET, "/polls").send().await.unwrap();
    assert_eq!(polls, [0_u8; 0]);
}

#[tokio::test]
async fn a_reply_without_a_body_may_have_another_status_than_204() {
    for status in [200, 201, 202] {
        let server = Server::always(Reply::new(status, "")).await;
        let () = server.client().request(Method::POST, "/polls").send().await.unwrap();
        let polls: Vec<u8> = server.client().request(Method::GET, "/polls").send().await.unwrap();
        assert_eq!((polls.len(), server.got().len()), (0, 2), "{status}");
    }
}

#[tokio::test]
async fn a_write_whose_reply_lacks_the_expected_body_is_done() {
    for (status, path) in [(200, "/rooms/1/messages"), (201, "/polls"), (204, "/rooms/1/messages")]
    {
        let server = Server::always(Reply::new(status, "")).await;
        let request = server.client().request(Method::POST, path).form(&[("body", "Hello")]);
        let error = refused(request.send::<MessageRef>().await);
        assert_eq!((error.effect(), server.got().len()), (Effect::Done, 1), "{status}: {error}");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
        let text = format!("the body of the reply ({status}) is empty: expected a value");
        assert!(error.to_string().ends_with(&text), "{error}");
    }
}

#[tokio::test]
async fn a_refusal_of_a_documented_path_names_its_operation() {
    let server = Server::always(Reply::refusal(404, "no such task")).await;
    let request = server.client().request(Method::GET, "/rooms/1/tasks/2");
    let error = refused(request.send::<Value>().await);
    let text = "getRoomTask: refused with status 404: no such task";
    assert_eq!(error.to_string(), text);
}

async fn sent_to(path: &str) -> (Error, usize) {
    let server = Server::always(Reply::nothing()).await;
    let error = refused(server.client().request(Method::GET, path).send::<()>().await);
    (error, server.got().len())
}

#[tokio::test]
async fn a_path_that_leads_out_of_the_api_is_not_sent() {
    let paths = [
        "rooms",
        "",
        "//evil.example/v2",
        "/../x",
        "/rooms/..",
        "/./me",
        "/%2e%2e/x",
        "/.%2E/x",
        "/.\t./x",
        "/.\n./x",
        "/\\..\\x",
        "/me?x=1",
        "/me#x",
    ];
    for path in paths {
        let (error, requests) = sent_to(path).await;
        assert!(error.is_input() && requests == 0, "{path:?}: {error} after {requests} requests");
    }
}

#[tokio::test]
async fn a_query_that_is_no_list_of_pairs_is_not_sent() {
    let server = Server::always(Reply::nothing()).await;
    let request = server.client().request(Method::GET, "/me").query(&[[1, 2, 3]]);
    let error = refused(request.send::<Value>().await);
    let text = "not sent: `query` cannot be encoded: expected pairs of names and plain values";
    assert_eq!((error.to_string().as_str(), server.got().len()), (text, 0));
}

#[tokio::test]
async fn a_request_gives_what_its_reply_says_besides() {
    let server = Server::always(Reply::of("getMe").limits(17, 60)).await;
    let request = server.client().request(Method::GET, "/me");
    let (_, meta) = request.send_with_meta::<Me>().await.unwrap();
    assert_eq!(meta.rate_limit().map(|limit| limit.remaining), Some(17));
}
