//! What only the archive has, and what it lacks.

use std::collections::{BTreeMap, BTreeSet};

use chatwork_sdk::types::Room;
use chatwork_sdk::{MessageId, RoomId, UnixTime};

use super::message_row::{MessageRow, Place};
use crate::time::iso;

#[cfg(feature = "archive")]
pub(super) use archive::{has_hole, mentions, open, read};
#[cfg(not(feature = "archive"))]
pub(super) use none::{has_hole, mentions, read};

/// Where messages of the archive follow those of the API.
#[derive(Default)]
pub(super) struct Behind {
    pub(super) place: Option<Place>,
    /// The messages that the API shows.
    pub(super) shown: Vec<MessageId>,
    /// Whether the API was asked and shows none that can be read, although the room has some.
    pub(super) is_blind: bool,
}

/// Messages of the archive, and why others may be missing.
#[derive(Default)]
pub(super) struct Older {
    /// The messages, newest first.
    pub(super) rows: Vec<MessageRow>,
    pub(super) missing: Vec<String>,
}

/// The mentions without an answer of the archive.
pub(super) struct KeptMentions {
    by_room: BTreeMap<RoomId, Vec<MessageRow>>,
    /// The rooms of which nothing was left to read, each with its entry in the list of rooms then.
    seen: BTreeMap<RoomId, (UnixTime, i64)>,
    /// Up to when the archive was brought.
    pub(super) last_run: Option<UnixTime>,
    /// The rooms of which messages are lost that could be among these.
    gaps: BTreeSet<RoomId>,
    /// Whether older ones were left out.
    pub(super) is_cut: bool,
}

impl KeptMentions {
    /// Returns whether nothing happened in the room since the archive read it.
    pub(super) fn is_current(&self, room: &Room) -> bool {
        self.seen.get(&room.room_id) == Some(&(room.last_update_time, room.message_num))
    }

    /// Takes the mentions of a room, newest first.
    pub(super) fn take(&mut self, room: RoomId) -> Vec<MessageRow> {
        self.by_room.remove(&room).unwrap_or_default()
    }

    /// Returns whether messages of the room are lost.
    pub(super) fn has_gap(&self, room: RoomId) -> bool {
        self.gaps.contains(&room)
    }
}

/// Says up to when an archive was brought.
pub(super) fn as_of(last_run: Option<UnixTime>) -> String {
    match last_run {
        Some(time) => format!("of the archive as it was at {}", iso(time)),
        None => "of an archive that was never brought up to date".to_owned(),
    }
}

/// Says that messages of rooms are lost.
pub(super) fn lacking(rooms: usize) -> Option<String> {
    (rooms > 0).then(|| format!("rooms of which the archive lacks messages: {rooms}"))
}

#[cfg(feature = "archive")]
mod archive {
    use std::path::Path;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    use chatwork_archive::{ArchiveError, Coverage, LossReason, LostMessages, Reader, Search};
    use chatwork_sdk::{AccountId, MessageId, RoomId, UnixTime};

    use super::{Behind, KeptMentions, MessageRow, Older, iso};
    use crate::call::Call;
    use crate::fault::Fault;
    use crate::tools::message_row::Place;
    use crate::tools::messages::Filter;

    /// How many messages of one second are looked through for the place.
    const SECOND: usize = 100;
    /// How many mentions without an answer are read.
    const MENTIONS: u32 = 500;
    /// How many gaps are named.
    const GAPS: usize = 3;

