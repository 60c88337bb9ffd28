//! One message, with what is around it.

use chatwork_api::operations;
use chatwork_app::one_line;
use chatwork_sdk::{MessageId, RoomId};

use super::message_row::MessageRow;
use super::messages::Window;
use super::written::{begin_of_text, text_cursor, unreadable};
use super::{Effect, Spec, Wants, params, replies};
use crate::call::Call;
use crate::fault::{Fault, Stop};
use crate::options::{Toolset, Words};
use crate::output::Listing;
use crate::schema::{Kind, Param};

/// What shows a message in full.
pub(super) const READ_ON: &str = "get_room_message shows one in full";

pub(super) const GET_ROOM_MESSAGE: Spec = Spec {
    name: "get_room_message",
    title: Words { en: "Message", ja: "メッセージ" },
    about: "One message in full, the messages around it, and the replies before and behind it.",
    toolset: Toolset::Read,
    effect: Effect::Read,
    wants: Wants::Nothing,
    aliases: &[],
    operations: &[operations::GET_ROOM_MESSAGE.id, operations::LIST_ROOM_MESSAGES.id],
    params: &[
        params::MESSAGE,
        params::MESSAGE_ROOM,
        Param::new(
            "context",
            Kind::Count { min: 0, max: 20 },
            "How many messages before and behind.",
        ),
        Param::new("replies", Kind::Flag, "What it answers, and what answers it."),
        params::CURSOR,
        params::FORMAT,
    ],
    run: |call| Box::pin(get_room_message(call)),
};

async fn get_room_message(call: Call) -> Result<String, Stop> {
    let found = call.message().await?;
    let (room, id) = (found.room, found.message);
    let mut this = one(&call, room, &id).await?;
    let context = call.arguments.count("context").unwrap_or(0);
    let with_replies = call.arguments.is_set("replies");
    if context == 0 && !with_replies {
        return Ok(whole(&call, this)?);
    }
    if call.arguments.text("cursor").is_some() {
        let what = "`cursor` goes on in the text of a message alone";
        return Err(Fault::new(what, "Leave out `context` and `replies`.").into());
    }
    let window = Window::read(&call.client().room(room)).await?;
    let mut rows: Vec<MessageRow> = around(&call, &window.rows, room, &id, context).await?;
    this.note = "this one";
    let mut missing = Vec::from_iter(unreadable(window.unreadable));
    if with_replies {
        let chain = replies::of(&call, &window.rows, &this).await?;
        missing.extend(chain.missing);
        for row in chain.rows {
            replies::merge(&mut rows, row);
        }
    }
    replies::merge(&mut rows, this);
    let listing = Listing::new("messages", rows, usize::MAX)
        .fact(format!("message {id} of room {}", room.0))
        .fact("oldest first")
        .ends("ask for less context")
        .hidden(window.is_hidden)
        .reads_on(Some(READ_ON))
        .missing(window.is_full().then(|| {
            "what is older than the newest 100 of the room is there only as far as it was found"
                .to_owned()
        }))
        .missing(missing);
    Ok(listing.render(call.style()))
}

/// Reads a message from the API, or from the archive if the API does not show it.
pub(super) async fn one(call: &Call, room: RoomId, id: &MessageId) -> Result<MessageRow, Fault> {
    match call.client().room(room).message(id).get().await {
        Ok(message) => Ok(MessageRow::new(room, message)),
        Err(error) if error.is_hidden() || error.is_not_found() => {
            archived(call, room, id).await.ok_or_else(|| error.into())
        }
        Err(error) => Err(error.into()),
    }
}

#[cfg(feature = "archive")]
pub(super) async fn archived(call: &Call, room: RoomId, id: &MessageId) -> Option<MessageRow> {
    if !call.account.has_archive() {
        return None;
    }
    let id = id.clone();
    let found = super::older::open(call, move |reader| reader.message(room, &id)).await;
    found.ok().flatten().map(MessageRow::archived)
}

#[cfg(not(feature = "archive"))]
pub(super) async fn archived(_: &Call, _: RoomId, _: &MessageId) -> Option<MessageRow> {
    None
}

/// Writes a message alone. A long text goes on with a cursor.
fn whole(call: &Call, mut this: MessageRow) -> Result<String, Fault> {
    let (room, style) = (this.room, call.style());
    // As it is shown: a hidden character takes several visible ones. A list has twice as much for a
    // text, so it never cuts the part.
    let part = style.form.part(&one_line(&this.body), begin_of_text(call)?, style.max_chars / 4);
    this.body = part.text;
    let listing = Listing::new("messages", vec![this], 1).fact(format!("room {}", room.0));
    Ok(listing.continues(text_cursor(part.next)).render(style))
}

/// Returns the messages around one of them.
async fn around(
    call: &Call,
    window: &[MessageRow],
    room: RoomId,
    id: &MessageId,
    context: usize,
) -> Result<Vec<MessageRow>, Fault> {
    if context == 0 {
        return Ok(Vec::new());
    }
    let Some(at) = window.iter().position(|row| row.id == *id) else {
        return archived_around(call, room, id, context).await;
    };
    // The window is newest first, and so goes on towards older ones.
    let from = at.saturating_sub(context);
    let mut rows: Vec<_> =
        window.iter().skip(from).take(at - from + context + 1).cloned().collect();
    rows.reverse();
    Ok(rows)
}

#[cfg(feature = "archive")]
async fn archived_around(
    call: &Call,
    room: RoomId,
    id: &MessageId,
    context: usize,
) -> Result<Vec<MessageRow>, Fault> {
    if archived(call, room, id).await.is_none() {
        return Ok(Vec::new());
    }
    let (id, count) = (id.clone(), u32::try_from(context).unwrap_or(u32::MAX));
    let found = super::older::open(call, move |reader| reader.context(room, &id, count, count));
    Ok(found.await?.into_iter().map(MessageRow::archived).collect())
}

#[cfg(not(feature = "archive"))]
async fn archived_around(
    _: &Call,
    _: RoomId,
    _: &MessageId,
    _: usize,
) -> Result<Vec<MessageRow>, Fault> {
    Ok(Vec::new())
}
