//! The newest messages of a room, as one look showed them.

use std::collections::HashSet;

use chatwork_sdk::UnixTime;
use chatwork_sdk::types::Message;
use rusqlite::{Connection, Result, params};

use super::place::place;
use super::rooms::{Looked, RoomRow, room_row, set_looked};
use super::span::{Reason, Span, add_gap, fill_gaps, replace_spans, spans};
use super::{Changes, Keeper};

/// The most messages that one reply has.
const MOST: usize = 100;
/// For how many seconds after a second messages of that second may still appear.
const SETTLE: i64 = 5;
/// After how many looks in a row with fewer messages than counted the look is taken as true.
const LAGS: i64 = 3;

/// What a room showed.
pub(crate) struct Shown<'a> {
    pub(crate) room: i64,
    /// As listed.
    pub(crate) messages: &'a [Message],
    /// How many messages of the reply could not be read.
    pub(crate) unreadable: usize,
    /// Whether the plan hides older messages.
    pub(crate) limited: bool,
}

/// What else is known of a look.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Evidence {
    /// The room's entry in a list of rooms before the look.
    Listed {
        updated: UnixTime,
        count: i64,
        /// When the rooms were listed.
        at: UnixTime,
        /// The room had the same number of messages after the look.
        stable: bool,
    },
    /// What the SDK's watch said: whether it knew the room, and a gap with the number of messages
    /// that are missing.
    Watched { knew: bool, gap: Option<Option<u64>> },
}

impl Shown<'_> {
    fn len(&self) -> i64 {
        i64::try_from(self.messages.len().saturating_add(self.unreadable)).unwrap_or(i64::MAX)
    }

    /// Returns whether these are all messages of the room.
    fn is_whole(&self) -> bool {
        !self.limited && self.messages.len().saturating_add(self.unreadable) < MOST
    }

    /// Returns the messages by time, and within a second as listed.
    fn in_order(&self) -> Vec<&Message> {
        let mut list: Vec<&Message> = self.messages.iter().collect();
        list.sort_by_key(|message| message.send_time);
        list
    }
}

/// Returns whether only the room's count can say if messages are missing before a look: what it
/// shows meets nothing that the archive has.
pub(crate) fn is_overlap_open(connection: &Connection, shown: &Shown<'_>) -> Result<bool> {
    let list = shown.in_order();
    let Some(span) = Span::of(&list, shown.is_whole()) else { return Ok(false) };
    let known = spans(connection, shown.room)?;
    let apart = !known.is_empty() && !known.iter().any(|(_, it)| it.meets(&span, &list));
    Ok(apart && !shown.is_whole())
}

