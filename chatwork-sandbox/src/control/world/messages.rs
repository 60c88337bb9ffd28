//! `/_sandbox/rooms/ID/messages`: places messages, at any time, and changes them.

use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::Response;
use serde::Serialize;
use serde_json::Value;

use super::super::Shared;
use super::read::{Id, check, everybody, fields, part, room_of, room_of_text};
use super::{Fields, Refused, answer};
use crate::http::Whole;
use crate::state::{self, MessageNumber};
use crate::world::MessageSeed;

/// The messages that were placed, in the order of the body.
#[derive(Serialize)]
struct Placed {
    message_ids: Vec<MessageNumber>,
}

/// `POST /_sandbox/rooms/ID/messages`: one message as in a world, or `{"messages": [...]}`. Without
/// `ago` and `at`, a message comes now, and webhooks get it. Without `unread_for`, it is unread for all
/// members but its author.
pub(super) async fn create(State(app): Shared, room: Id, body: Whole) -> Response<Body> {
    answer(&app, |core, now| {
        let state = &mut core.state;
        let id = room_of(state, &room)?;
        let fields = fields(&body)?;
        let (parts, place) = listed(fields)?;
        let mut seed = state.room_seed(id).ok_or_else(|| Refused::missing("Unknown room"))?;
        let mut read_marks = Vec::new();
        for fields in parts {
            // Left out, it is unread as if it was posted; an empty list is read by everybody.
            read_marks.push(fields.contains_key("unread_for"));
            seed.messages.push(part::<MessageSeed>(fields)?);
        }
        let mut world = everybody(state);
        world.rooms.push(seed);
        check(&world, place)?;
        let messages = world.rooms.pop().map(|seed| seed.messages).unwrap_or_default();
        let messages: Vec<_> = messages.into_iter().zip(read_marks).collect();
        let message_ids = state.place_messages(id, &messages, now)?;
        Ok(Placed { message_ids })
    })
}

/// The messages of a body, and the place that their faults do not have to name.
fn listed(mut fields: Fields) -> Result<(Vec<Fields>, &'static str), String> {
    let Some(list) = fields.remove("messages") else {
        return Ok((vec![fields], "rooms[0].messages[0]"));
    };
    super::read::nothing_else(&fields, "`messages` alone")?;
    let Value::Array(list) = list else {
        return Err("Invalid `messages`: expected a list".to_owned());
    };
    let parts = list.into_iter().map(|part| match part {
        Value::Object(part) => Ok(part),
        _ => Err("Invalid `messages`: expected a list of objects".to_owned()),
    });
    Ok((parts.collect::<Result<_, _>>()?, "rooms[0]"))
}

/// `POST /_sandbox/rooms/ID/messages/MESSAGE`: changes `body` as an edit does, `deleted` to `true`, or
/// `unread_for`.
pub(super) async fn change(
    State(app): Shared,
    address: Result<Path<(String, String)>, PathRejection>,
    body: Whole,
) -> Response<Body> {
    answer(&app, |core, now| {
        let state = &mut core.state;
        let missing = || Refused::missing("Unknown message");
        let Path((room, message)) = address.map_err(|_| missing())?;
        let room = room_of_text(state, &room)?;
        let known = |id: &MessageNumber| state.room(room).is_some_and(|r| r.message(*id).is_some());
        let id = MessageNumber::parse(&message).filter(known).ok_or_else(missing)?;
        let change = wanted(state, room, fields(&body)?)?;
        state.change_message_as(room, id, change, now);
        Ok(Placed { message_ids: vec![id] })
    })
}

fn wanted(
    state: &state::State,
    room: chatwork_api::types::RoomId,
    mut fields: Fields,
) -> Result<state::MessageChange, String> {
    let mut change = state::MessageChange::default();
    if let Some(body) = fields.remove("body") {
        let body = body.as_str().filter(|body| (1..=65_535).contains(&body.chars().count()));
        let text = "Invalid `body`: expected a text of 1 to 65535 characters";
        change.body = Some(body.ok_or_else(|| text.to_owned())?.to_owned());
    }
    match fields.remove("deleted") {
        None => {}
        Some(Value::Bool(true)) => change.deleted = true,
        Some(_) => return Err("Invalid `deleted`: expected true".to_owned()),
    }
    if let Some(keys) = fields.remove("unread_for") {
        let invalid = || "Invalid `unread_for`: expected a list of keys".to_owned();
        let keys: Vec<String> = serde_json::from_value(keys).map_err(|_| invalid())?;
        let of_key = |key: &String| {
            let account = super::read::by_key(state, key).map(|account| account.id);
            let inside = |id| state.room(room).is_some_and(|room| room.role(id).is_some());
            account.filter(|id| inside(*id)).ok_or_else(|| format!("`{key}` is not in the room"))
        };
        change.unread_for = Some(keys.iter().map(of_key).collect::<Result<_, _>>()?);
    }
    super::read::nothing_else(&fields, "body, deleted and unread_for")?;
    match change == state::MessageChange::default() {
        true => Err("Expected body, deleted or unread_for".to_owned()),
        false => Ok(change),
    }
}