    /// Runs a query on the account's own archive. The query ends with the call.
    pub(in crate::tools) async fn open<T: Send + 'static>(
        call: &Call,
        query: impl FnOnce(&Reader) -> Result<T, ArchiveError> + Send + 'static,
    ) -> Result<T, Fault> {
        let me = call.me().await?.account_id;
        let path = call.account.archive.clone().ok_or_else(|| {
            Fault::new("This account has no archive", "Use list_room_messages instead.")
        })?;
        run(path, me, query).await
    }

    /// Tells a query that nobody waits for it any more.
    struct EndOnDrop(Arc<AtomicBool>);

    impl Drop for EndOnDrop {
        fn drop(&mut self) {
            self.0.store(true, Ordering::Relaxed);
        }
    }

    async fn run<T: Send + 'static>(
        path: Box<Path>,
        me: AccountId,
        query: impl FnOnce(&Reader) -> Result<T, ArchiveError> + Send + 'static,
    ) -> Result<T, Fault> {
        let is_over = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&is_over);
        let _end = EndOnDrop(is_over);
        let work = move || {
            let reader = Reader::open(path)?.stopping(move || seen.load(Ordering::Relaxed))?;
            if reader.account() != me {
                let what = "The archive belongs to another account than the token";
                return Err(Fault::new(what, "Tell the person."));
            }
            Ok(query(&reader)?)
        };
        let lost = |_| Fault::new("The archive could not be read", "Call again.");
        tokio::task::spawn_blocking(work).await.map_err(lost)?
    }

    /// Returns messages of the archive that are older than a place, newest first, and what it lacks
    /// there.
    pub(in crate::tools) async fn read(
        call: &Call,
        room: RoomId,
        filter: &Filter,
        behind: Behind,
        most: usize,
    ) -> Result<Older, Fault> {
        let Behind { place, shown, is_blind } = behind;
        let mut search = Search::new("").room(room).limit(most + SECOND);
        if let Some(since) = filter.since {
            search = search.from(since);
        }
        // Of the same second, older messages may follow.
        let behind = place.as_ref().map(|place| UnixTime(place.time.0.saturating_add(1)));
        let until = filter.until.into_iter().chain(behind).min();
        if let Some(until) = until {
            search = search.until(until);
        }
        if let Some(sender) = filter.sender {
            search = search.sender(sender);
        }
        search = search.mentions_me(filter.mentions.is_some());
        let since = filter.since;
        open(call, move |reader| {
            let mut rows = Vec::new();
            for hit in reader.search(&search)?.hits {
                if let Some(message) = reader.message(hit.room_id, &hit.message_id)? {
                    rows.push(MessageRow::archived(message));
                }
            }
            let mut rows = behind_place(rows, place.as_ref());
            rows.truncate(most);
            let missing = match reader.coverage(room)? {
                None => vec!["the archive does not have the room".to_owned()],
                Some(coverage) => {
                    let mut missing = missing(&coverage, place.as_ref(), &shown, (since, until));
                    if is_blind && place.is_none() {
                        missing.extend(unseen(&coverage, until));
                    }
                    missing
                }
            };
            Ok(Older { rows, missing })
        })
        .await
    }

    /// Drops the messages up to the place. If its message is not among them, those of its second.
    fn behind_place(rows: Vec<MessageRow>, place: Option<&Place>) -> Vec<MessageRow> {
        let Some(place) = place else { return rows };
        match rows.iter().position(|row| row.id == place.message) {
            Some(at) => rows.into_iter().skip(at + 1).collect(),
            None => rows.into_iter().filter(|row| row.time < place.time).collect(),
        }
    }

    /// Returns the unanswered mentions of the archive, newest first, and what else is known of rooms.
    /// `None` if the account has no archive.
    pub(in crate::tools) async fn mentions(
        call: &Call,
        since: Option<UnixTime>,
    ) -> Result<Option<KeptMentions>, Fault> {
        if !call.account.has_archive() {
            return Ok(None);
        }
        let kept = open(call, move |reader| {
            let mut found = reader.unanswered_mentions(since, MENTIONS + 1)?;
            let most = usize::try_from(MENTIONS).unwrap_or(usize::MAX);
            let mut kept = KeptMentions {
                by_room: Default::default(),
                seen: Default::default(),
                last_run: reader.last_run()?,
                gaps: reader.rooms_with_gaps(since)?.into_iter().collect(),
                is_cut: found.len() > most,
            };
            found.truncate(most);
            for message in found {
                let row = MessageRow::archived(message);
                kept.by_room.entry(row.room).or_default().push(row);
            }
            let entry = |it: chatwork_archive::SeenRoom| {
                (it.room_id, (it.last_update_time, it.message_num))
            };
            kept.seen = reader.seen_rooms()?.into_iter().map(entry).collect();
            Ok(kept)
        });
        Ok(Some(kept.await?))
    }

    /// Returns whether messages may be missing between the archive and what the API shows.
    pub(in crate::tools) async fn has_hole(
        call: &Call,
        room: RoomId,
        oldest: Option<Place>,
        shown: Vec<MessageId>,
    ) -> Result<bool, Fault> {
        open(call, move |reader| {
            let coverage = reader.coverage(room)?;
            Ok(coverage.is_none_or(|it| hole(&it, oldest.as_ref(), &shown).is_some()))
        })
        .await
    }

    /// Says what may be missing behind a place, within a time.
    fn missing(
        coverage: &Coverage,
        place: Option<&Place>,
        shown: &[MessageId],
        (since, until): (Option<UnixTime>, Option<UnixTime>),
    ) -> Vec<String> {
        let is_in_time = |gap: &&LostMessages| {
            let ends =
                gap.before.as_ref().is_none_or(|(_, it)| since.is_none_or(|since| *it >= since));
            let begins =
                gap.after.as_ref().is_none_or(|(_, it)| until.is_none_or(|until| *it < until));
            ends && begins
        };
        let gaps: Vec<_> = coverage.gaps.iter().filter(is_in_time).collect();
        let mut missing: Vec<_> = hole(coverage, place, shown).into_iter().collect();
        // The nearest ones first.
        missing.extend(gaps.iter().rev().take(GAPS).map(|gap| words(gap)));
        if gaps.len() > GAPS {
            missing.push(format!("and messages of {} more gaps", gaps.len() - GAPS));
        }
        // Older ones may have been removed from it on purpose.
        if gaps.is_empty() && since.is_none() && !coverage.from_the_beginning {
            missing.push("older ones as far as the archive has them".to_owned());
        }
        missing
    }

    /// Says that the archive ends before what was shown begins. A place of the archive itself has no
    /// such hole behind it.
    fn hole(coverage: &Coverage, place: Option<&Place>, shown: &[MessageId]) -> Option<String> {
        let place = place.filter(|place| !place.is_archive)?;
        let Some((id, time)) = &coverage.newest else {
            return Some("the archive has no message of the room".to_owned());
        };
        let meets = *time > place.time || *id == place.message || shown.contains(id);
        (!meets).then(|| {
            let (end, begin) = (at(id, *time), at(&place.message, place.time));
            format!("messages may be missing between {end} and {begin}")
        })
    }

    /// Says that newer messages than those of the archive may be missing, since the API shows none.
    fn unseen(coverage: &Coverage, until: Option<UnixTime>) -> Option<String> {
        let Some((id, time)) = &coverage.newest else {
            return Some("the API shows no message, and the archive has none".to_owned());
        };
        let ends_before = until.is_some_and(|until| until <= *time);
        let end = at(id, *time);
        (!ends_before).then(|| {
            format!("messages behind {end} may be missing: the API shows none of the room")
        })
    }

    fn words(gap: &LostMessages) -> String {
        let lost = match (&gap.after, &gap.before) {
            (Some((after, from)), Some((before, to))) => {
                format!("between {} and {}", at(after, *from), at(before, *to))
            }
            (None, Some((before, to))) => format!("before {}", at(before, *to)),
            (Some((after, from)), None) => format!("behind {}", at(after, *from)),
            (None, None) => "of the room".to_owned(),
        };
        let why = match gap.reason {
            LossReason::TooMany => "more than 100 came between two runs of the archive",
            LossReason::BeforeFirstLook => "older than the first run of the archive saw",
            LossReason::Plan => "the plan hid them",
            LossReason::Unreadable => "they could not be read",
            _ => "unknown",
        };
        match gap.missing {
            Some(count) => format!("{count} messages {lost} are missing ({why})"),
            None => format!("messages {lost} are missing ({why})"),
        }
    }

    fn at(id: &MessageId, time: UnixTime) -> String {
        format!("{id} ({})", iso(time))
    }

    #[cfg(test)]
    mod tests {
        use chatwork_archive::{Archive, Search};
        use tokio::sync::oneshot;

        use super::*;

        #[tokio::test]
        async fn a_query_ends_when_nobody_waits_for_it() {
            let home = tempfile::tempdir().unwrap();
            let path = home.path().join("a.chatwork");
            drop(Archive::create(&path, AccountId(1)).unwrap());
            let ((began, begun), (ended, end)) = (oneshot::channel(), oneshot::channel());
            let query = move |reader: &Reader| {
                began.send(()).unwrap();
                // Without an end it would take minutes.
                let search = || reader.search(&Search::new("x"));
                let error = (0..10_000_000).map(|_| search()).find_map(Result::err);
                ended.send(error.is_some()).unwrap();
                Ok(())
            };
            let call = tokio::spawn(run(path.into(), AccountId(1), query));
            begun.await.unwrap();
            call.abort();
            assert!(end.await.unwrap());
        }
    }
}

#[cfg(not(feature = "archive"))]
mod none {
    use chatwork_sdk::{MessageId, RoomId, UnixTime};

    use super::{Behind, KeptMentions, Older};
    use crate::call::Call;
    use crate::fault::Fault;
    use crate::tools::message_row::Place;
    use crate::tools::messages::Filter;

    /// Returns no message: there is no archive.
    pub(in crate::tools) async fn read(
        _: &Call,
        _: RoomId,
        _: &Filter,
        _: Behind,
        _: usize,
    ) -> Result<Older, Fault> {
        Ok(Older::default())
    }

    /// Returns that there is nothing beside what the API shows.
    pub(in crate::tools) async fn has_hole(
        _: &Call,
        _: RoomId,
        _: Option<Place>,
        _: Vec<MessageId>,
    ) -> Result<bool, Fault> {
        Ok(true)
    }

    /// Returns no mentions: there is no archive.
    pub(in crate::tools) async fn mentions(
        _: &Call,
        _: Option<UnixTime>,
    ) -> Result<Option<KeptMentions>, Fault> {
        Ok(None)
    }
}
