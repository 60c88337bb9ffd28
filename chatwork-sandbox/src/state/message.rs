//! A message.

use std::fmt;

use chatwork_api::types::{AccountId, MessageId};
use serde::{Serialize, Serializer};

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

/// As a string, like the ids of the API.
impl Serialize for MessageNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// From a string, as it was written.
#[cfg(feature = "workbench")]
impl<'de> serde::Deserialize<'de> for MessageNumber {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        let text_of = || format!("invalid message id `{text}`: expected digits in a string");
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom(text_of()))
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
