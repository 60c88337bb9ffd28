//! Adds tasks and marks them as done.

use chatwork_api::limits::create_room_task::BODY_MAX_LENGTH;
use chatwork_api::operations;
use chatwork_app::Nearest;
use chatwork_sdk::Due;

use super::tasks::task_id;
use super::written::{allow_text, compose, dry_run, lost};
use super::{Effect, Spec, Wants, params};
use crate::call::Call;
use crate::fault::{Fault, Stop};
use crate::options::{Toolset, Words};
use crate::schema::{Kind, Param};

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
    if assignees.is_empty() {
        return Err(Fault::new("`assignees` is empty: expected one person or more", "").into());
    }
    let due = call.when("due", Nearest::Future)?.map_or(Due::none(), |when| when.due());
    let composed = compose(&call).compose(call.arguments.text("text").unwrap_or_default());
    allow_text(&call, &composed)?;
    let (text, lost) = (composed.text.to_string(), lost(&composed));
    let people: Vec<_> = assignees.iter().map(|id| id.0.to_string()).collect();
    let people = people.join(", ");
    if call.is_dry_run() {
        let day = due.day().map_or_else(String::new, |day| format!(", due on {day}"));
        let what = format!("add a task in room {} for {people}{day},", room.id().0);
        return Ok(dry_run(&what, &text) + &lost);
    }
    let parts = [room.id().0.to_string(), text.clone(), people.clone(), format!("{due:?}")];
    let parts: Vec<_> = parts.iter().map(|part| part.as_bytes()).collect();
    let key = call.write_key(&parts);
    let create = async move {
        let tasks = room.create_task(text, assignees).due(due).await?;
        let tasks: Vec<_> = tasks.iter().map(|id| id.0.to_string()).collect();
        Ok(format!("added task {} in room {} for {people}", tasks.join(", "), room.id().0))
    };
    Ok(call.write_once(key, create).await? + &lost)
}

async fn update_room_task_status(call: Call) -> Result<String, Stop> {
    let room = call.room_to_write().await?;
    let id = task_id(call.arguments.text("task_id").unwrap_or_default())?;
    let is_done = call.arguments.text("status") == Some("done");
    let state = if is_done { "done" } else { "open" };
    let what = format!("task {} of room {} as {state}", id.0, room.id().0);
    if call.is_dry_run() {
        return Ok(dry_run(&format!("mark {what}"), ""));
    }
    let update = async move {
        let task = room.task(id);
        if is_done {
            task.complete().await?
        } else {
            task.reopen().await?
        }
        Ok(format!("marked {what}"))
    };
    call.write(update).await
}
