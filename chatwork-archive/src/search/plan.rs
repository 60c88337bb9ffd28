//! How the hits of a page are found.
//!
//! By time, there are two ways, with the same result. The [index](super::indexed) takes time for each
//! match, since all of them are put in order. A [walk](super::walk) takes time for each message up to
//! the last hit of the page, so it is fast for what most messages have. With as many matches as the
//! square root of the messages times the hits of a page, both take about as long:
//!
//! 1. Walk a little. The page is full if the words are in most messages.
//! 2. Unless they were found often, let the index count matches, up to that number. If there are
//!    fewer, use the index.
//! 3. Walk on, twice as far as it takes on average with that number.
//! 4. Matches are rare here, and many elsewhere: use the index.

use rusqlite::{Connection, Result};

use super::cursor::Key;
use super::filter::Filter;
use super::walk::Walk;
use super::{Search, SearchOrder, indexed};

/// How many messages say whether a word is in a large part of them, by rank.
const SAMPLE: i64 = 128;
/// How often it must be in those: by chance, it is not.
const SAMPLE_HITS: i64 = 16;

/// A way to find hits by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Index,
    Walk,
}

/// What decides on the way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan {
    /// How many messages the first walk looks at.
    pub(super) probe: usize,
    /// How many hits of the first walk are often.
    pub(super) often: usize,
    /// The most texts that are ordered by rank.
    pub(super) ranked: usize,
    /// The only way to use.
    pub(super) only: Option<Way>,
}

impl Default for Plan {
    fn default() -> Self {
        Self { probe: 256, often: 16, ranked: Search::MAX_RANKED, only: None }
    }
}

/// The places of the hits of a page and of one more, and how they were found.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) keys: Vec<Key>,
    pub(super) way: Way,
    /// How many messages were looked at by walking.
    pub(super) scanned: usize,
}

impl Plan {
    /// Finds the hits behind a place.
    pub(super) fn find(
        &self,
        connection: &Connection,
        what: (&Search, &Filter),
        order: SearchOrder,
        behind: Option<Key>,
    ) -> Result<Found> {
        let mut walk = Walk::new(connection, what, order, behind);
        if order != SearchOrder::Rank && self.walks(connection, what, &mut walk)? {
            let (keys, scanned) = walk.into_found();
            return Ok(Found { keys, way: Way::Walk, scanned });
        }
        let keys = indexed::keys(connection, what, order, behind)?;
        let (_, scanned) = walk.into_found();
        Ok(Found { keys, way: Way::Index, scanned })
    }

    /// Walks as far as it pays. Returns whether all is found.
    fn walks(
        &self,
        connection: &Connection,
        (search, filter): (&Search, &Filter),
        walk: &mut Walk<'_>,
    ) -> Result<bool> {
        match self.only {
            Some(Way::Index) => return Ok(false),
            // Without a text to read, a message takes no time worth a thought.
            _ if filter.texts.is_empty() => walk.go(usize::MAX)?,
            Some(Way::Walk) => walk.go(usize::MAX)?,
            None => walk.go(self.probe)?,
        }
        if walk.is_done() {
            return Ok(true);
        }
        let equal = equal(connection, search.limit)?;
        if walk.found() < self.often && indexed::is_rarer(connection, filter, equal)? {
            return Ok(false);
        }
        walk.go(equal.saturating_mul(2))?;
        Ok(walk.is_done())
    }

    /// Returns whether a search by rank matches more texts than are ranked.
    pub(super) fn is_too_common(&self, connection: &Connection, filter: &Filter) -> Result<bool> {
        // To count the matches of a single character, the index gathers all of them first.
        if seems_too_common(connection, filter, self.ranked)? {
            return Ok(true);
        }
        indexed::is_rarer(connection, filter, self.ranked.saturating_add(1)).map(|rarer| !rarer)
    }
}

/// Returns with how many matches both ways take about as long.
fn equal(connection: &Connection, limit: usize) -> Result<usize> {
    let select = "SELECT coalesce(max(id), 0) FROM messages";
    let messages: usize = connection.prepare_cached(select)?.query_row([], |row| row.get(0))?;
    Ok(messages.saturating_mul(limit.saturating_add(1)).isqrt().max(1))
}

/// Returns whether messages at equal distances say that far more than so many texts match.
fn seems_too_common(connection: &Connection, filter: &Filter, most: usize) -> Result<bool> {
    let most = i64::try_from(most).unwrap_or(i64::MAX).saturating_mul(4);
    let select = "SELECT coalesce(min(id), 0), coalesce(max(id), 0) FROM messages";
    let (lowest, highest): (i64, i64) =
        connection.prepare_cached(select)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let count = highest.saturating_sub(lowest).saturating_add(1);
    let step = count / SAMPLE;
    if count <= most || step == 0 {
        return Ok(false);
    }
    let select = "SELECT plain FROM messages WHERE id >= ?1 AND id < ?2 ORDER BY id LIMIT 1";
    let mut statement = connection.prepare_cached(select)?;
    let mut hits = 0;
    for number in 0..SAMPLE {
        let from = lowest.saturating_add(number.saturating_mul(step));
        let mut rows = statement.query([from, from.saturating_add(step)])?;
        if let Some(row) = rows.next()? {
            hits += i64::from(filter.texts.admit(row.get_ref(0)?.as_str()?));
        }
    }
    Ok(hits >= SAMPLE_HITS && hits.saturating_mul(step) >= most)
}

#[cfg(test)]
mod tests {
    use chatwork_sdk::types::{Message, Room};
    use chatwork_sdk::{AccountId, MessageId, Messages, RoomId, UnixTime};

