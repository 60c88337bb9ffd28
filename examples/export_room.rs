//! Writes the newest messages of a room as JSON lines, and what happens in it after that.
//!
//! ```sh
//! cargo run --example export_room
//! ```
//!
//! It needs no account: it starts a sandbox, a Chatwork in its own process, exports its project room
//! and then a message that is posted, edited and deleted. With a token in `CHATWORK_API_TOKEN` it
//! exports a room of yours; with `--follow` it continues until it is stopped:
//!
//! ```sh
//! CHATWORK_API_TOKEN=… cargo run --example export_room -- <room id> [--follow] > room.jsonl
//! ```
//!
//! `CHATWORK_API_BASE_URL` sends it to another server. Each line is one object:
//!
//! ```json
//! {"event":"created","room_id":42,"message_id":"19…","account_id":1,"name":"…","send_time":0,
//!  "update_time":0,"text":"as a person reads it","body":"with its [tags]"}
//! {"event":"updated", …}
//! {"event":"deleted","room_id":42,"message_id":"19…"}
//! {"event":"gap","room_id":42,"after":"19…","before":"19…","missing":7}
//! ```
//!
//! The API returns only the newest 100 messages. If more came between two requests, those between
//! them are missing: a line `gap` says how many.

use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

use chatwork_sandbox::Sandbox;
use chatwork_sdk::notation::parse;
use chatwork_sdk::types::Message;
use chatwork_sdk::watch::{Event, Watch};
use chatwork_sdk::{Client, MessageId, RoomHandle, RoomId};
use examples::{Result, client, exit, has_token};
use serde_json::{Value, json};

/// The project room of the sandbox.
const SANDBOX_ROOM: RoomId = RoomId(93_207_172);

#[tokio::main]
async fn main() -> ExitCode {
    let done = if has_token() { with_token().await } else { in_sandbox().await };
    exit("export_room", done)
}

async fn with_token() -> Result<()> {
    let usage = "usage: export_room <room id> [--follow]";
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (id, follows) = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [id] => (id, false),
        [id, "--follow"] => (id, true),
        _ => return Err(usage.into()),
    };
    let room = Client::from_env()?.room(id.parse().map_err(|_| usage)?);
    let watch = export(&room).await?;
    if follows { follow(watch, u32::MAX).await } else { Ok(()) }
}

async fn in_sandbox() -> Result<()> {
    eprintln!("No token in CHATWORK_API_TOKEN: this is a sandbox, in this process.");
    let sandbox = Sandbox::start().await?;
    let (hanako, ken) = (client(&sandbox, "hanako")?, client(&sandbox, "ken")?);
    let second = Duration::from_secs(1);
    let mut watch = export(&hanako.room(SANDBOX_ROOM)).await?.interval(second, second);

    let room = ken.room(SANDBOX_ROOM);
    let id = room.post("[hr]A line").await?;
    watch = follow_once(watch).await?;
    room.message(&id).edit("[hr]Another line").await?;
    watch = follow_once(watch).await?;
    room.message(&id).delete().await?;
    follow(watch, 1).await
}

/// Writes the newest messages. Returns a watch that begins after the last of them.
async fn export(room: &RoomHandle) -> Result<Watch> {
    let messages = room.latest_messages().await?;
    for message in &messages {
        match message.is_deleted() {
            true => write(&deleted(room.id(), &message.message_id))?,
            false => write(&about("created", room.id(), message))?,
        }
    }
    for item in &messages.set_aside {
        eprintln!("a message is not exported: {item}");
    }
    if messages.limitation.is_some() {
        eprintln!("older messages are hidden by the plan");
    }
    Ok(match messages.last() {
        Some(last) => room.watch_after(&last.message_id),
        None => room.watch(),
    })
}

async fn follow_once(mut watch: Watch) -> Result<Watch> {
    if let Some(event) = watch.next().await {
        tell(event)?;
    }
    Ok(watch)
}

/// Writes this many events.
async fn follow(mut watch: Watch, events: u32) -> Result<()> {
    for _ in 0..events {
        match watch.next().await {
            Some(event) => tell(event)?,
            None => return Err("the watch has ended".into()),
        }
    }
    Ok(())
}

fn tell(event: Event) -> Result<()> {
    match event {
        Event::MessageCreated { room_id, message } => write(&about("created", room_id, &message)),
        Event::MessageUpdated { room_id, message } => write(&about("updated", room_id, &message)),
        Event::MessageDeleted { room_id, message_id } => write(&deleted(room_id, &message_id)),
        Event::Gap(gap) => write(&json!({
            "event": "gap",
            "room_id": gap.room_id,
            "after": gap.after,
            "before": gap.before,
            "missing": gap.missing,
        })),
        other => {
            eprintln!("{other:?}");
            Ok(())
        }
    }
}

fn deleted(room: RoomId, message: &MessageId) -> Value {
    json!({ "event": "deleted", "room_id": room, "message_id": message })
}

fn about(event: &str, room: RoomId, message: &Message) -> Value {
    json!({
        "event": event,
        "room_id": room,
        "message_id": message.message_id,
        "account_id": message.account.account_id,
        "name": message.account.name,
        "send_time": message.send_time,
        "update_time": message.update_time,
        "text": parse(&message.body).plain_text(|_| None),
        "body": message.body,
    })
}

/// Writes one line and flushes it, so that a reader of the pipe gets each event at once.
fn write(line: &Value) -> Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    Ok(out.flush()?)
}
