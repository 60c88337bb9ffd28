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
use crate::failure::{Done, Failure};
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

/// Acts on events, one after the other.
pub(super) struct Reactor<'a> {
    context: &'a Context,
    exec: Option<&'a str>,
    forward: Option<(Url, reqwest::Client)>,
    limit: Option<u64>,
    count: u64,
}

impl<'a> Reactor<'a> {
    pub(super) fn new(context: &'a Context, reaction: &'a Reaction) -> Done<Self> {
        let forward = reaction.forward.as_deref().map(target).transpose()?;
        let (exec, limit) = (reaction.exec.as_deref(), reaction.limit);
        Ok(Self { context, exec, forward, limit, count: 0 })
    }

    /// Returns whether as many events came as were wanted.
    pub(super) fn is_done(&self) -> bool {
        self.limit.is_some_and(|limit| self.count >= limit)
    }

    /// Acts on an event. Returns whether all that was wanted was done; what failed is noted.
    pub(super) async fn react<E: Serialize>(&mut self, told: &Told<'_, E>) -> Done<bool> {
        self.count += 1;
        if self.exec.is_none() && self.forward.is_none() {
            self.context.out.json_line(told.event)?;
            return Ok(true);
        }
        let json = serde_json::to_string(told.event).map_err(std::io::Error::from)?;
        let mut is_done = true;
        if let Some(command) = self.exec {
            is_done &= noted(execute(command, told, &json).await);
        }
        if let Some((address, client)) = &self.forward {
            is_done &= noted(post(client, address, json).await);
        }
        Ok(is_done)
    }
}

fn noted(done: Result<(), String>) -> bool {
    done.map_err(|what| note(&what)).is_ok()
}

/// Runs a command of the person's. Texts of other people are on its standard input alone: in an
/// argument or a variable, a shell could take them for a command.
async fn execute<E>(command: &str, told: &Told<'_, E>, json: &str) -> Result<(), String> {
    let failed = |error: std::io::Error| words::EXEC_NOT_STARTED.fill(&[("reason", &error)]);
    let mut command = shell(command);
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
    match status.success() {
        true => Ok(()),
        false => Err(words::EXEC_FAILED.fill(&[("status", &status)])),
    }
}

#[cfg(windows)]
fn shell(text: &str) -> Command {
    let mut command = Command::new("cmd");
    command.raw_arg(format!("/C {text}"));
    command
}

#[cfg(not(windows))]
fn shell(text: &str) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", text]);
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
    let client = builder.build().map_err(|error| Failure::new("settings", error.to_string()))?;
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
