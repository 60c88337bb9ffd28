//! `/rooms/{room_id}/link`.

use super::super::call::Call;
use super::super::form::Form;
use super::super::reply::Reply;
use super::super::view;
use super::Answer;
use crate::state::{NewLink, Refusal};

pub(super) fn get(call: &mut Call<'_>) -> Answer {
    let room = call.room()?;
    let link = call.state.get_link(call.actor, room)?;
    let origin = &call.app.origin;
    Ok(Reply::ok(&link.map_or_else(view::no_link, |link| link.shown(origin))))
}

pub(super) fn create(call: &mut Call<'_>) -> Answer {
    let room = call.room()?;
    let new = new_link(call.form()?)?;
    let link = call.state.create_link(call.actor, room, new)?;
    Ok(Reply::ok(&link.shown(&call.app.origin)))
}

pub(super) fn replace(call: &mut Call<'_>) -> Answer {
    let room = call.room()?;
    let new = new_link(call.form()?)?;
    let link = call.state.replace_link(call.actor, room, new)?;
    Ok(Reply::ok(&link.shown(&call.app.origin)))
}

pub(super) fn delete(call: &mut Call<'_>) -> Answer {
    let room = call.room()?;
    call.state.delete_link(call.actor, room)?;
    Ok(Reply::ok(&view::no_link()))
}

fn new_link(form: &Form) -> Result<NewLink, Refusal> {
    Ok(NewLink {
        code: form.code("code")?,
        need_acceptance: form.flag("need_acceptance")?,
        description: form.any("description")?,
    })
}
