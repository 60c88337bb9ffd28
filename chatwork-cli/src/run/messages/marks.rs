//! `messages read` and `messages unread`.

use chatwork_app::{AppError, RoomRef, find_room};
use chatwork_sdk::types::UnreadCounts;
use chatwork_sdk::{MessageId, RoomId};
use serde_json::Value;

use crate::context::Context;
use crate::failure::Done;
use crate::interruptible;
use crate::out::{Item, Steps, item, note, shape};
use crate::words::{self, Words};

pub(super) async fn read(context: &Context, room: Option<String>, all: bool) -> Done {
    let Some(text) = room.filter(|_| !all) else { return read_all(context).await };
    let (room, message) = room_or_message(context, &text).await?;
    let request = context.client().await?.room(room).mark_read();
    let request = match &message {
        Some(message) => request.up_to(message),
        None => request,
    };
    match request.await {
        Err(error) if error.is_already_read() => counts(context, room, None, words::ALREADY_READ),
        counted => counts(context, room, Some(&counted?), words::ALREADY_READ),
    }
}

/// Marks one room after the other as read: a later one may fail, or the person may interrupt it.
async fn read_all(context: &Context) -> Done {
    let client = context.client().await?;
    let rooms = client.mark_all_read().rooms().await?;
    let names = rooms.iter().map(ToString::to_string).collect();
    let mut steps = Steps::new(&context.out, &shape::COUNTS, names);
    let work = async {
        for id in &rooms {
            let counted = match client.room(*id).mark_read().await {
                // Another program has marked it meanwhile.
                Err(error) if error.is_already_read() => UnreadCounts::default(),
                counted => counted?,
            };
            steps.add(item(&counted, &[("room_id", id.0.into())]))?;
        }
        Ok(())
    };
    let outcome = interruptible(work).await;
    if outcome.is_ok() && !context.out.is_json() {
        note(&words::MARKED_READ.fill(&[("count", &rooms.len())]));
    }
    steps.end(outcome)
}

/// Reads a room or a message. A room may have a name that looks like a message, such as `2026-11`:
/// then the room is meant, whose exact name it is.
async fn room_or_message(context: &Context, text: &str) -> Done<(RoomId, Option<MessageId>)> {
    let Ok(found) = context.message(text) else {
        return Ok((context.room_id(text).await?, None));
    };
    // An address is no name, and costs no request here.
    let room = RoomRef::parse(text, &context.config.rooms)?;
    if let RoomRef::Id(id) = room {
        let is_alias = context.config.rooms.contains_key(text.trim());
        return Ok((id, Some(found.message).filter(|_| !is_alias)));
    }
    match find_room(context.client().await?, &room).await {
        Ok(id) => Ok((id, None)),
        Err(AppError::Name(fault)) if !fault.is_ambiguous => Ok((found.room, Some(found.message))),
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn unread(context: &Context, message: &str) -> Done {
    let found = context.message(message)?;
    let room = context.client().await?.room(found.room);
    match room.mark_unread_from(&found.message).await {
        Err(error) if error.is_already_unread() => {
            counts(context, found.room, None, words::ALREADY_UNREAD)
        }
        counted => counts(context, found.room, Some(&counted?), words::ALREADY_UNREAD),
    }
}

/// Shows the counts of a room after it was marked. Without counts, it was marked before.
fn counts(context: &Context, room: RoomId, counts: Option<&UnreadCounts>, already: Words) -> Done {
    let id = ("room_id", room.0.into());
    let written = match counts {
        Some(counts) => context.out.detail(&shape::COUNTS, &item(counts, &[id])),
        None if context.out.is_json() => {
            context.out.detail(&shape::COUNTS, &item(&Value::Object(Item::new()), &[id]))
        }
        None => {
            note(already.text());
            Ok(())
        }
    };
    written.map_err(|failure| failure.behind_write(vec![room.to_string()]))
}
