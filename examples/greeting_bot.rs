//! A bot that answers each mention in a room.
//!
//! It asks for new messages every ten seconds, which is a tenth of the account's rate limit. It does
//! not answer messages that were posted before it began. It runs until it is stopped, or until its
//! token is invalid or it is removed from the room.
//!
//! ```sh
//! CHATWORK_API_TOKEN=… cargo run --example greeting_bot -- <room id>
//! ```
//!
//! `CHATWORK_API_BASE_URL` sends it to another server, for example one on this machine.

use std::error::Error as StdError;
use std::process::ExitCode;
use std::time::Duration;

use chatwork_sdk::notation::{MessageText, parse};
use chatwork_sdk::types::Message;
use chatwork_sdk::{AccountId, Client, Error, MessageId, RoomHandle, RoomId};

const PAUSE: Duration = Duration::from_secs(10);

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("greeting_bot: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn StdError>> {
    let usage = "expected the id of a room, for example 42";
    let id: RoomId = std::env::args().nth(1).ok_or(usage)?.parse().map_err(|_| usage)?;
    let chatwork = Client::from_env()?;
    let me = chatwork.me().await?;
    let room = chatwork.room(id);

    // The server remembers what it has given to this token. This takes what is there already.
    room.new_messages().await?;
    println!("{} listens in room {id}", me.name);
    loop {
        tokio::time::sleep(PAUSE).await;
        if let Err(error) = answer_all(&room, me.account_id).await {
            if !may_pass(&error) {
                return Err(error.into());
            }
            eprintln!("{error}; going on");
        }
    }
}

/// Answers every new message that mentions this account. One answer that fails does not keep the
/// others from being sent, since no account gets the same message twice.
async fn answer_all(room: &RoomHandle, me: AccountId) -> Result<(), Error> {
    let mut failed = None;
    for message in room.new_messages().await? {
        if mentions(&message, me) {
            match answer(room, &message).await {
                Ok(id) => println!("answered {} with {id}", message.message_id),
                Err(error) => failed = Some(error),
            }
        }
    }
    failed.map_or(Ok(()), Err)
}

async fn answer(room: &RoomHandle, message: &Message) -> Result<MessageId, Error> {
    // As text, a name cannot mention an account, even if it looks like a tag.
    let hello = format!("\nHello, {}!", message.account.name);
    room.post(MessageText::new().reply(room.id(), message).text(hello)).await
}

/// Whether a message is addressed to this account: by name, by a reply, or to all in the room. Its
/// own messages are not, or it would talk to itself.
fn mentions(message: &Message, me: AccountId) -> bool {
    let mentions = parse(&message.body).mentions();
    message.account.account_id != me && (mentions.contains(me) || mentions.all())
}

/// Whether it makes sense to go on: not without a valid token, and not out of the room.
fn may_pass(error: &Error) -> bool {
    !(error.is_unauthorized() || error.is_forbidden())
}