    use super::*;
    use crate::error::ArchiveError;
    use crate::search::{Cursor, Page};
    use crate::store::{Archive, Reader};

    const MESSAGES: i64 = 600;

    /// Messages with a character that all have, one that two have, and one that the older half has.
    fn archive() -> (tempfile::TempDir, Reader) {
        let folder = tempfile::tempdir().unwrap();
        let archive = Archive::create(folder.path().join("a"), AccountId(1)).unwrap();
        let messages = (1..=MESSAGES).map(|number| {
            let mut message = Message::default();
            message.message_id = MessageId(number.to_string());
            message.send_time = UnixTime(number);
            message.body = format!("本日の {number}");
            for (character, has) in [("鬱", number % 300 == 7), ("古", number <= MESSAGES / 2)] {
                message.body.push_str(if has { character } else { "" });
            }
            message
        });
        let (mut list, mut room) = (Messages::default(), Room::default());
        (list.messages, room.room_id) = (messages.collect(), RoomId(5));
        archive.keep(&room, &list, UnixTime(9_000), UnixTime(9_000)).unwrap();
        let reader = archive.reader().unwrap();
        (folder, reader)
    }

    fn found(reader: &Reader, search: &Search, plan: Plan) -> (usize, Way, usize) {
        let (page, found) = reader.search_by(search, &plan).unwrap();
        (page.hits.len(), found.way, found.scanned)
    }

    #[test]
    fn a_page_of_what_all_messages_have_looks_at_no_more_than_the_page() {
        let (_folder, reader) = archive();
        let search = Search::new("の");
        assert_eq!(found(&reader, &search, Plan::default()), (50, Way::Walk, 51));
        let oldest = search.order(SearchOrder::Oldest);
        assert_eq!(found(&reader, &oldest, Plan::default()), (50, Way::Walk, 51));
    }

    #[test]
    fn a_search_without_words_looks_at_no_more_than_the_page() {
        let (_folder, reader) = archive();
        let search = Search::new("").room(RoomId(5));
        assert_eq!(found(&reader, &search, Plan::default()), (50, Way::Walk, 51));
    }

    #[test]
    fn a_rare_character_is_found_by_the_index() {
        let (_folder, reader) = archive();
        let (hits, way, scanned) = found(&reader, &Search::new("鬱"), Plan::default());
        assert_eq!((hits, way), (2, Way::Index));
        assert!(scanned <= 257, "{scanned}");
    }

    #[test]
    fn what_only_old_messages_have_is_found_by_walking_on() {
        let (_folder, reader) = archive();
        assert_eq!(found(&reader, &Search::new("古"), Plan::default()), (50, Way::Walk, 352));
    }

    #[test]
    fn a_walk_ends_where_the_index_is_faster() {
        let (_folder, reader) = archive();
        let plan = Plan { probe: 4, often: 2, ..Plan::default() };
        let (hits, way, scanned) = found(&reader, &Search::new("古").limit(1), plan);
        assert_eq!((hits, way), (1, Way::Index));
        // Four messages, and twice the square root of 600 times 2.
        assert!(scanned <= 4 + 2 * 34 + 2, "{scanned}");
    }

    fn by_rank(reader: &Reader, text: &str, cursor: Option<Cursor>, ranked: usize) -> Page {
        let mut search = Search::new(text).order(SearchOrder::Rank).limit(1);
        search.cursor = cursor;
        reader.search_by(&search, &Plan { ranked, ..Plan::default() }).unwrap().0
    }

    #[test]
    fn what_too_many_texts_have_is_not_ranked() {
        let (_folder, reader) = archive();
        let order = |text: &str, ranked| by_rank(&reader, text, None, ranked).order;
        assert_eq!(order("鬱", 2), SearchOrder::Rank);
        assert_eq!(order("鬱", 1), SearchOrder::Newest);
        assert_eq!(order("の", 600), SearchOrder::Rank);
        assert_eq!(order("の", 599), SearchOrder::Newest);
        assert_eq!(order("の", 20), SearchOrder::Newest);
    }

    #[test]
    fn all_pages_of_a_search_by_rank_have_the_order_of_the_first() {
        let (_folder, reader) = archive();
        for (first, later, order) in [(1, 9, SearchOrder::Newest), (9, 1, SearchOrder::Rank)] {
            let page = by_rank(&reader, "鬱", None, first);
            let next = page.next.unwrap().to_string().parse().unwrap();
            let next = by_rank(&reader, "鬱", Some(next), later);
            assert_eq!((page.order, next.order, next.hits.len()), (order, order, 1));
            assert_ne!(page.hits[0].message_id, next.hits[0].message_id);
        }
    }

    #[test]
    fn a_cursor_by_rank_is_none_by_time() {
        let (_folder, reader) = archive();
        let search = Search::new("の").limit(1);
        let next = reader.search(&search).unwrap().next.unwrap().to_string();
        let other = search.cursor(format!("{next}.r").parse().unwrap());
        assert!(matches!(reader.search(&other), Err(ArchiveError::Cursor)));
    }

    #[test]
    fn a_sample_says_what_is_in_a_large_part_of_the_messages() {
        let (_folder, reader) = archive();
        let seems = |text: &str, most| {
            let filter = Filter::new(&reader, &Search::new(text)).unwrap();
            seems_too_common(&reader.connection, &filter, most).unwrap()
        };
        assert!(seems("の", 20) && seems("古", 20));
        assert!(!seems("鬱", 20));
        // Too few messages for as many matches.
        assert!(!seems("の", 150));
    }
}
