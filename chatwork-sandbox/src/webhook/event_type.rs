//! The types of events.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The type of an event.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum WebhookEventType {
    /// A message was posted to the webhook's room.
    MessageCreated,
    /// A message of the webhook's room was edited.
    MessageUpdated,
    /// A message mentions the webhook's account, in any of its rooms.
    MentionToMe,
}

impl WebhookEventType {
    /// Returns the service's name of the type.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::MessageCreated => "message_created",
            Self::MessageUpdated => "message_updated",
            Self::MentionToMe => "mention_to_me",
        }
    }
}

impl fmt::Display for WebhookEventType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
