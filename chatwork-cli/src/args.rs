//! The command line. Help in Japanese is in `help.ja.txt`.

mod accounts;
#[cfg(feature = "archive")]
mod archive;
mod complete;
mod files;
mod live;
#[cfg(feature = "mcp")]
mod mcp;
mod messages;
mod people;
mod rooms;
mod tasks;
mod tools;

use clap::{ArgAction, Args, Parser, Subcommand};

pub(crate) use accounts::{Auth, Login, Storage};
#[cfg(feature = "archive")]
pub(crate) use archive::{Archive, ExportFormat, Order, Place, Scope as ArchiveScope};
pub(crate) use files::{Files, Get, Put};
pub(crate) use live::{Listen, Reaction, Watch, Webhooks};
#[cfg(feature = "mcp")]
pub(crate) use mcp::{ClientName, Install, Mcp, Serve, ToolArgs, Tools, Toolset};
pub(crate) use messages::{Messages, Send, TextArgs};
pub(crate) use people::{Contacts, Requests};
pub(crate) use rooms::{Create, Edit, Link, LinkOptions, RoleName, RoomKind, Rooms};
pub(crate) use tasks::{Add, Tasks};
#[cfg(feature = "sandbox")]
pub(crate) use tools::SandboxArgs;
pub(crate) use tools::{Api, Config, Man};

/// Chatwork in a terminal and in scripts.
#[derive(Debug, Parser)]
#[command(name = "chatwork", version, disable_help_flag = true, disable_version_flag = true)]
#[command(disable_help_subcommand = true, subcommand_required = true)]
#[command(arg_required_else_help = true, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) global: Global,
    /// Shows the version.
    #[arg(long, short = 'V', action = ArgAction::Version)]
    #[arg(help_heading = "Options of all commands")]
    #[allow(dead_code, reason = "clap acts on it")]
    version: Option<bool>,
}

// What every command takes. No documentation comment: clap would make it that of the command.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Options of all commands")]
pub(crate) struct Global {
    /// Uses this profile instead of the current one.
    // `mcp` takes several.
    #[arg(long, global = true, value_name = "NAME", add = complete::profiles())]
    pub(crate) profile: Vec<String>,
    /// Writes JSON, with all fields or with those behind `=`.
    #[arg(long, global = true, value_name = "FIELDS", num_args = 0..=1, require_equals = true)]
    #[arg(default_missing_value = "", value_delimiter = ',')]
    pub(crate) json: Option<Vec<String>>,
    /// Writes CSV for Excel.
    #[arg(long, global = true)]
    pub(crate) csv: bool,
    /// Shows rooms and messages as addresses instead of ids.
    #[arg(long, global = true)]
    pub(crate) web: bool,
    /// Shows times in this zone, for example Asia/Tokyo, +09:00 or local.
    #[arg(long, global = true, value_name = "ZONE")]
    pub(crate) time_zone: Option<String>,
    /// Shows times in UTC.
    #[arg(long, global = true, conflicts_with = "time_zone")]
    pub(crate) utc: bool,
    /// Answers yes to every question.
    #[arg(long, short = 'y', global = true)]
    pub(crate) yes: bool,
    /// Fails rather than wait longer for a rate limit.
    #[arg(long, global = true, value_name = "SECONDS")]
    pub(crate) max_wait: Option<u64>,
    /// Shows no progress.
    #[arg(long, global = true)]
    pub(crate) no_progress: bool,
    /// Shows the help of the command.
    #[arg(long, short = 'h', global = true, action = ArgAction::Help)]
    #[allow(dead_code, reason = "clap acts on it")]
    help: Option<bool>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Signs in and out, and chooses an account.
    #[command(subcommand, arg_required_else_help = true)]
    Auth(Auth),
    /// Shows your own account.
    Me,
    /// Counts what is unread, to you, and your open tasks.
    Status,
    /// Shows what is left of the rate limit.
    Limits,
    /// Lists, makes and changes rooms and their members.
    #[command(subcommand, alias = "room", arg_required_else_help = true)]
    Rooms(Rooms),
    /// Reads, sends and changes messages.
    #[command(subcommand, alias = "message", arg_required_else_help = true)]
    Messages(Messages),
    /// Sends a message: short for `messages send`.
    Send(Send),
    /// Lists, adds and finishes tasks.
    #[command(subcommand, alias = "task", arg_required_else_help = true)]
    Tasks(Tasks),
    /// Lists, uploads and downloads files.
    #[command(subcommand, alias = "file", arg_required_else_help = true)]
    Files(Files),
    /// Shows and changes the invitation link of a room.
    #[command(subcommand, arg_required_else_help = true)]
    Link(Link),
    /// Lists your contacts.
    #[command(subcommand, arg_required_else_help = true)]
    Contacts(Contacts),
    /// Lists and answers requests to become a contact.
    #[command(subcommand, arg_required_else_help = true)]
    Requests(Requests),
    /// Reports new messages, edits and deletions, as one JSON object a line.
    Watch(Watch),
    /// Receives webhooks.
    #[command(subcommand, arg_required_else_help = true)]
    Webhooks(Webhooks),
    /// Keeps every message in a file, and searches it.
    #[cfg(feature = "archive")]
    #[command(subcommand, arg_required_else_help = true)]
    Archive(Archive),
    /// Lets agents use Chatwork: an MCP server.
    #[cfg(feature = "mcp")]
    #[command(subcommand, arg_required_else_help = true)]
    Mcp(Mcp),
    /// Calls any path of the API.
    Api(Api),
    /// Starts a Chatwork on this machine, to try things without an account.
    #[cfg(feature = "sandbox")]
    Sandbox(SandboxArgs),
    /// Writes the completion for a shell.
    Completion {
        /// bash, elvish, fish, powershell or zsh.
        #[arg(value_name = "SHELL")]
        shell: String,
    },
    /// Writes manual pages.
    Man(Man),
    /// Shows and changes settings and aliases.
    #[command(subcommand, arg_required_else_help = true)]
    Config(Config),
    /// Shows the help of a command.
    Help {
        /// The command.
        #[arg(value_name = "COMMAND")]
        command: Vec<String>,
    },
}
