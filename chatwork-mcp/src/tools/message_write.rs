//! Posts, edits and deletes messages.

use chatwork_api::operations;
use chatwork_app::{Composed, find_mentions};
use chatwork_sdk::{MessageHandle, RoomHandle};

use super::draft::Draft;
use super::written::{address, allow_text, compose, lost, set_of};
use super::{Effect, Spec, Wants, params};
use crate::arguments::OFF;
use crate::call::Call;
use crate::fault::{Fault, Stop};
use crate::fence::subject::{Found, Question};
use crate::options::{Toolset, Words};
use crate::repeat::Key;
use crate::schema::{Kind, Needs, Param};

pub(super) const POST_ROOM_MESSAGE: Spec = Spec {
    name: "post_room_message",
    title: Words { en: "Post a message", ja: "メッセージの投稿" },
    about: "Post a message to a room. People of the room see it, and it cannot be unsent.",
    toolset: Toolset::Write,
    effect: Effect::Add,
    wants: Wants::Nothing,
    aliases: &[],
    operations: &[operations::CREATE_ROOM_MESSAGE.id, operations::GET_ROOM_MESSAGE.id],
    params: &[
        params::ROOM,
        params::TEXT,
        params::TEXT_FORMAT,
        Param::new("to", Kind::Ids, "Whom to mention: account ids, exact names, or `me`."),
        Param::new("to_all", Kind::Flag, "Mention every member.").default(OFF).needs(Needs::ToAll),
        Param::new("reply_to", Kind::Id, "The message to reply to, which mentions its author."),
        Param::new("quote", Kind::Id, "A message to quote."),
        Param::new("self_unread", Kind::Flag, "Leave it unread for me.").default(OFF),
        params::DRY_RUN,
        params::AGAIN,
    ],
    run: |call| Box::pin(post_room_message(call)),
};

pub(super) const UPDATE_ROOM_MESSAGE: Spec = Spec {
    name: "update_room_message",
    title: Words { en: "Edit a message", ja: "メッセージの編集" },
    about: "Replace the text of a message of mine.",
    toolset: Toolset::Write,
    effect: Effect::Change,
    wants: Wants::Nothing,
    aliases: &[],
    operations: &[operations::UPDATE_ROOM_MESSAGE.id],
    params: &[
        params::MESSAGE,
        params::MESSAGE_ROOM,
        params::TEXT,
        params::TEXT_FORMAT,
        params::DRY_RUN,
    ],
    run: |call| Box::pin(update_room_message(call)),
};

pub(super) const DELETE_ROOM_MESSAGE: Spec = Spec {
    name: "delete_room_message",
    title: Words { en: "Delete a message", ja: "メッセージの削除" },
    about: "Delete a message of mine. It cannot be undone.",
    toolset: Toolset::Write,
    effect: Effect::Delete,
    wants: Wants::Nothing,
    aliases: &[],
    operations: &[operations::DELETE_ROOM_MESSAGE.id, operations::GET_ROOM_MESSAGE.id],
    params: &[params::MESSAGE, params::MESSAGE_ROOM, params::DRY_RUN],
    run: |call| Box::pin(delete_room_message(call)),
};

async fn post_room_message(call: Call) -> Result<String, Stop> {
    let room = call.room_to_write().await?;
    let (composed, key) = composed(&call, &room).await?;
    allow_text(&call, &composed)?;
    let (text, lost) = (composed.text.to_string(), lost(&composed));
    let unread = call.arguments.is_set("self_unread");
    if call.is_dry_run() {
        let draft = Draft::new(format!("post to room {}", room.id().0)).note(lost);
        return Ok(draft.text("body", &text).some_flag("self_unread", Some(unread)).render(&call));
    }
    let post = async move {
        let message = room.post(text).unread(unread).await?;
        let at = address(room.id(), &message);
        Ok(format!("posted as {}-{message}{at}", room.id().0))
    };
    Ok(call.write_once(key, post).await? + &lost)
}

