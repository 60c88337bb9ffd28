//! `/rooms` and `/rooms/{room_id}`.

use chatwork_api::limits::{create_room, update_room};
use chatwork_api::types::RoomActionType;

use super::super::call::Call;
use super::super::form::Form;
use super::super::params::required;
use super::super::reply::Reply;
use super::super::view;
use super::Answer;
use super::members::roles;
use crate::state::{NewLink, NewRoom, Refusal, RoomChange};

const ICONS: &str = "group, check, document, meeting, event, project, business, study, security, \
                     star, idea, heart, magcup, beer, music, sports, travel";

pub(super) fn list(call: &mut Call<'_>) -> Answer {
    let rooms = call.state.my_rooms(call.actor).into_iter();
    let rooms: Vec<_> = rooms.map(|(room, member)| view::room(call.state, room, member)).collect();
    Ok(Reply::ok(&rooms))
}

pub(super) fn get(call: &mut Call<'_>) -> Answer {
    let id = call.room()?;
    let (room, member) = call.state.my_room(call.actor, id)?;
    Ok(Reply::ok(&view::room_details(call.state, room, member)))
}

pub(super) fn create(call: &mut Call<'_>) -> Answer {
    let form = call.form()?;
    let (min, max) = (create_room::NAME_MIN_LENGTH, create_room::NAME_MAX_LENGTH);
    let new = NewRoom {
        name: required("name", form.limited("name", min, max)?)?,
        description: form.any("description")?.unwrap_or_default(),
        icon: form.word("icon_preset", ICONS)?,
        roles: roles(form)?,
        link: new_link(form, call.notes)?,
    };
    let id = call.state.create_room(call.actor, new)?;
    Ok(Reply::ok(&view::room_ref(id)))
}

/// The link of a new room. Without `link=1`, the code and the acceptance are checked and then
/// ignored.
fn new_link(form: &Form, notes: &mut Vec<String>) -> Result<Option<NewLink>, Refusal> {
    const CODE: &str = "link_code";
    const NEED_ACCEPTANCE: &str = "link_need_acceptance";
    let link = NewLink {
        code: form.code(CODE)?,
        need_acceptance: form.flag(NEED_ACCEPTANCE)?,
        description: None,
    };
    if form.flag("link")?.unwrap_or(false) {
        return Ok(Some(link));
    }
    let given = [(CODE, link.code.is_some()), (NEED_ACCEPTANCE, link.need_acceptance.is_some())];
    for (name, _) in given.iter().filter(|(_, is_given)| *is_given) {
        notes
            .push(format!("form field '{name}' is ignored: the room gets a link only with link=1"));
    }
    Ok(None)
}

pub(super) fn update(call: &mut Call<'_>) -> Answer {
    let id = call.room()?;
    let form = call.form()?;
    let (min, max) = (update_room::NAME_MIN_LENGTH, update_room::NAME_MAX_LENGTH);
    let change = RoomChange {
        name: form.limited("name", min, max)?,
        description: form.any("description")?,
        icon: form.word("icon_preset", ICONS)?,
    };
    call.state.change_room(call.actor, id, change)?;
    Ok(Reply::ok(&view::room_ref(id)))
}

pub(super) fn delete_or_leave(call: &mut Call<'_>) -> Answer {
    let id = call.room()?;
    let action = required("action_type", action(call)?)?;
    if action == RoomActionType::Delete {
        call.state.delete_room(call.actor, id)?;
    } else {
        call.state.leave_room(call.actor, id)?;
    }
    Ok(Reply::empty(204))
}

/// The action from the form, as documented, or from the query, where older clients have it.
fn action(call: &mut Call<'_>) -> Result<Option<RoomActionType>, Refusal> {
    const NAME: &str = "action_type";
    const WORDS: &str = "leave, delete";
    let form = call.form()?;
    if form.has(NAME) || !call.query.has(NAME) {
        return form.word(NAME, WORDS);
    }
    let note = "action_type came in the query; the documented place is the form body";
    call.notes.push(note.to_owned());
    call.query.word(NAME, WORDS)
}
