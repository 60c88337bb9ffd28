//! Invitation links.

use chatwork_sdk::types::RoomLink;
use serde_json::{Value, json};

use super::{gives, sends};
use crate::support::{Answer, Reply, Server, example, refused, room};

sends! {
    a_link_is_asked_for_without_parameters: |c| room(&c).link().get(), ["GET /rooms/42/link"];

    a_link_is_created_with_an_empty_form: |c| room(&c).link().create(),
        ["POST /rooms/42/link "];

    a_link_is_created_with_all_there_is: |c| room(&c)
        .link()
        .create()
        .code("launch")
        .needs_acceptance(false)
        .description("Come in"),
        ["POST /rooms/42/link code=launch&description=Come+in&need_acceptance=0"];

    a_link_is_replaced_with_what_is_set_alone: |c| room(&c).link().replace().description("Come in"),
        ["PUT /rooms/42/link description=Come+in"];

    a_link_is_replaced_with_all_there_is: |c| room(&c)
        .link()
        .replace()
        .code("launch")
        .needs_acceptance(true)
        .description("Come in"),
        ["PUT /rooms/42/link code=launch&description=Come+in&need_acceptance=1"];

    a_link_is_deleted_without_parameters: |c| room(&c).link().delete(), ["DELETE /rooms/42/link"];
}

gives! {
    a_link_is_what_the_api_says: |c| room(&c).link().get(), example::<RoomLink>("getRoomLink");

    a_new_link_is_what_the_api_says: |c| room(&c).link().create(),
        example::<RoomLink>("createRoomLink");

    a_replaced_link_is_what_the_api_says: |c| room(&c).link().replace(),
        example::<RoomLink>("replaceRoomLink");

    a_deleted_link_is_closed: |c| room(&c).link().delete(), example::<RoomLink>("deleteRoomLink");

    an_edited_link_is_what_the_api_says: |c| room(&c).link().edit().description("Come in"),
        example::<RoomLink>("replaceRoomLink");
}

/// A server whose room has this link.
async fn with_link(link: Value) -> Server {
    let replies = [link, json!({ "public": false })].map(|body| Reply::json(200, &body));
    Server::script(replies.map(Answer::from)).await
}

fn open_link() -> Value {
    json!({
        "public": true,
        "url": "https://www.chatwork.com/g/launch",
        "need_acceptance": false,
        "description": "Welcome",
    })
}

async fn with_open_link() -> Server {
    with_link(open_link()).await
}

#[tokio::test]
async fn an_edit_that_sets_nothing_keeps_all() {
    let server = with_open_link().await;
    room(&server.client()).link().edit().await.unwrap();
    let put = "PUT /rooms/42/link code=launch&description=Welcome&need_acceptance=0";
    assert_eq!(server.lines(), ["GET /rooms/42/link", put]);
}

#[tokio::test]
async fn an_edit_of_the_description_keeps_code_and_acceptance() {
    let server = with_open_link().await;
    room(&server.client()).link().edit().description("Come in").await.unwrap();
    let put = "PUT /rooms/42/link code=launch&description=Come+in&need_acceptance=0";
    assert_eq!(server.lines(), ["GET /rooms/42/link", put]);
}

#[tokio::test]
async fn an_edit_of_the_code_keeps_the_rest() {
    let server = with_open_link().await;
    room(&server.client()).link().edit().code("lift-off").await.unwrap();
    let put = "PUT /rooms/42/link code=lift-off&description=Welcome&need_acceptance=0";
    assert_eq!(server.lines(), ["GET /rooms/42/link", put]);
}

#[tokio::test]
async fn an_edit_of_the_acceptance_keeps_the_rest() {
    let server = with_open_link().await;
    room(&server.client()).link().edit().needs_acceptance(true).await.unwrap();
    let put = "PUT /rooms/42/link code=launch&description=Welcome&need_acceptance=1";
    assert_eq!(server.lines(), ["GET /rooms/42/link", put]);
}

#[tokio::test]
async fn an_edit_of_a_closed_link_changes_nothing() {
    let server = with_link(json!({ "public": false })).await;
    let error = refused(room(&server.client()).link().edit().description("Come in").await);
    assert_eq!(server.lines(), ["GET /rooms/42/link"], "{error}");
}

#[tokio::test]
async fn an_edit_without_a_code_to_keep_changes_nothing() {
    let server = with_link(json!({ "public": true, "url": "https://www.chatwork.com/" })).await;
    let error = refused(room(&server.client()).link().edit().description("Come in").await);
    assert_eq!(server.lines(), ["GET /rooms/42/link"], "{error}");
}

#[tokio::test]
async fn two_edits_at_once_do_not_undo_each_other() {
    let server = Server::always(Reply::json(200, &open_link())).await;
    let client = server.client();
    let (one, two) = (room(&client).link(), room(&client.clone()).link());
    let first = one.edit().description("Come in").into_future();
    let (first, second) = tokio::join!(first, two.edit().code("lift-off").into_future());
    first.and(second).unwrap();
    let methods: Vec<_> = server.got().into_iter().map(|got| got.method).collect();
    assert_eq!(methods, ["GET", "PUT", "GET", "PUT"]);
}

#[tokio::test]
async fn an_edit_does_not_undo_what_is_replaced_at_once() {
    let server = Server::always(Reply::json(200, &open_link())).await;
    let client = server.client();
    let (one, two) = (room(&client).link(), room(&client.clone()).link());
    let edit = one.edit().description("Come in").into_future();
    let (edit, replaced) = tokio::join!(edit, two.replace().code("lift-off").into_future());
    edit.and(replaced).unwrap();
    assert_eq!(server.lines()[2], "PUT /rooms/42/link code=lift-off");
}

#[tokio::test]
async fn a_link_is_not_opened_or_closed_in_the_middle_of_an_edit() {
    let server = Server::always(Reply::json(200, &open_link())).await;
    let client = server.client();
    let link = room(&client).link();
    let edit = link.edit().description("Come in").into_future();
    let (delete, create) = (link.delete().into_future(), link.create().into_future());
    let _ = tokio::join!(edit, delete, create);
    let methods: Vec<_> = server.got().into_iter().map(|got| got.method).collect();
    assert_eq!(methods, ["GET", "PUT", "DELETE", "POST"]);
}

#[tokio::test]
async fn an_edit_gives_what_its_last_reply_says() {
    let server = with_open_link().await;
    let (_, meta) = room(&server.client()).link().edit().with_meta().await.unwrap();
    assert_eq!(meta.status().as_u16(), 200);
}

#[tokio::test]
async fn an_edit_of_a_link_that_does_not_say_who_approves_changes_nothing() {
    let url = "https://www.chatwork.com/g/launch";
    let server = with_link(json!({ "public": true, "url": url })).await;
    let error = refused(room(&server.client()).link().edit().description("Come in").await);
    assert_eq!(server.lines(), ["GET /rooms/42/link"], "{error}");
}
