//! `files`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::complete;

#[derive(Debug, Subcommand)]
pub(crate) enum Files {
    /// Lists the newest 100 files of a room.
    List {
        /// The room.
        #[arg(value_name = "ROOM", add = complete::rooms())]
        room: String,
        /// Files of this person alone.
        #[arg(long, value_name = "PERSON", add = complete::people())]
        by: Option<String>,
    },
    /// Shows a file's name, size and sender.
    View {
        /// The room.
        #[arg(value_name = "ROOM", add = complete::rooms())]
        room: String,
        /// The id of the file.
        #[arg(value_name = "FILE")]
        file: i64,
    },
    /// Uploads files of at most 5 MB each.
    Put(Put),
    /// Downloads a file. Never replaces one, unless told to.
    Get(Get),
}

#[derive(Debug, Args)]
pub(crate) struct Put {
    /// The room.
    #[arg(value_name = "ROOM", add = complete::rooms())]
    pub(crate) room: String,
    /// The files; `-` reads the standard input and needs --name.
    #[arg(value_name = "PATH", required = true)]
    pub(crate) paths: Vec<PathBuf>,
    /// The message beside the file; of several files, beside the first one.
    #[arg(long, value_name = "TEXT")]
    pub(crate) message: Option<String>,
    /// Reads the message as Chatwork's notation: each tag in it works.
    #[arg(long, requires = "message")]
    pub(crate) notation: bool,
    /// Another name for the file.
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// Shows what would be sent, and sends nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Get {
    /// The room.
    #[arg(value_name = "ROOM", add = complete::rooms())]
    pub(crate) room: String,
    /// The id of the file.
    #[arg(value_name = "FILE")]
    pub(crate) file: i64,
    /// The path; `-` writes to the standard output. Without it, the file's own name in this folder.
    #[arg(long, short = 'o', value_name = "PATH")]
    pub(crate) output: Option<PathBuf>,
    /// The folder in which the file gets its own name.
    #[arg(long, value_name = "FOLDER", conflicts_with = "output")]
    pub(crate) into: Option<PathBuf>,
    /// Replaces the file at the path.
    #[arg(long, requires = "output")]
    pub(crate) force: bool,
}
