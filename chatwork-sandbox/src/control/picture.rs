//! `/_sandbox/state`: everything that is there, without tokens and file contents.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use serde_json::{Value, json};

use super::{Shared, show};
use crate::state::{Member, Message, Role, Room, RoomKind, State as World, StoredFile, Task};

pub(super) async fn get(State(app): Shared) -> Response<Body> {
    let state = app.core().state.clone();
    show(&app, &picture(&state))
}

fn picture(state: &World) -> Value {
    let accounts = state.accounts().map(|account| {
        json!({
            "key": account.profile.key,
            "account_id": account.id,
            "name": account.name(),
            "room_id": account.own_room,
            "organization_id": account.organization_id,
        })
    });
    let requests = state.requests().map(|request| {
        json!({
            "request_id": request.id,
            "from": request.from,
            "to": request.to,
            "message": request.message,
        })
    });
    json!({
        "accounts": accounts.collect::<Vec<_>>(),
        "contact_requests": requests.collect::<Vec<_>>(),
        "rooms": state.rooms().map(room).collect::<Vec<_>>(),
    })
}

fn room(room: &Room) -> Value {
    let kind = match room.kind {
        RoomKind::My => "my",
        RoomKind::Direct => "direct",
        RoomKind::Group => "group",
    };
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
        "type": kind,
        "name": room.name,
        "description": room.description,
        "last_update_time": room.updated,
        "link": link,
        "members": room.members.iter().map(member).collect::<Vec<_>>(),
        "messages": room.messages.iter().map(message).collect::<Vec<_>>(),
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

fn message(message: &Message) -> Value {
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
