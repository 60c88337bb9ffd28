//! `watch` and `webhooks`.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::complete;

// What is done with each event.
#[derive(Debug, Args)]
pub(crate) struct Reaction {
    /// Runs a command for each event, with the event as JSON on its standard input.
    #[arg(long, value_name = "COMMAND")]
    pub(crate) exec: Option<String>,
    /// Posts each event as JSON to this address.
    #[arg(long, value_name = "URL")]
    pub(crate) forward: Option<String>,
    /// Ends after so many events.
    #[arg(long, value_name = "NUMBER")]
    pub(crate) limit: Option<u64>,
}

#[derive(Debug, Args)]
#[command(after_help = "chatwork watch\nchatwork watch 93207172 --exec ./answer.sh\n\
    chatwork watch --state bot.watch --forward http://127.0.0.1:3000/events")]
pub(crate) struct Watch {
    /// The rooms; without any, all.
    #[arg(value_name = "ROOM", add = complete::rooms())]
    pub(crate) rooms: Vec<String>,
    #[command(flatten)]
    pub(crate) reaction: Reaction,
    /// Leaves out your own messages.
    #[arg(long)]
    pub(crate) not_mine: bool,
    /// Keeps in this file how far the watch is, and resumes from it.
    #[arg(long, value_name = "FILE")]
    pub(crate) state: Option<PathBuf>,
    /// Seconds between two rounds at least; 5 without it.
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub(crate) every: Option<u64>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Webhooks {
    /// Receives webhooks, verifies them, and reports each message once.
    Listen(Listen),
}

#[derive(Debug, Args)]
#[command(after_help = "CHATWORK_WEBHOOK_TOKEN=… chatwork webhooks listen --exec ./answer.sh\n\
    chatwork webhooks listen --token-file token.txt --forward http://127.0.0.1:3000/events")]
pub(crate) struct Listen {
    /// The address to listen on; 127.0.0.1:8787 without it, and port 0 takes a free one.
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) listen: Option<SocketAddr>,
    /// Reads the tokens of webhooks from this file, one a line, instead of CHATWORK_WEBHOOK_TOKEN.
    #[arg(long, value_name = "FILE")]
    pub(crate) token_file: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) reaction: Reaction,
}
