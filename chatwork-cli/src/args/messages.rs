//! `messages` and `send`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::complete;

#[derive(Debug, Subcommand)]
pub(crate) enum Messages {
    /// Lists the newest 100 messages of a room, oldest first. Marks none as read.
    List {
        /// The room.
        #[arg(value_name = "ROOM", add = complete::rooms())]
        room: String,
        /// Messages since the last such call alone.
        #[arg(long)]
        new: bool,
        /// At most so many, the newest ones.
        #[arg(long, value_name = "NUMBER", conflicts_with = "new")]
        limit: Option<usize>,
        /// Shows texts with their tags.
        #[arg(long)]
        raw: bool,
    },
    /// Shows a message.
    View {
        /// The message: its address, or ROOM_ID-MESSAGE_ID.
        #[arg(value_name = "MESSAGE")]
        message: String,
        /// Shows the text with its tags.
        #[arg(long)]
        raw: bool,
    },
    /// Sends a message.
    Send(Send),
    /// Replies to a message.
    Reply {
        /// The message: its address, or ROOM_ID-MESSAGE_ID.
        #[arg(value_name = "MESSAGE")]
        message: String,
        #[command(flatten)]
        text: TextArgs,
        /// Sends a text that is too long for one message as several messages.
        #[arg(long)]
        split: bool,
    },
    /// Replaces the text of a message of yours.
    Edit {
        /// The message: its address, or ROOM_ID-MESSAGE_ID.
        #[arg(value_name = "MESSAGE")]
        message: String,
        #[command(flatten)]
        text: TextArgs,
    },
    /// Deletes a message of yours.
    Delete {
        /// The message: its address, or ROOM_ID-MESSAGE_ID.
        #[arg(value_name = "MESSAGE")]
        message: String,
    },
    /// Marks messages as read.
    Read {
        /// The room; or a message, and all before it.
        #[arg(value_name = "ROOM", required_unless_present = "all", add = complete::rooms())]
        room: Option<String>,
        /// All rooms.
        #[arg(long, conflicts_with = "room")]
        all: bool,
    },
    /// Marks a message and all behind it as unread.
    Unread {
        /// The message: its address, or ROOM_ID-MESSAGE_ID.
        #[arg(value_name = "MESSAGE")]
        message: String,
    },
}

#[derive(Debug, Args)]
#[command(after_help = "chatwork send my \"Hello\"\n\
    echo \"build 7 failed\" | chatwork send 93207172 - --to 'Deploy Bot' --info CI\n\
    chatwork send sales --file minutes.md --markdown --split")]
pub(crate) struct Send {
    /// The room: id, address, alias, `my` or exact name.
    #[arg(value_name = "ROOM", add = complete::rooms())]
    pub(crate) room: String,
    #[command(flatten)]
    pub(crate) text: TextArgs,
    /// Leaves the message unread for yourself.
    #[arg(long)]
    pub(crate) unread: bool,
    /// Sends a text that is too long for one message as several messages.
    #[arg(long)]
    pub(crate) split: bool,
    /// Replies to this message.
    #[arg(long, value_name = "MESSAGE")]
    pub(crate) reply: Option<String>,
}

// A text, and what is done with it.
#[derive(Debug, Args)]
pub(crate) struct TextArgs {
    /// The text; `-` reads the standard input.
    #[arg(value_name = "TEXT")]
    pub(crate) text: Option<String>,
    /// Reads the text from a file (UTF-8).
    #[arg(long, value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    /// Reads the text as Markdown.
    #[arg(long)]
    pub(crate) markdown: bool,
    /// Reads the text as Chatwork's notation: each tag in it works.
    #[arg(long, conflicts_with = "markdown")]
    pub(crate) notation: bool,
    /// Mentions a person, or all members by `all`.
    #[arg(long, value_name = "PERSON", add = complete::people())]
    pub(crate) to: Vec<String>,
    /// Quotes this message before the text.
    #[arg(long, value_name = "MESSAGE")]
    pub(crate) quote: Vec<String>,
    /// Draws a box with this title around the text.
    #[arg(long, value_name = "TITLE")]
    pub(crate) info: Option<String>,
    /// Shows the text as code.
    #[arg(long, conflicts_with_all = ["markdown", "notation"])]
    pub(crate) code: bool,
    /// Sends nothing, and shows exactly what would be sent.
    #[arg(long)]
    pub(crate) dry_run: bool,
}
