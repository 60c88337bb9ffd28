//! `/_sandbox/rooms`: makes, changes and removes rooms and their members.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use chatwork_api::types::{AccountId, RoomId};
use serde::Serialize;
use serde_json::Value;

use super::super::Shared;
use super::read::{Id, account, check, everybody, fields, nothing_else, part, room_of};
use super::{Fields, Refused, answer};
use crate::http::Whole;
use crate::state::{self, Role, RoomKind};
use crate::world::{LinkSeed, RoomSeed};

/// What was made or changed.
#[derive(Serialize)]
struct Changed {
    room_id: RoomId,
}

/// `POST /_sandbox/rooms`: a room as in a world, with its messages, tasks and files. Ids may be left
/// out.
pub(super) async fn create(State(app): Shared, body: Whole) -> Response<Body> {
    answer(&app, |core, now| {
        let state = &mut core.state;
        let mut fields = fields(&body)?;
        let ids = state.draft_ids();
        let id = ids.room;
        fields.entry("id").or_insert_with(|| id.into());
        give_ids(&mut fields, "tasks", ids.task);
        give_ids(&mut fields, "files", ids.file);
        let seed: RoomSeed = part(fields)?;
        if seed.kind == RoomKind::My {
            let text = "`type`: every account has its My Chat already: expected direct or group";
            return Err(text.to_owned().into());
        }
        let mut world = everybody(state);
        world.rooms.push(seed);
        check(&world, "rooms[0]")?;
        state.new_room_fault(&world).map_or(Ok(()), Err)?;
        state.create_room_of_world(&world, now);
        Ok(Changed { room_id: RoomId(world.rooms.first().map_or(0, |room| room.id)) })
    })
}

/// Numbers the parts of a list that have no id.
fn give_ids(fields: &mut Fields, list: &str, first: i64) {
    let parts = fields.get_mut(list).and_then(Value::as_array_mut);
    for (part, id) in parts.into_iter().flatten().zip(first..) {
        if let Value::Object(part) = part {
            part.entry("id").or_insert_with(|| id.into());
        }
    }
}

/// `POST /_sandbox/rooms/ID`: changes `name`, `description`, `icon`, `link` (`null` removes it) and
/// `sticky_for` of a room.
pub(super) async fn change(State(app): Shared, room: Id, body: Whole) -> Response<Body> {
    answer(&app, |core, now| {
        let state = &mut core.state;
        let id = room_of(state, &room)?;
        let changes = fields(&body)?;
        let names = ["name", "description", "icon", "link", "sticky_for"];
        if let Some(name) = changes.keys().find(|name| !names.contains(&name.as_str())) {
            let known = "name, description, icon, link and sticky_for";
            return Err(format!("Unknown field `{name}`: expected {known}").into());
        }
        if changes.is_empty() {
            return Err("Expected name, description, icon, link or sticky_for".to_owned().into());
        }
        let seed = overlaid(state, id, changes)?;
        state.change_room_as(id, &seed, now);
        Ok(Changed { room_id: id })
    })
}

/// The room with the fields of a body in place of its own.
fn overlaid(state: &state::State, id: RoomId, changes: Fields) -> Result<RoomSeed, String> {
    let mut seed = state.room_seed(id).ok_or_else(|| "Unknown room".to_owned())?;
    for (name, value) in changes {
        let text = |error: serde_json::Error| format!("Invalid `{name}`: {error}");
        match name.as_str() {
            "name" => seed.name = serde_json::from_value(value).map_err(text)?,
            "description" => seed.description = serde_json::from_value(value).map_err(text)?,
            "icon" => seed.icon = Some(serde_json::from_value(value).map_err(text)?),
            "link" => {
                seed.link = serde_json::from_value::<Option<LinkSeed>>(value).map_err(text)?
            }
            _ => seed.sticky_for = serde_json::from_value(value).map_err(text)?,
        }
    }
    let mut world = everybody(state);
    let code = seed.link.as_ref().map(|link| link.code.clone());
    world.rooms.push(seed);
    check(&world, "rooms[0]")?;
    if code.is_some_and(|code| state.has_link_code(&code, id)) {
        return Err("`link.code`: another room has it".to_owned());
    }
    world.rooms.pop().ok_or_else(|| "Unknown room".to_owned())
}

/// `DELETE /_sandbox/rooms/ID`: removes a group or a direct chat with everything in it.
pub(super) async fn remove(State(app): Shared, room: Id) -> Response<Body> {
    answer(&app, |core, _| {
        let state = &mut core.state;
        let id = room_of(state, &room)?;
        if state.room(id).is_some_and(|room| room.kind == RoomKind::My) {
            let text = "A My Chat cannot be removed: every account has one";
            return Err(text.to_owned().into());
        }
        state.remove_room(id);
        Ok(Changed { room_id: id })
    })
}

/// `POST /_sandbox/rooms/ID/members` with `{"account", "role"}`: adds a member to a group, or gives it
/// another role.
pub(super) async fn add_member(State(app): Shared, room: Id, body: Whole) -> Response<Body> {
    answer(&app, |core, now| {
        let state = &mut core.state;
        let id = group(state, &room)?;
        let (who, mut fields) = who(state, &body)?;
        let role = fields.remove("role");
        nothing_else(&fields, "`account` and `role`")?;
        let invalid = "Invalid `role`: expected admin, member or readonly";
        let role = role.map_or(Ok(Role::Member), serde_json::from_value::<Role>);
        let role = role.map_err(|_| invalid.to_owned())?;
        changed(state.set_member(id, who, Some(role), now), id)
    })
}

/// `DELETE /_sandbox/rooms/ID/members` with `{"account"}`: removes a member from a group.
pub(super) async fn remove_member(State(app): Shared, room: Id, body: Whole) -> Response<Body> {
    answer(&app, |core, now| {
        let state = &mut core.state;
        let id = group(state, &room)?;
        let (who, fields) = who(state, &body)?;
        nothing_else(&fields, "`account` alone")?;
        if state.room(id).is_none_or(|room| room.role(who).is_none()) {
            return Err("`account`: it is not in the room".to_owned().into());
        }
        changed(state.set_member(id, who, None, now), id)
    })
}

fn changed(fits: bool, room_id: RoomId) -> Result<Changed, Refused> {
    match fits {
        true => Ok(Changed { room_id }),
        false => Err("A group has at least one admin: give that role to another member first"
            .to_owned()
            .into()),
    }
}

/// The account of a body, and its other fields.
fn who(state: &state::State, body: &Whole) -> Result<(AccountId, Fields), String> {
    let mut fields = fields(body)?;
    let id = account(state, &mut fields, "account")?.id;
    Ok((id, fields))
}

fn group(state: &state::State, room: &Id) -> Result<RoomId, Refused> {
    let id = room_of(state, room)?;
    match state.room(id).is_some_and(|room| room.kind == RoomKind::Group) {
        true => Ok(id),
        false => Err("Only a group gets other members".to_owned().into()),
    }
}
