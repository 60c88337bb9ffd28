//! `/_sandbox/state`: everything that the sandbox holds, without tokens and file contents.
//!
//! The reply is streamed in pieces of at most 500 messages, and the state is locked for one piece
//! at a time. So a large state needs little memory and does not delay other requests. A request that
//! changes the state between two pieces may be in the reply or not.

use std::convert::Infallible;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::RawQuery;
use axum::http::Response;
use axum::http::header::CONTENT_TYPE;
use bytes::Bytes;
use chatwork_api::types::RoomId;
use futures_util::stream;
use serde::Serialize;
use serde_json::{Value, json};

use super::{Shared, refuse};
use crate::http::{App, Reply, query_value};
use crate::state::{Member, Message, MessageNumber, Role, Room, State, StoredFile, Task};

/// The most messages of one piece.
const PIECE: usize = 500;

/// `GET /_sandbox/state`, or with `?room=ID` one room alone.
pub(super) async fn get(
    axum::extract::State(app): Shared,
    RawQuery(query): RawQuery,
) -> Response<Body> {
    let room = match query_value(query.as_deref().unwrap_or_default(), "room") {
        Ok(room) => room,
        Err(text) => return refuse(&app, &text),
    };
    let walk = match room {
        None => Walk { app, only: None, next: Next::Head },
        Some(text) => match text.parse().map(RoomId) {
            Ok(id) if app.core().state.room(id).is_some() => {
                Walk { app, only: Some(id), next: Next::Room(id, true) }
            }
            _ => return refuse(&app, "Invalid `room`: expected the id of a room that exists"),
        },
    };
    let now = walk.app.clock.now();
    let reply = Reply::empty(200).with(CONTENT_TYPE, "application/json; charset=utf-8");
    let mut response = reply.into_response(now);
    *response.body_mut() = Body::from_stream(stream::unfold(walk, |mut walk| async move {
        let piece = walk.piece()?;
        // Other requests get their turn between two pieces.
        tokio::task::yield_now().await;
        Some((Ok::<_, Infallible>(piece), walk))
    }));
    response
}

/// The way through the state.
struct Walk {
    app: Arc<App>,
    /// The one room that is asked for.
    only: Option<RoomId>,
    next: Next,
}

/// The next piece.
#[derive(Clone, Copy)]
enum Next {
    /// The accounts and contact requests.
    Head,
    /// A room, and whether it is the first.
    Room(RoomId, bool),
    /// The messages of a room after this one.
    Messages(RoomId, MessageNumber),
    /// The end of the list of rooms.
    End,
    Nothing,
}

impl Walk {
    /// The next piece of JSON; `None` at the end.
    fn piece(&mut self) -> Option<Bytes> {
        let app = Arc::clone(&self.app);
        let core = app.core();
        let text = match self.next {
            Next::Nothing => return None,
            Next::Head => {
                self.next = after(&core.state, None);
                head(&core.state)
            }
            Next::End => {
                self.next = Next::Nothing;
                "]}".to_owned()
            }
            Next::Room(id, first) => {
                self.next = Next::Messages(id, MessageNumber(0));
                // A room that was deleted in the meantime is empty.
                let start = core.state.room(id).map_or_else(|| "{\"messages\":[".into(), start);
                format!("{}{start}", if first { "" } else { "," })
            }
            Next::Messages(id, last) => self.messages(&core.state, id, last),
        };
        Some(Bytes::from(text))
    }

    fn messages(&mut self, state: &State, id: RoomId, last: MessageNumber) -> String {
        let messages = state.room(id).map_or(&[][..], |room| &room.messages);
        let begin = messages.partition_point(|message| message.id <= last);
        let piece = messages.get(begin..).unwrap_or_default();
        let piece = piece.get(..PIECE.min(piece.len())).unwrap_or_default();
        let first = last == MessageNumber(0);
        let mut text = String::new();
        for (index, message) in piece.iter().enumerate() {
            text.push_str(if first && index == 0 { "" } else { "," });
            text.push_str(&write(&shown_message(message)));
        }
        match piece.last() {
            Some(message) => self.next = Next::Messages(id, message.id),
            None => {
                text.push_str("]}");
                self.next = match self.only {
                    Some(_) => Next::Nothing,
                    None => after(state, Some(id)),
                };
            }
        }
        text
    }
}

/// The room after another.
fn after(state: &State, last: Option<RoomId>) -> Next {
    let next = state.rooms().map(|room| room.id).find(|id| last.is_none_or(|last| *id > last));
    next.map_or(Next::End, |id| Next::Room(id, last.is_none()))
}

fn write(value: &impl Serialize) -> String {
    // Strings and numbers can always be written.
    serde_json::to_string(value).unwrap_or_default()
}

/// The start of the whole, up to the list of rooms.
fn head(state: &State) -> String {
    let accounts: Vec<_> = state.accounts().map(account).collect();
    let requests: Vec<_> = state.requests().map(request).collect();
    let (accounts, requests) = (write(&accounts), write(&requests));
    format!("{{\"accounts\":{accounts},\"contact_requests\":{requests},\"rooms\":[")
}

/// A room up to the list of its messages.
fn start(room: &Room) -> String {
    let mut text = write(&shown_room(room));
    text.truncate(text.len() - 1);
    text + ",\"messages\":["
}

fn account(account: &crate::state::Account) -> Value {
    json!({
        "key": account.profile.key,
        "account_id": account.id,
        "name": account.name(),
        "room_id": account.own_room,
        "organization_id": account.organization_id,
    })
}

fn request(request: &crate::state::ContactRequest) -> Value {
    json!({
        "request_id": request.id,
        "from": request.from,
        "to": request.to,
        "message": request.message,
    })
}

fn shown_room(room: &Room) -> Value {
    let link = room.link.as_ref().map(|link| {
        json!({
            "code": link.code,
            "public": link.public,
            "need_acceptance": link.need_acceptance,
            "description": link.description,
        })
    });
    json!({
        "room_id": room.id,
        "type": room.kind.as_str(),
        "name": room.name,
        "description": room.description,
        "last_update_time": room.updated,
        "link": link,
        "members": room.members.iter().map(member).collect::<Vec<_>>(),
        "tasks": room.tasks.values().map(task).collect::<Vec<_>>(),
        "files": room.files.values().map(file).collect::<Vec<_>>(),
    })
}

fn member(member: &Member) -> Value {
    let role = match member.role {
        Role::Admin => "admin",
        Role::Member => "member",
        Role::Readonly => "readonly",
    };
    json!({
        "account_id": member.account,
        "role": role,
        "sticky": member.sticky,
        "unread_num": member.unread.len(),
        "mention_num": member.mentions.len(),
    })
}

fn shown_message(message: &Message) -> Value {
    json!({
        "message_id": message.id.to_string(),
        "account_id": message.account,
        "body": message.body,
        "send_time": message.sent,
        "update_time": message.updated,
        "system": message.system,
        "deleted": message.deleted,
    })
}

fn task(task: &Task) -> Value {
    json!({
        "task_id": task.id,
        "account_id": task.assignee,
        "assigned_by_account_id": task.requester,
        "message_id": task.message.to_string(),
        "body": task.body,
        "limit_time": task.limit,
        "limit_type": task.limit_type.as_str(),
        "status": task.status.as_str(),
    })
}

fn file(file: &StoredFile) -> Value {
    json!({
        "file_id": file.id,
        "account_id": file.account,
        "message_id": file.message.to_string(),
        "filename": file.name,
        "filesize": file.bytes.len(),
        "upload_time": file.uploaded,
    })
}
