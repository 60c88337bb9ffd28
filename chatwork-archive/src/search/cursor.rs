//! Where the next page of a search begins.

use std::fmt;
use std::str::FromStr;

use super::{Search, SearchOrder};
use crate::error::{ArchiveError, Result};

/// Where the next page of a search begins. It can be written and read as a text.
///
/// It names the last hit of a page. So a page neither repeats nor skips a hit when messages are
/// added meanwhile. By [rank](super::SearchOrder::Rank) it may: each new message changes the ranks of
/// the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    search: u64,
    pub(super) key: Key,
}

/// The place of a hit in the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key {
    /// The time, or the bits of the rank.
    pub(super) first: i64,
    pub(super) place: i64,
    pub(super) row: i64,
    /// Whether hits are ordered by rank.
    pub(super) ranked: bool,
}

impl Key {
    /// The place of a text in the order of time.
    pub(super) fn in_time((time, place): (i64, i64), row: i64) -> Self {
        Self { first: time, place, row, ranked: false }
    }

    /// Returns what orders texts by time.
    pub(super) fn order(&self) -> (i64, i64, i64) {
        (self.first, self.place, self.row)
    }
}

impl Cursor {
    pub(super) fn new(search: &Search, key: Key) -> Self {
        Self { search: fingerprint(search), key }
    }

    /// Returns the key, if the cursor is of this search.
    pub(super) fn key_of(&self, search: &Search) -> Result<Key> {
        match self.search == fingerprint(search) {
            true => Ok(self.key),
            false => Err(ArchiveError::Cursor),
        }
    }
}

/// FNV-1a over everything but the limit and the cursor.
fn fingerprint(search: &Search) -> u64 {
    let order = match search.order {
        SearchOrder::Newest => "newest",
        SearchOrder::Oldest => "oldest",
        SearchOrder::Rank => "rank",
    };
    let filters = format!(
        "{order} {:?} {:?} {:?} {:?} {} {} {} {:?} {}",
        search.rooms,
        search.senders,
        search.from,
        search.until,
        search.mentions_me,
        search.has_file,
        search.history,
        search.offset,
        search.text,
    );
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    filters.bytes().fold(0xcbf2_9ce4_8422_2325, step)
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Key { first, place, row, ranked } = self.key;
        let ranked = if ranked { ".r" } else { "" };
        write!(f, "{:x}.{first}.{place}.{row}{ranked}", self.search)
    }
}

impl FromStr for Cursor {
    type Err = ArchiveError;

    fn from_str(text: &str) -> Result<Self> {
        let (text, ranked) = match text.strip_suffix(".r") {
            Some(text) => (text, true),
            None => (text, false),
        };
        let mut parts = text.split('.');
        let mut read = || {
            let search = u64::from_str_radix(parts.next()?, 16).ok()?;
            let mut number = || parts.next()?.parse().ok();
            let key = Key { first: number()?, place: number()?, row: number()?, ranked };
            parts.next().is_none().then_some(Self { search, key })
        };
        read().ok_or(ArchiveError::Cursor)
    }
}
