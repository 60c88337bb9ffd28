//! Lists with an item that cannot be read.

use chatwork_sdk::types::{MessageId, Room};
use chatwork_sdk::{Client, Error, List, Result, Role};
use serde_json::{Value, json};

use crate::support::spans::Spans;
use crate::support::{ANNA, BOB, Reply, Server, refused, room};

/// The items of a list that were read, and what is told of the others.
type Told = (usize, Vec<(usize, String)>);

fn told<T>(list: &List<T>) -> Told {
    let aside = list.set_aside().iter();
    (list.len(), aside.map(|item| (item.index(), item.field().to_owned())).collect())
}

/// The document's example of a list, and behind it an item that is null, and one without a field.
fn odd(operation: &str, missing: &str) -> Value {
    let mut body = tests::spec::success(operation).body.unwrap().clone();
    let list = body.as_array_mut().expect("a list");
    let mut item = list[0].clone();
    item.as_object_mut().unwrap().remove(missing).expect("the field is there");
    list.extend([Value::Null, item]);
    body
}

/// What a client is told of a list of such items.
async fn asked<F, T>(operation: &str, missing: &str, call: impl FnOnce(Client) -> F) -> Told
where
    F: Future<Output = Result<List<T>>>,
{
    let server = Server::always(Reply::json(200, &odd(operation, missing))).await;
    told(&call(server.client()).await.expect("the other items are read"))
}

macro_rules! set_aside {
    ($($name:ident: $operation:literal without $missing:literal, |$client:ident| $call:expr;)+) => {$(
        #[tokio::test]
        async fn $name() {
            let read = tests::spec::success($operation).body.unwrap().as_array().unwrap().len();
            let told = asked($operation, $missing, async |$client: Client| $call.await).await;
            let aside = vec![(read, ".".to_owned()), (read + 1, $missing.to_owned())];
            assert_eq!(told, (read, aside));
        }
    )+};
}

set_aside! {
    one_odd_room_fails_no_other: "listRooms" without "icon_path", |c| c.rooms();
    one_odd_contact_fails_no_other: "listContacts" without "name", |c| c.contacts();
    one_odd_request_fails_no_other: "listIncomingRequests" without "message",
        |c| c.incoming_requests();
    one_odd_task_of_mine_fails_no_other: "listMyTasks" without "room", |c| c.my_tasks();
    one_odd_task_fails_no_other: "listRoomTasks" without "account", |c| room(&c).tasks();
    one_odd_file_fails_no_other: "listRoomFiles" without "filename", |c| room(&c).files();
    one_odd_member_fails_no_other: "listRoomMembers" without "role", |c| room(&c).members();
}

#[tokio::test]
async fn one_odd_message_fails_no_other_and_keeps_its_id() {
    let mut body = odd("listRoomMessages", "body");
    body[0]["account"]["avatar_image_url"] = json!(null);
    let server = Server::always(Reply::json(200, &body)).await;
    let messages = room(&server.client()).latest_messages().await.unwrap();
    let fields: Vec<_> = messages.set_aside.iter().map(|item| item.field()).collect();
    assert_eq!(fields, ["account.avatar_image_url", ".", "body"]);
    assert_eq!(messages.len() + messages.set_aside.len(), body.as_array().unwrap().len());
    let id: Option<MessageId> = messages.set_aside[0].get("message_id");
    assert_eq!(id, body[0]["message_id"].as_str().map(MessageId::from));
    assert_eq!(messages.set_aside[1].get::<MessageId>("message_id"), None);
}

#[tokio::test]
async fn what_is_set_aside_is_logged_once_and_shows_no_content() {
    let mut body = odd("listRooms", "icon_path");
    body[0]["name"] = json!(["sesame"]);
    let server = Server::always(Reply::json(200, &body)).await;
    let (spans, _guard) = Spans::listen();
    let rooms = server.client().rooms().await.unwrap();
    let item = &rooms.set_aside()[0];
    assert_eq!(item.to_string(), "item 0 cannot be read at `name`");
    assert!(item.json().contains("sesame"));
    let text = spans.text();
    assert_eq!(text.matches("items cannot be read").count(), 1, "{text}");
    assert!(text.contains(" count=3") && text.contains("listRooms"), "{text}");
    assert!(!format!("{text}{item}{item:?}{rooms:?}").contains("sesame"), "{text}{rooms:?}");
}

#[tokio::test]
async fn a_list_of_odd_items_alone_is_an_empty_list_with_items_set_aside() {
    let server = Server::always(Reply::json(200, &json!([{}, 7]))).await;
    let rooms = server.client().rooms().await.unwrap();
    assert!(rooms.is_empty() && rooms.set_aside().len() == 2);
}

#[tokio::test]
async fn a_reply_that_is_no_list_is_an_error_that_names_its_place() {
    let server = Server::always(Reply::json(200, &json!({ "rooms": [] }))).await;
    let error = refused(server.client().rooms().await);
    assert!(matches!(&error, Error::Decode(error) if error.path() == "."), "{error}");
}

#[tokio::test]
async fn a_whole_list_sets_nothing_aside() {
    let server = Server::spec().await;
    let rooms: List<Room> = server.client().rooms().await.unwrap();
    assert!(rooms.set_aside().is_empty());
    let json = serde_json::to_value(&rooms).unwrap();
    assert_eq!(json.as_array().map(Vec::len), Some(rooms.into_vec().len()));
}

/// The members are read, one of them is odd, and nothing is written: the odd one would be removed.
async fn refuses_to_write(change: impl AsyncFn(Client) -> Result<()>) {
    for broken in [json!(null), json!("x")] {
        let mut body = tests::spec::success("listRoomMembers").body.unwrap().clone();
        body[1]["account_id"] = broken;
        let server = Server::always(Reply::json(200, &body)).await;
        let error = refused(change(server.client()).await);
        let Error::Decode(error) = &error else { panic!("{error}") };
        assert_eq!(error.path(), "[1].account_id");
        assert_eq!(server.lines(), ["GET /rooms/42/members"]);
    }
}

#[tokio::test]
async fn members_are_not_added_when_a_member_cannot_be_read() {
    refuses_to_write(async |c| room(&c).add_members(Role::Member, [ANNA]).await.map(drop)).await;
}

#[tokio::test]
async fn members_are_not_removed_when_another_member_cannot_be_read() {
    refuses_to_write(async |c| room(&c).remove_members([BOB]).await.map(drop)).await;
}

#[tokio::test]
async fn a_link_is_not_edited_when_it_cannot_be_read() {
    let body = json!({ "public": true, "url": 7, "need_acceptance": false, "description": "" });
    let server = Server::always(Reply::json(200, &body)).await;
    let error = refused(room(&server.client()).link().edit().description("Come in").await);
    assert!(matches!(&error, Error::Decode(error) if error.path() == "url"), "{error}");
    assert_eq!(server.lines(), ["GET /rooms/42/link"]);
}
