//! A task.

use chatwork_api::types::{AccountId, TaskId};
use serde::{Deserialize, Serialize};

use super::message::MessageNumber;

/// Whether a task is done.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TaskStatus {
    /// Still to be done.
    #[default]
    Open,
    /// Finished.
    Done,
}

impl TaskStatus {
    /// The word in requests and replies.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done => "done",
        }
    }
}

/// What the time limit of a task means.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LimitType {
    /// The task has no limit.
    #[default]
    None,
    /// A day, the one in Japan.
    Date,
    /// A point in time.
    Time,
}

impl LimitType {
    /// The word in requests and replies.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Date => "date",
            Self::Time => "time",
        }
    }
}

/// A task in a room.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Task {
    /// The id.
    pub id: TaskId,
    /// Who is to do it.
    pub assignee: AccountId,
    /// Who requested it.
    pub requester: AccountId,
    /// The message by which it was added.
    pub message: MessageNumber,
    /// What is to be done.
    pub body: String,
    /// When it is due, in Unix seconds; 0 for no limit.
    pub limit: i64,
    /// What the limit means.
    pub limit_type: LimitType,
    /// Whether it is done.
    pub status: TaskStatus,
}
