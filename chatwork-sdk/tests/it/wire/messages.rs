//! Messages.

use chatwork_sdk::types::{Message, MessageRef, UnreadCounts};

use super::{empty_on_204, gives, sends};
use crate::support::{Reply, Server, example, message_id, room};

sends! {
    new_messages_are_asked_for_with_force_off: |c| room(&c).new_messages(),
        ["GET /rooms/42/messages?force=0"];

    latest_messages_are_asked_for_with_force_on: |c| room(&c).latest_messages(),
        ["GET /rooms/42/messages?force=1"];

    a_message_is_posted_as_a_form: |c| room(&c).post("Build is green"),
        ["POST /rooms/42/messages body=Build+is+green"];

    a_message_keeps_its_lines_and_its_notation: |c| room(&c).post("[To:1]\nはい\r\n100% & more=+"),
        ["POST /rooms/42/messages body=%5BTo%3A1%5D%0A%E3%81%AF%E3%81%84%0D%0A\
          100%25+%26+more%3D%2B"];

    a_message_stays_unread_when_it_shall: |c| room(&c).post("note").unread(true),
        ["POST /rooms/42/messages body=note&self_unread=1"];

    a_message_is_read_when_it_shall: |c| room(&c).post("note").unread(false),
        ["POST /rooms/42/messages body=note&self_unread=0"];

    a_message_is_asked_for_by_its_id: |c| room(&c).message(message_id()).get(),
        ["GET /rooms/42/messages/1928374655918273645"];

    a_message_is_edited_as_a_form: |c| room(&c).message(message_id()).edit("Green"),
        ["PUT /rooms/42/messages/1928374655918273645 body=Green"];

    a_message_is_deleted_by_its_id: |c| room(&c).message(message_id()).delete(),
        ["DELETE /rooms/42/messages/1928374655918273645"];

    all_messages_are_marked_as_read: |c| room(&c).mark_read(), ["PUT /rooms/42/messages/read "];

    messages_are_marked_as_read_up_to_one: |c| room(&c).mark_read().up_to(message_id()),
        ["PUT /rooms/42/messages/read message_id=1928374655918273645"];

    messages_are_marked_as_unread_from_one_on: |c| room(&c).mark_unread_from(message_id()),
        ["PUT /rooms/42/messages/unread message_id=1928374655918273645"];
}

gives! {
    new_messages_are_a_list: |c| async move { room(&c).new_messages().await.map(|it| it.messages) },
        example::<Vec<Message>>("listRoomMessages");

    a_posted_message_is_its_id: |c| room(&c).post("Build is green"),
        example::<MessageRef>("createRoomMessage").message_id;

    a_message_is_what_the_api_says: |c| room(&c).message(message_id()).get(),
        example::<Message>("getRoomMessage");

    an_edited_message_gives_nothing: |c| room(&c).message(message_id()).edit("Green"), ();

    a_deleted_message_gives_nothing: |c| room(&c).message(message_id()).delete(), ();

    marking_as_read_gives_what_is_left: |c| room(&c).mark_read(),
        example::<UnreadCounts>("markRoomMessagesRead");

    marking_as_unread_gives_what_is_left: |c| room(&c).mark_unread_from(message_id()),
        example::<UnreadCounts>("markRoomMessagesUnread");
}

empty_on_204! {
    no_new_messages_are_an_empty_list: |c| room(&c).new_messages();

    no_messages_are_an_empty_list: |c| room(&c).latest_messages();
}

async fn limitation(reply: Reply) -> Option<chatwork_sdk::MessageLimitation> {
    let server = Server::always(reply).await;
    room(&server.client()).latest_messages().await.unwrap().limitation
}

#[tokio::test]
async fn messages_that_the_plan_hides_are_spoken_of() {
    let reply = Reply::of("listRoomMessages").header("chatwork-message-limitation", "true");
    let reply = reply.header("chatwork-message-limitation-summary", "older than 40 days");
    let summary = limitation(reply).await.unwrap().summary;
    assert_eq!(summary.as_deref(), Some("older than 40 days"));
}

#[tokio::test]
async fn messages_that_the_plan_hides_are_spoken_of_without_any_other() {
    let reply = Reply::nothing().header("chatwork-message-limitation", "true");
    assert!(limitation(reply).await.is_some());
}

#[tokio::test]
async fn no_limitation_is_none() {
    assert_eq!(limitation(Reply::nothing()).await, None);
}
