//! Webhooks: hearing from Chatwork instead of asking.
//!
//! Chatwork posts an event to an address of yours when a message is posted or edited in a room, or
//! when somebody mentions you. This module says which of these posts really are Chatwork's, and
//! what is in them. It needs the feature `webhooks`; the extractor for
//! [axum](https://docs.rs/axum/0.8) needs the feature `axum-08`.
//!
//! ```
//! use chatwork_sdk::webhook::{Verifier, WebhookError, WebhookEvent};
//!
//! /// What to do with a request, and what to answer it with.
//! fn receive(verifier: &Verifier, body: &[u8], signature: &str) -> u16 {
//!     match verifier.verify(body, signature) {
//!         Ok(WebhookEvent::MentionToMe(event)) => {
//!             let mention = event.webhook_event;
//!             println!("{} in {}", mention.from_account_id, mention.room_id);
//!             200
//!         }
//!         Ok(_) => 200,
//!         Err(error) if error.is_unauthenticated() => 401,
//!         Err(_) => 200, // signed, and not understood: enough errors switch the webhook off
//!     }
//! }
//! # use chatwork_sdk::webhook::Signer;
//! # let token = "iY/hmitgwCBlc5DnjAZ8pyRG1HF0zFflfmKmtCDg1wk=";
//! # let body = br#"{"webhook_event_type":"x"}"#;
//! # let signature = Signer::new(token)?.sign(body);
//! # assert_eq!(receive(&Verifier::new(token)?, body, &signature), 200);
//! # assert_eq!(receive(&Verifier::new(token)?, b"", &signature), 401);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # From nothing to working
//!
//! 1. **Try it here first.** `cargo run --example webhook_bot`
//!    starts a sandbox and a bot in one process: a mention is posted, delivered, verified and
//!    answered. It needs no account.
//! 2. **Have an address** that the internet reaches over https. On a machine of your own a tunnel
//!    does, such as `cloudflared tunnel --url http://127.0.0.1:8080`.
//! 3. **Make the webhook** in Chatwork's own pages, under サービス連携 > Webhook; the API cannot.
//!    An account has five at most, each of one kind:
//!
//!    | kind | it sends | when |
//!    |---|---|---|
//!    | of an account | `mention_to_me` | somebody mentions you, in any room |
//!    | of a room | `message_created`, `message_updated` | somebody posts or edits in that room |
//!
//! 4. **Copy its token**: 44 characters of base64 that end in `=`. It is the key of the signatures,
//!    and is not the API token. Each webhook has its own.
//! 5. **Verify** what comes, with a [`Verifier`] made of the token, and answer at once with an
//!    empty 200. Do the work afterwards, in a task.
//!
//! # What comes
//!
//! A `POST` with JSON, with a signature in the header `x-chatworkwebhooksignature`
//! ([`SIGNATURE_HEADER`]) and the same in the query parameter `chatwork_webhook_signature`
//! ([`SIGNATURE_PARAMETER`]). [`Verifier::verify_request`] finds it in either, the header first;
//! [`Verifier::verify`] takes it as text. Behind a good signature there is a [`WebhookEvent`]:
//!
//! | variant | who wrote it | |
//! |---|---|---|
//! | [`MessageCreated`](WebhookEvent::MessageCreated) | `account_id` | `update_time` is 0 |
//! | [`MessageUpdated`](WebhookEvent::MessageUpdated) | `account_id` | `update_time` is later |
//! | [`MentionToMe`](WebhookEvent::MentionToMe) | `from_account_id` | to `to_account_id` |
//! | [`Unknown`](WebhookEvent::Unknown) | | a kind newer than this crate, with its JSON |
//!
//! What they share is a method of the event: [`author`](WebhookEvent::author),
//! [`room_id`](WebhookEvent::room_id), [`message_id`](WebhookEvent::message_id),
//! [`body`](WebhookEvent::body) and more. The text is in Chatwork's notation, which
//! [`notation`](crate::notation) reads.
//!
//! # With axum
//!
//! A handler takes `webhook::axum::Webhook` as its last argument, and runs only for verified
//! events. Bodies above 1 MiB are refused with 413 and wrong signatures with 401. Signed bodies that
//! are no event get an empty 200, for Chatwork would count an error against the webhook and send
//! nothing again. None of these says why, but a [`tracing`] event does: a warning for the last one.
//!
#![cfg_attr(feature = "axum-08", doc = "```")]
#![cfg_attr(not(feature = "axum-08"), doc = "```ignore")]
//! use axum::{Router, extract::State, routing::post};
//! use chatwork_sdk::webhook::{Deduplicator, Verifier, WebhookEvent, axum::Webhook};
//! use chatwork_sdk::{AccountId, Client};
//!
//! #[derive(Clone)]
//! struct Bot {
//!     chatwork: Client,
//!     me: AccountId,
//!     verifier: Verifier,
//!     deduplicator: Deduplicator,
//! }
//!
//! impl axum::extract::FromRef<Bot> for Verifier {
//!     fn from_ref(bot: &Bot) -> Self {
//!         bot.verifier.clone()
//!     }
//! }
//!
//! async fn receive(State(bot): State<Bot>, Webhook(event): Webhook) {
//!     if let WebhookEvent::MentionToMe(mention) = &event
//!         && !event.is_by(bot.me)
//!         && !bot.deduplicator.is_duplicate(&event)
//!     {
//!         let room = bot.chatwork.room(mention.webhook_event.room_id);
//!         tokio::spawn(async move { room.post("Hello!").await }); // the answer is 200, now
//!     }
//! }
//!
//! fn router(bot: Bot) -> Router {
//!     Router::new().route("/webhook", post(receive)).with_state(bot)
//! }
//! ```
//!
//! # What goes wrong in practice
//!
//! **Every signature is wrong.** Either the body is not what came, or the token is not this
//! webhook's. A framework that parses JSON and writes it again changes order, spaces and escapes:
//! take the raw bytes, before any JSON extractor. A proxy that changes character sets or cuts long
//! bodies does the same. [`WebhookError`] tells the cases apart, and never shows a signature.
//!
//! **The query's signature is wrong and the header's is right.** `+` in a query was made a space by
//! somebody who took the query for a form. Hand [`Verifier::verify_request`] the query as it came.
//! And since servers log queries, prefer the header.
//!
//! **The bot answers itself.** What it posts comes back as `message_created`. Leave out what
//! [`is_by`](WebhookEvent::is_by) the bot's own account, `chatwork.me().await?.account_id`.
//!
//! **The bot answers twice.** A mention in a watched room comes twice, as `mention_to_me` and as
//! `message_created`; and somebody may send a recorded delivery again, with its good signature.
//! [`Deduplicator`] knows the newest messages, and [`Verifier::max_age`] keeps the window short. With
//! several processes behind one address, keep message id and update time where all of them see it.
//!
//! **Events are missing.** Chatwork sends each once. What met a receiver that was down, or took
//! longer than five seconds, or answered with anything but 200 and at most 2,048 bytes, is not sent
//! again: [`RoomHandle::latest_messages`](crate::RoomHandle::latest_messages) catches up. A redirect is a
//! failure, too, so give the final address, with the slash at its end if there is one.
//!
//! **Then nothing comes any more.** After many failures the webhook is switched off, until somebody
//! switches it on again in Chatwork's pages. Look at the answers that your proxy logged: a time
//! limit, 413 (its body limit is below 1 MiB), 301, 401.
//!
//! **A token has to be replaced.** Make a second webhook with the same address, give both tokens to
//! [`Verifier::with_tokens`], delete the old webhook, and then take its token away.
//!
//! **The clock.** [`Verifier::max_age`] needs a machine whose clock is right.
//! [`WebhookError::TimestampOutOfTolerance`] has both times.
//!
//! # Testing
//!
//! [`Signer`] signs a body as Chatwork does. The sandbox (`chatwork-sandbox`) delivers whole events
//! to a receiver on the same machine, fails like the service, and lists what came of it.

#[cfg(feature = "axum-08")]
pub mod axum;
mod deduplicator;
mod error;
mod key;
mod payload;
mod signature;
mod signer;
mod verifier;

pub use chatwork_api::types::{
    MentionEventBody, MentionToMeEvent, MessageCreatedEvent, MessageEventBody, MessageUpdatedEvent,
    WebhookEvent,
};
pub use deduplicator::Deduplicator;
pub use error::{PayloadError, WebhookError};
pub use key::{InvalidToken, TokenFault};
pub use signature::{SIGNATURE_HEADER, SIGNATURE_PARAMETER};
pub use signer::Signer;
pub use verifier::Verifier;
