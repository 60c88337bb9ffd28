//! A file.

use bytes::Bytes;
use chatwork_api::types::{AccountId, FileId};

use super::message::MessageNumber;

/// A file in a room.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct StoredFile {
    /// The id.
    pub id: FileId,
    /// The account that uploaded it.
    pub account: AccountId,
    /// The message that it came with.
    pub message: MessageNumber,
    /// The name.
    pub name: String,
    /// The content.
    pub bytes: Bytes,
    /// When it was uploaded, in Unix seconds.
    pub uploaded: i64,
}
