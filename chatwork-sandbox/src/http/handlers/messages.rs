//! `/rooms/{room_id}/messages…`.

use axum::http::HeaderName;
use chatwork_api::headers::{CHATWORK_MESSAGE_LIMITATION, CHATWORK_MESSAGE_LIMITATION_SUMMARY};
use chatwork_api::limits::{create_room_message, update_room_message};

use super::super::call::Call;
use super::super::params::required;
use super::super::reply::Reply;
use super::super::view;
use super::Answer;
use crate::complete::complete;
use crate::state::MessageNumber;

const LIMITATION: &str = "Messages older than 40 days cannot be viewed on the free plan.";

pub(super) fn list(call: &mut Call<'_>) -> Answer {
    let room = call.room()?;
    let force = call.query.flag("force")?.unwrap_or(false);
    let listing = call.state.list_messages(call.actor, room, force)?;
    let messages = listing.messages.iter();
    let messages: Vec<_> = messages.map(|message| view::message(call.state, message)).collect();
    let reply = Reply::list(&messages);
    if !listing.limited {
        return Ok(reply);
    }
    let flag = HeaderName::from_static(CHATWORK_MESSAGE_LIMITATION);
    let summary = HeaderName::from_static(CHATWORK_MESSAGE_LIMITATION_SUMMARY);
    Ok(reply.with(flag, "true").with(summary, LIMITATION))
}

pub(super) fn create(call: &mut Call<'_>) -> Answer {
    let room = call.room()?;
    let form = call.form()?;
    let min = create_room_message::BODY_MIN_LENGTH;
    let max = create_room_message::BODY_MAX_LENGTH;
    let body = required("body", form.limited("body", min, max)?)?;
    let self_unread = form.flag("self_unread")?.unwrap_or(false);
    call.state.may_post(call.actor, room)?;
    call.check_posting(room)?;
    let id = call.state.post_message(call.actor, room, body, self_unread)?;
    call.count_post(room);
    Ok(posted(id))
}

pub(super) fn mark_read(call: &mut Call<'_>) -> Answer {
    let room = call.room()?;
    let up_to = call.form()?.message("message_id")?;
    let member = call.state.mark_read(call.actor, room, up_to)?;
    Ok(Reply::ok(&member.unread_counts()))
}

pub(super) fn mark_unread(call: &mut Call<'_>) -> Answer {
    let room = call.room()?;
    let from = required("message_id", call.form()?.message("message_id")?)?;
    let member = call.state.mark_unread(call.actor, room, from)?;
    Ok(Reply::ok(&member.unread_counts()))
}

pub(super) fn get(call: &mut Call<'_>) -> Answer {
    let (room, id) = (call.room()?, call.message()?);
    let message = call.state.get_message(call.actor, room, id)?;
    Ok(Reply::ok(&view::message(call.state, message)))
}

pub(super) fn update(call: &mut Call<'_>) -> Answer {
    let (room, id) = (call.room()?, call.message()?);
    let min = update_room_message::BODY_MIN_LENGTH;
    let max = update_room_message::BODY_MAX_LENGTH;
    let body = required("body", call.form()?.limited("body", min, max)?)?;
    Ok(posted(call.state.edit_message(call.actor, room, id, body)?))
}

pub(super) fn delete(call: &mut Call<'_>) -> Answer {
    let (room, id) = (call.room()?, call.message()?);
    Ok(posted(call.state.delete_message(call.actor, room, id)?))
}

fn posted(id: MessageNumber) -> Reply {
    Reply::ok(&complete!(MessageRef { message_id: id.into() }))
}
