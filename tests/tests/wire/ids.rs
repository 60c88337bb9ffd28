//! Ids that would change the path.

use chatwork_api::types::{MessageId, RoomId, UpdateRoomMessageBody};
use chatwork_api::{Client, Error};
use tests::sent::Sent;
use tests::server::Server;
use tests::spec;

const ROOM: RoomId = RoomId(1);

/// Calls every operation that has a message id in its path, and gives what was sent and the errors.
async fn with_message_id(id: &str) -> (Vec<Sent>, Vec<Error>) {
    let server = Server::start(spec::success("getRoomMessage").reply()).await;
    let (client, id) = (server.client(), MessageId(id.to_owned()));
    let errors = [get(&client, &id).await, update(&client, &id).await, delete(&client, &id).await];
    (server.take(), errors.into_iter().filter_map(Result::err).collect())
}

async fn get(client: &Client, id: &MessageId) -> Result<(), Error> {
    client.get_room_message(ROOM, id).await.map(|_| ())
}

async fn update(client: &Client, id: &MessageId) -> Result<(), Error> {
    let body = UpdateRoomMessageBody::new("x");
    client.update_room_message(ROOM, id, &body).await.map(|_| ())
}

async fn delete(client: &Client, id: &MessageId) -> Result<(), Error> {
    client.delete_room_message(ROOM, id).await.map(|_| ())
}

/// The target of the request that asks for a message by this id.
async fn target(id: &str) -> String {
    let server = Server::start(spec::success("getRoomMessage").reply()).await;
    get(&server.client(), &MessageId(id.to_owned())).await.unwrap();
    server.take().remove(0).line().to_owned()
}

#[tokio::test]
async fn an_empty_id_is_refused_before_a_request_is_sent() {
    let (sent, errors) = with_message_id("").await;
    assert_eq!(sent, []);
    let expected = "invalid request: `message_id` is empty: expected an id";
    assert_eq!(errors.iter().map(ToString::to_string).collect::<Vec<_>>(), [expected; 3]);
}

#[tokio::test]
async fn two_dots_are_refused_before_a_request_is_sent() {
    let (sent, errors) = with_message_id("..").await;
    assert_eq!(sent, []);
    let expected = "invalid request: `message_id` is `..`: expected an id";
    assert_eq!(errors.iter().map(ToString::to_string).collect::<Vec<_>>(), [expected; 3]);
}

#[tokio::test]
async fn one_dot_is_refused_before_a_request_is_sent() {
    let (sent, errors) = with_message_id(".").await;
    assert_eq!((sent.len(), errors.len()), (0, 3));
}

#[tokio::test]
async fn characters_that_end_a_path_are_encoded() {
    assert_eq!(target("a/b?c#d").await, "GET /v2/rooms/1/messages/a%2Fb%3Fc%23d");
}

#[tokio::test]
async fn a_percent_sign_is_encoded_so_that_an_encoded_id_is_encoded_again() {
    assert_eq!(target("%2e%2e").await, "GET /v2/rooms/1/messages/%252e%252e");
}

#[tokio::test]
async fn japanese_spaces_and_line_breaks_are_encoded() {
    assert_eq!(target("あ b\n").await, "GET /v2/rooms/1/messages/%E3%81%82%20b%0A");
}

#[tokio::test]
async fn a_backslash_is_encoded_because_url_parsers_treat_it_as_a_slash() {
    let expected = r"GET /v2/rooms/1/messages/..%5C..%5C..%5Cme";
    assert_eq!(target(r"..\..\..\me").await, expected);
}

#[tokio::test]
async fn a_negative_number_stays_in_its_segment() {
    let server = Server::start(spec::success("getRoom").reply()).await;
    server.client().get_room(RoomId(i64::MIN)).await.unwrap();
    assert_eq!(server.take(), [Sent::get("/rooms/-9223372036854775808")]);
}
