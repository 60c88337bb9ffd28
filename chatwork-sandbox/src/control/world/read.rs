//! Reads bodies with the fields of a world, and checks them with the checks of a world.

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use chatwork_api::types::{AccountId, RoomId};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Fields, Refused};
use crate::http::Whole;
use crate::state::{Account, State};
use crate::world::{World, WorldError};

pub(super) type Id = Result<Path<String>, PathRejection>;

/// The fields of a body.
pub(super) fn fields(body: &Whole) -> Result<Fields, String> {
    super::super::read(body)
}

/// Fields as a part of a world.
pub(super) fn part<T: DeserializeOwned>(fields: Fields) -> Result<T, String> {
    serde_json::from_value(Value::Object(fields)).map_err(|error| format!("Invalid body: {error}"))
}

/// Checks a world that holds what a body describes at `place`, which is left out in the text.
pub(super) fn check(world: &World, place: &str) -> Result<(), String> {
    let faults = match world.check() {
        Ok(()) => return Ok(()),
        Err(WorldError::Faults(faults)) => faults,
        Err(other) => return Err(other.to_string()),
    };
    let texts = faults.iter().map(|fault| {
        let inside = fault.place.strip_prefix(place).unwrap_or(&fault.place);
        let field = inside.strip_prefix('.').unwrap_or(inside);
        match field {
            "" => fault.text.clone(),
            field => format!("`{field}`: {}", fault.text),
        }
    });
    Err(format!("Invalid body: {}", texts.collect::<Vec<_>>().join("; ")))
}

/// Takes an account from a body: its key, or its id as a number.
pub(super) fn account<'a>(
    state: &'a State,
    fields: &mut Fields,
    name: &str,
) -> Result<&'a Account, String> {
    let value = fields.remove(name);
    let value = value.ok_or_else(|| format!("`{name}` is missing: expected a key or an id"))?;
    let found = match &value {
        Value::String(key) => by_key(state, key),
        Value::Number(id) => id.as_i64().and_then(|id| state.account(AccountId(id))),
        _ => None,
    };
    found.ok_or_else(|| format!("`{name}`: no account has the key or the id {value}"))
}

pub(super) fn by_key<'a>(state: &'a State, key: &str) -> Option<&'a Account> {
    state.accounts().find(|account| account.profile.key == key)
}

/// The account of an address: a key or an id.
pub(super) fn account_of(state: &State, id: &Id) -> Result<AccountId, Refused> {
    let missing = || Refused::missing("Unknown account: GET /_sandbox/state lists all");
    let Path(text) = id.as_ref().map_err(|_| missing())?;
    let by_id = || text.parse().ok().and_then(|id| state.account(AccountId(id)));
    let found = by_key(state, text).or_else(by_id);
    found.map(|account| account.id).ok_or_else(missing)
}

/// The room of an address.
pub(super) fn room_of(state: &State, id: &Id) -> Result<RoomId, Refused> {
    room_of_text(state, id.as_ref().map_or("", |Path(text)| text))
}

pub(super) fn room_of_text(state: &State, text: &str) -> Result<RoomId, Refused> {
    let id = text.parse().ok().map(RoomId).filter(|id| state.room(*id).is_some());
    id.ok_or_else(|| Refused::missing("Unknown room: GET /_sandbox/state lists all"))
}

/// Refuses fields that are left over.
pub(super) fn nothing_else(fields: &Fields, known: &str) -> Result<(), String> {
    match fields.keys().next() {
        None => Ok(()),
        Some(name) => Err(format!("Unknown field `{name}`: expected {known}")),
    }
}

/// A world with all accounts of the state, as a body may refer to any of them. Tokens stay out.
pub(super) fn everybody(state: &State) -> World {
    let mut world = World::default();
    for account in state.accounts() {
        world.accounts.push(account.profile.clone());
        let id = account.organization_id.0;
        if id != 0 && !world.organizations.iter().any(|known| known.id == id) {
            let name = account.organization_name.clone();
            world.organizations.push(crate::world::Organization { id, name });
        }
    }
    world
}
