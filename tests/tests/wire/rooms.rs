//! `/rooms` and `/rooms/{room_id}`.

use chatwork_api::types::{
    AccountId, AccountIdList, CreateRoomBody, DeleteOrLeaveRoomBody, IconPreset, RoomActionType,
    RoomId, UpdateRoomOptions,
};
use tests::calls;
use tests::sent::Sent;

const ROOM: RoomId = RoomId(93207172);

calls! {
    rooms_are_requested_by_path_only: LIST_ROOMS,
        |client| client.list_rooms(),
        Sent::get("/rooms");

    a_room_is_created_with_every_field: CREATE_ROOM,
        |client| client.create_room(&smallest_room()
                .description("1+1=2 & 100%\n二行目")
                .icon_preset(IconPreset::Project)
                .link(true)
                .link_code("new-product_2025")
                .link_need_acceptance(false)
                .members_member_ids(ids(&[3318824]))
                .members_readonly_ids(ids(&[2861671, 15]))),
        Sent::post("/rooms").form(concat!(
            "description=1%2B1%3D2+%26+100%25%0A%E4%BA%8C%E8%A1%8C%E7%9B%AE",
            "&icon_preset=project",
            "&link=1",
            "&link_code=new-product_2025",
            "&link_need_acceptance=0",
            "&members_admin_ids=1484814%2C2739132",
            "&members_member_ids=3318824",
            "&members_readonly_ids=2861671%2C15",
            "&name=%E6%96%B0%E8%A3%BD%E5%93%81",
        ));

    a_room_is_created_with_only_the_required_fields: CREATE_ROOM,
        |client| client.create_room(&smallest_room()),
        Sent::post("/rooms")
            .form("members_admin_ids=1484814%2C2739132&name=%E6%96%B0%E8%A3%BD%E5%93%81");

    an_empty_description_is_sent_and_not_left_out: CREATE_ROOM,
        |client| client.create_room(&smallest_room()
                .description("")),
        Sent::post("/rooms").form(concat!(
            "description=",
            "&members_admin_ids=1484814%2C2739132",
            "&name=%E6%96%B0%E8%A3%BD%E5%93%81",
        ));

    a_room_is_requested_by_its_id: GET_ROOM,
        |client| client.get_room(ROOM),
        Sent::get("/rooms/93207172");

    a_room_is_updated_with_every_field: UPDATE_ROOM,
        |client| client.update_room_with(ROOM, &UpdateRoomOptions::new()
                .description("a\r\nb")
                .icon_preset(IconPreset::Magcup)
                .name("第2期 + α")),
        Sent::put("/rooms/93207172").form(concat!(
            "description=a%0D%0Ab",
            "&icon_preset=magcup",
            "&name=%E7%AC%AC2%E6%9C%9F+%2B+%CE%B1",
        ));

    a_room_is_updated_in_one_field: UPDATE_ROOM,
        |client| client.update_room_with(ROOM, &UpdateRoomOptions::new()
                .icon_preset(IconPreset::Idea)),
        Sent::put("/rooms/93207172").form("icon_preset=idea");

    an_update_without_fields_is_an_empty_form: UPDATE_ROOM,
        |client| client.update_room_with(ROOM, &UpdateRoomOptions::default()),
        Sent::put("/rooms/93207172").form("");

    a_room_is_left_by_a_delete_with_a_form: DELETE_OR_LEAVE_ROOM,
        |client| client.delete_or_leave_room(ROOM, &action(RoomActionType::Leave)),
        Sent::delete("/rooms/93207172").header("accept", "*/*").form("action_type=leave");

    a_room_is_deleted_by_a_delete_with_a_form: DELETE_OR_LEAVE_ROOM,
        |client| client.delete_or_leave_room(ROOM, &action(RoomActionType::Delete)),
        Sent::delete("/rooms/93207172").header("accept", "*/*").form("action_type=delete");
}

fn ids(ids: &[i64]) -> AccountIdList {
    ids.iter().copied().map(AccountId).collect()
}

fn smallest_room() -> CreateRoomBody {
    CreateRoomBody::new("新製品", ids(&[1484814, 2739132]))
}

fn action(action_type: RoomActionType) -> DeleteOrLeaveRoomBody {
    DeleteOrLeaveRoomBody::new(action_type)
}
