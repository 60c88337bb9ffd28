//! Messages that are built, and those of any length.

use std::error::Error as _;

use chatwork_sdk::notation::MessageText;
use chatwork_sdk::{AccountId, Error};

use crate::support::{Answer, ROOM, Reply, Server, message_id, room};

/// A text of two parts.
fn long() -> String {
    "x".repeat(65_535) + "y"
}

#[tokio::test]
async fn a_built_message_is_taken_wherever_a_text_is() {
    let server = Server::spec().await;
    let (client, text) = (server.client(), MessageText::new().to(AccountId(1)));
    let room = client.room(ROOM);
    room.post(&text).await.unwrap();
    room.message(message_id()).edit(&text).await.unwrap();
    room.create_task(&text, [AccountId(1)]).await.unwrap();
    room.post_all(text).await.unwrap();
    for got in server.got() {
        assert!(got.line().contains("body=%5BTo%3A1%5D"), "{}", got.line());
    }
}

#[tokio::test]
async fn a_text_that_fits_is_posted_once() {
    let server = Server::spec().await;
    let ids = room(&server.client()).post_all("Build is green").unread(true).await.unwrap();
    assert_eq!(ids.len(), 1);
    assert_eq!(server.lines(), ["POST /rooms/42/messages body=Build+is+green&self_unread=1"]);
}

#[tokio::test]
async fn parts_are_posted_in_order() {
    let server = Server::spec().await;
    let request = room(&server.client()).post_all(long());
    assert_eq!(request.parts(), 2);
    assert_eq!(request.await.unwrap().len(), 2);
    let lines = server.lines();
    assert!(lines[0].ends_with('x') && lines[1].ends_with(" body=y"));
}

#[tokio::test]
async fn a_part_that_shows_nothing_is_not_posted() {
    let server = Server::spec().await;
    let log = "x".repeat(65_535) + "\n\n";
    let ids = room(&server.client()).post_all(log).await.unwrap();
    assert_eq!((ids.len(), server.got().len()), (1, 1));
}

#[tokio::test]
async fn an_error_tells_what_was_posted_before_it() {
    let posted: Answer = Reply::of("createRoomMessage").into();
    let refused: Answer = Reply::refusal(403, "no").into();
    let server = Server::script([posted, refused]).await;
    let error = room(&server.client()).post_all(long() + &long()).await.unwrap_err();
    assert_eq!((error.posted().len(), error.parts()), (1, 3));
    assert!(error.error().is_forbidden() && error.source().is_some());
    assert_eq!(error.to_string(), "1 of 3 parts were posted");
    assert!(Error::from(error).is_forbidden());
}

#[tokio::test]
async fn posting_in_parts_has_a_time_limit_and_the_meta_of_the_last_reply() {
    let server = Server::spec().await;
    let hour = std::time::Duration::from_secs(3600);
    let request = room(&server.client()).post_all(long()).timeout(hour);
    let (ids, meta) = request.with_meta().await.unwrap();
    assert_eq!((ids.len(), meta.status().as_u16()), (2, 200));
    let silent = Server::always(Answer::Silence).await;
    let request = room(&silent.client()).post_all("x").timeout(std::time::Duration::ZERO);
    assert!(request.send().await.unwrap_err().error().is_timeout());
}

#[tokio::test]
async fn an_empty_text_is_refused_before_it_is_sent() {
    let server = Server::spec().await;
    let error = room(&server.client()).post_all("").await.unwrap_err();
    assert!(error.error().is_input() && error.posted().is_empty());
    assert!(server.got().is_empty());
}

#[tokio::test]
async fn what_is_to_be_posted_is_in_no_debug() {
    let server = Server::spec().await;
    let request = room(&server.client()).post_all("secret");
    assert!(!format!("{request:?}").contains("secret"));
}
