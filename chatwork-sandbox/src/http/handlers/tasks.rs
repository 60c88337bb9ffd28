//! `/rooms/{room_id}/tasks…`.

use chatwork_api::limits::create_room_task;

use super::super::call::Call;
use super::super::params::required;
use super::super::reply::Reply;
use super::super::view;
use super::Answer;
use crate::complete::complete;
use crate::state::{LimitType, NewTask, TaskFilter};

const STATUSES: &str = "open, done";

pub(super) fn list(call: &mut Call<'_>) -> Answer {
    let room = call.room()?;
    let filter = TaskFilter {
        assignee: call.query.account("account_id")?,
        requester: call.query.account("assigned_by_account_id")?,
        status: call.query.word("status", STATUSES)?,
    };
    let tasks = call.state.list_tasks(call.actor, room, filter)?.into_iter();
    let tasks: Vec<_> = tasks.map(|task| view::task(call.state, task)).collect();
    Ok(Reply::list(&tasks))
}

pub(super) fn create(call: &mut Call<'_>) -> Answer {
    let room = call.room()?;
    let form = call.form()?;
    let body = form.limited("body", 0, create_room_task::BODY_MAX_LENGTH)?;
    let limit_type = form.word("limit_type", "none, date, time")?;
    let limit = form.time("limit")?;
    call.notes.extend(ignored(limit, limit_type).map(str::to_owned));
    let new = NewTask {
        body: required("body", body)?,
        assignees: required("to_ids", form.accounts("to_ids")?)?,
        limit: limit.unwrap_or(0),
        limit_type: limit_type.unwrap_or(LimitType::Time),
    };
    call.state.may_add_task(call.actor, room, &new.assignees)?;
    call.check_posting(room)?;
    let task_ids = call.state.add_tasks(call.actor, room, new)?;
    call.count_post(room);
    Ok(Reply::ok(&complete!(TaskRefs { task_ids })))
}

/// The note if one of the two parameters has no effect.
fn ignored(limit: Option<i64>, limit_type: Option<LimitType>) -> Option<&'static str> {
    match (limit.unwrap_or(0), limit_type) {
        (0, Some(LimitType::Date | LimitType::Time)) => {
            Some("form field 'limit_type' is ignored: without a limit above 0 the task has none")
        }
        (1.., Some(LimitType::None)) => Some("form field 'limit' is ignored: limit_type is none"),
        _ => None,
    }
}

pub(super) fn get(call: &mut Call<'_>) -> Answer {
    let (room, id) = (call.room()?, call.task()?);
    let task = call.state.get_task(call.actor, room, id)?;
    Ok(Reply::ok(&view::task(call.state, task)))
}

pub(super) fn set_status(call: &mut Call<'_>) -> Answer {
    let (room, id) = (call.room()?, call.task()?);
    let status = required("body", call.form()?.word("body", STATUSES)?)?;
    call.state.set_task_status(call.actor, room, id, status)?;
    Ok(Reply::ok(&view::updated_task(id)))
}
