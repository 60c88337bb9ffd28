//! A first program: rooms, a message, a task, a file, a link, a limit and a mistake.
//!
//! ```sh
//! cargo run --example quickstart
//! ```
//!
//! It needs no account: it starts a sandbox, a Chatwork in its own process, and acts out a story
//! with two people in it. With a token in `CHATWORK_API_TOKEN` it talks to the real service, and
//! only reads, unless you name a room that it may write to:
//!
//! ```sh
//! CHATWORK_API_TOKEN=… cargo run --example quickstart -- --write <room id>
//! ```

use std::process::ExitCode;

use chatwork_sandbox::Sandbox;
use chatwork_sdk::notation::{MessageText, parse};
use chatwork_sdk::types::Me;
use chatwork_sdk::{Client, Due, IconPreset, RoomHandle, RoomId, Upload};
use examples::{Result, client, exit, has_token};

#[tokio::main]
async fn main() -> ExitCode {
    exit("quickstart", run().await)
}

async fn run() -> Result<()> {
    let room = room_to_write()?;
    match (has_token(), room) {
        (true, room) => with_token(room).await,
        (false, None) => in_sandbox().await,
        (false, Some(_)) => Err("--write needs a token in CHATWORK_API_TOKEN".into()),
    }
}

/// The room of `--write`.
fn room_to_write() -> Result<Option<RoomId>> {
    let usage = "usage: quickstart [--write <room id>]";
    let mut arguments = std::env::args().skip(1);
    match (arguments.next().as_deref(), arguments.next(), arguments.next()) {
        (None, ..) => Ok(None),
        (Some("--write"), Some(id), None) => Ok(Some(id.parse().map_err(|_| usage)?)),
        _ => Err(usage.into()),
    }
}

/// The whole story, on this machine.
async fn in_sandbox() -> Result<()> {
    println!("No token in CHATWORK_API_TOKEN: this is a sandbox, in this process.");
    let sandbox = Sandbox::start().await?;
    let hanako = client(&sandbox, "hanako")?;
    let ken = client(&sandbox, "ken")?;

    let me = look_around(&hanako).await?;
    let other = ken.me().await?;

    println!("\nA new room");
    let id = hanako
        .create_room("リリース準備", [me.account_id])
        .members([other.account_id])
        .icon(IconPreset::Project)
        .await?;
    println!("  made {id} with {} in it", other.name);

    let room = hanako.room(id);
    post(&room, &other).await?;
    read(&ken.room(id), &other).await?;
    do_task(&room, &ken.room(id), &other).await?;
    exchange_file(&room, &ken.room(id)).await?;
    invite(&room).await?;
    show_limit(&hanako);
    make_mistake(&hanako).await
}

/// The reading half against the real service, and with a room a message, a task and a file.
async fn with_token(room: Option<RoomId>) -> Result<()> {
    let chatwork = Client::from_env()?;
    let me = look_around(&chatwork).await?;
    if let Some(id) = room {
        let room = chatwork.room(id);
        post(&room, &me).await?;
        do_task(&room, &room, &me).await?;
        exchange_file(&room, &room).await?;
    } else {
        println!("\nNothing was written. `-- --write <room id>` posts to a room of yours.");
    }
    show_limit(&chatwork);
    Ok(())
}

async fn look_around(chatwork: &Client) -> Result<Me> {
    let me = chatwork.me().await?;
    println!("\nWho am I?\n  {}, account {}", me.name, me.account_id);

    println!("\nMy rooms");
    for room in chatwork.rooms().await?.iter().take(10) {
        println!("  {:>9}  {:>2} unread  {}", room.room_id, room.unread_num, room.name);
    }
    Ok(me)
}

async fn post(room: &RoomHandle, to: &Me) -> Result<()> {
    println!("\nA message with a mention");
    let text = MessageText::new()
        .to(to.account_id)
        .text(format!("{}さん\n", to.name))
        .text("ビルドが通りました。確認をお願いします。");
    let id = room.post(text).await?;
    println!("  posted {id}");
    Ok(())
}

async fn read(room: &RoomHandle, reader: &Me) -> Result<()> {
    println!("\nThe same room, read by {}", reader.name);
    let about = room.get().await?;
    println!("  {} unread, {} of them to me", about.unread_num, about.mention_num);
    for message in &room.new_messages().await? {
        let text = parse(&message.body).plain_text(|_| None);
        println!("  {}: {}", message.account.name, text.replace('\n', " "));
    }
    Ok(())
}

async fn do_task(room: &RoomHandle, assignee_room: &RoomHandle, assignee: &Me) -> Result<()> {
    println!("\nA task with a due date");
    let due = Due::date(2030, 4, 1)?;
    let ids = room.create_task("リリースノートを書く", [assignee.account_id]).due(due).await?;
    for id in ids {
        let task = room.task(id).get().await?;
        let due = task.due().map_or("never".to_owned(), |time| format!("Unix time {time}"));
        println!("  {id} for {}, due {due}: {}", task.account.name, task.status);
        assignee_room.task(id).complete().await?;
        println!("  {id} is now: {}", room.task(id).get().await?.status);
    }
    Ok(())
}

async fn exchange_file(room: &RoomHandle, reader_room: &RoomHandle) -> Result<()> {
    println!("\nA file, up and down");
    let sent = "1.0.0: 最初のリリース\n".as_bytes();
    let id = room.upload(Upload::bytes("リリースノート.txt", sent)).message("下書きです").await?;
    let download = reader_room.file(id).download().await?;
    let name = download.file_name().to_owned();
    let received = download.bytes().await?;
    if received != sent {
        return Err(format!("{name} did not come back as it was sent").into());
    }
    println!("  {name}: {} up, {} down, the same bytes", sent.len(), received.len());
    Ok(())
}

async fn invite(room: &RoomHandle) -> Result<()> {
    println!("\nThe invitation link");
    let link = room.link().create().needs_acceptance(true).await?;
    println!("  {}", link.url.as_deref().unwrap_or("closed"));
    Ok(())
}

fn show_limit(chatwork: &Client) {
    println!("\nThe rate limit");
    match chatwork.rate_limit() {
        Some(limit) => println!("  {} of {} requests are left", limit.remaining, limit.limit),
        None => println!("  the replies did not say"),
    }
}

async fn make_mistake(chatwork: &Client) -> Result<()> {
    println!("\nA mistake: posting to a room that I am not in");
    match chatwork.room(RoomId(1)).post("Hello?").await {
        Ok(id) => Err(format!("it went unnoticed: {id}").into()),
        Err(error) if error.is_forbidden() => {
            println!("  {error}");
            Ok(())
        }
        Err(error) => Err(error.into()),
    }
}
