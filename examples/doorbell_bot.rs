//! A bot with one ordered source of events: a watch, which a webhook hurries.
//!
//! ```sh
//! cargo run --example doorbell_bot
//! ```
//!
//! It needs no account: it starts a sandbox, a Chatwork in its own process, in which Hanako posts,
//! edits and deletes. The watch makes a round a minute. The webhook rings its doorbell, so each
//! event comes within seconds. A message that the webhook and a round both know comes once. It
//! prints each event, and ends after the fourth. With the tokens of an account and of a room's
//! webhook it serves for real, at an address that a proxy or a tunnel leads to, until it is stopped:
//!
//! ```sh
//! CHATWORK_API_TOKEN=… CHATWORK_WEBHOOK_TOKEN=… \
//!     cargo run --example doorbell_bot -- 127.0.0.1:8080 bot.watch
//! ```
//!
//! The webhook leads to the path `/webhook`. The file keeps how far the bot is: after a restart it
//! continues where it was, with what the webhook could not deliver meanwhile.

use std::process::ExitCode;
use std::time::Duration;

use axum::Router;
use axum::extract::{FromRef, State};
use axum::routing::post;
use chatwork_sandbox::{Sandbox, WebhookSeed};
use chatwork_sdk::watch::{Doorbell, Event, FileStore, Rooms, Watch};
use chatwork_sdk::webhook::Verifier;
use chatwork_sdk::webhook::axum::Webhook;
use chatwork_sdk::{Client, RoomHandle, RoomId};
use examples::{Result, client, exit};
use tokio::net::TcpListener;

/// A room in the sandbox that the bot is in.
const PROJECT: RoomId = RoomId(93_207_172);
/// The webhook is fast, so rounds may be slow.
const ROUND: Duration = Duration::from_secs(60);

/// What the handler of the webhook needs.
#[derive(Clone)]
struct Bell {
    verifier: Verifier,
    doorbell: Doorbell,
}

/// By this the extractor finds the verifier.
impl FromRef<Bell> for Verifier {
    fn from_ref(bell: &Bell) -> Self {
        bell.verifier.clone()
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let result = match std::env::var("CHATWORK_WEBHOOK_TOKEN") {
        Ok(token) if !token.is_empty() => for_real(&token).await,
        _ => in_sandbox().await,
    };
    exit("doorbell_bot", result)
}

/// Serves until it is stopped.
async fn for_real(token: &str) -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().unwrap_or_else(|| "127.0.0.1:8080".to_owned());
    let file = arguments.next().unwrap_or_else(|| "bot.watch".to_owned());
    let listener = TcpListener::bind(&address).await?;
    let watch = Client::from_env()?.watch(Rooms::All).interval(ROUND, ROUND);
    let watch = watch.store(FileStore::new(file));
    serve(listener, Verifier::new(token)?, &watch);
    println!("listening on http://{address}/webhook");
    print(watch, u32::MAX).await
}

/// A post, another one, an edit and a deletion, each told within seconds.
async fn in_sandbox() -> Result<()> {
    println!("No token in CHATWORK_WEBHOOK_TOKEN: this is a sandbox, in this process.");
    let sandbox = Sandbox::start().await?;
    let (hanako, bot) = (client(&sandbox, "hanako")?, client(&sandbox, "bot")?);
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/webhook", listener.local_addr()?);
    let webhook = sandbox.webhooks().add(&WebhookSeed::room("bot", PROJECT, url))?;

    let mut watch = bot.watch(Rooms::All).interval(ROUND, ROUND);
    serve(listener, Verifier::new(webhook.token.expose())?, &watch);
    watch.started().await?;
    tokio::try_join!(talk(hanako.room(PROJECT)), print(watch, 4))?;
    Ok(())
}

/// What Hanako does. A deletion rings no webhook: the next post shows it.
async fn talk(room: RoomHandle) -> Result<()> {
    let pause = || tokio::time::sleep(Duration::from_secs(3));
    let id = room.post("The build is red.").await?;
    pause().await;
    room.message(&id).edit("The build is green.").await?;
    pause().await;
    room.message(&id).delete().await?;
    room.post("Never mind.").await?;
    Ok(())
}

/// Serves the webhook, which only rings the doorbell of the watch.
fn serve(listener: TcpListener, verifier: Verifier, watch: &Watch) {
    let bell = Bell { verifier, doorbell: watch.doorbell() };
    let router = Router::new().route("/webhook", post(ring)).with_state(bell);
    tokio::spawn(async move { axum::serve(listener, router).await });
}

/// Runs for verified events only.
async fn ring(State(bell): State<Bell>, Webhook(event): Webhook) {
    bell.doorbell.ring_event(&event);
}

/// Prints a number of events.
async fn print(mut watch: Watch, events: u32) -> Result<()> {
    for _ in 0..events {
        let event = watch.next().await.ok_or("the watch has ended")?;
        println!("{event:?}");
        match event {
            Event::MessageCreated { message, .. } | Event::MessageUpdated { message, .. } => {
                println!("  {}: {}", message.account.name, message.body);
            }
            _ => {}
        }
    }
    Ok(watch.commit().await?)
}
