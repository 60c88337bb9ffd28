//! A message.

use std::fmt;

use chatwork_api::types::{AccountId, MessageId};

use super::mentions::Mentions;

/// The number in a message id. It exceeds 2^53, so over the wire it is a string.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct MessageNumber(pub u64);

impl MessageNumber {
    /// Parses a message id of the sandbox: digits without leading zeros.
    pub fn parse(text: &str) -> Option<Self> {
        let number = text.parse().ok().map(Self)?;
        (number.to_string() == text).then_some(number)
    }
}

impl fmt::Display for MessageNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl From<MessageNumber> for MessageId {
    fn from(number: MessageNumber) -> Self {
        Self(number.to_string())
    }
}

/// A message in a room.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Message {
    /// The id.
    pub id: MessageNumber,
    /// The author. For a message of the system, the account that caused it.
    pub account: AccountId,
    /// The text; `[deleted]` once it is deleted.
    pub body: String,
    /// When it was sent, in Unix seconds.
    pub sent: i64,
    /// When it was edited or deleted; 0 for never.
    pub updated: i64,
    /// Whether the system wrote it.
    pub system: bool,
    /// Whether it is deleted.
    pub deleted: bool,
    pub(super) mentions: Mentions,
}
