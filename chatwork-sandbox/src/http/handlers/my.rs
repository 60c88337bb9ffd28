//! `/my/…`.

use super::super::call::Call;
use super::super::reply::Reply;
use super::super::view;
use super::Answer;
use crate::state::TaskFilter;

pub(super) fn status(call: &mut Call<'_>) -> Answer {
    Ok(Reply::ok(&call.state.status(call.actor).my_status()))
}

pub(super) fn tasks(call: &mut Call<'_>) -> Answer {
    let filter = TaskFilter {
        assignee: None,
        requester: call.query.account("assigned_by_account_id")?,
        status: call.query.word("status", "open, done")?,
    };
    let tasks = call.state.my_tasks(call.actor, filter).into_iter();
    let tasks: Vec<_> = tasks.map(|(room, task)| view::my_task(call.state, room, task)).collect();
    Ok(Reply::list(&tasks))
}
