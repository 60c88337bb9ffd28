//! Conversions that make ids easy to write.

use crate::types::MessageId;

/// A copy, so that a method can take an id by reference.
impl From<&MessageId> for MessageId {
    fn from(id: &MessageId) -> Self {
        id.clone()
    }
}
