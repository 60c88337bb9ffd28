//! Roles, and rooms whose names look like something else.

use chatwork_sdk::RoomId;

use crate::support::{Desk, ROOM};

/// The role of a person in the room.
async fn role(desk: &Desk, account: i64) -> String {
    let members = desk.client("ken").room(RoomId(93_207_172)).members().await.unwrap();
    let member = members.iter().find(|member| member.account_id.0 == account).unwrap();
    member.role.to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_loses_rights_by_chance() {
    let desk = Desk::of("hanako").await;
    let ken = 2_739_132;
    // Who is in the room already keeps the role.
    let ran = desk.run(&["rooms", "add", ROOM, "2739132", "--json"]);
    assert!(ran.err.contains("members already"), "{}", ran.err);
    assert!(ran.json()["admin"].as_array().unwrap().contains(&ken.into()));
    assert_eq!(role(&desk, ken).await, "admin");
    for args in [
        &["rooms", "add", ROOM, "2739132", "--role", "member"][..],
        &["rooms", "role", ROOM, "readonly", "佐藤 健"],
    ] {
        let err = desk.run(args).fails(2);
        assert!(err.contains("fewer rights") && err.contains("--yes"), "{err}");
        assert_eq!(role(&desk, ken).await, "admin");
    }
    desk.run(&["rooms", "role", ROOM, "member", "佐藤 健", "--yes"]).ok();
    assert_eq!(role(&desk, 2_739_132).await, "member");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_may_have_a_name_that_looks_like_a_message() {
    let desk = Desk::of("hanako").await;
    let room = desk.run(&["rooms", "create", "93207172-11"]).ok();
    let counts = desk.run(&["messages", "read", "93207172-11", "--json"]);
    assert!(counts.code == 0 && counts.out.contains(room.trim()), "{counts:?}");
    // An alias, too, also if a part of it is one.
    desk.run(&["config", "set", "rooms.proj", "93310055"]).ok();
    desk.run(&["config", "set", "rooms.proj-2024", room.trim()]).ok();
    let counts = desk.run(&["messages", "read", "proj-2024", "--json"]);
    assert!(counts.code == 0 && counts.out.contains(room.trim()), "{counts:?}");
    // Without such a room it is a message, and an address always is.
    let message = desk.run(&["send", ROOM, "x", "--web"]).ok();
    desk.run(&["messages", "read", message.trim()]).ok();
    let id = message.trim().rsplit('-').next().unwrap();
    let counts = desk.run(&["messages", "read", &format!("{ROOM}-{id}"), "--json=room_id"]).json();
    assert_eq!(counts["room_id"], 93_207_172);
}
