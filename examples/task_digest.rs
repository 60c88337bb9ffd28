//! Posts a digest of the open tasks of a room to that room: what is overdue first, then what is
//! due today, later, and without a limit.
//!
//! Meant to be run once a day, by cron for example. It posts no message if no task is open.
//!
//! ```sh
//! CHATWORK_API_TOKEN=… cargo run --example task_digest -- <room id>
//! ```
//!
//! `CHATWORK_API_BASE_URL` sends it to another server, for example one on this machine.

use std::cmp::Ordering;
use std::error::Error as StdError;
use std::process::ExitCode;

use chatwork_sdk::notation::{MessageText, parse};
use chatwork_sdk::types::{Task, TaskLimitType};
use chatwork_sdk::{Client, RoomId, TaskStatus, UnixTime};

/// The API lists no more tasks than this.
const MOST: usize = 100;
const DAY: i64 = 24 * 60 * 60;
/// How far Japan is ahead of UTC: a task is due by its days.
const JAPAN: i64 = 9 * 60 * 60;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("task_digest: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn StdError>> {
    let usage = "expected the id of a room, for example 42";
    let id: RoomId = std::env::args().nth(1).ok_or(usage)?.parse().map_err(|_| usage)?;
    let room = Client::from_env()?.room(id);

    let tasks = room.tasks().status(TaskStatus::Open).await?;
    if !tasks.is_empty() {
        room.post(digest(&tasks, UnixTime::now())).await?;
    }
    println!("{} tasks are open in room {id}", tasks.len());
    Ok(())
}

/// When a task is due. The order of the variants is that of the digest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Overdue,
    Today,
    Later,
    Unlimited,
}

impl Group {
    const ALL: [Self; 4] = [Self::Overdue, Self::Today, Self::Later, Self::Unlimited];

    fn of(task: &Task, now: UnixTime) -> Self {
        let Some(due) = task.due() else { return Self::Unlimited };
        // A task that is due on a date is due until that day is over; its time of day has no
        // meaning.
        let is_over = task.limit_type != TaskLimitType::Date && due < now;
        match day(due).cmp(&day(now)) {
            Ordering::Less => Self::Overdue,
            Ordering::Equal if is_over => Self::Overdue,
            Ordering::Equal => Self::Today,
            Ordering::Greater => Self::Later,
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Overdue => "Overdue",
            Self::Today => "Due today",
            Self::Later => "Later",
            Self::Unlimited => "Without a limit",
        }
    }
}

/// The number of the day in Japan.
fn day(time: UnixTime) -> i64 {
    (time.0 + JAPAN).div_euclid(DAY)
}

fn digest(tasks: &[Task], now: UnixTime) -> MessageText {
    let mut text = MessageText::new();
    for group in Group::ALL {
        let mut tasks: Vec<_> = tasks.iter().filter(|it| Group::of(it, now) == group).collect();
        tasks.sort_by_key(|task| (task.due(), task.task_id));
        if !tasks.is_empty() {
            text = text.text(format!("{} ({})\n", group.title(), tasks.len()));
        }
        for task in tasks {
            let (name, body) = (&task.account.name, short(&task.body));
            text = text.text(format!("- {name}: {body}{}\n", when(task, now)));
        }
    }
    if tasks.len() >= MOST {
        text = text.text(format!("There may be more: only {MOST} are listed.\n"));
    }
    MessageText::new().titled_info("Open tasks", text)
}

/// The distance in days, where it says more than the title of the group.
fn when(task: &Task, now: UnixTime) -> String {
    match task.due().map(|due| day(due) - day(now)) {
        Some(days) if days < 0 => format!(" ({} days late)", -days),
        Some(days) if days > 0 => format!(" (in {days} days)"),
        _ => String::new(),
    }
}

/// The first line of a task as a person reads it, cut.
fn short(body: &str) -> String {
    let text = parse(body).plain_text(|_| None);
    text.lines().next().unwrap_or_default().chars().take(60).collect()
}
