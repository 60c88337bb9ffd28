//! Search.
//!
//! | module | what it does |
//! |---|---|
//! | `texts` | the words, as a test of a text and as an expression of the index |
//! | `filter` | everything else that must be true of a message |
//! | `plan` | which of the next two finds the hits of a page |
//! | `walk` | goes through the messages in order, and compares each text |
//! | `indexed` | asks the index for all matches, and puts them in order |
//! | `run` | a page: its order, its hits, its cursor |

mod cursor;
mod filter;
mod hit;
mod indexed;
mod plan;
mod run;
#[cfg(test)]
mod scan;
mod texts;
mod walk;

use chatwork_sdk::{AccountId, RoomId, UnixTime};

pub use cursor::Cursor;
pub use hit::{Hit, HitText, MessageStatus, Page};

use crate::query::UtcOffset;

/// The order of hits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum SearchOrder {
    /// Newest first.
    #[default]
    Newest,
    /// Oldest first.
    Oldest,
    /// By relevance (BM25 over the words that were searched for), best first. If messages are added
    /// between two pages, the second may repeat or skip a hit.
    ///
    /// Newest first without words, and if more than [`Search::MAX_RANKED`] texts of the archive match
    /// the words, whatever the filters: ranking needs all of them, and a word that is everywhere ranks
    /// no text above another. All pages of a search have the order of the first one, and
    /// [`Page::order`] says which it is. In an archive of more than four times as many messages, a
    /// sample of them may say that so many match.
    Rank,
}

/// A search: a text in the language of searches, and filters. All of them must hold.
///
/// The [crate](crate#searching) describes the language.
///
/// ```
/// use chatwork_archive::{RoomId, Search, SearchOrder};
///
/// let search = Search::new("会議 OR ミーティング -下書き from:me")
///     .room(RoomId(93_207_172))
///     .has_file(true)
///     .order(SearchOrder::Rank)
///     .limit(20);
/// ```
#[derive(Clone, Debug)]
#[must_use = "a search does nothing by itself"]
pub struct Search {
    pub(crate) text: String,
    pub(crate) rooms: Vec<RoomId>,
    pub(crate) senders: Vec<AccountId>,
    pub(crate) from: Option<UnixTime>,
    pub(crate) until: Option<UnixTime>,
    pub(crate) mentions_me: bool,
    pub(crate) has_file: bool,
    pub(crate) history: bool,
    pub(crate) order: SearchOrder,
    pub(crate) limit: usize,
    pub(crate) cursor: Option<Cursor>,
    pub(crate) offset: UtcOffset,
}

impl Search {
    /// The most hits of a page.
    pub const MAX_LIMIT: usize = 1_000;
    /// The most texts that are ordered by [rank](SearchOrder::Rank).
    pub const MAX_RANKED: usize = 20_000;

    /// Returns a search for a text. An empty text finds all messages that the filters let through;
    /// then at least one filter must be set.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            rooms: Vec::new(),
            senders: Vec::new(),
            from: None,
            until: None,
            mentions_me: false,
            has_file: false,
            history: false,
            order: SearchOrder::Newest,
            limit: 50,
            cursor: None,
            offset: UtcOffset::default(),
        }
    }

    /// Finds messages of this room. Several rooms are alternatives.
    pub fn room(mut self, room: RoomId) -> Self {
        self.rooms.push(room);
        self
    }

    /// Finds messages of this account. Several accounts are alternatives.
    pub fn sender(mut self, account: AccountId) -> Self {
        self.senders.push(account);
        self
    }

    /// Finds messages that were sent at this time or later.
    pub fn from(mut self, time: UnixTime) -> Self {
        self.from = Some(time);
        self
    }

    /// Finds messages that were sent before this time.
    pub fn until(mut self, time: UnixTime) -> Self {
        self.until = Some(time);
        self
    }

    /// Finds messages that mention the archive's account by `[To:…]` or a reply, if `true`.
    pub fn mentions_me(mut self, only: bool) -> Self {
        self.mentions_me = only;
        self
    }

    /// Finds messages with a file, if `true`.
    pub fn has_file(mut self, only: bool) -> Self {
        self.has_file = only;
        self
    }

    /// Finds texts before an edit and texts of deleted messages, too, if `true`. Each of them is a
    /// hit by itself.
    pub fn history(mut self, included: bool) -> Self {
        self.history = included;
        self
    }

    /// Sets the order; [`SearchOrder::Newest`] by default.
    pub fn order(mut self, order: SearchOrder) -> Self {
        self.order = order;
        self
    }

    /// Sets how many hits a page has at most: 1 to 1000, 50 by default.
    pub fn limit(mut self, hits: usize) -> Self {
        self.limit = hits.clamp(1, Self::MAX_LIMIT);
        self
    }

    /// Continues behind a [page](Page::next) of the same search.
    pub fn cursor(mut self, cursor: Cursor) -> Self {
        self.cursor = Some(cursor);
        self
    }

    /// Sets in which time the days of `before:` and `after:` begin; that of Japan by default.
    pub fn utc_offset(mut self, offset: UtcOffset) -> Self {
        self.offset = offset;
        self
    }

    fn has_filter(&self) -> bool {
        let ids = !self.rooms.is_empty() || !self.senders.is_empty();
        ids || self.from.is_some() || self.until.is_some() || self.mentions_me || self.has_file
    }
}