/// Makes the message: reply and mentions first, then the quote and the text. Returns its key as well:
/// of what was asked for, not of the text, since a message that is quoted may be edited in between.
async fn composed(call: &Call, room: &RoomHandle) -> Result<(Composed, Key), Fault> {
    let mut compose = compose(call).to_all(call.arguments.is_set("to_all"));
    let people = call.refs(call.arguments.texts("to")).await?;
    let mentions = find_mentions(call.client(), Some(room.id()), &people).await?;
    let to = set_of(mentions.iter().map(|mention| mention.account));
    compose = compose.to(mentions);
    let (mut reply_to, mut quote) = (String::new(), String::new());
    if let Some(text) = call.arguments.text("reply_to") {
        let found = named(call, text, room)?;
        reply_to = format!("{}-{}", found.room.0, found.message);
        let message = call.client().room(found.room).message(found.message).get().await?;
        compose = compose.reply(found.room, message);
    }
    if let Some(text) = call.arguments.text("quote") {
        let found = named(call, text, room)?;
        quote = format!("{}-{}", found.room.0, found.message);
        compose = compose.quote(call.client().room(found.room).message(found.message).get().await?);
    }
    let key = call.resolved_key(&[
        ("room", &room.id().0.to_string()),
        ("to", &to),
        ("reply_to", &reply_to),
        ("quote", &quote),
    ]);
    Ok((compose.compose(call.arguments.text("text").unwrap_or_default()), key))
}

/// Reads a message. An id alone is of the room that is posted to.
fn named(call: &Call, text: &str, room: &RoomHandle) -> Result<chatwork_app::MessageRef, Fault> {
    let is_id = text.bytes().all(|byte| byte.is_ascii_digit());
    call.message_of(text, is_id.then(|| room.id()))
}

async fn update_room_message(call: Call) -> Result<String, Stop> {
    let found = call.message().await?;
    call.allow_writing(found.room)?;
    let composed = compose(&call).compose(call.arguments.text("text").unwrap_or_default());
    allow_text(&call, &composed)?;
    let (text, lost) = (composed.text.to_string(), lost(&composed));
    let named = format!("{}-{}", found.room.0, found.message);
    if call.is_dry_run() {
        let draft = Draft::new(format!("edit message {named}")).note(lost);
        return Ok(draft.text("body", &text).render(&call));
    }
    let subject = format!("message/{named}");
    let message = call.client().room(found.room).message(found.message);
    let edit = async move {
        message.edit(text).await?;
        Ok(format!("edited message {named}"))
    };
    Ok(call.write(&subject, edit).await? + &lost)
}

async fn delete_room_message(call: Call) -> Result<String, Stop> {
    let found = mine(&call).await?;
    if call.is_dry_run() {
        let Mine { named, body, .. } = &found.value;
        return Ok(Draft::new(format!("delete message {named}")).about("body", body).render(&call));
    }
    let Mine { named, message, .. } = call.consent(found, mine(&call)).await?;
    let subject = format!("message/{named}");
    let delete = async move {
        message.delete().await?;
        Ok(format!("deleted message {named}"))
    };
    call.write(&subject, delete).await
}

/// A message of mine.
struct Mine {
    /// Its room and its id.
    named: String,
    message: MessageHandle,
    body: String,
}

/// Finds the message that is to be deleted.
async fn mine(call: &Call) -> Result<Found<Mine>, Stop> {
    let found = call.message().await?;
    call.allow_writing(found.room)?;
    let named = format!("{}-{}", found.room.0, found.message);
    let message = call.client().room(found.room).message(found.message);
    let there = message.get().await?;
    if there.account.account_id != call.me().await?.account_id {
        let what = format!("Message {named} is of another account: only my own can be deleted");
        return Err(Fault::new(what, "").into());
    }
    let question = Question::new(
        format!("Delete message {named} for everyone? It cannot be undone."),
        format!("メッセージ {named} を全員の画面から削除しますか？元には戻せません。"),
    )
    .quote(&named, &there.body);
    Ok(Found::asking(Mine { named, message, body: there.body }, question))
}
