//! What a search finds.

use std::fmt;

use chatwork_sdk::{AccountId, MessageId, RoomId, UnixTime};

use super::{Cursor, SearchOrder};
use crate::text::Snippet;

/// A page of hits.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Page {
    /// The hits, in order.
    pub hits: Vec<Hit>,
    /// Where the next page begins; `None` if this is the last one.
    pub next: Option<Cursor>,
    /// The order of the hits. It is that of the search, except that a search by
    /// [rank](SearchOrder::Rank) is answered newest first if it has no words, or if more than
    /// [`Search::MAX_RANKED`](super::Search::MAX_RANKED) texts match.
    pub order: SearchOrder,
    /// The place behind each hit.
    pub(super) behind: Vec<Cursor>,
}

impl Page {
    /// Returns where a search goes on behind a hit of this page, by its index. A program that shows
    /// fewer hits than it asked for goes on there.
    pub fn cursor_behind(&self, hit: usize) -> Option<&Cursor> {
        self.behind.get(hit)
    }
}

/// A message whose text matches. `Debug` shows neither texts nor names.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Hit {
    /// The room.
    pub room_id: RoomId,
    /// The name of the room.
    pub room: String,
    /// The message.
    pub message_id: MessageId,
    /// The author.
    pub account_id: AccountId,
    /// The name of the author.
    pub sender: String,
    /// When the message was sent.
    pub send_time: UnixTime,
    /// What became of the message.
    pub status: MessageStatus,
    /// Which text of the message matches.
    pub text: HitText,
    /// The part of the text around the match.
    pub snippet: Snippet,
}

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MessageStatus {
    /// It was there at the latest look that showed its part of the room.
    Present,
    /// The API shows `[deleted]` in its place.
    Deleted,
    /// It is gone from among the messages around it, and the API says no reason.
    Vanished,
}

impl MessageStatus {
    pub(crate) fn of(text: &str) -> Self {
        match text {
            "deleted" => Self::Deleted,
            "vanished" => Self::Vanished,
            _ => Self::Present,
        }
    }

    /// Returns the status as the database has it: `present`, `deleted` or `vanished`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Deleted => "deleted",
            Self::Vanished => "vanished",
        }
    }
}

/// Which text of a message matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum HitText {
    /// The text as it is now.
    Latest,
    /// A text before an edit or a deletion, by its `revision_id`.
    Revision(i64),
}

impl fmt::Debug for Hit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hit")
            .field("room_id", &self.room_id)
            .field("message_id", &self.message_id)
            .field("send_time", &self.send_time)
            .field("status", &self.status)
            .field("text", &self.text)
            .finish_non_exhaustive()
    }
}
