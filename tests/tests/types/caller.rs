//! What callers write, which an addition to the document must not break.
//!
//! It is compiled here with the document as it is, and by `chatwork-codegen/tests/compile.rs` with
//! a document that has more of everything.
#![allow(dead_code)]

use chatwork_api::types::{
    AccountId, AccountIdList, CreateRoomBody, CreateRoomLinkOptions, CreateRoomMessageBody, FileId,
    GetRoomFileOptions, ListMyTasksOptions, ListRoomMessagesOptions, Message, MessageId, Room,
    RoomId, TaskStatus, UpdateRoomOptions, UploadRoomFileBody,
};
use chatwork_api::{Client, Error, FilePart};

/// Operations without anything optional, some of which get it.
async fn plain(client: &Client, room: RoomId, message: &MessageId) -> Result<(), Error> {
    client.get_me().await?;
    client.list_rooms().await?;
    client.list_contacts().await?;
    client.get_room_message(room, message).await?;
    client.delete_room_message(room, message).await?;
    Ok(())
}

/// Operations with optional parameters, called without them and with one.
async fn with_parameters(client: &Client, room: RoomId, file: FileId) -> Result<(), Error> {
    client.list_my_tasks().await?;
    client.list_my_tasks_with(&ListMyTasksOptions::new().status(TaskStatus::Open)).await?;
    client.list_room_messages(room).await?;
    client.list_room_messages_with(room, &ListRoomMessagesOptions::new().force(true)).await?;
    let options = GetRoomFileOptions::default().create_download_url(true);
    client.get_room_file_with(room, file, &options).await?;
    Ok(())
}

/// Operations with a body: required, optional, and with a file.
async fn with_bodies(client: &Client, room: RoomId) -> Result<(), Error> {
    let admins: AccountIdList = [AccountId(1)].into_iter().collect();
    client.create_room(&CreateRoomBody::new("港", admins).link(true)).await?;
    client.create_room_message(room, &CreateRoomMessageBody::new("hi")).await?;
    client.create_room_link(room).await?;
    client.create_room_link_with(room, &CreateRoomLinkOptions::new().code("x")).await?;
    let mut options = UpdateRoomOptions::new();
    options.name = Some("港".to_owned());
    client.update_room_with(room, &options).await?;
    let body = UploadRoomFileBody::new(FilePart::bytes("a.txt", "a")).message("b");
    client.upload_room_file(room, body).await?;
    Ok(())
}

/// Replies, made and taken apart as a test does.
fn replies() -> (Room, Message, String) {
    let mut room = Room::default();
    room.room_id = RoomId(42);
    room.name = "港".to_owned();
    let mut message = Message::default();
    message.message_id = MessageId::from("9");
    let Message { body, .. } = message.clone();
    (room, message, body)
}
