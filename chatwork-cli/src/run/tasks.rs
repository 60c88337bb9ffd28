//! `tasks`.

use std::collections::HashSet;

use chatwork_app::{Nearest, When};
use chatwork_sdk::types::{MyTask, Task};
use chatwork_sdk::{AccountId, Day, RoomHandle, TaskId, TaskLimitType, TaskStatus, UnixTime};
use serde::Serialize;

use super::{messages, note_set_aside};
use crate::args::{Add, Tasks};
use crate::context::Context;
use crate::failure::Done;
use crate::out::{Item, Steps, item, note, shape, time};
use crate::{input, interruptible, words};

pub(super) async fn run(context: &Context, tasks: Tasks) -> Done {
    match tasks {
        Tasks::List { room: None, done, by, .. } => mine(context, done, by).await,
        Tasks::List { room: Some(room), done, assignee, by } => {
            let room = context.room(&room).await?;
            of_room(context, &room, done, assignee, by).await
        }
        Tasks::View { room, task } => {
            let room = context.room(&room).await?;
            let task = room.task(TaskId(task)).get().await?;
            context.out.detail(&shape::TASKS, &entry(&room, &task))
        }
        Tasks::Add(add) => add_one(context, add).await,
        Tasks::Done { room, tasks } => set(context, &room, &tasks, true).await,
        Tasks::Reopen { room, tasks } => set(context, &room, &tasks, false).await,
    }
}

fn status(done: bool) -> TaskStatus {
    if done { TaskStatus::Done } else { TaskStatus::Open }
}

async fn mine(context: &Context, done: bool, by: Option<String>) -> Done {
    let mut request = context.client().await?.my_tasks().status(status(done));
    if let Some(by) = by {
        request = request.assigned_by(context.person(None, &by).await?);
    }
    let tasks = request.await?;
    note_set_aside(tasks.set_aside().len());
    let items: Vec<Item> = tasks.iter().map(|task: &MyTask| with_due(task, task, &[])).collect();
    context.out.list(&shape::MY_TASKS, &items)
}

async fn of_room(
    context: &Context,
    room: &RoomHandle,
    done: bool,
    assignee: Option<String>,
    by: Option<String>,
) -> Done {
    let mut request = room.tasks().status(status(done));
    if let Some(assignee) = assignee {
        request = request.assignee(context.person(Some(room.id()), &assignee).await?);
    }
    if let Some(by) = by {
        request = request.assigned_by(context.person(Some(room.id()), &by).await?);
    }
    let tasks = request.await?;
    note_set_aside(tasks.set_aside().len());
    let items: Vec<Item> = tasks.iter().map(|task| entry(room, task)).collect();
    context.out.list(&shape::TASKS, &items)
}

fn entry(room: &RoomHandle, task: &Task) -> Item {
    with_due(task, task, &[("room_id", room.id().0.into())])
}

/// When a task is due.
trait Limit {
    fn limit(&self) -> (UnixTime, &TaskLimitType);
}

impl Limit for Task {
    fn limit(&self) -> (UnixTime, &TaskLimitType) {
        (self.limit_time, &self.limit_type)
    }
}

impl Limit for MyTask {
    fn limit(&self) -> (UnixTime, &TaskLimitType) {
        (self.limit_time, &self.limit_type)
    }
}

/// Adds the due date as people read it: a day is one of Japan, a time is in the chosen zone.
fn with_due(task: &impl Serialize, limit: &impl Limit, more: &[(&str, serde_json::Value)]) -> Item {
    let mut item = item(task, more);
    let due = match limit.limit() {
        (_, TaskLimitType::None) => String::new(),
        (time, TaskLimitType::Date) => {
            Day::in_japan(time).map(|day| day.to_string()).unwrap_or_default()
        }
        (time, _) => time::shown(time.0),
    };
    item.insert("due".to_owned(), due.into());
    item
}

async fn add_one(context: &Context, add: Add) -> Done {
    let due = add.due.as_deref().map(|due| When::parse(due, UnixTime::now(), Nearest::Future));
    let due = due.transpose()?;
    let text = input::text(add.text.as_deref(), add.file.as_deref())?;
    let room = context.room(&add.room).await?;
    let composed = messages::plain(&text, add.notation);
    let people = match add.to.is_empty() {
        true => vec!["me".to_owned()],
        false => add.to,
    };
    // Also for a dry run: a name that is nobody's would fail.
    let mut people = context.people(Some(room.id()), &people).await?;
    // As the request sends them: nobody gets a task twice.
    let mut seen = HashSet::new();
    people.retain(|person| seen.insert(*person));
    let mut request = room.create_task(composed.text.to_string(), people.iter().copied());
    if let Some(due) = due {
        request = request.due(due.due());
    }
    request.validate()?;
    messages::confirm_all(context, &room, &composed, add.dry_run).await?;
    if add.dry_run {
        return dry_run(context, &room, composed.text.to_string(), &people, due);
    }
    show(context, &room, &request.await?)
}

/// Shows the task that would be made: its text, for whom, and until when.
fn dry_run(
    context: &Context,
    room: &RoomHandle,
    text: String,
    people: &[AccountId],
    due: Option<When>,
) -> Done {
    let due = due.map(|due| match due {
        When::Day(day) => day.to_string(),
        when => time::shown(when.start().0),
    });
    let characters = text.chars().count();
    if context.out.is_json() {
        let mut item = messages::dry_run_item(room.id(), &[text], characters);
        let ids: Vec<i64> = people.iter().map(|id| id.0).collect();
        item.insert("assignees".to_owned(), ids.into());
        item.insert("due".to_owned(), due.into());
        return context.out.detail(&shape::DRY_TASK, &item);
    }
    messages::show_dry_run(context, room.id(), &[text], characters)?;
    let ids: Vec<_> = people.iter().map(ToString::to_string).collect();
    note(&words::DRY_RUN_TASK.fill(&[
        ("assignees", &ids.join(", ")),
        ("due", &due.as_deref().unwrap_or(words::NEVER.text())),
    ]));
    Ok(())
}

async fn set(context: &Context, room: &str, tasks: &[i64], done: bool) -> Done {
    let room = context.room(room).await?;
    let names = tasks.iter().map(ToString::to_string).collect();
    let mut steps = Steps::new(&context.out, &shape::TASK_IDS, names);
    let work = async {
        for id in tasks {
            let task = room.task(TaskId(*id));
            match done {
                true => task.complete().await?,
                false => task.reopen().await?,
            };
            steps.add(reference(&room, TaskId(*id)))?;
        }
        Ok(())
    };
    let outcome = interruptible(work).await;
    steps.end(outcome)
}

/// Shows the tasks that one request has made, one for each person.
fn show(context: &Context, room: &RoomHandle, tasks: &[TaskId]) -> Done {
    let names: Vec<_> = tasks.iter().map(ToString::to_string).collect();
    let mut steps = Steps::new(&context.out, &shape::TASK_IDS, names.clone());
    let outcome = tasks.iter().try_for_each(|task| steps.add(reference(room, *task)));
    match outcome {
        // All of them are there: only the output has failed.
        Err(failure) => Err(failure.behind_write(names)),
        done => steps.end(done),
    }
}

fn reference(room: &RoomHandle, task: TaskId) -> Item {
    let mut item = Item::new();
    item.insert("room_id".to_owned(), room.id().0.into());
    item.insert("task_id".to_owned(), task.0.into());
    item
}
