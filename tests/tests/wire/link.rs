//! `/rooms/{room_id}/link`.

use chatwork_api::types::{CreateRoomLinkOptions, ReplaceRoomLinkOptions, RoomId};
use tests::calls;
use tests::sent::Sent;

const ROOM: RoomId = RoomId(93207172);

calls! {
    a_link_is_requested_by_the_room: GET_ROOM_LINK,
        |client| client.get_room_link(ROOM),
        Sent::get("/rooms/93207172/link");

    a_link_is_created_with_every_field: CREATE_ROOM_LINK,
        |client| client.create_room_link_with(ROOM, &CreateRoomLinkOptions::new()
                .code("new-product_2025")
                .description("参加は a=b&c")
                .need_acceptance(false)),
        Sent::post("/rooms/93207172/link").form(concat!(
            "code=new-product_2025",
            "&description=%E5%8F%82%E5%8A%A0%E3%81%AF+a%3Db%26c",
            "&need_acceptance=0",
        ));

    a_link_is_created_from_an_empty_form: CREATE_ROOM_LINK,
        |client| client.create_room_link_with(ROOM, &CreateRoomLinkOptions::default()),
        Sent::post("/rooms/93207172/link").form("");

    a_link_is_replaced_with_every_field: REPLACE_ROOM_LINK,
        |client| client.replace_room_link_with(ROOM, &ReplaceRoomLinkOptions::new()
                .code("launch")
                .description("一行目\n二行目")
                .need_acceptance(true)),
        Sent::put("/rooms/93207172/link").form(concat!(
            "code=launch",
            "&description=%E4%B8%80%E8%A1%8C%E7%9B%AE%0A%E4%BA%8C%E8%A1%8C%E7%9B%AE",
            "&need_acceptance=1",
        ));

    a_link_is_replaced_in_one_field: REPLACE_ROOM_LINK,
        |client| client.replace_room_link_with(ROOM, &ReplaceRoomLinkOptions::new()
                .need_acceptance(false)),
        Sent::put("/rooms/93207172/link").form("need_acceptance=0");

    a_link_is_deleted_by_a_delete_without_a_body: DELETE_ROOM_LINK,
        |client| client.delete_room_link(ROOM),
        Sent::delete("/rooms/93207172/link");
}
