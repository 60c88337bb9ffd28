//! A webhook as people see it.

use chatwork_api::Secret;
use chatwork_api::types::{AccountId, RoomId};
use serde::Serialize;

use super::event_type::WebhookEventType;

/// A webhook, as it is now. `Debug` does not show its token.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Webhook {
    /// The id, `webhook_setting_id` in what is sent.
    pub id: i64,
    /// The key of the account that it belongs to.
    pub account: String,
    /// The id of that account.
    pub account_id: AccountId,
    /// What it is called.
    pub name: String,
    /// Where it leads.
    pub url: String,
    /// What the receiver verifies by.
    pub token: Secret,
    /// What it hears of.
    pub events: Vec<WebhookEventType>,
    /// The room, unless it is of the account.
    pub room: Option<RoomId>,
    /// Whether it is switched on.
    pub enabled: bool,
    /// How many deliveries failed in a row, up to now.
    pub failures: u32,
    /// How many deliveries are on their way or wait for their turn.
    pub waiting: usize,
}

/// Why a webhook is not made: the field and what would be right.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("the webhook is not made: {0}")]
pub struct WebhookRefused(pub(super) String);

impl WebhookRefused {
    pub(super) fn new(field: &str, text: &str) -> Self {
        Self(format!("`{field}`: {text}"))
    }
}
