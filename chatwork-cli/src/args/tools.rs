//! `api`, `sandbox`, `man` and `config`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Args)]
#[command(after_help = "chatwork api GET /me\n\
    chatwork api GET '/rooms/93207172/messages?force=1'\n\
    chatwork api POST /rooms/93207172/messages -F body=@minutes.txt -f self_unread=1")]
pub(crate) struct Api {
    /// GET, POST, PUT or DELETE.
    #[arg(value_name = "METHOD")]
    pub(crate) method: String,
    /// The path below the address of the API, such as /rooms/1.
    #[arg(value_name = "PATH")]
    pub(crate) path: String,
    /// A parameter: in the query of a GET, else in the form.
    #[arg(short = 'f', long = "field", value_name = "NAME=VALUE")]
    pub(crate) fields: Vec<String>,
    /// A parameter from a file (`name=@file`) or from the standard input (`name=@-`).
    #[arg(short = 'F', long = "file-field", value_name = "NAME=@FILE")]
    pub(crate) file_fields: Vec<String>,
}

// The options of `sandbox`.
#[cfg(feature = "sandbox")]
#[derive(Debug, Args)]
pub(crate) struct SandboxArgs {
    /// The port on 127.0.0.1; 8899 without it, and 0 takes a free one.
    #[arg(long, value_name = "PORT")]
    pub(crate) port: Option<u16>,
    /// A world (YAML or JSON), or a saved state, in place of the default world.
    #[arg(long, value_name = "FILE")]
    pub(crate) world: Option<PathBuf>,
    /// Generates a world of this size instead, as in `rooms=1000,messages=100000,seed=1`.
    #[arg(long, value_name = "SIZE", conflicts_with = "world")]
    pub(crate) generate: Option<chatwork_sandbox::Generate>,
    /// Keeps the state in this file: the next start goes on from there.
    #[arg(long, value_name = "FILE")]
    pub(crate) state: Option<PathBuf>,
    /// Turns the rate limits off.
    #[arg(long)]
    pub(crate) no_limits: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Man {
    /// Writes a page for each command into this folder. Without it, the page of `chatwork` goes to
    /// the standard output.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) dir: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Config {
    /// Lists the settings.
    List,
    /// Shows a setting.
    Get {
        /// The setting: language, time_zone, storage, site, rooms.ALIAS or people.ALIAS.
        #[arg(value_name = "KEY")]
        key: String,
    },
    /// Changes a setting.
    Set {
        /// The setting.
        #[arg(value_name = "KEY")]
        key: String,
        /// The value. For an alias: an id, an address or an exact name.
        #[arg(value_name = "VALUE")]
        value: String,
    },
    /// Removes a setting.
    Unset {
        /// The setting.
        #[arg(value_name = "KEY")]
        key: String,
    },
    /// Shows the path of the file.
    Path,
}
