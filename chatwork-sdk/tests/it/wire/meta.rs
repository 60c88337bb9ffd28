//! What a reply says besides its body.

use chatwork_sdk::reqwest::StatusCode;

use crate::support::{Reply, Server, room};

#[tokio::test]
async fn a_reply_gives_its_status() {
    let server = Server::always(Reply::nothing()).await;
    let (_, meta) = server.client().contacts().with_meta().await.unwrap();
    assert_eq!(meta.status(), StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn a_reply_gives_its_rate_limit() {
    let server = Server::always(Reply::of("listRooms").limits(17, 60)).await;
    let (_, meta) = server.client().rooms().with_meta().await.unwrap();
    assert_eq!(meta.rate_limit().map(|limit| limit.remaining), Some(17));
}

#[tokio::test]
async fn a_reply_gives_its_limitation() {
    let reply = Reply::nothing().header("chatwork-message-limitation", "true");
    let server = Server::always(reply).await;
    let (_, meta) = room(&server.client()).new_messages().with_meta().await.unwrap();
    assert!(meta.message_limitation().is_some());
}

#[tokio::test]
async fn a_reply_gives_any_header() {
    let server = Server::always(Reply::of("getMe").header("x-request-id", "abc")).await;
    let (_, meta) = server.client().me().with_meta().await.unwrap();
    assert_eq!(meta.headers().get("x-request-id").unwrap(), "abc");
}

#[tokio::test]
async fn a_reply_gives_its_body_all_the_same() {
    let server = Server::spec().await;
    let (me, _) = server.client().me().with_meta().await.unwrap();
    assert_eq!(me, server.client().me().await.unwrap());
}

#[tokio::test]
async fn a_client_remembers_the_latest_rate_limit_for_all_its_clones() {
    let server = Server::always(Reply::of("getMe").limits(17, 60)).await;
    let client = server.client();
    client.clone().me().await.unwrap();
    assert_eq!(client.rate_limit().map(|limit| (limit.limit, limit.remaining)), Some((300, 17)));
}

#[tokio::test]
async fn a_client_knows_of_no_rate_limit_before_the_first_reply() {
    let server = Server::spec().await;
    assert_eq!(server.client().rate_limit(), None);
}

#[tokio::test]
async fn a_refusal_tells_the_client_the_rate_limit_too() {
    let server = Server::always(Reply::refusal(403, "no").limits(16, 60)).await;
    let client = server.client();
    client.me().await.unwrap_err();
    assert_eq!(client.rate_limit().map(|limit| limit.remaining), Some(16));
}
