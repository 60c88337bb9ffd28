//! A bot that repeats what is said to it, in every room that it is in.
//!
//! ```sh
//! cargo run --example echo_bot
//! ```
//!
//! It needs no account: it starts a sandbox, a Chatwork in its own process, in which Ken says four
//! things to the bot and one to no account. It prints each event and each answer, and ends after
//! the fourth answer. With a token in `CHATWORK_API_TOKEN` it is a real bot, which runs until it is
//! stopped or its token is invalid, and begins with what is said from then on:
//!
//! ```sh
//! CHATWORK_API_TOKEN=… cargo run --example echo_bot [-- <state file>]
//! ```
//!
//! With a state file it resumes where it was stopped. It answers the messages that were posted in
//! between, each once. Only a message that it was answering when it crashed may get two answers.
//! With `CHATWORK_API_BASE_URL` it calls another server.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use chatwork_sandbox::Sandbox;
use chatwork_sdk::notation::{MessageText, parse};
use chatwork_sdk::types::Message;
use chatwork_sdk::watch::{Event, FileStore, Rooms, Watch};
use chatwork_sdk::{AccountId, Client, MessageId, RoomId};
use examples::{Result, client, exit, has_token};

#[tokio::main]
async fn main() -> ExitCode {
    let done = if has_token() { with_token().await } else { in_sandbox().await };
    exit("echo_bot", done)
}

/// Answers until it is stopped.
async fn with_token() -> Result<()> {
    let mut arguments = std::env::args_os().skip(1);
    let file = arguments.next().map(PathBuf::from);
    if arguments.next().is_some() {
        return Err("usage: echo_bot [<state file>]".into());
    }
    let chatwork = Client::from_env()?;
    let mut watch = chatwork.watch(Rooms::All).own_messages(false);
    if let Some(file) = file {
        watch = watch.store(FileStore::new(file));
    }
    let me = chatwork.me().await?;
    println!("{} listens", me.name);
    answer(&chatwork, me.account_id, watch, u32::MAX).await
}

/// Answers a message in a sandbox.
async fn in_sandbox() -> Result<()> {
    println!("No token in CHATWORK_API_TOKEN: this is a sandbox, in this process.");
    let sandbox = Sandbox::start().await?;
    let (bot, ken) = (client(&sandbox, "hanako")?, client(&sandbox, "ken")?);
    let (me, other) = (bot.me().await?.account_id, ken.me().await?.account_id);
    let room = ken.room(bot.create_room("Echo", [me]).members([other]).await?);

    let start = room.post("This is before the bot began.").await?;
    room.post(MessageText::new().to(me).text("Bot\nCan you hear me?")).await?;
    room.post("This is to nobody.").await?;
    room.post(MessageText::new().to(me).text("Bot\nWake them all: ").to_all()).await?;
    room.post(MessageText::new().to(me).text("Bot\n").code("exit 1")).await?;
    room.post(MessageText::new().to_all().text("\nLunch?")).await?;

    let second = Duration::from_secs(1);
    let watch = bot.watch(Rooms::All).own_messages(false).interval(second, second);
    answer(&bot, me, watch.after(room.id(), &start), 4).await
}

/// Answers what is addressed to an account, so many times.
async fn answer(chatwork: &Client, me: AccountId, mut watch: Watch, mut left: u32) -> Result<()> {
    while let Some(event) = watch.next().await {
        println!("{event:?}");
        match event {
            Event::MessageCreated { room_id, message } if is_to(me, &message) => {
                // One answer that fails must not end the bot.
                match echo(chatwork, room_id, &message).await {
                    Ok(id) => println!("  answered with {id}"),
                    Err(error) => eprintln!("  not answered: {error}"),
                }
                left -= 1;
            }
            Event::Failed { error, .. } if error.is_unauthorized() => return Err(error.into()),
            // The watch continues by itself, and the rest needs no answer.
            _ => {}
        }
        if left == 0 {
            break;
        }
    }
    // Each call of `next` saves that the event before was acted on. This does it for the last one.
    Ok(watch.commit().await?)
}

/// Whether a message is addressed to an account: by name, by a reply, or to all in the room.
fn is_to(me: AccountId, message: &Message) -> bool {
    let tree = parse(&message.body);
    let mentions = tree.mentions();
    mentions.all() || mentions.contains(me)
}

/// Repeats a message as a quote, in which every tag is only text: no account is notified a second
/// time.
async fn echo(
    chatwork: &Client,
    room: RoomId,
    message: &Message,
) -> chatwork_sdk::Result<MessageId> {
    let name = format!("{}\n", message.account.name);
    let text = MessageText::new().reply(room, message).text(name).quote(message);
    chatwork.room(room).post(text).await
}
