//! Accounts, rooms and messages in pieces that a page can show.
//!
//! | path | |
//! |---|---|
//! | `GET /_sandbox/accounts` | all accounts |
//! | `GET /_sandbox/rooms?account=KEY` | all rooms as this account sees them, without what is in them |
//! | `GET /_sandbox/rooms/{room_id}` | one room without its messages |
//! | `GET /_sandbox/rooms/{room_id}/messages` | `limit` messages, oldest first: `before`, `after` or `from` a message, or the newest |

use std::sync::Arc;

use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, RawQuery, State};
use axum::http::Response;
use chatwork_api::types::{AccountId, RoomId};
use serde::Serialize;

use super::json::{refuse, show};
use crate::http::app::App;
use crate::http::form::Form;
use crate::http::params::id;
use crate::state::{self, Message, MessageNumber, Room, RoomKind, saved};

/// How many messages are shown if the call does not say it, and at most.
const LIMIT: usize = 50;
const HIGHEST_LIMIT: usize = 500;

type Id = Result<Path<String>, PathRejection>;

pub(super) async fn accounts(State(app): State<Arc<App>>) -> Response<Body> {
    let core = app.core();
    let accounts: Vec<_> = core.state.accounts().map(saved::Account::new).collect();
    show(&app, &accounts)
}

/// A room as an account sees it.
#[derive(Serialize)]
struct Summary {
    room_id: RoomId,
    #[serde(rename = "type")]
    kind: &'static str,
    name: String,
    /// Whether the account is in the room.
    member: bool,
    member_num: usize,
    unread_num: usize,
    mention_num: usize,
    last_update_time: i64,
}

pub(super) async fn list(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Response<Body> {
    let query = Form::parse(query.unwrap_or_default().as_bytes());
    let core = app.core();
    let state = &core.state;
    let key = query.text("account").ok().flatten();
    let viewer = key.and_then(|key| state.accounts().find(|known| known.profile.key == key));
    let Some(viewer) = viewer.map(|account| account.id) else {
        return refuse(&app, 400, "Invalid `account`: expected the key of an account");
    };
    let mut rooms: Vec<_> = state.rooms().collect();
    rooms.sort_by_key(|room| {
        let sticky = room.member(viewer).map(|member| member.sticky);
        (sticky.is_none(), sticky != Some(true), -room.updated, room.id)
    });
    let rooms: Vec<_> = rooms.into_iter().map(|room| summary(state, room, viewer)).collect();
    show(&app, &rooms)
}

fn summary(state: &state::State, room: &Room, viewer: AccountId) -> Summary {
    let member = room.member(viewer);
    Summary {
        room_id: room.id,
        kind: room.kind.as_str(),
        name: name(state, room, viewer),
        member: member.is_some(),
        member_num: room.members.len(),
        unread_num: member.map_or(0, |member| member.unread.len()),
        mention_num: member.map_or(0, |member| member.mentions.len()),
        last_update_time: room.updated,
    }
}

/// The name of a group; of other rooms the names of its members but for the account that looks.
fn name(state: &state::State, room: &Room, viewer: AccountId) -> String {
    if room.kind == RoomKind::Group {
        return room.name.clone();
    }
    let others = room.members.iter().map(|member| member.account);
    let others = others.filter(|account| room.kind == RoomKind::My || *account != viewer);
    let names: Vec<_> = others.filter_map(|account| Some(state.account(account)?.name())).collect();
    names.join(", ")
}

pub(super) async fn one(State(app): State<Arc<App>>, room: Id) -> Response<Body> {
    let core = app.core();
    match found(&core.state, &room) {
        Some(room) => show(&app, &saved::Room::brief(room)),
        None => missing(&app),
    }
}

fn found<'a>(state: &'a state::State, room: &Id) -> Option<&'a Room> {
    let Path(text) = room.as_ref().ok()?;
    state.room(RoomId(id(text)?))
}

fn missing(app: &App) -> Response<Body> {
    refuse(app, 404, "Unknown room: GET /_sandbox/rooms?account=KEY lists all")
}

/// A message, with the accounts that have not read it.
#[derive(Serialize)]
struct Shown {
    #[serde(flatten)]
    message: saved::Message,
    unread_by: Vec<AccountId>,
}

pub(super) async fn messages(
    State(app): State<Arc<App>>,
    room: Id,
    RawQuery(query): RawQuery,
) -> Response<Body> {
    let query = Form::parse(query.unwrap_or_default().as_bytes());
    let core = app.core();
    let Some(room) = found(&core.state, &room) else {
        return missing(&app);
    };
    let messages = match piece(&room.messages, &query) {
        Ok(messages) => messages.iter().map(|message| with_marks(room, message)),
        Err(text) => return refuse(&app, 400, text),
    };
    show(&app, &messages.collect::<Vec<_>>())
}

fn with_marks(room: &Room, message: &Message) -> Shown {
    let unread = room.members.iter().filter(|member| member.unread.contains(&message.id));
    let unread_by = unread.map(|member| member.account).collect();
    Shown { message: saved::Message::new(message), unread_by }
}

/// The messages that a query asks for.
fn piece<'a>(messages: &'a [Message], query: &Form) -> Result<&'a [Message], &'static str> {
    let text = |name| query.text(name).ok().flatten();
    let limit = match text("limit").map(str::parse) {
        None => LIMIT,
        Some(Ok(limit)) if (1..=HIGHEST_LIMIT).contains(&limit) => limit,
        Some(_) => return Err("Invalid `limit`: expected a number from 1 to 500"),
    };
    let place = |name| match text(name).map(MessageNumber::parse) {
        None => Ok(None),
        Some(Some(number)) => Ok(Some(number)),
        Some(None) => Err("Invalid message id: expected one of GET …/messages"),
    };
    let index = |number| messages.partition_point(|message| message.id < number);
    let (start, end) = if let Some(before) = place("before")? {
        let end = index(before);
        (end.saturating_sub(limit), end)
    } else if let Some(after) = place("after")? {
        let start = index(MessageNumber(after.0.saturating_add(1)));
        (start, start.saturating_add(limit))
    } else if let Some(from) = place("from")? {
        let start = index(from);
        (start, start.saturating_add(limit))
    } else {
        (messages.len().saturating_sub(limit), messages.len())
    };
    Ok(messages.get(start..end.min(messages.len())).unwrap_or_default())
}
