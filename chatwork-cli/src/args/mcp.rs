//! `mcp`.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

#[derive(Debug, Subcommand)]
pub(crate) enum Mcp {
    /// Serves an agent over standard input and output, or agents over HTTP.
    Serve(Box<Serve>),
    /// Lists the tools that a server with these options has; as JSON with their schemas.
    Tools(Box<Tools>),
    /// Shows the entry for the configuration of a client, or writes it.
    Install(Box<Install>),
}

// Which tools there are, and the fences around them.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct ToolArgs {
    /// Adds sets of tools to those that read.
    #[arg(long, value_name = "SETS", value_enum, value_delimiter = ',')]
    pub(crate) toolsets: Vec<Toolset>,
    /// These tools alone, of any set.
    #[arg(long, value_name = "TOOLS", value_delimiter = ',')]
    pub(crate) tools: Vec<String>,
    /// Leaves out these tools.
    #[arg(long, value_name = "TOOLS", value_delimiter = ',')]
    pub(crate) exclude_tools: Vec<String>,
    /// No tool that writes, whatever the other options say.
    #[arg(long)]
    pub(crate) read_only: bool,
    /// Does what needs the person's consent without asking each time.
    #[arg(long)]
    pub(crate) allow_destructive: bool,
    /// Writes to these rooms alone (1,2), or to all but these (!3): ids, addresses or aliases.
    #[arg(long, value_name = "ROOMS")]
    pub(crate) post_rooms: Option<String>,
    /// Allows texts that notify every member of a room.
    #[arg(long)]
    pub(crate) allow_toall: bool,
    /// Files are uploaded from this folder; without it, none.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) upload_dir: Option<PathBuf>,
    /// Files are downloaded into this folder; without it, none.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) download_dir: Option<PathBuf>,
    /// The most characters of a result.
    #[arg(long, value_name = "NUMBER")]
    pub(crate) max_chars: Option<usize>,
    /// The file of the archive; without it, that of each account in the folder of data.
    #[cfg(feature = "archive")]
    #[arg(long, value_name = "FILE")]
    pub(crate) archive: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Toolset {
    Read,
    Write,
    Admin,
}

#[derive(Debug, Args)]
#[command(after_help = "chatwork mcp serve\n\
    chatwork mcp serve --toolsets write --post-rooms 93207172,93310055\n\
    chatwork mcp serve --profile work --profile home --http 127.0.0.1:8080")]
pub(crate) struct Serve {
    #[command(flatten)]
    pub(crate) tools: ToolArgs,
    /// Serves streamable HTTP at this address; port 0 takes a free one.
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) http: Option<SocketAddr>,
    /// Allows an address that other machines reach. Nothing then asks who calls.
    #[arg(long, requires = "http")]
    pub(crate) allow_remote: bool,
    /// A further value of the header Host that is allowed.
    #[arg(long, value_name = "HOST", requires = "http")]
    pub(crate) allow_host: Vec<String>,
    /// An origin of web pages that are allowed, such as `https://agents.example.com`.
    #[arg(long, value_name = "ORIGIN", requires = "http")]
    pub(crate) allow_origin: Vec<String>,
}

#[derive(Debug, Args)]
#[command(after_help = "chatwork mcp tools\n\
    chatwork mcp tools --toolsets write,admin --allow-destructive\n\
    chatwork mcp tools --all --json=name,input_schema")]
pub(crate) struct Tools {
    #[command(flatten)]
    pub(crate) tools: ToolArgs,
    /// All tools that exist.
    #[arg(long, conflicts_with_all = ["toolsets", "tools", "exclude_tools", "read_only"])]
    pub(crate) all: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "chatwork mcp install claude-code\n\
    chatwork mcp install cursor --toolsets write --post-rooms 93207172 --write\n\
    chatwork mcp install cursor --undo")]
pub(crate) struct Install {
    /// The client.
    #[arg(value_name = "CLIENT", value_enum)]
    pub(crate) client: ClientName,
    /// Writes the entry into the file of the client, and copies the file first.
    #[arg(long)]
    pub(crate) write: bool,
    /// Takes the last write back.
    #[arg(long, conflicts_with = "write")]
    pub(crate) undo: bool,
    /// The name of the server; chatwork without it.
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// The file of the project in the current folder instead of that of the user.
    #[arg(long, conflicts_with = "config")]
    pub(crate) project: bool,
    /// Another file.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) tools: ToolArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ClientName {
    ClaudeCode,
    ClaudeDesktop,
    Codex,
    Cursor,
    #[value(name = "vscode")]
    VsCode,
    Gemini,
}
