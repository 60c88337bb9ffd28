//! Members.

use chatwork_sdk::types::{RoomMember, RoomMemberIds};
use chatwork_sdk::{AccountId, Role};
use serde_json::json;

use super::{gives, sends};
use crate::support::{ANNA, Answer, BOB, CAROL, DAVE, Reply, Server, example, refused, room};

sends! {
    members_are_asked_for_without_parameters: |c| room(&c).members(), ["GET /rooms/42/members"];

    members_are_replaced_by_administrators_alone: |c| room(&c).replace_members([ANNA]),
        ["PUT /rooms/42/members members_admin_ids=11"];

    members_are_replaced_by_all_roles: |c| room(&c)
        .replace_members([ANNA, BOB, ANNA])
        .members([DAVE])
        .readonly([CAROL]),
        ["PUT /rooms/42/members members_admin_ids=11%2C22&members_member_ids=44\
          &members_readonly_ids=33"];
}

gives! {
    members_are_a_list: |c| room(&c).members(), example::<Vec<RoomMember>>("listRoomMembers");

    replaced_members_are_their_ids: |c| room(&c).replace_members([ANNA]),
        example::<RoomMemberIds>("replaceRoomMembers");
}

/// A server whose room has Anna as administrator, Bob as member and Carol as reader.
async fn anna_bob_and_carol() -> Server {
    with_roles(&[(ANNA, "admin"), (BOB, "member"), (CAROL, "readonly")]).await
}

async fn with_roles(roles: &[(AccountId, &str)]) -> Server {
    let mut body = tests::spec::success("listRoomMembers").body.unwrap()[0].clone();
    let mut member = |(id, role): &(AccountId, &str)| {
        body["account_id"] = json!(id.0);
        body["role"] = json!(role);
        body.clone()
    };
    let members = roles.iter().map(&mut member).collect();
    let replies = [Reply::json(200, &members), Reply::of("replaceRoomMembers")];
    Server::script(replies.map(Answer::from)).await
}

const GET: &str = "GET /rooms/42/members";

#[tokio::test]
async fn an_added_member_comes_last_and_nobody_is_lost() {
    let server = anna_bob_and_carol().await;
    room(&server.client()).add_members(Role::Member, [DAVE]).await.unwrap();
    let put = "PUT /rooms/42/members members_admin_ids=11&members_member_ids=22%2C44\
               &members_readonly_ids=33";
    assert_eq!(server.lines(), [GET, put]);
}

#[tokio::test]
async fn a_member_who_gets_another_role_loses_the_old_one() {
    let server = anna_bob_and_carol().await;
    room(&server.client()).add_members(Role::Admin, [CAROL]).await.unwrap();
    let put = "PUT /rooms/42/members members_admin_ids=11%2C33&members_member_ids=22";
    assert_eq!(server.lines(), [GET, put]);
}

#[tokio::test]
async fn a_removed_member_is_the_only_one_who_goes() {
    let server = anna_bob_and_carol().await;
    room(&server.client()).remove_members([BOB]).await.unwrap();
    let put = "PUT /rooms/42/members members_admin_ids=11&members_readonly_ids=33";
    assert_eq!(server.lines(), [GET, put]);
}

#[tokio::test]
async fn adding_who_is_there_changes_nothing() {
    let server = anna_bob_and_carol().await;
    room(&server.client()).add_members(Role::Member, [BOB]).await.unwrap();
    assert_eq!(server.lines(), [GET]);
}

#[tokio::test]
async fn adding_who_is_there_gives_who_is_there() {
    let server = anna_bob_and_carol().await;
    let members = room(&server.client()).add_members(Role::Member, [BOB]).await.unwrap();
    let mut there = RoomMemberIds::default();
    (there.admin, there.member, there.readonly) = (vec![ANNA], vec![BOB], vec![CAROL]);
    assert_eq!(members, there);
}

#[tokio::test]
async fn removing_who_is_not_there_changes_nothing() {
    let server = anna_bob_and_carol().await;
    room(&server.client()).remove_members([DAVE]).await.unwrap();
    assert_eq!(server.lines(), [GET]);
}

#[tokio::test]
async fn the_last_administrator_is_not_removed() {
    let server = anna_bob_and_carol().await;
    let error = refused(room(&server.client()).remove_members([ANNA]).await);
    assert_eq!(server.lines(), [GET], "{error}");
}

#[tokio::test]
async fn the_last_administrator_does_not_get_another_role() {
    let server = anna_bob_and_carol().await;
    let error = refused(room(&server.client()).add_members(Role::Readonly, [ANNA]).await);
    assert_eq!(server.lines(), [GET], "{error}");
}

#[tokio::test]
async fn nobody_is_changed_when_somebody_has_a_role_that_could_not_be_kept() {
    let server = with_roles(&[(ANNA, "admin"), (BOB, "guest")]).await;
    let error = refused(room(&server.client()).add_members(Role::Member, [DAVE]).await);
    assert_eq!(server.lines(), [GET], "{error}");
}

#[tokio::test]
async fn two_changes_at_once_do_not_undo_each_other() {
    let server = anna_bob_and_carol().await;
    let client = server.client();
    let (one, two) = (room(&client), room(&client.clone()));
    let add = one.add_members(Role::Member, [DAVE]).into_future();
    // The second reads what the script gives last, which is no list: only its order matters.
    let _ = tokio::join!(add, two.remove_members([CAROL]).into_future());
    let methods: Vec<_> = server.got().into_iter().map(|got| got.method).collect();
    assert_eq!(methods[..3], ["GET", "PUT", "GET"]);
}

#[tokio::test]
async fn a_change_does_not_undo_a_replacement_that_is_made_at_once() {
    let server = anna_bob_and_carol().await;
    let client = server.client();
    let (one, two) = (room(&client), room(&client.clone()));
    let add = one.add_members(Role::Member, [DAVE]).into_future();
    tokio::join!(add, two.replace_members([CAROL]).into_future()).0.unwrap();
    assert_eq!(server.lines()[2], "PUT /rooms/42/members members_admin_ids=33");
}

#[tokio::test]
async fn a_change_gives_what_its_last_reply_says() {
    let server = anna_bob_and_carol().await;
    let change = room(&server.client()).add_members(Role::Member, [DAVE]);
    let (_, meta) = change.with_meta().await.unwrap();
    assert_eq!(meta.status().as_u16(), 200);
}
