//! Adds tasks and marks them as done.

use chatwork_api::limits::create_room_task::BODY_MAX_LENGTH;
use chatwork_api::operations;
use chatwork_app::{Nearest, When};
use chatwork_sdk::{Due, UnixTime};

use super::draft::Draft;
use super::tasks::task_id;
use super::written::{allow_text, compose, ids, lost, set_of};
use super::{Effect, Spec, Wants, params};
use crate::call::Call;
use crate::fault::Stop;
use crate::options::{Toolset, Words};
use crate::schema::{Kind, Param};
use crate::time::iso;

pub(super) const CREATE_ROOM_TASK: Spec = Spec {
    name: "create_room_task",
    title: Words { en: "Add a task", ja: "タスクの追加" },
    about: "Add a task to a room, one for each assignee. They are notified.",
    toolset: Toolset::Write,
    effect: Effect::Add,
    wants: Wants::Nothing,
    aliases: &[],
    operations: &[operations::CREATE_ROOM_TASK.id],
    params: &[
        params::ROOM,
        Param { kind: Kind::Text { min: 1, max: BODY_MAX_LENGTH }, ..params::TEXT },
        Param::new("assignees", Kind::Ids, "Members: account ids, exact names, or `me`.")
            .required(),
        Param::new(
            "due",
            Kind::Text { min: 1, max: 60 },
            "Day or time in Japan: 2026-12-01, tomorrow, +3d, RFC 3339.",
        ),
        params::TEXT_FORMAT,
        params::DRY_RUN,
        params::AGAIN,
    ],
    run: |call| Box::pin(create_room_task(call)),
};

pub(super) const UPDATE_ROOM_TASK_STATUS: Spec = Spec {
    name: "update_room_task_status",
    title: Words { en: "Complete or reopen a task", ja: "タスクの完了・再開" },
    about: "Mark a task as done or open.",
    toolset: Toolset::Write,
    effect: Effect::Change,
    wants: Wants::Nothing,
    aliases: &[],
    operations: &[operations::UPDATE_ROOM_TASK_STATUS.id],
    params: &[
        params::ROOM,
        Param::new("task_id", Kind::Id, "From list_tasks.").required(),
        Param::new("status", Kind::Choice(&["open", "done"]), "").required(),
        params::DRY_RUN,
    ],
    run: |call| Box::pin(update_room_task_status(call)),
};

async fn create_room_task(call: Call) -> Result<String, Stop> {
    let room = call.room_to_write().await?;
    let assignees = call.people("assignees", Some(room.id())).await?;
    let when = call.when("due", Nearest::Future)?;
    let due = when.map_or(Due::none(), When::due);
    let composed = compose(&call).compose(call.arguments.text("text").unwrap_or_default());
    allow_text(&call, &composed)?;
    let (text, lost) = (composed.text.to_string(), lost(&composed));
    let people = ids(&assignees);
    if call.is_dry_run() {
        let (kind, time) = limit(when);
        let due = time.map_or_else(String::new, |time| format!(", due {}", iso(time)));
        let draft = Draft::new(format!("add a task in room {}{due}", room.id().0)).note(lost);
        let draft = draft.text("body", &text).accounts("to_ids", &assignees);
        let draft = draft.value("limit_type", kind);
        let time = time.map(|time| time.0.to_string());
        return Ok(draft.some_text("limit", time.as_deref()).render(&call));
    }
    let key = call.resolved_key(&[
        ("room", &room.id().0.to_string()),
        ("assignees", &set_of(assignees.iter().copied())),
        ("due", &format!("{due:?}")),
    ]);
    let create = async move {
        let tasks = room.create_task(text, assignees).due(due).await?;
        let tasks: Vec<_> = tasks.iter().map(|id| id.0.to_string()).collect();
        Ok(format!("added task {} in room {} for {people}", tasks.join(", "), room.id().0))
    };
    Ok(call.write_once(key, create).await? + &lost)
}

/// Returns the type and the time of the limit. A day is sent as its last second in Japan.
fn limit(when: Option<When>) -> (&'static str, Option<UnixTime>) {
    match when {
        None => ("none", None),
        Some(When::Time(time)) => ("time", Some(time)),
        Some(day) => ("date", Some(UnixTime(day.end().0.saturating_sub(1)))),
    }
}

async fn update_room_task_status(call: Call) -> Result<String, Stop> {
    let room = call.room_to_write().await?;
    let id = task_id(call.arguments.text("task_id").unwrap_or_default())?;
    let is_done = call.arguments.text("status") == Some("done");
    let state = if is_done { "done" } else { "open" };
    let what = format!("task {} of room {} as {state}", id.0, room.id().0);
    if call.is_dry_run() {
        return Ok(Draft::new(format!("mark {what}")).value("body", state).render(&call));
    }
    let subject = format!("task/{}-{}", room.id().0, id.0);
    let update = async move {
        let task = room.task(id);
        if is_done {
            task.complete().await?
        } else {
            task.reopen().await?
        }
        Ok(format!("marked {what}"))
    };
    call.write(&subject, update).await
}
