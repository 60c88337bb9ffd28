//! `tasks`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::complete;

#[derive(Debug, Subcommand)]
pub(crate) enum Tasks {
    /// Lists your tasks, or the tasks of a room.
    List {
        /// The room; without it, your tasks in all rooms.
        #[arg(value_name = "ROOM", add = complete::rooms())]
        room: Option<String>,
        /// Tasks that are done instead of open ones.
        #[arg(long)]
        done: bool,
        /// Tasks of this person alone.
        #[arg(long, value_name = "PERSON", requires = "room", add = complete::people())]
        assignee: Option<String>,
        /// Tasks that this person has assigned alone.
        #[arg(long, value_name = "PERSON", add = complete::people())]
        by: Option<String>,
    },
    /// Shows a task.
    View {
        /// The room.
        #[arg(value_name = "ROOM", add = complete::rooms())]
        room: String,
        /// The id of the task.
        #[arg(value_name = "TASK")]
        task: i64,
    },
    /// Adds a task.
    Add(Add),
    /// Marks tasks as done.
    Done {
        /// The room.
        #[arg(value_name = "ROOM", add = complete::rooms())]
        room: String,
        /// The ids of the tasks.
        #[arg(value_name = "TASK", required = true)]
        tasks: Vec<i64>,
    },
    /// Opens tasks again.
    Reopen {
        /// The room.
        #[arg(value_name = "ROOM", add = complete::rooms())]
        room: String,
        /// The ids of the tasks.
        #[arg(value_name = "TASK", required = true)]
        tasks: Vec<i64>,
    },
}

#[derive(Debug, Args)]
#[command(after_help = "chatwork tasks add my \"Send the estimate\" --due tomorrow\n\
    chatwork tasks add 93207172 \"議事録を書く\" --to '佐藤 健' --due '12/1 17:00'")]
pub(crate) struct Add {
    /// The room.
    #[arg(value_name = "ROOM", add = complete::rooms())]
    pub(crate) room: String,
    /// The text; `-` reads the standard input.
    #[arg(value_name = "TEXT")]
    pub(crate) text: Option<String>,
    /// Reads the text from a file (UTF-8).
    #[arg(long, value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    /// Reads the text as Chatwork's notation: each tag in it works.
    #[arg(long)]
    pub(crate) notation: bool,
    /// A person who has to do it; without any, you.
    #[arg(long, value_name = "PERSON", add = complete::people())]
    pub(crate) to: Vec<String>,
    /// The day or time until which it has to be done: 2026-12-01, 12/1, tomorrow, 明日 17:00, +3d.
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    pub(crate) due: Option<String>,
    /// Sends nothing, and shows exactly what would be sent.
    #[arg(long)]
    pub(crate) dry_run: bool,
}
