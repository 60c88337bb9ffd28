//! `/rooms/{room_id}/members`.

use chatwork_api::types::{AccountId, ReplaceRoomMembersBody, RoomId};
use tests::calls;
use tests::sent::Sent;

const ROOM: RoomId = RoomId(93207172);

calls! {
    members_are_requested_by_the_room: LIST_ROOM_MEMBERS,
        |client| client.list_room_members(ROOM),
        Sent::get("/rooms/93207172/members");

    members_are_replaced_in_all_three_roles: REPLACE_ROOM_MEMBERS,
        |client| client.replace_room_members(ROOM, &ReplaceRoomMembersBody::new([1484814, 2739132].map(AccountId).into_iter().collect())
                .members_member_ids([3318824, 4, 5].map(AccountId).into_iter().collect())
                .members_readonly_ids([2861671].map(AccountId).into_iter().collect())),
        Sent::put("/rooms/93207172/members").form(concat!(
            "members_admin_ids=1484814%2C2739132",
            "&members_member_ids=3318824%2C4%2C5",
            "&members_readonly_ids=2861671",
        ));

    members_are_replaced_by_only_administrators: REPLACE_ROOM_MEMBERS,
        |client| client.replace_room_members(ROOM, &ReplaceRoomMembersBody::new([AccountId(1484814)].into_iter().collect())),
        Sent::put("/rooms/93207172/members").form("members_admin_ids=1484814");
}
