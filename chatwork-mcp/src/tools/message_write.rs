//! Posts, edits and deletes messages.

use chatwork_api::operations;
use chatwork_app::{Composed, find_mentions};
use chatwork_sdk::RoomHandle;

use super::written::{address, allow_text, compose, dry_run, lost};
use super::{Effect, Spec, Wants, params};
use crate::call::Call;
use crate::fault::{Fault, Stop, cut};
use crate::options::{Toolset, Words};
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
        Param::new("to_all", Kind::Flag, "Mention every member.").needs(Needs::ToAll),
        Param::new("reply_to", Kind::Id, "The message to reply to, which mentions its author."),
        Param::new("quote", Kind::Id, "A message to quote."),
        Param::new("self_unread", Kind::Flag, "Leave it unread for me."),
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
    let composed = composed(&call, &room).await?;
    allow_text(&call, &composed)?;
    let (text, lost) = (composed.text.to_string(), lost(&composed));
    if call.is_dry_run() {
        let what = format!("post to room {}", room.id().0);
        return Ok(dry_run(&what, &text) + &lost);
    }
    let unread = call.arguments.is_set("self_unread");
    let id = room.id().0.to_string();
    let key = call.write_key(&[id.as_bytes(), text.as_bytes(), &[u8::from(unread)]]);
    let post = async move {
        let message = room.post(text).unread(unread).await?;
        let at = address(room.id(), &message);
        Ok(format!("posted as {}-{message}{at}", room.id().0))
    };
    Ok(call.write_once(key, post).await? + &lost)
}

/// Makes the message: reply and mentions first, then the quote and the text.
async fn composed(call: &Call, room: &RoomHandle) -> Result<Composed, Fault> {
    let mut compose = compose(call).to_all(call.arguments.is_set("to_all"));
    let people = call.refs(call.arguments.texts("to")).await?;
    compose = compose.to(find_mentions(call.client(), Some(room.id()), &people).await?);
    if let Some(text) = call.arguments.text("reply_to") {
        let found = named(call, text, room)?;
        let message = call.client().room(found.room).message(found.message).get().await?;
        compose = compose.reply(found.room, message);
    }
    if let Some(text) = call.arguments.text("quote") {
        let found = named(call, text, room)?;
        compose = compose.quote(call.client().room(found.room).message(found.message).get().await?);
    }
    Ok(compose.compose(call.arguments.text("text").unwrap_or_default()))
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
        return Ok(dry_run(&format!("edit message {named}"), &text) + &lost);
    }
    let message = call.client().room(found.room).message(found.message);
    let edit = async move {
        message.edit(text).await?;
        Ok(format!("edited message {named}"))
    };
    Ok(call.write(edit).await? + &lost)
}

async fn delete_room_message(call: Call) -> Result<String, Stop> {
    let found = call.message().await?;
    call.allow_writing(found.room)?;
    let named = format!("{}-{}", found.room.0, found.message);
    let message = call.client().room(found.room).message(found.message);
    let there = message.get().await?;
    if there.account.account_id != call.me().await?.account_id {
        let what = format!("Message {named} is of another account: only my own can be deleted");
        return Err(Fault::new(what, "").into());
    }
    if call.is_dry_run() {
        return Ok(dry_run(&format!("delete message {named}"), &there.body));
    }
    let text = cut(&chatwork_app::one_line(&there.body), 200);
    let en = format!("Delete message {named} for everyone?\n{text}");
    let ja = format!("メッセージ {named} を全員の画面から削除しますか？\n{text}");
    call.consent(&en, &ja).await?;
    let delete = async move {
        message.delete().await?;
        Ok(format!("deleted message {named}"))
    };
    call.write(delete).await
}
