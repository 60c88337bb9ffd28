//! Messages marked as read.

use chatwork_sdk::{Error, RoomId};
use serde_json::{Value, json};

use crate::support::{Answer, Got, Reply, Server, message_id, refused, room};

const READ: &str = "The messages are read already";

/// The error of `mark_read` when the API refuses with a status and a text.
async fn mark_read(status: u16, text: &str) -> Error {
    let server = Server::always(Reply::refusal(status, text)).await;
    refused(room(&server.client()).mark_read().await)
}

#[tokio::test]
async fn a_room_that_is_read_already_is_told_from_other_errors() {
    assert!(mark_read(400, READ).await.is_already_read());
    assert!(mark_read(400, "既に既読です").await.is_already_read());
    let server = Server::always(Reply::html(400)).await;
    assert!(!refused(room(&server.client()).mark_read().await).is_already_read());
    for (status, text) in [(403, READ), (404, READ), (500, READ), (400, "Invalid parameter: x")] {
        let error = mark_read(status, text).await;
        assert!(!error.is_already_read() && !error.is_already_unread(), "{error}");
    }
}

#[tokio::test]
async fn a_400_of_another_operation_says_nothing_of_marks() {
    let server = Server::always(Reply::refusal(400, READ)).await;
    let client = server.client();
    let error = refused(room(&client).post("text").await);
    assert!(!error.is_already_read() && !error.is_already_unread());
    let error = refused(room(&client).mark_unread_from(message_id()).await);
    assert!(error.is_already_unread() && !error.is_already_read());
}

/// The example of a room with an id and a number of unread messages.
fn with_unread(id: i64, unread: i64, mentions: i64) -> Value {
    let mut room = tests::spec::success("listRooms").body.unwrap()[0].clone();
    (room["room_id"], room["unread_num"]) = (json!(id), json!(unread));
    room["mention_num"] = json!(mentions);
    room
}

/// A server with three rooms, the second of which is read; `mark` answers the marks.
async fn rooms(mark: impl Fn(&Got) -> Reply + Send + 'static) -> Server {
    let list = json!([with_unread(1, 3, 0), with_unread(2, 0, 0), with_unread(3, 1, 1)]);
    let decide = move |got: &Got| match got.path() {
        "/rooms" => Answer::from(Reply::json(200, &list)),
        _ => mark(got).into(),
    };
    Server::start(decide).await
}

const MARKS: [&str; 3] =
    ["GET /rooms", "PUT /rooms/1/messages/read ", "PUT /rooms/3/messages/read "];

#[tokio::test]
async fn all_rooms_with_unread_messages_are_marked() {
    let server = rooms(|_| Reply::of("markRoomMessagesRead")).await;
    let marked = server.client().mark_all_read().await.unwrap();
    assert_eq!(marked, [RoomId(1), RoomId(3)]);
    assert_eq!(server.lines(), MARKS);
}

#[tokio::test]
async fn the_rooms_to_mark_are_listed_without_a_mark() {
    let server = rooms(|_| Reply::of("markRoomMessagesRead")).await;
    let listed = server.client().mark_all_read().rooms().await.unwrap();
    assert_eq!(listed, [RoomId(1), RoomId(3)]);
    assert_eq!(server.lines(), ["GET /rooms"]);
}

#[tokio::test]
async fn marking_all_counts_a_room_that_another_program_marked_as_done() {
    let server = rooms(|_| Reply::refusal(400, READ)).await;
    assert_eq!(server.client().mark_all_read().await.unwrap(), [RoomId(1), RoomId(3)]);
    assert_eq!(server.lines(), MARKS);
}

#[tokio::test]
async fn marking_all_ends_at_an_error_and_can_be_repeated() {
    let server = rooms(|got| match got.path() {
        "/rooms/1/messages/read" => Reply::of("markRoomMessagesRead"),
        _ => Reply::refusal(403, "no"),
    });
    let server = server.await;
    assert!(refused(server.client().mark_all_read().send().await).is_forbidden());
    assert!(refused(server.client().mark_all_read().send().await).is_forbidden());
    assert_eq!(server.lines(), [MARKS, MARKS].concat());
}

/// Marks all rooms of a list in which one room is changed, and returns what was sent, too.
async fn mark_odd(
    change: impl FnOnce(&mut Value),
    mark: fn() -> Reply,
) -> (Result<Vec<RoomId>, Error>, Vec<String>) {
    let mut list = json!([with_unread(1, 3, 0), with_unread(2, 0, 0)]);
    change(&mut list[1]);
    let decide = move |got: &Got| match got.path() {
        "/rooms" => Answer::from(Reply::json(200, &list)),
        _ => mark().into(),
    };
    let server = Server::start(decide).await;
    let marked = server.client().mark_all_read().await;
    (marked, server.lines())
}

fn done() -> Reply {
    Reply::of("markRoomMessagesRead")
}

#[tokio::test]
async fn marking_all_marks_a_room_with_an_odd_field() {
    let odd = |room: &mut Value| {
        (room["name"], room["unread_num"]) = (json!(7), json!(2));
    };
    assert_eq!(mark_odd(odd, done).await.0.unwrap(), [RoomId(1), RoomId(2)]);
}

#[tokio::test]
async fn marking_all_leaves_a_room_with_an_odd_field_that_is_read() {
    let (marked, lines) = mark_odd(|room| room["name"] = json!(7), done).await;
    assert_eq!((marked.unwrap(), lines.len()), (vec![RoomId(1)], 2));
}

#[tokio::test]
async fn marking_all_marks_a_room_whose_unread_messages_cannot_be_counted() {
    let odd = |room: &mut Value| room["unread_num"] = json!("many");
    assert_eq!(mark_odd(odd, done).await.0.unwrap(), [RoomId(1), RoomId(2)]);
    let read = || Reply::refusal(400, READ);
    let (marked, lines) = mark_odd(odd, read).await;
    assert_eq!((marked.unwrap(), lines.len()), (vec![RoomId(1)], 3));
}

#[tokio::test]
async fn marking_all_fails_before_it_marks_if_the_id_of_a_room_cannot_be_read() {
    let (marked, lines) = mark_odd(|room| room["room_id"] = json!("x"), done).await;
    let error = refused(marked);
    let Error::Decode(error) = error else { panic!("{error}") };
    assert_eq!((error.path(), lines.as_slice()), ("[1].room_id", &["GET /rooms".to_owned()][..]));
}
