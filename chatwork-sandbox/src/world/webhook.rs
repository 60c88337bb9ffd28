//! Webhooks of a world.

use std::fmt;

use chatwork_api::types::RoomId;
use serde::{Deserialize, Serialize};

use crate::webhook::WebhookEventType;

/// A webhook. An account has five at most.
///
/// ```
/// use chatwork_sandbox::WebhookSeed;
///
/// let url = "http://127.0.0.1:8080/webhook";
/// let mentions = WebhookSeed::mentions("bot", url);
/// let room = WebhookSeed::room("bot", chatwork_api::types::RoomId(93207172), url);
/// assert_eq!((mentions.events.len(), room.events.len()), (1, 2));
/// ```
#[derive(Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct WebhookSeed {
    /// The id, above 0. `None` takes the next free id.
    #[serde(default)]
    pub id: Option<i64>,
    /// The key of the account that owns the webhook.
    pub account: String,
    /// The name.
    #[serde(default)]
    pub name: String,
    /// The address of the receiver: `http://` and a host of this machine.
    pub url: String,
    /// The token that signs deliveries, in Base64. `None` derives it from the id.
    #[serde(default)]
    pub token: Option<String>,
    /// The events: `mention_to_me` alone; or `message_created`, `message_updated` or both, of a
    /// room.
    pub events: Vec<WebhookEventType>,
    /// The id of a room of the account; `None` for `mention_to_me`.
    #[serde(default)]
    pub room: Option<i64>,
    /// Whether it is switched on at the start.
    #[serde(default = "on")]
    pub enabled: bool,
}

fn on() -> bool {
    true
}

impl WebhookSeed {
    /// Returns a webhook of an account. It receives the messages that mention the account.
    pub fn mentions(account: impl Into<String>, url: impl Into<String>) -> Self {
        Self::new(account.into(), url.into(), vec![WebhookEventType::MentionToMe], None)
    }

    /// Returns a webhook of a room. It receives new and edited messages of the room.
    pub fn room(account: impl Into<String>, room: RoomId, url: impl Into<String>) -> Self {
        let events = vec![WebhookEventType::MessageCreated, WebhookEventType::MessageUpdated];
        Self::new(account.into(), url.into(), events, Some(room.0))
    }

    fn new(account: String, url: String, events: Vec<WebhookEventType>, room: Option<i64>) -> Self {
        let (id, name, token, enabled) = (None, String::new(), None, true);
        Self { id, account, name, url, token, events, room, enabled }
    }

    /// Signs with a token in Base64.
    #[must_use]
    pub fn token(self, token: impl Into<String>) -> Self {
        Self { token: Some(token.into()), ..self }
    }
}

/// Shows no token.
impl fmt::Debug for WebhookSeed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookSeed")
            .field("id", &self.id)
            .field("account", &self.account)
            .field("name", &self.name)
            .field("url", &self.url)
            .field("events", &self.events)
            .field("room", &self.room)
            .field("enabled", &self.enabled)
            .finish_non_exhaustive()
    }
}
