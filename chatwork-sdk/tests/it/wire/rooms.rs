//! Rooms.

use chatwork_sdk::IconPreset;
use chatwork_sdk::types::{Room, RoomDetails, RoomRef};

use super::{gives, sends};
use crate::support::{ANNA, BOB, CAROL, example, room};

sends! {
    rooms_are_asked_for_without_parameters: |c| c.rooms(), ["GET /rooms"];

    a_room_is_created_with_what_is_required: |c| c.create_room("Launch", [ANNA]),
        ["POST /rooms members_admin_ids=11&name=Launch"];

    a_room_is_created_with_all_there_is: |c| c
        .create_room("打ち上げ", [ANNA])
        .members([BOB])
        .readonly([CAROL])
        .description("All about it")
        .icon(IconPreset::Project)
        .invite_link(true)
        .link_code("launch")
        .link_needs_acceptance(false),
        ["POST /rooms description=All+about+it&icon_preset=project&link=1&link_code=launch\
          &link_need_acceptance=0&members_admin_ids=11&members_member_ids=22\
          &members_readonly_ids=33&name=%E6%89%93%E3%81%A1%E4%B8%8A%E3%81%92"];

    accounts_keep_their_order_and_are_named_once: |c| c
        .create_room("Launch", [CAROL, ANNA, CAROL, BOB, ANNA]),
        ["POST /rooms members_admin_ids=33%2C11%2C22&name=Launch"];

    lists_without_anybody_are_not_sent: |c| c
        .create_room("Launch", [ANNA])
        .members([])
        .readonly([]),
        ["POST /rooms members_admin_ids=11&name=Launch"];

    a_flag_that_is_off_is_sent_as_0: |c| c.create_room("Launch", [ANNA]).invite_link(false),
        ["POST /rooms link=0&members_admin_ids=11&name=Launch"];

    a_room_is_asked_for_by_its_id: |c| room(&c).get(), ["GET /rooms/42"];

    only_what_is_set_is_changed: |c| room(&c).update().icon(IconPreset::Star),
        ["PUT /rooms/42 icon_preset=star"];

    all_that_is_set_is_changed: |c| room(&c)
        .update()
        .name("Launch!")
        .description("a & b")
        .icon(IconPreset::Star),
        ["PUT /rooms/42 description=a+%26+b&icon_preset=star&name=Launch%21"];

    a_description_can_be_emptied: |c| room(&c).update().description(""),
        ["PUT /rooms/42 description="];

    a_room_is_left: |c| room(&c).leave(), ["DELETE /rooms/42 action_type=leave"];

    a_room_is_deleted: |c| room(&c).delete(), ["DELETE /rooms/42 action_type=delete"];
}

gives! {
    rooms_are_a_list: |c| c.rooms(), example::<Vec<Room>>("listRooms");

    a_new_room_is_its_id: |c| c.create_room("Launch", [ANNA]),
        example::<RoomRef>("createRoom").room_id;

    a_room_has_its_details: |c| room(&c).get(), example::<RoomDetails>("getRoom");

    a_changed_room_gives_nothing: |c| room(&c).update().name("Launch!"), ();

    a_room_that_was_left_gives_nothing: |c| room(&c).leave(), ();

    a_room_that_was_deleted_gives_nothing: |c| room(&c).delete(), ();
}