impl Keeper<'_> {
    /// Stores what a room showed.
    pub(crate) fn keep(&mut self, shown: &Shown<'_>, evidence: Evidence) -> Result<Changes> {
        let mut changes = Changes::default();
        if self.tombstones.has_room(shown.room) {
            return Ok(changes);
        }
        let Some(room) = room_row(self.transaction, shown.room)? else { return Ok(changes) };
        let list = shown.in_order();
        for message in &list {
            if !self.tombstones.has_account(message.account.account_id.0) {
                self.names.note(self.transaction, &message.account, self.at)?;
            }
        }
        self.keep_messages(shown.room, &list, &mut changes)?;
        if shown.unreadable == 0 {
            self.find_vanished(shown.room, &list, &mut changes)?;
        }
        let counted = self.keep_span(shown, &list, &room, evidence, &mut changes)?;
        let looked = looked(shown, &list, &room, evidence, counted);
        set_looked(self.transaction, shown.room, &looked, shown.limited, self.at.0)?;
        Ok(changes)
    }

    fn keep_messages(&mut self, room: i64, list: &[&Message], changes: &mut Changes) -> Result<()> {
        let mut places: Vec<Option<i64>> = Vec::with_capacity(list.len());
        for message in list {
            let stored = self.find(room, message)?;
            places.push(stored.as_ref().map(|stored| stored.place));
            if let Some(stored) = stored {
                self.update(&stored, message, changes)?;
            }
        }
        for (index, message) in list.iter().enumerate() {
            if places.get(index).is_some_and(Option::is_some) {
                continue;
            }
            let (id, account) = (&message.message_id.0, message.account.account_id.0);
            if self.tombstones.has_message(room, id, account, message.send_time.0) {
                continue;
            }
            let same = |it: &&&Message| it.send_time == message.send_time;
            let before = index.checked_sub(1).filter(|at| list.get(*at).as_ref().is_some_and(same));
            let before = before.and_then(|at| places.get(at).copied().flatten());
            let behind = list.iter().enumerate().skip(index + 1).take_while(|(_, it)| same(it));
            let behind = behind.map(|(at, _)| places.get(at).copied().flatten());
            let behind = { behind }.find_map(|place| place);
            let at = place(self.transaction, room, message.send_time.0, before, behind)?;
            // Those behind it have moved by one.
            for (later, entry) in places.iter_mut().enumerate().skip(index + 1) {
                let moved = list.get(later).as_ref().is_some_and(same);
                if let Some(entry) = entry.as_mut().filter(|entry| moved && **entry >= at) {
                    *entry += 1;
                }
            }
            if let Some(entry) = places.get_mut(index) {
                *entry = Some(at);
            }
            self.create(room, message, at, changes)?;
        }
        Ok(())
    }

    /// Marks the stored messages between the ends of a list that the list does not have. One that is
    /// missing at an end means nothing: the oldest make way for new ones, and a server may lag
    /// behind.
    fn find_vanished(&self, room: i64, list: &[&Message], changes: &mut Changes) -> Result<()> {
        let (Some(first), Some(last)) = (list.first(), list.last()) else { return Ok(()) };
        let shown: HashSet<&str> = list.iter().map(|it| it.message_id.0.as_str()).collect();
        let bound = "(SELECT place FROM messages WHERE room_id = ?1 AND message_id = ";
        let select = format!(
            "SELECT id, message_id FROM messages WHERE room_id = ?1 AND status = 'present'
             AND (send_time, place) > (?2, coalesce({bound}?3), 0))
             AND (send_time, place) < (?4, coalesce({bound}?5), 0))"
        );
        let mut statement = self.transaction.prepare_cached(&select)?;
        let values = params![
            room,
            first.send_time.0,
            first.message_id.0,
            last.send_time.0,
            last.message_id.0
        ];
        let rows = statement.query_map(values, |row| Ok((row.get(0)?, row.get(1)?)))?;
        let rows: Vec<(i64, String)> = rows.collect::<Result<_>>()?;
        for (id, _) in rows.into_iter().filter(|(_, message)| !shown.contains(message.as_str())) {
            let update = "UPDATE messages SET status = 'vanished', status_since = ?2 WHERE id = ?1";
            self.transaction.prepare_cached(update)?.execute(params![id, self.at.0])?;
            changes.vanished += 1;
        }
        Ok(())
    }

    /// Stores what the look proves and what is lost. Returns the number of messages of the room when
    /// the newest stored one was the newest, if it is known exactly.
    fn keep_span(
        &self,
        shown: &Shown<'_>,
        list: &[&Message],
        room: &RoomRow,
        evidence: Evidence,
        changes: &mut Changes,
    ) -> Result<Option<i64>> {
        let Some(span) = Span::of(list, shown.is_whole()) else { return Ok(room.counted) };
        let connection = self.transaction;
        let known = spans(connection, shown.room)?;
        let met: Vec<&(i64, Span)> = known.iter().filter(|(_, it)| it.meets(&span, list)).collect();
        let newest = known.last().map(|(_, it)| it);
        let mut all = span.clone();
        let mut ids: Vec<i64> = met.iter().map(|(id, _)| *id).collect();
        let mut counted = None;
        fill_gaps(connection, shown.room, &span)?;
        if !met.is_empty() {
            met.iter().for_each(|(_, it)| all.extend(it, list));
            let fresh = newest.map_or(0, |it| fresh(it, list));
            let certain = shown.unreadable == 0;
            counted = room.counted.filter(|_| certain).map(|it| it.saturating_add(fresh));
        } else if let Some((id, last)) = known.last() {
            match missing(shown, room, evidence) {
                // Exactly as many came as are shown, or all of the room is.
                Some(0) => {
                    all.extend(last, list);
                    ids.push(*id);
                    counted = room.counted.map(|it| it.saturating_add(fresh(last, list)));
                }
                missing => {
                    let full = shown.messages.len() + shown.unreadable >= MOST;
                    let reason = if full { Reason::TooMany } else { Reason::Plan };
                    let ends = (Some(&last.last), &span.first);
                    add_gap(connection, shown.room, reason, ends, missing, self.at.0)?;
                    changes.gaps += 1;
                }
            }
        } else if !span.begins {
            self.note_beginning(shown, &span, evidence)?;
        }
        replace_spans(connection, shown.room, &ids, &all, self.at.0)?;
        if shown.unreadable > 0 {
            let missing = i64::try_from(shown.unreadable).ok();
            let ends = (Some(&span.first), &span.last);
            add_gap(connection, shown.room, Reason::Unreadable, ends, missing, self.at.0)?;
        }
        Ok(counted)
    }

    /// The first look at a room that does not show all of it.
    fn note_beginning(&self, shown: &Shown<'_>, span: &Span, evidence: Evidence) -> Result<()> {
        let missing = match evidence {
            Evidence::Listed { count, .. } => Some(count.saturating_sub(shown.len())),
            Evidence::Watched { .. } => None,
        };
        let missing = missing.filter(|missing| *missing >= 0);
        if missing == Some(0) {
            return Ok(());
        }
        let reason = if shown.limited { Reason::Plan } else { Reason::BeforeFirstLook };
        add_gap(self.transaction, shown.room, reason, (None, &span.first), missing, self.at.0)
    }
}

