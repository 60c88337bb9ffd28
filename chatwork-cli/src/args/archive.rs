//! `archive`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::complete;

// Which archive.
#[derive(Debug, Args)]
pub(crate) struct Place {
    /// The file of the archive; without it, that of the account in the folder of data.
    #[arg(long, value_name = "FILE")]
    pub(crate) archive: Option<PathBuf>,
}

// Which rooms are read.
#[derive(Debug, Args)]
pub(crate) struct Scope {
    /// The rooms; without any, all.
    #[arg(value_name = "ROOM", add = complete::rooms())]
    pub(crate) rooms: Vec<String>,
    /// A room that is left out.
    #[arg(long, value_name = "ROOM", add = complete::rooms())]
    pub(crate) except: Vec<String>,
    /// Stores the contents of files, too.
    #[arg(long)]
    pub(crate) files: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Archive {
    /// Reads what is new in all rooms into the archive.
    Sync {
        #[command(flatten)]
        place: Place,
        #[command(flatten)]
        scope: Scope,
    },
    /// Reads what is new, and goes on until it is interrupted.
    Follow {
        #[command(flatten)]
        place: Place,
        #[command(flatten)]
        scope: Scope,
    },
    /// Shows how far back each room goes, and what may be lost.
    Status {
        #[command(flatten)]
        place: Place,
    },
    /// Searches messages, from one character on.
    #[command(after_help = "chatwork archive search '会議 from:me after:2026-04'\n\
        chatwork archive search 'トークン OR token' --room sales --order oldest")]
    Search {
        #[command(flatten)]
        place: Place,
        /// The words, and filters such as from:me.
        #[arg(value_name = "WORDS", required = true)]
        words: Vec<String>,
        /// In this room alone: also by its exact name in the archive.
        #[arg(long, value_name = "ROOM", add = complete::rooms())]
        room: Vec<String>,
        /// From this day on.
        #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
        since: Option<String>,
        /// Until the end of this day.
        #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
        until: Option<String>,
        /// Messages that mention you alone.
        #[arg(long)]
        to_me: bool,
        /// Messages with a file alone.
        #[arg(long)]
        with_file: bool,
        /// Texts before an edit or a deletion, too.
        #[arg(long)]
        history: bool,
        /// The order; newest without it.
        #[arg(long, value_name = "ORDER", value_enum)]
        order: Option<Order>,
        /// At most so many; 50 without it.
        #[arg(long, value_name = "NUMBER")]
        limit: Option<usize>,
        /// Continues behind the last hit of another page.
        #[arg(long, value_name = "CURSOR")]
        cursor: Option<String>,
    },
    /// Shows a message, and messages around it.
    Show {
        #[command(flatten)]
        place: Place,
        /// The message: its address, or ROOM-MESSAGE_ID.
        #[arg(value_name = "MESSAGE")]
        message: String,
        /// So many messages before and behind it.
        #[arg(long, value_name = "NUMBER")]
        context: Option<u32>,
        /// What it answers, and what answers it.
        #[arg(long, conflicts_with = "context")]
        replies: bool,
    },
    /// Writes messages for people and other programs.
    Export {
        #[command(flatten)]
        place: Place,
        /// The form; jsonl alone has everything.
        #[arg(long, value_name = "FORM", value_enum)]
        format: ExportFormat,
        /// The file, or the folder of html. Without it, the standard output.
        #[arg(long, short = 'o', value_name = "PATH")]
        output: Option<PathBuf>,
        /// This room alone: also by its exact name in the archive.
        #[arg(long, value_name = "ROOM", add = complete::rooms())]
        room: Vec<String>,
        /// A room that is left out.
        #[arg(long, value_name = "ROOM", add = complete::rooms())]
        except: Vec<String>,
        /// From this day on.
        #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
        since: Option<String>,
        /// Until the end of this day.
        #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
        until: Option<String>,
    },
    /// Reads an export (jsonl) into a new archive.
    Import {
        #[command(flatten)]
        place: Place,
        /// The export; `-` reads the standard input.
        #[arg(value_name = "FILE")]
        from: PathBuf,
        /// The folder with the contents of files.
        #[arg(long, value_name = "FOLDER")]
        files: Option<PathBuf>,
    },
    /// Compares the archive with its index and its files.
    Verify {
        #[command(flatten)]
        place: Place,
        /// Makes the search index anew, and lets missing files be fetched again.
        #[arg(long)]
        repair: bool,
    },
    /// Copies the archive to a new file, also while it is written to.
    Backup {
        #[command(flatten)]
        place: Place,
        /// The new file.
        #[arg(value_name = "PATH")]
        to: PathBuf,
    },
    /// Removes messages from the archive for good.
    Forget {
        #[command(flatten)]
        place: Place,
        /// A room, with everything in it; with --before, its older messages alone.
        #[arg(long, value_name = "ROOM", add = complete::rooms())]
        room: Option<String>,
        /// Everything that a person wrote: an account id or an alias.
        #[arg(long, value_name = "PERSON", conflicts_with = "room", add = complete::people())]
        person: Option<String>,
        /// One message.
        #[arg(long, value_name = "MESSAGE", conflicts_with_all = ["room", "person"])]
        message: Option<String>,
        /// Messages before this day.
        #[arg(long, value_name = "DAY", conflicts_with_all = ["person", "message"])]
        #[arg(allow_hyphen_values = true)]
        before: Option<String>,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Order {
    Newest,
    Oldest,
    Rank,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    Jsonl,
    Csv,
    Markdown,
    Html,
}
