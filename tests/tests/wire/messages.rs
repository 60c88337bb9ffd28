//! `/rooms/{room_id}/messages`.

use chatwork_api::types::{
    CreateRoomMessageBody, ListRoomMessagesOptions, MarkRoomMessagesReadOptions,
    MarkRoomMessagesUnreadBody, MessageId, RoomId, UpdateRoomMessageBody,
};
use tests::calls;
use tests::sent::Sent;

const ROOM: RoomId = RoomId(93207172);

calls! {
    all_messages_are_asked_for_with_force_1: LIST_ROOM_MESSAGES,
        |client| client.list_room_messages_with(ROOM, &ListRoomMessagesOptions::new().force(true)),
        Sent::get("/rooms/93207172/messages?force=1");

    new_messages_are_asked_for_with_force_0: LIST_ROOM_MESSAGES,
        |client| client.list_room_messages_with(ROOM, &ListRoomMessagesOptions::new().force(false)),
        Sent::get("/rooms/93207172/messages?force=0");

    messages_without_force_have_no_query: LIST_ROOM_MESSAGES,
        |client| client.list_room_messages(ROOM),
        Sent::get("/rooms/93207172/messages");

    a_message_is_posted_with_every_field: CREATE_ROOM_MESSAGE,
        |client| client.create_room_message(ROOM, &CreateRoomMessageBody::new("[To:2739132]佐藤さん\n1+1=2 & 50%, *~-_.")
                .self_unread(true)),
        Sent::post("/rooms/93207172/messages").form(concat!(
            "body=%5BTo%3A2739132%5D%E4%BD%90%E8%97%A4%E3%81%95%E3%82%93%0A",
            "1%2B1%3D2+%26+50%25%2C+*%7E-_.",
            "&self_unread=1",
        ));

    a_message_is_posted_with_only_its_text: CREATE_ROOM_MESSAGE,
        |client| client.create_room_message(ROOM, &text("Build is green")),
        Sent::post("/rooms/93207172/messages").form("body=Build+is+green");

    characters_beyond_the_basic_plane_are_sent_as_utf_8: CREATE_ROOM_MESSAGE,
        |client| client.create_room_message(ROOM, &text("𠮷👍🏽")),
        Sent::post("/rooms/93207172/messages")
            .form("body=%F0%A0%AE%B7%F0%9F%91%8D%F0%9F%8F%BD");

    messages_are_marked_read_up_to_a_message: MARK_ROOM_MESSAGES_READ,
        |client| client.mark_room_messages_read_with(ROOM, &MarkRoomMessagesReadOptions::new()
                .message_id(message())),
        Sent::put("/rooms/93207172/messages/read").form("message_id=1928374655918273645");

    all_messages_are_marked_read_with_an_empty_form: MARK_ROOM_MESSAGES_READ,
        |client| client.mark_room_messages_read_with(ROOM, &MarkRoomMessagesReadOptions::default()),
        Sent::put("/rooms/93207172/messages/read").form("");

    messages_are_marked_unread_from_a_message_on: MARK_ROOM_MESSAGES_UNREAD,
        |client| client.mark_room_messages_unread(ROOM, &MarkRoomMessagesUnreadBody::new(message())),
        Sent::put("/rooms/93207172/messages/unread").form("message_id=1928374655918273645");

    a_message_is_requested_by_both_ids: GET_ROOM_MESSAGE,
        |client| client.get_room_message(ROOM, &message()),
        Sent::get("/rooms/93207172/messages/1928374655918273645");

    a_message_is_updated_with_a_new_text: UPDATE_ROOM_MESSAGE,
        |client| client.update_room_message(ROOM, &message(), &UpdateRoomMessageBody::new("15時からに\t変更")),
        Sent::put("/rooms/93207172/messages/1928374655918273645")
            .form("body=15%E6%99%82%E3%81%8B%E3%82%89%E3%81%AB%09%E5%A4%89%E6%9B%B4");

    a_message_is_deleted_by_a_delete_without_a_body: DELETE_ROOM_MESSAGE,
        |client| client.delete_room_message(ROOM, &message()),
        Sent::delete("/rooms/93207172/messages/1928374655918273645");
}

fn message() -> MessageId {
    MessageId("1928374655918273645".to_owned())
}

fn text(body: &str) -> CreateRoomMessageBody {
    CreateRoomMessageBody::new(body)
}
