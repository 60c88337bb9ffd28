//! `/rooms/{room_id}/members`.

use super::super::call::Call;
use super::super::form::Form;
use super::super::params::required;
use super::super::reply::Reply;
use super::super::view;
use super::Answer;
use crate::state::{Refusal, Roles};

pub(super) fn list(call: &mut Call<'_>) -> Answer {
    let id = call.room()?;
    let members = call.state.list_members(call.actor, id)?.iter();
    let members: Vec<_> = members.map(|member| view::room_member(call.state, member)).collect();
    Ok(Reply::ok(&members))
}

pub(super) fn replace(call: &mut Call<'_>) -> Answer {
    let id = call.room()?;
    let roles = roles(call.form()?)?;
    let room = call.state.replace_members(call.actor, id, &roles)?;
    Ok(Reply::ok(&room.member_ids()))
}

/// The three lists of a form, the first of which has to be there.
pub(super) fn roles(form: &Form) -> Result<Roles, Refusal> {
    const ADMIN: &str = "members_admin_ids";
    Ok(Roles {
        admin: required(ADMIN, form.accounts(ADMIN)?)?,
        member: form.accounts("members_member_ids")?.unwrap_or_default(),
        readonly: form.accounts("members_readonly_ids")?.unwrap_or_default(),
    })
}
