//! The state on its own: what is hard to see over HTTP.

use chatwork_api::types::{AccountId, RoomId};

use super::{Actor, CredentialId, NewRoom, RefusalKind, Role, Roles, State, Task, TaskStatus};
use crate::world::World;

const HANAKO: AccountId = AccountId(1_484_814);
const KEN: AccountId = AccountId(2_739_132);
const PROJECT: RoomId = RoomId(93_207_172);
const NOW: i64 = 1_750_831_200;

fn state() -> State {
    State::new(&World::standard().unwrap(), NOW)
}

fn actor(account: AccountId) -> Actor {
    Actor { account, credential: CredentialId(1), at: NOW }
}

#[test]
fn message_ids_grow_with_time_over_all_rooms() {
    let state = state();
    let mut messages: Vec<_> = state.rooms().flat_map(|room| &room.messages).collect();
    messages.sort_by_key(|message| message.id);
    assert!(messages.is_sorted_by_key(|message| message.sent));
    assert!(state.rooms().all(|room| room.messages.is_sorted_by_key(|message| message.id)));
}

#[test]
fn the_standard_world_has_every_kind_of_task_and_role() {
    let state = state();
    let tasks: Vec<_> = state.rooms().flat_map(|room| room.tasks.values()).collect();
    for status in [TaskStatus::Open, TaskStatus::Done] {
        for kind in ["none", "date", "time"] {
            let meant = |task: &&Task| task.status == status && task.limit_type.as_str() == kind;
            assert!(tasks.iter().any(meant), "{status:?} {kind}");
        }
    }
    for role in [Role::Admin, Role::Member, Role::Readonly] {
        assert!(state.rooms().any(|room| room.role(HANAKO) == Some(role)), "{role:?}");
    }
    assert!(state.accounts().all(|account| state.room(account.own_room).is_some()));
}

#[test]
fn every_message_of_a_task_or_file_exists() {
    let state = state();
    for room in state.rooms() {
        assert!(room.tasks.values().all(|task| room.message(task.message).is_some()));
        assert!(room.files.values().all(|file| room.message(file.message).is_some()));
    }
}

#[test]
fn replies_in_a_world_point_to_messages() {
    let state = state();
    let room = state.room(PROJECT).unwrap();
    let reply = room.messages.iter().find(|message| message.body.starts_with("[rp ")).unwrap();
    let to = reply.body.split("to=93207172-").nth(1).unwrap().split(']').next().unwrap();
    let target = room.message(super::MessageNumber::parse(to).unwrap()).unwrap();
    assert_eq!(target.account, KEN);
}

#[test]
fn a_refused_call_changes_no_room() {
    let mut state = state();
    let before = format!("{:?}", state.rooms);
    let roles = Roles { admin: vec![HANAKO], member: vec![HANAKO], readonly: vec![] };
    let refusal = state.replace_members(actor(HANAKO), PROJECT, &roles).unwrap_err();
    assert_eq!(refusal.kind, RefusalKind::Invalid);
    let new =
        NewRoom { name: "x".to_owned(), description: String::new(), icon: None, roles, link: None };
    assert!(state.create_room(actor(HANAKO), new).is_err());
    assert_eq!(format!("{:?}", state.rooms), before);
}

#[test]
fn created_link_codes_differ() {
    let mut state = state();
    let mut code = || {
        let link = state.make_link(None, "code", super::NewLink::default());
        link.unwrap().code
    };
    assert_ne!(code(), code());
}

#[test]
fn events_are_taken_once() {
    let mut state = state();
    assert!(state.take_events().is_empty(), "the messages of the world are no events");
    state.post_message(actor(HANAKO), PROJECT, "hi".to_owned(), false).unwrap();
    assert_eq!(state.take_events().len(), 1);
    assert!(state.take_events().is_empty());
}