/// Returns how many messages of a list are newer than a stretch.
fn fresh(newest: &Span, list: &[&Message]) -> i64 {
    let last = list.iter().position(|it| it.message_id.0 == newest.last.message);
    let fresh = match last {
        Some(last) => list.len().saturating_sub(last.saturating_add(1)),
        None => list.iter().filter(|it| it.send_time.0 > newest.last.time).count(),
    };
    i64::try_from(fresh).unwrap_or(i64::MAX)
}

/// Returns how many messages are missing before a list that meets nothing, if it is known.
fn missing(shown: &Shown<'_>, room: &RoomRow, evidence: Evidence) -> Option<i64> {
    if shown.is_whole() {
        return Some(0);
    }
    match evidence {
        Evidence::Listed { count, stable: true, .. } => {
            let missing = count.checked_sub(room.counted?)?.checked_sub(shown.len())?;
            Some(missing).filter(|missing| *missing >= 0)
        }
        Evidence::Watched { gap: Some(missing), .. } => {
            missing.and_then(|missing| i64::try_from(missing).ok())
        }
        // The watch compares counts as well, and saw no gap.
        Evidence::Watched { knew: true, gap: None } => Some(0),
        Evidence::Listed { stable: false, .. } | Evidence::Watched { knew: false, .. } => None,
    }
}

/// Decides whether the room has to be looked at again although its entry in the list of rooms does
/// not change.
fn looked(
    shown: &Shown<'_>,
    list: &[&Message],
    room: &RoomRow,
    evidence: Evidence,
    counted: Option<i64>,
) -> Looked {
    let Evidence::Listed { updated, count, at, .. } = evidence else {
        return Looked { seen: None, counted, lagging: 0 };
    };
    if updated.0.saturating_add(SETTLE) > at.0 {
        return Looked { seen: None, counted, lagging: 0 };
    }
    let later = list.iter().filter(|it| it.send_time > updated).count();
    let listed = count.saturating_add(i64::try_from(later).unwrap_or(i64::MAX));
    // A room that is shown as a whole has as many messages as are shown.
    let shows = counted.or_else(|| shown.is_whole().then(|| shown.len()));
    let short = shows.is_some_and(|shows| shows < listed);
    let lagging = if short { room.lagging.saturating_add(1) } else { 0 };
    if lagging > 0 && lagging < LAGS {
        return Looked { seen: None, counted, lagging };
    }
    let times = list.iter().map(|it| it.send_time.max(it.update_time));
    let newest = times.fold(updated, UnixTime::max);
    let settled = newest.0.saturating_add(SETTLE) <= at.0;
    let counted = if shown.unreadable == 0 { Some(listed) } else { counted };
    Looked { seen: settled.then_some((newest.0, listed)), counted, lagging: 0 }
}
