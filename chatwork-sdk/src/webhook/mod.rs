//! Receives Chatwork's webhooks: verifies deliveries, and reads their events.
//!
//! Chatwork posts an event to an address of yours when a message is posted or edited in a room, or
//! when an account mentions you. This module verifies that a request comes from Chatwork, and
//! returns its event. It needs the feature `webhooks`; the extractors for
//! [axum](https://docs.rs/axum/0.8) need the feature `axum-08`.
//!
//! ```
//! use chatwork_sdk::webhook::{Verifier, WebhookEvent};
//!
//! /// Handles a delivery, and returns the status of the answer.
//! fn receive(verifier: &Verifier, body: &[u8], signature: &str) -> u16 {
//!     match verifier.verify(body, signature) {
//!         Ok(WebhookEvent::MentionToMe(event)) => {
//!             let mention = event.webhook_event;
//!             println!("{} in {}", mention.from_account_id, mention.room_id);
//!             200
//!         }
//!         Ok(_) => 200,
//!         Err(error) if error.is_unauthenticated() => 401,
//!         Err(error) => {
//!             eprintln!("event lost: {error}");
//!             200 // signed: enough error statuses switch the webhook off
//!         }
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
//! 1. **Try it here first.** `cargo run --example webhook_bot` starts a sandbox and a bot in one
//!    process: a mention is posted, delivered, verified and answered. It needs no account.
//! 2. **Have an address** that the internet reaches over https. For a machine of your own, use a
//!    tunnel, such as `cloudflared tunnel --url http://127.0.0.1:8080`.
//! 3. **Create the webhook** in Chatwork's own pages, under サービス連携 > Webhook; the API cannot.
//!    An account has at most five, each of one kind:
//!
//!    | kind | it sends | when |
//!    |---|---|---|
//!    | of an account | `mention_to_me` | an account mentions you, in any room |
//!    | of a room | `message_created`, `message_updated` | an account posts or edits in that room |
//!
//! 4. **Copy its token**: 44 characters of base64 that end in `=`. It is the key of the signatures,
//!    and not the API token. Each webhook has its own. [`Verifier::new`] rejects an API token, and
//!    a token that is cut off.
//! 5. **Verify** each delivery with a [`Verifier`] made of the token, and answer at once with an
//!    empty 200. Do the work afterwards, in a task.
//!
//! # What arrives
//!
//! A `POST` with JSON. The header `x-chatworkwebhooksignature` ([`SIGNATURE_HEADER`]) carries the
//! signature, and so does the query parameter `chatwork_webhook_signature`
//! ([`SIGNATURE_PARAMETER`]). [`Verifier::verify_request`] looks at the header first, then at the
//! query; [`Verifier::verify`] takes the signature as text. Both return a [`WebhookEvent`]:
//!
//! | variant | its author | |
//! |---|---|---|
//! | [`MessageCreated`](WebhookEvent::MessageCreated) | `account_id` | `update_time` is 0 |
//! | [`MessageUpdated`](WebhookEvent::MessageUpdated) | `account_id` | `update_time` is later |
//! | [`MentionToMe`](WebhookEvent::MentionToMe) | `from_account_id` | to `to_account_id` |
//! | [`Unknown`](WebhookEvent::Unknown) | | a new kind, or an unexpected shape, with its JSON |
//!
//! Methods of the event read what all kinds have: [`author`](WebhookEvent::author),
//! [`room_id`](WebhookEvent::room_id), [`message_id`](WebhookEvent::message_id),
//! [`body`](WebhookEvent::body) and more. The text is in Chatwork's notation, which
//! [`notation`](crate::notation) reads.
//!
//! # With axum
//!
//! A handler takes `webhook::axum::Webhook` as its last argument, and runs only for verified
//! events. `webhook::axum::VerifiedWebhook` also has the token that signed.
//!
//! | request | answer | log |
//! |---|---|---|
//! | no signature, or a malformed one | 401, before the body is read | debug |
//! | body above 1 MiB, or not complete after 10 s | 413, 408 | debug |
//! | wrong signature | 401 | debug |
//! | signed, but not JSON, or outside [`Verifier::max_age`] | 200: errors do not help | warning |
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
//!         && let Some(claim) = bot.deduplicator.claim(&event)
//!     {
//!         let room = bot.chatwork.room(mention.webhook_event.room_id);
//!         tokio::spawn(async move {
//!             if room.post("Hello!").await.is_ok() {
//!                 claim.confirm(); // without it the message is released
//!             }
//!         }); // the answer is 200, at once
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
//! **Every signature is wrong.** Either the body was changed on its way, or the token is that of
//! another webhook. A framework that parses JSON and writes it again changes order, spaces and
//! escapes: take the raw bytes, before any JSON extractor. A proxy that changes character sets or
//! truncates long bodies has the same effect. [`WebhookError`] says which case it is, and never
//! shows a signature.
//!
//! **The query's signature is wrong and the header's is right.** A decoder for forms replaced `+` by
//! a space. Pass the query to [`Verifier::verify_request`] as it was received. Servers log queries,
//! so prefer the header.
//!
//! **The bot answers itself.** What it posts comes back as `message_created`. Skip events for which
//! [`is_by`](WebhookEvent::is_by) of the bot's own account is true.
//!
//! **The bot answers twice.** A mention in a watched room arrives twice, as `mention_to_me` and as
//! `message_created`. An attacker can replay a recorded delivery, with its valid signature.
//! [`Deduplicator`] remembers the newest messages, and [`Verifier::max_age`] keeps the window
//! short. If several processes share one address, store [`MessageVersion`]s where all of them can
//! read them.
//!
//! **Events are missing.** Chatwork sends each event once. An event is lost if the receiver was
//! down, was too slow, or answered with anything but 200 and at most 2,048 bytes. No page says how
//! long Chatwork waits; answer within a second. (The sandbox waits five seconds, which is an
//! assumption.) [`RoomHandle::latest_messages`](crate::RoomHandle::latest_messages) catches up. A
//! redirect is a failure, too: enter the final address, with its trailing slash if it has one.
//!
//! **Then no event arrives any more.** After many failures Chatwork switches the webhook off, until
//! its owner switches it on again in Chatwork's pages. Look at the statuses that your proxy logged:
//! a time limit, 413 (its body limit is below 1 MiB), 301, 401.
//!
//! **A token has to be replaced.** Create a second webhook with the same address, pass both tokens
//! to [`Verifier::with_tokens`], delete the old webhook, and then remove its token.
//!
//! **Customers share one address.** Each of them knows the token of its own webhook, and can sign
//! an event about another customer's room. Compare [`Verified::token_position`] with the customer.
//!
//! **The clock.** [`Verifier::max_age`] needs a machine whose clock is right. Otherwise events are
//! lost, with a warning: [`WebhookError::TimestampOutOfTolerance`] has both times. They are still
//! answered with 200, so that the webhook stays on.
//!
//! # Testing
//!
//! [`Signer`] signs a body as Chatwork does. The sandbox (`chatwork-sandbox`) delivers events to a
//! receiver on the same machine, fails like the service, and lists the outcomes.

#[cfg(feature = "axum-08")]
pub mod axum;
mod deduplicator;
mod error;
mod headers;
mod key;
mod payload;
mod signature;
mod signer;
mod verifier;

pub use chatwork_api::types::{
    MentionEventBody, MentionToMeEvent, MessageCreatedEvent, MessageEventBody, MessageUpdatedEvent,
    WebhookEvent,
};
pub use deduplicator::{Claim, Deduplicator, MessageVersion};
pub use error::{InvalidToken, PayloadError, TokenFault, WebhookError};
pub use headers::{SIGNATURE_HEADER, SIGNATURE_PARAMETER};
pub use signer::Signer;
pub use verifier::{Verified, Verifier};
