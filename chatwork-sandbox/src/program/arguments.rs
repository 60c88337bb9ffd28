//! The options.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

use chatwork_sandbox::{Generate, RefreshTokens};
use clap::{Parser, ValueEnum, value_parser};

/// A local stand-in for the Chatwork API v2, for tests without an account.
///
/// The first line on stdout is one JSON object: the addresses, the accounts with their tokens, the
/// apps, the rooms, the webhooks. The log of requests is on stderr. The sandbox drops lines rather
/// than wait for a program that does not read them.
#[derive(Debug, Parser)]
#[command(version)]
pub(crate) struct Arguments {
    /// The port; 0 takes a free one.
    #[arg(long, default_value_t = 8899)]
    pub(crate) port: u16,
    /// A world (YAML or JSON), or a state that `GET /_sandbox/state` returned, in place of the default
    /// world.
    #[arg(long, value_name = "FILE")]
    pub(crate) world: Option<PathBuf>,
    /// Generates a world of this size instead, as in `rooms=1000,messages=100000,seed=1`.
    #[arg(long, value_name = "SIZE", conflicts_with = "world")]
    pub(crate) generate: Option<Generate>,
    /// Keeps the state in this file: the next start goes on from there. The world counts only as long
    /// as the file does not exist.
    #[arg(long, value_name = "FILE")]
    pub(crate) state: Option<PathBuf>,
    /// Whether the rate limits are enforced.
    #[arg(long, value_enum, default_value_t = Switch::On)]
    pub(crate) limits: Switch,
    /// Stops the clock at a Unix time until it is moved; without it, the clock follows real time.
    #[arg(long, value_name = "SECONDS", allow_negative_numbers = true, value_parser = value_parser!(i64).range(0..))]
    pub(crate) clock: Option<i64>,
    /// What a refresh does to the refresh token (OAuth 2.0): it replaces or keeps it. What the
    /// service does is not known. Default: that of the world, which replaces it if it says nothing.
    #[arg(long, value_enum)]
    pub(crate) refresh_tokens: Option<RefreshMode>,
    /// A host name besides those of this machine that requests may be addressed to, as of a
    /// container. May be repeated.
    #[arg(long, value_name = "NAME")]
    pub(crate) allow_host: Vec<String>,
    /// The address to listen on. With another one than that of this machine, everyone who reaches it can
    /// use the API, and the control API needs a key.
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    pub(crate) host: IpAddr,
    /// The address under which programs reach the sandbox, as `http://sandbox:8899` of a container.
    #[arg(long, value_name = "URL")]
    pub(crate) origin: Option<String>,
    /// The key that the control API needs. Without it, a random one if `--host` is not this machine; it
    /// is in the first line on stdout. An argument is seen by other programs of this machine.
    #[arg(long, value_name = "KEY", env = "CHATWORK_SANDBOX_KEY", hide_env_values = true)]
    pub(crate) control_key: Option<String>,
    /// A host to which webhooks may go besides this machine, as `app` of another container. May be
    /// repeated.
    #[arg(long, value_name = "NAME")]
    pub(crate) webhook_host: Vec<String>,
    /// Lets pages of other sites call `/v2`, but never the control API.
    #[arg(long)]
    pub(crate) cors: bool,
    /// Ends the sandbox when its standard input is closed. A program that starts the sandbox with a
    /// pipe as standard input leaves no sandbox behind, even if it is killed.
    #[arg(long)]
    pub(crate) exit_with_stdin: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
pub(crate) enum Switch {
    On,
    Off,
}

impl Switch {
    pub(crate) fn is_on(self) -> bool {
        self == Self::On
    }
}

#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
pub(crate) enum RefreshMode {
    Rotate,
    Keep,
}

impl From<RefreshMode> for RefreshTokens {
    fn from(mode: RefreshMode) -> Self {
        match mode {
            RefreshMode::Rotate => Self::Rotate,
            RefreshMode::Keep => Self::Keep,
        }
    }
}
