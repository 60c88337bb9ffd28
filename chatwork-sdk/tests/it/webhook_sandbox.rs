//! The whole way of an event: from an account of the sandbox to a real receiver, and back.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{FromRef, State};
use axum::routing::post;
use chatwork_sandbox::{DeliveryOutcome, Sandbox, WebhookSeed};
use chatwork_sdk::webhook::axum::Webhook;
use chatwork_sdk::webhook::{Deduplicator, Verifier, WebhookEvent};
use chatwork_sdk::{AccountId, Client, MessageId, RoomId};
use tokio::net::TcpListener;

const BOT: AccountId = AccountId(4_520_017);
const PROJECT: RoomId = RoomId(93_207_172);
const MENTION: &str = "[To:4520017] Is it deployed?";

/// A bot that answers mentions before it answers the delivery.
#[derive(Clone)]
struct Bot {
    chatwork: Client,
    verifier: Verifier,
    deduplicator: Deduplicator,
}

impl FromRef<Bot> for Verifier {
    fn from_ref(bot: &Bot) -> Self {
        bot.verifier.clone()
    }
}

async fn receive(State(bot): State<Bot>, Webhook(event): Webhook) {
    let is_to_bot = event.body().is_some_and(|body| body.contains("[To:4520017]"));
    if is_to_bot && !event.is_by(BOT) && !bot.deduplicator.is_duplicate(&event) {
        let room = bot.chatwork.room(event.room_id().unwrap());
        room.post(format!("Yes: {}", event.message_id().unwrap())).await.unwrap();
    }
}

fn client(sandbox: &Sandbox, key: &str) -> Client {
    let builder = Client::builder().token(sandbox.token(key)).base_url(sandbox.base_url());
    builder.build().unwrap()
}

/// An address, and what is to listen there.
async fn address() -> (String, TcpListener) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    (format!("http://{}/webhook", listener.local_addr().unwrap()), listener)
}

fn serve(sandbox: &Sandbox, verifier: Verifier, listener: TcpListener) {
    let chatwork = client(sandbox, "bot");
    let bot = Bot { chatwork, verifier, deduplicator: Deduplicator::default() };
    let router = Router::new().route("/webhook", post(receive)).with_state(bot);
    tokio::spawn(async { axum::serve(listener, router).await });
}

/// What the bot has posted, read by somebody else.
async fn answers(sandbox: &Sandbox) -> Vec<String> {
    sandbox.webhooks().idle().await;
    let messages = client(sandbox, "hanako").room(PROJECT).latest_messages().await.unwrap();
    let own = messages.iter().filter(|message| message.account.account_id == BOT);
    own.filter(|message| message.body.starts_with("Yes: "))
        .map(|message| message.body.clone())
        .collect()
}

async fn mention(sandbox: &Sandbox) -> MessageId {
    client(sandbox, "hanako").room(PROJECT).post(MENTION).await.unwrap()
}

/// A sandbox with webhooks for a bot that verifies by their tokens.
async fn with_bot(seeds: impl Fn(&str) -> Vec<WebhookSeed>) -> Sandbox {
    let sandbox = Sandbox::start().await.unwrap();
    let (url, listener) = address().await;
    let made = seeds(&url).into_iter().map(|seed| sandbox.webhooks().add(&seed).unwrap());
    let tokens: Vec<_> = made.map(|webhook| webhook.token.expose().to_owned()).collect();
    serve(&sandbox, Verifier::with_tokens(tokens).unwrap(), listener);
    sandbox
}

#[tokio::test]
async fn a_mention_is_delivered_verified_answered_and_the_answer_read_back() {
    let sandbox = with_bot(|url| vec![WebhookSeed::mentions("bot", url)]).await;
    let id = mention(&sandbox).await;
    assert_eq!(answers(&sandbox).await, [format!("Yes: {id}")]);
    let deliveries = sandbox.webhooks().deliveries();
    assert_eq!(deliveries.len(), 1);
    assert_eq!(deliveries[0].outcome, DeliveryOutcome::Delivered);
    assert_eq!(deliveries[0].message_id, id.as_str());
}

#[tokio::test]
async fn a_mention_in_a_watched_room_is_answered_once_and_the_answer_not_at_all() {
    let both =
        |url: &str| vec![WebhookSeed::mentions("bot", url), WebhookSeed::room("bot", PROJECT, url)];
    let sandbox = with_bot(both).await;
    let id = mention(&sandbox).await;
    assert_eq!(answers(&sandbox).await, [format!("Yes: {id}")]);
    // The mention, the message, and the answer as a message.
    assert_eq!(sandbox.webhooks().deliveries().len(), 3);
}

#[tokio::test]
async fn a_receiver_with_another_token_takes_nothing_and_the_log_says_why() {
    let sandbox = Sandbox::start().await.unwrap();
    let (url, listener) = address().await;
    sandbox.webhooks().add(&WebhookSeed::mentions("bot", url)).unwrap();
    serve(
        &sandbox,
        Verifier::new("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=").unwrap(),
        listener,
    );
    mention(&sandbox).await;
    assert!(answers(&sandbox).await.is_empty());
    let delivery = sandbox.webhooks().deliveries().remove(0);
    assert_eq!((delivery.outcome, delivery.status), (DeliveryOutcome::Refused, Some(401)));
}

/// A receiver that keeps what it is sent.
#[derive(Clone)]
struct Keeper {
    verifier: Verifier,
    kept: Arc<Mutex<Vec<WebhookEvent>>>,
}

impl FromRef<Keeper> for Verifier {
    fn from_ref(keeper: &Keeper) -> Self {
        keeper.verifier.clone()
    }
}

async fn keep(State(keeper): State<Keeper>, Webhook(event): Webhook) {
    keeper.kept.lock().unwrap().push(event);
}

#[tokio::test]
async fn an_edit_arrives_with_the_new_text_and_its_time() {
    let sandbox = Sandbox::start().await.unwrap();
    let (url, listener) = address().await;
    let webhook = sandbox.webhooks().add(&WebhookSeed::room("bot", PROJECT, url)).unwrap();
    let verifier = Verifier::new(webhook.token.expose()).unwrap();
    let keeper = Keeper { verifier, kept: Arc::default() };
    let router = Router::new().route("/webhook", post(keep)).with_state(keeper.clone());
    tokio::spawn(async { axum::serve(listener, router).await });
    let id = mention(&sandbox).await;
    let message = client(&sandbox, "hanako").room(PROJECT).message(&id).edit("日本語").await;
    message.unwrap();
    sandbox.webhooks().idle().await;
    let kept = keeper.kept.lock().unwrap();
    let [WebhookEvent::MessageCreated(_), WebhookEvent::MessageUpdated(edit)] = &kept[..] else {
        panic!("{kept:?}");
    };
    assert_eq!(edit.webhook_event.body, "日本語");
    assert!(!edit.webhook_event.update_time.is_zero());
}
