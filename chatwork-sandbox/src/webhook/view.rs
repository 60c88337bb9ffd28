//! A webhook as tests and `/_sandbox/webhooks` see it.

use chatwork_api::Secret;
use chatwork_api::types::{AccountId, RoomId};
use serde::Serialize;

use super::event_type::WebhookEventType;

/// A webhook and its state. `Debug` does not show its token.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Webhook {
    /// The id, `webhook_setting_id` in what is sent.
    pub id: i64,
    /// The key of the account that it belongs to.
    pub account: String,
    /// The id of that account.
    pub account_id: AccountId,
    /// The name.
    pub name: String,
    /// The address of the receiver.
    pub url: String,
    /// The token that signs deliveries.
    pub token: Secret,
    /// The events that it sends.
    pub events: Vec<WebhookEventType>,
    /// The room; `None` for a webhook of the account.
    pub room: Option<RoomId>,
    /// Whether it is switched on.
    pub enabled: bool,
    /// How many of the last deliveries failed in a row.
    pub failures: u32,
    /// How many deliveries are under way or wait.
    pub waiting: usize,
}

/// An invalid webhook. Names the field and what would be right.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("invalid webhook: {0}")]
pub struct WebhookRefused(pub(super) String);

impl WebhookRefused {
    pub(super) fn new(field: &str, text: &str) -> Self {
        Self(format!("`{field}`: {text}"))
    }
}
