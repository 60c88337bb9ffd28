//! What is done with each event: a line of JSON, a command, a request to another service.

use std::process::Stdio;
use std::time::Duration;

use chatwork_sdk::reqwest::{self, Url, redirect};
use chatwork_sdk::{MessageId, RoomId};
use serde::Serialize;
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

use crate::args::Reaction;
use crate::context::Context;
use crate::failure::{Done, Failure, io_reason};
use crate::out::note;
use crate::words;

/// How long another service may take to answer.
const TIMEOUT: Duration = Duration::from_secs(30);

/// An event, with what a command gets in its environment.
pub(super) struct Told<'a, E> {
    pub(super) name: &'a str,
    pub(super) room: Option<RoomId>,
    pub(super) message: Option<&'a MessageId>,
    pub(super) event: &'a E,
}

/// What of a reaction has succeeded. What is not wanted counts as that.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Succeeded {
    pub(super) exec: bool,
    pub(super) forward: bool,
}

impl Succeeded {
    /// Returns whether all that was wanted has succeeded.
    pub(super) fn all(self) -> bool {
        self.exec && self.forward
    }
}

/// How events went.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    succeeded: usize,
    failed: usize,
}

impl Tally {
    pub(super) fn add(&mut self, is_done: bool) {
        *(if is_done { &mut self.succeeded } else { &mut self.failed }) += 1;
    }

    /// Returns how it went as soon as enough events came: a failure if one failed.
    pub(super) fn outcome(self) -> Done {
        let Self { succeeded, failed } = self;
        if failed == 0 {
            return Ok(());
        }
        let count = succeeded + failed;
        let message = words::EVENTS_FAILED.fill(&[("failed", &failed), ("count", &count)]);
        let failure = Failure::new("events_failed", message);
        Err(if succeeded > 0 { failure.partial("partly_handled") } else { failure })
    }
}

/// Acts on events, one after the other.
pub(super) struct Reactor<'a> {
    context: &'a Context,
    exec: Option<&'a str>,
    forward: Option<(Url, reqwest::Client)>,
    limit: Option<u64>,
    count: u64,
    /// Commands run in a process group of their own.
    is_apart: bool,
}

impl<'a> Reactor<'a> {
    pub(super) fn new(context: &'a Context, reaction: &'a Reaction) -> Done<Self> {
        let forward = reaction.forward.as_deref().map(target).transpose()?;
        let (exec, limit) = (reaction.exec.as_deref(), reaction.limit);
        Ok(Self { context, exec, forward, limit, count: 0, is_apart: false })
    }

    /// Keeps Ctrl-C of a terminal from the commands: this program ends them.
    pub(super) fn apart(self) -> Self {
        Self { is_apart: true, ..self }
    }

    /// Returns whether a command or another service gets the events.
    pub(super) fn acts(&self) -> bool {
        self.exec.is_some() || self.forward.is_some()
    }

    /// Returns whether as many events came as were wanted.
    pub(super) fn is_done(&self) -> bool {
        self.limit.is_some_and(|limit| self.count >= limit)
    }

    /// Acts on an event, but for what has succeeded before. Returns what has succeeded now or then;
    /// what failed is noted.
    pub(super) async fn react<E: Serialize>(
        &mut self,
        told: &Told<'_, E>,
        before: Succeeded,
    ) -> Done<Succeeded> {
        self.count += 1;
        if !self.acts() {
            self.context.out.json_line(told.event).await?;
            return Ok(Succeeded { exec: true, forward: true });
        }
        let json = serde_json::to_string(told.event).map_err(std::io::Error::from)?;
        let exec = match self.exec.filter(|_| !before.exec) {
            Some(command) => noted(execute(shell(command, self.is_apart), told, &json).await),
            None => true,
        };
        let forward = match self.forward.as_ref().filter(|_| !before.forward) {
            Some((address, client)) => noted(post(client, address, json).await),
            None => true,
        };
        Ok(Succeeded { exec, forward })
    }
}

fn noted(done: Result<(), String>) -> bool {
    done.map_err(|what| note(&what)).is_ok()
}

/// Runs a command of the person's. Texts of other people are on its standard input alone: in an
/// argument or a variable, a shell could take them for a command.
async fn execute<E>(mut command: Command, told: &Told<'_, E>, json: &str) -> Result<(), String> {
    let failed =
        |error: std::io::Error| words::EXEC_NOT_STARTED.fill(&[("reason", &io_reason(&error))]);
    command.env("CHATWORK_EVENT", told.name).stdin(Stdio::piped());
    let room = told.room.map(|room| room.to_string()).unwrap_or_default();
    let message = told.message.map(|message| message.to_string()).unwrap_or_default();
    command.env("CHATWORK_ROOM_ID", room).env("CHATWORK_MESSAGE_ID", message);
    let mut child = command.spawn().map_err(failed)?;
    if let Some(mut stdin) = child.stdin.take() {
        // A command need not read its input.
        let _ = stdin.write_all(json.as_bytes()).await;
        let _ = stdin.write_all(b"\n").await;
    }
    let status = child.wait().await.map_err(failed)?;
    match status.code() {
        Some(0) => Ok(()),
        Some(code) => Err(words::EXEC_FAILED.fill(&[("code", &code)])),
        None => Err(words::EXEC_KILLED.text().to_owned()),
    }
}

#[cfg(windows)]
fn shell(text: &str, is_apart: bool) -> Command {
    /// `CREATE_NEW_PROCESS_GROUP`
    const APART: u32 = 0x200;
    let mut command = Command::new("cmd");
    command.raw_arg(format!("/C {text}")).kill_on_drop(is_apart);
    if is_apart {
        command.creation_flags(APART);
    }
    command
}

#[cfg(not(windows))]
fn shell(text: &str, is_apart: bool) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", text]).kill_on_drop(is_apart);
    if is_apart {
        command.process_group(0);
    }
    command
}

/// Reads the address of another service. It gets no token of Chatwork's.
fn target(text: &str) -> Done<(Url, reqwest::Client)> {
    let invalid = || {
        let address = chatwork_app::one_line(text).into_owned();
        Failure::usage(words::FORWARD_INVALID.fill(&[("address", &address)]))
    };
    let url: Url = text.parse().map_err(|_| invalid())?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(invalid());
    }
    let mut builder =
        reqwest::Client::builder().timeout(TIMEOUT).redirect(redirect::Policy::none());
    // A service on this machine is not behind a proxy.
    if matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]")) {
        builder = builder.no_proxy();
    }
    let client = builder
        .build()
        .map_err(|error| Failure::new("settings", words::SETTINGS.fill(&[("reason", &error)])))?;
    Ok((url, client))
}

async fn post(client: &reqwest::Client, address: &Url, json: String) -> Result<(), String> {
    let request = client.post(address.clone()).header("content-type", "application/json");
    // Its path may hold a secret of that service: only the host is shown.
    let host = address.host_str().unwrap_or_default();
    match request.body(json).send().await {
        Ok(reply) if reply.status().is_success() => Ok(()),
        Ok(reply) => {
            Err(words::FORWARD_FAILED.fill(&[("address", &host), ("status", &reply.status())]))
        }
        Err(_) => Err(words::FORWARD_UNREACHABLE.fill(&[("address", &host)])),
    }
}
