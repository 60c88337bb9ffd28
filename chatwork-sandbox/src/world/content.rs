//! Messages, tasks and files of a world.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::Deserialize;

use crate::state::{LimitType, TaskStatus};

/// A message.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct MessageSeed {
    /// Its author, by key.
    pub from: String,
    /// The text, in the service's notation. `{rp:N}` becomes the `to=` of the N-th message of this
    /// room's list, counted from 1, so that replies need no ids.
    pub body: String,
    /// How long before the start it was sent.
    #[serde(default)]
    pub ago: Option<String>,
    /// When it was sent, as a Unix time.
    #[serde(default)]
    pub at: Option<i64>,
    /// How long before the start it was edited.
    #[serde(default)]
    pub edited_ago: Option<String>,
    /// Whether it was deleted.
    #[serde(default)]
    pub deleted: bool,
    /// The members that have not read it, by key.
    #[serde(default)]
    pub unread_for: Vec<String>,
}

/// A task, and with it the message by which the service announces it.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct TaskSeed {
    /// The id, above 0.
    pub id: i64,
    /// The account that requested it, by key.
    pub from: String,
    /// The assignee, by key.
    pub to: String,
    /// Its text.
    pub body: String,
    /// When it is due: this long after the start (`in: 3d`).
    #[serde(default, rename = "in")]
    pub due_in: Option<String>,
    /// When it is due, as a Unix time.
    #[serde(default)]
    pub limit: Option<i64>,
    /// What the limit means.
    #[serde(default)]
    pub limit_type: LimitType,
    /// Whether it is done.
    #[serde(default)]
    pub status: TaskStatus,
    /// How long before the start it was added.
    #[serde(default)]
    pub ago: Option<String>,
    /// When it was added, as a Unix time.
    #[serde(default)]
    pub at: Option<i64>,
}

/// A file, and with it the message that it came with.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct FileSeed {
    /// The id, above 0.
    pub id: i64,
    /// The account that uploaded it, by key.
    pub from: String,
    /// Its name.
    pub name: String,
    /// Its content as text.
    #[serde(default)]
    pub text: Option<String>,
    /// Its content in Base64.
    #[serde(default)]
    pub base64: Option<String>,
    /// The text of its message.
    #[serde(default)]
    pub message: Option<String>,
    /// How long before the start it was uploaded.
    #[serde(default)]
    pub ago: Option<String>,
    /// When it was uploaded, as a Unix time.
    #[serde(default)]
    pub at: Option<i64>,
}

/// Returns the content of a file, or `None` if its Base64 is invalid.
pub(crate) fn bytes(file: &FileSeed) -> Option<Bytes> {
    match (&file.text, &file.base64) {
        (_, Some(encoded)) => {
            let compact: String = encoded.split_whitespace().collect();
            STANDARD.decode(compact).ok().map(Bytes::from)
        }
        (text, None) => Some(Bytes::from(text.clone().unwrap_or_default())),
    }
}
