//! Tasks.

use chatwork_api::operations;
use chatwork_app::one_line;
use chatwork_sdk::types::{MyTask, Task};
use chatwork_sdk::{
    AccountId, Due, RoomHandle, RoomId, TaskId, TaskLimitType, TaskStatus, UnixTime,
};
use serde_json::{Value, json};

use super::written::{after, begin_of_text, text_cursor, unreadable};
use super::{Effect, Spec, Wants, params};
use crate::call::Call;
use crate::fault::{Fault, Stop};
use crate::options::{Toolset, Words};
use crate::output::{Form, Listing, People, Row};
use crate::schema::{Kind, Param};
use crate::time::iso;

/// How many tasks the API lists.
const MOST: usize = 100;

pub(super) const LIST_TASKS: Spec = Spec {
    name: "list_tasks",
    title: Words { en: "List tasks", ja: "タスク一覧" },
    about: "Without `room`: my tasks in all rooms. With it: the tasks of the room. The API lists \
            100 at most.",
    toolset: Toolset::Read,
    effect: Effect::Read,
    wants: Wants::Nothing,
    aliases: &[],
    operations: &[
        operations::LIST_MY_TASKS.id,
        operations::LIST_ROOM_TASKS.id,
        operations::GET_ROOM_TASK.id,
    ],
    params: &[
        params::SOME_ROOM,
        Param::new("status", Kind::Choice(&["open", "done"]), "`open` without it."),
        Param::new("assignee", Kind::Id, "With `room`: account id, exact name, or `me`."),
        Param::new("assigned_by", Kind::Id, "As `assignee`: who set the task."),
        Param::new("task_id", Kind::Id, "With `room`: this task alone, in full."),
        params::limit(100, "100 without it."),
        params::CURSOR,
        params::FORMAT,
    ],
    run: |call| Box::pin(list_tasks(call)),
};

/// A task of a list.
struct TaskRow {
    id: TaskId,
    room: Option<(RoomId, String)>,
    /// Who has to do it; `None` in the list of my own.
    assignee: Option<(AccountId, String)>,
    by: (AccountId, String),
    status: TaskStatus,
    due: Option<String>,
    body: String,
}

async fn list_tasks(call: Call) -> Result<String, Stop> {
    let room = call.find_room("room").await?.map(|room| call.client().room(room));
    if let (Some(room), Some(id)) = (&room, call.arguments.text("task_id")) {
        return Ok(whole(&call, room, id).await?);
    }
    let status = match call.arguments.text("status") {
        Some("done") => TaskStatus::Done,
        _ => TaskStatus::Open,
    };
    let (rows, lost) = match (&room, call.arguments.text("task_id")) {
        (Some(room), _) => of_room(&call, room, status.clone()).await?,
        (None, Some(_)) => {
            let what = "The id of a task alone does not say its room";
            return Err(Fault::new(what, "Give `room` as well.").into());
        }
        (None, None) => mine(&call, status.clone()).await?,
    };
    let is_full = rows.len() + lost >= MOST;
    let rows = after(rows, call.arguments.text("cursor"))?;
    let limit = call.arguments.count("limit").unwrap_or(MOST);
    let full = is_full.then(|| "the API lists 100 tasks at most".to_owned());
    let listing = Listing::new("tasks", rows, limit).missing(full).missing(unreadable(lost));
    let listing = match &room {
        Some(room) => listing.fact(format!("room {}", room.id().0)),
        None => listing.fact("mine in all rooms"),
    };
    let listing = listing.reads_on(Some("`room` and `task_id` show one in full"));
    Ok(listing.fact(status.as_str().to_owned()).render(call.style()))
}

/// Writes a task alone. A long text goes on with a cursor.
async fn whole(call: &Call, room: &RoomHandle, id: &str) -> Result<String, Fault> {
    let from = begin_of_text(call)?;
    let mut task = TaskRow::of_room(room.task(task_id(id)?).get().await?);
    let style = call.style();
    // A list has twice as much for a text, so it never cuts the part.
    let part = style.form.part(&one_line(&task.body), from, style.max_chars / 4);
    task.body = part.text;
    let listing = Listing::new("tasks", vec![task], 1).fact(format!("room {}", room.id().0));
    Ok(listing.continues(text_cursor(part.next)).render(style))
}

/// Tasks, and how many more cannot be read.
type Rows = (Vec<TaskRow>, usize);

