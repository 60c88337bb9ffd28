//! A bot that receives its mentions by a webhook, and answers each once.
//!
//! ```sh
//! cargo run --example webhook_bot
//! ```
//!
//! It needs no account: it starts a sandbox, a Chatwork in its own process, creates a webhook there,
//! and posts a mention of the bot. With the token of a webhook it serves Chatwork itself, at an
//! address that a proxy or a tunnel leads to, until it is stopped:
//!
//! ```sh
//! CHATWORK_API_TOKEN=… CHATWORK_WEBHOOK_TOKEN=… \
//!     cargo run --example webhook_bot -- 127.0.0.1:8080
//! ```
//!
//! The webhook is one of an account, for mentions, and leads to the path `/webhook`. Several tokens
//! are separated by commas, as while a webhook is replaced.

use std::process::ExitCode;

use axum::Router;
use axum::extract::{FromRef, State};
use axum::routing::post;
use chatwork_sandbox::{Sandbox, WebhookSeed};
use chatwork_sdk::notation::MessageText;
use chatwork_sdk::webhook::axum::Webhook;
use chatwork_sdk::webhook::{Deduplicator, MentionEventBody, Verifier, WebhookEvent};
use chatwork_sdk::{AccountId, Client, Error, MessageId, RoomId};
use examples::{Result, client, exit};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

/// A room in the sandbox that the bot is in.
const PROJECT: RoomId = RoomId(93_207_172);

/// The result of an answer.
type Outcome = std::result::Result<MessageId, Error>;

/// What the handler needs.
#[derive(Clone)]
struct Bot {
    chatwork: Client,
    me: AccountId,
    verifier: Verifier,
    deduplicator: Deduplicator,
    outcomes: mpsc::UnboundedSender<Outcome>,
}

/// Lets the extractor find the verifier.
impl FromRef<Bot> for Verifier {
    fn from_ref(bot: &Bot) -> Self {
        bot.verifier.clone()
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let result = match std::env::var("CHATWORK_WEBHOOK_TOKEN") {
        Ok(tokens) if !tokens.is_empty() => for_real(&tokens).await,
        _ => in_sandbox().await,
    };
    exit("webhook_bot", result)
}

/// Serves until it is stopped.
async fn for_real(tokens: &str) -> Result<()> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:8080".to_owned());
    let verifier = Verifier::with_tokens(tokens.split(','))?;
    let listener = TcpListener::bind(&address).await?;
    let mut outcomes = start(Client::from_env()?, verifier, listener).await?;
    println!("listening on http://{address}/webhook");
    while let Some(outcome) = outcomes.recv().await {
        match outcome {
            Ok(id) => println!("answered with {id}"),
            Err(error) => eprintln!("not answered: {error}"),
        }
    }
    Ok(())
}

/// Posts a mention in a sandbox, and waits for its answer.
async fn in_sandbox() -> Result<()> {
    println!("No token in CHATWORK_WEBHOOK_TOKEN: this is a sandbox, in this process.");
    let sandbox = Sandbox::start().await?;
    let (hanako, bot) = (client(&sandbox, "hanako")?, client(&sandbox, "bot")?);
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/webhook", listener.local_addr()?);

    let webhook = sandbox.webhooks().add(&WebhookSeed::mentions("bot", url))?;
    println!("\nWebhook {} leads to {}", webhook.id, webhook.url);
    let me = bot.me().await?.account_id;
    let mut outcomes = start(bot, Verifier::new(webhook.token.expose())?, listener).await?;

    let room = hanako.room(PROJECT);
    let question = MessageText::new().to(me).text("Deploy Bot\nAre you there?");
    println!("\nhanako: {}", one_line(question.as_str()));
    room.post(question).await?;
    let id = outcomes.recv().await.ok_or("the bot has stopped")??;
    println!("bot:    {}", one_line(&room.message(&id).get().await?.body));

    sandbox.webhooks().idle().await;
    for delivery in sandbox.webhooks().deliveries() {
        println!("\nDelivery {}: {}, {}", delivery.number, delivery.event_type, delivery.note);
    }
    Ok(())
}

/// Starts the server; returns the results of the answers.
async fn start(
    chatwork: Client,
    verifier: Verifier,
    listener: TcpListener,
) -> Result<mpsc::UnboundedReceiver<Outcome>> {
    let me = chatwork.me().await?.account_id;
    let (outcomes, received) = mpsc::unbounded_channel();
    let bot = Bot { chatwork, me, verifier, deduplicator: Deduplicator::default(), outcomes };
    let router = Router::new().route("/webhook", post(receive)).with_state(bot);
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(received)
}

/// Runs for verified events only. It returns at once, which answers 200: no page says how long
/// Chatwork waits, and the answer to a mention may have to wait for a rate limit.
async fn receive(State(bot): State<Bot>, Webhook(event): Webhook) {
    if event.is_by(bot.me) {
        return;
    }
    if let WebhookEvent::MentionToMe(mention) = &event
        && let Some(claim) = bot.deduplicator.claim(&event)
    {
        let mention = mention.webhook_event.clone();
        tokio::spawn(async move {
            let outcome = answer(&bot.chatwork, &mention).await;
            if outcome.is_ok() {
                claim.confirm(); // after an error the message is released
            }
            // The receiver is gone when the program ends.
            let _ = bot.outcomes.send(outcome);
        });
    }
}

/// Answers with a reply, which notifies the author of the mention.
async fn answer(chatwork: &Client, mention: &MentionEventBody) -> Outcome {
    let (from, room) = (mention.from_account_id, mention.room_id);
    let text = MessageText::new().reply_to(from, room, &mention.message_id).text("\nI am here.");
    chatwork.room(room).post(text).await
}

fn one_line(text: &str) -> String {
    text.replace('\n', " / ")
}