async fn mine(call: &Call, status: TaskStatus) -> Result<Rows, Fault> {
    if let Some(assignee) = call.person("assignee", None).await?
        && assignee != call.me().await?.account_id
    {
        let what = "Without `room` only my own tasks can be listed";
        return Err(Fault::new(what, "Give `room` as well."));
    }
    let mut tasks = call.client().my_tasks().status(status);
    if let Some(by) = call.person("assigned_by", None).await? {
        tasks = tasks.assigned_by(by);
    }
    let tasks = tasks.await?;
    let lost = tasks.set_aside().len();
    Ok((tasks.into_vec().into_iter().map(TaskRow::mine).collect(), lost))
}

async fn of_room(call: &Call, room: &RoomHandle, status: TaskStatus) -> Result<Rows, Fault> {
    let mut tasks = room.tasks().status(status);
    if let Some(assignee) = call.person("assignee", Some(room.id())).await? {
        tasks = tasks.assignee(assignee);
    }
    if let Some(by) = call.person("assigned_by", Some(room.id())).await? {
        tasks = tasks.assigned_by(by);
    }
    let tasks = tasks.await?;
    let lost = tasks.set_aside().len();
    Ok((tasks.into_vec().into_iter().map(TaskRow::of_room).collect(), lost))
}

/// Reads the id of a task.
pub(super) fn task_id(text: &str) -> Result<TaskId, Fault> {
    let id = text.trim().parse().ok().filter(|id: &i64| *id > 0);
    id.map(TaskId).ok_or_else(|| {
        Fault::new("`task_id` is not the id of a task: expected a number", "See list_tasks.")
    })
}

/// Returns when a task is due: the day in Japan, or the time.
fn due(limit: &TaskLimitType, time: Option<UnixTime>, due: Due) -> Option<String> {
    match limit {
        TaskLimitType::Date => due.day().map(|day| day.to_string()),
        _ => time.map(iso),
    }
}

impl TaskRow {
    fn mine(task: MyTask) -> Self {
        Self {
            due: due(&task.limit_type, task.due(), Due::from(&task)),
            id: task.task_id,
            room: Some((task.room.room_id, task.room.name)),
            assignee: None,
            by: (task.assigned_by_account.account_id, task.assigned_by_account.name),
            status: task.status,
            body: task.body,
        }
    }

    fn of_room(task: Task) -> Self {
        Self {
            due: due(&task.limit_type, task.due(), Due::from(&task)),
            id: task.task_id,
            room: None,
            assignee: Some((task.account.account_id, task.account.name)),
            by: (task.assigned_by_account.account_id, task.assigned_by_account.name),
            status: task.status,
            body: task.body,
        }
    }
}

impl Row for TaskRow {
    fn text(&self, people: &mut People, most: usize) -> String {
        let mut line = format!("{} {}", self.id.0, self.status.as_str());
        line.push_str(&format!(" due {}", self.due.as_deref().unwrap_or("-")));
        if let Some((account, name)) = &self.assignee {
            line.push_str(&format!(" to {}", people.mark(*account, name)));
        }
        line.push_str(&format!(" by {}", people.mark(self.by.0, &self.by.1)));
        if let Some((room, name)) = &self.room {
            line.push_str(&format!(" room {} {} |", room.0, Form::Text.cut(name, most / 8)));
        }
        let (body, left_out) = Form::Text.shortened(&self.body, most);
        line.push_str(&format!(" {body}"));
        if left_out > 0 {
            line.push_str(&format!("… ({left_out} more characters)"));
        }
        line
    }

    fn json(&self, most: usize) -> Value {
        let (body, left_out) = Form::Json.shortened(&self.body, most);
        let person = |(account, name): &(AccountId, String)| {
            let name = Form::Json.cut(name, 100);
            json!({ "account_id": account.0.to_string(), "name": name })
        };
        json!({
            "task_id": self.id.0.to_string(),
            "room_id": self.room.as_ref().map(|(room, _)| room.0.to_string()),
            "room": self.room.as_ref().map(|(_, name)| Form::Json.cut(name, 100)),
            "assignee": self.assignee.as_ref().map(person),
            "assigned_by": person(&self.by),
            "status": self.status.as_str(),
            "due": self.due,
            "body": body,
            "body_left_out": left_out,
        })
    }

    fn cursor(&self) -> String {
        self.id.0.to_string()
    }

    fn is_cut(&self, form: Form, most: usize) -> bool {
        form.shortened(&self.body, most).1 > 0
    }
}
