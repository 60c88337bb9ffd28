//! The newest messages of a room, as one look showed them.

use std::collections::HashMap;

use chatwork_sdk::UnixTime;
use chatwork_sdk::types::Message;
use rusqlite::{Connection, Result};

use super::looked::looked;
use super::place::place;
use super::rooms::{RoomRow, expect_lists, room_row, set_looked};
use super::span::{
    Reason, Span, add_gap, close_gaps, end_gaps, fill_gaps, replace_spans, shorten_gap, spans,
    split_gap,
};
use super::{Changes, Keeper};

/// The most messages that one reply has.
const MOST: usize = 100;

/// What a room showed.
pub(crate) struct Shown<'a> {
    pub(super) room: i64,
    /// By time, and within a second as listed; each once.
    pub(super) messages: Vec<&'a Message>,
    /// The messages of the reply that could not be read: each by how many of `messages` come before
    /// it, `None` if that is not known.
    pub(super) unreadable: Vec<Option<usize>>,
    /// Whether the plan hides older messages.
    pub(super) limited: bool,
    /// How many entries the reply has.
    entries: usize,
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
    /// What the SDK's watch said: whether the look follows on from the one before, and a gap with
    /// the number of messages that are missing.
    Watched { follows: bool, gap: Option<Option<u64>> },
}

impl<'a> Shown<'a> {
    /// `messages` are as listed. If the reply repeats a message, the later entry counts.
    pub(crate) fn new(
        room: i64,
        messages: &'a [Message],
        unreadable: Vec<Option<usize>>,
        limited: bool,
    ) -> Self {
        let entries = messages.len().saturating_add(unreadable.len());
        let ids = messages.iter().map(|it| it.message_id.0.as_str());
        let last: HashMap<&str, usize> = ids.zip(0..).collect();
        let is_last = |(at, it): &(usize, &Message)| last.get(it.message_id.0.as_str()) == Some(at);
        let repeated: Vec<usize> =
            messages.iter().enumerate().filter(|it| !is_last(it)).map(|(at, _)| at).collect();
        let moved =
            |place: usize| place.saturating_sub(repeated.iter().filter(|at| **at < place).count());
        let unreadable = unreadable.into_iter().map(|place| place.map(moved)).collect();
        let mut messages: Vec<&Message> =
            messages.iter().enumerate().filter(is_last).map(|(_, it)| it).collect();
        messages.sort_by_key(|message| message.send_time);
        Self { room, messages, unreadable, limited, entries }
    }

    pub(super) fn len(&self) -> i64 {
        let length = self.messages.len().saturating_add(self.unreadable.len());
        i64::try_from(length).unwrap_or(i64::MAX)
    }

    /// Returns whether as many messages are shown as one reply can have.
    fn is_full(&self) -> bool {
        self.entries >= MOST
    }

    /// Returns whether these are all messages of the room.
    pub(super) fn is_whole(&self) -> bool {
        !self.limited && !self.is_full()
    }

    /// Returns how many messages of the room are older than those that are shown, by a list of rooms
    /// that may be older than the look.
    fn older(&self, updated: UnixTime, count: i64) -> i64 {
        let later = self.messages.iter().filter(|it| it.send_time > updated).count();
        let count = count.saturating_add(i64::try_from(later).unwrap_or(i64::MAX));
        count.saturating_sub(self.len())
    }
}

/// What a look proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Proof {
    /// The number of messages of the room when the newest stored one was the newest, if it is known
    /// exactly.
    Counted(Option<i64>),
    /// The look was made before one that is stored already: what is known of the room, and whether it
    /// has to be looked at again, stays as the later look left it.
    Older,
}

/// Returns whether only a count that did not move meanwhile can say if messages are missing before a
/// look: what it shows meets nothing that the archive has, or is a first look that seems to show all.
pub(crate) fn is_count_needed(
    connection: &Connection,
    shown: &Shown<'_>,
    updated: UnixTime,
    count: i64,
) -> Result<bool> {
    let list = &shown.messages;
    let Some(span) = Span::of(list, shown.is_whole()) else { return Ok(false) };
    let known = spans(connection, shown.room)?;
    let open = match known.is_empty() {
        true => shown.older(updated, count) <= 0,
        false => !known.iter().any(|(_, it)| it.meets(&span, list)),
    };
    Ok(open && !shown.is_whole())
}

impl Keeper<'_> {
    /// Stores what a room showed, and returns what changed, and whether the look is newer than what
    /// was stored.
    pub(crate) fn keep(
        &mut self,
        shown: &Shown<'_>,
        evidence: Evidence,
    ) -> Result<(Changes, bool)> {
        let mut changes = Changes::default();
        if self.tombstones.has_room(shown.room) {
            return Ok((changes, false));
        }
        let Some(room) = room_row(self.transaction, shown.room)? else {
            return Ok((changes, false));
        };
        let list = &shown.messages;
        for message in list {
            if !self.tombstones.has_account(message.account.account_id.0) {
                self.names.note(self.transaction, &message.account, self.at)?;
            }
        }
        self.keep_messages(shown.room, list, &mut changes)?;
        if shown.unreadable.is_empty() {
            self.find_vanished(shown.room, list, &mut changes)?;
        }
        let newest = spans(self.transaction, shown.room)?.last().map(|(_, it)| it.last.time);
        let proof = self.keep_span(shown, list, &room, evidence, &mut changes)?;
        self.keep_holes(shown, list)?;
        if let Proof::Counted(counted) = proof {
            let looked = looked(shown, list, &room, evidence, counted);
            set_looked(self.transaction, shown.room, &looked, shown.limited, self.at.0)?;
        }
        if matches!(evidence, Evidence::Listed { .. }) || !changes.is_empty() {
            expect_lists(self.transaction, shown.room)?;
        }
        let later = room.looked_at.is_none_or(|it| it <= self.at.0);
        let newest = newest.zip(list.last()).is_none_or(|(it, last)| it <= last.send_time.0);
        Ok((changes, later && newest))
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

    /// Stores what the look proves and what is lost.
    fn keep_span(
        &self,
        shown: &Shown<'_>,
        list: &[&Message],
        room: &RoomRow,
        evidence: Evidence,
        changes: &mut Changes,
    ) -> Result<Proof> {
        let connection = self.transaction;
        let known = spans(connection, shown.room)?;
        // What is older than was removed on purpose is not stored, so nothing is proven of it.
        let is_kept = |it: &&&Message| !self.tombstones.is_too_old(shown.room, it.send_time.0);
        let kept: Vec<&Message> = list.iter().filter(is_kept).copied().collect();
        let cut = kept.len() < list.len();
        let Some(span) = Span::of(&kept, shown.is_whole() && !cut) else {
            if list.is_empty() && shown.limited {
                self.note_hidden(shown, &known, room, evidence, changes)?;
            }
            return Ok(Proof::Counted(room.counted));
        };
        let met: Vec<&(i64, Span)> =
            known.iter().filter(|(_, it)| it.meets(&span, &kept)).collect();
        let next = known.iter().map(|(_, it)| it).find(|it| it.is_after(&span));
        if let (Some(next), true) = (next, met.is_empty()) {
            // A look that was made before one that is stored already: it proves nothing of what came
            // in between.
            split_gap(connection, shown.room, &span, next, self.at.0)?;
            replace_spans(connection, shown.room, &[], &span, self.at.0)?;
            changes.gaps += 1;
            return Ok(Proof::Older);
        }
        let newest = known.last().map(|(_, it)| it);
        let mut all = span.clone();
        let mut ids: Vec<i64> = met.iter().map(|(id, _)| *id).collect();
        let mut counted = None;
        fill_gaps(connection, shown.room, &span)?;
        if !met.is_empty() {
            met.iter().for_each(|(_, it)| all.extend(it, &kept));
            end_gaps(connection, shown.room, &all)?;
            if let Some(next) = next {
                shorten_gap(connection, shown.room, &all, next)?;
            }
            let fresh = newest.map_or(0, |it| fresh(it, &kept));
            let certain = shown.unreadable.is_empty();
            counted = room.counted.filter(|_| certain).map(|it| it.saturating_add(fresh));
        } else if let Some((id, last)) = known.last() {
            match missing(shown, room, evidence) {
                // Exactly as many came as are shown, or all of the room is.
                Some(0) => {
                    all.extend(last, &kept);
                    ids.push(*id);
                    counted = room.counted.map(|it| it.saturating_add(fresh(last, &kept)));
                }
                missing => {
                    let reason = if shown.is_full() { Reason::TooMany } else { Reason::Plan };
                    let ends = (Some(&last.last), Some(&span.first));
                    add_gap(connection, shown.room, reason, ends, missing, self.at.0)?;
                    changes.gaps += 1;
                }
            }
        } else if !span.begins && !cut {
            self.note_beginning(shown, &span, evidence)?;
        }
        replace_spans(connection, shown.room, &ids, &all, self.at.0)?;
        Ok(Proof::Counted(counted))
    }

    /// The first look at a room that does not show all of it.
    fn note_beginning(&self, shown: &Shown<'_>, span: &Span, evidence: Evidence) -> Result<()> {
        let missing = match evidence {
            Evidence::Listed { updated, count, stable, .. } => {
                match (shown.older(updated, count), stable) {
                    (0, true) => return Ok(()),
                    (missing, _) => Some(missing).filter(|missing| *missing > 0),
                }
            }
            Evidence::Watched { .. } => None,
        };
        let reason = if shown.limited { Reason::Plan } else { Reason::BeforeFirstLook };
        let ends = (None, Some(&span.first));
        add_gap(self.transaction, shown.room, reason, ends, missing, self.at.0)
    }

    /// A look that shows no message, because the plan hides what there is.
    fn note_hidden(
        &self,
        shown: &Shown<'_>,
        known: &[(i64, Span)],
        room: &RoomRow,
        evidence: Evidence,
        changes: &mut Changes,
    ) -> Result<()> {
        let last = known.last().map(|(_, it)| &it.last);
        let missing = match (evidence, last, room.counted) {
            (Evidence::Listed { count, .. }, None, _) => Some(count),
            (Evidence::Listed { count, .. }, Some(_), Some(counted)) => {
                Some(count.saturating_sub(counted))
            }
            (Evidence::Listed { updated, .. }, Some(last), None) if updated.0 > last.time => None,
            (Evidence::Listed { .. }, Some(_), None) => Some(0),
            (Evidence::Watched { .. }, None, _) => None,
            // A watch does not say how many messages the room has. The next look that shows one does
            // not follow on from what is stored, and makes the gap.
            (Evidence::Watched { .. }, Some(_), _) => return Ok(()),
        };
        let missing = missing.map(|it| it.saturating_sub(shown.len()));
        if missing.is_some_and(|missing| missing <= 0) {
            return Ok(());
        }
        let closed = close_gaps(self.transaction, shown.room)?;
        let ends = (last, None);
        let room = shown.room;
        add_gap(self.transaction, room, Reason::Plan, ends, missing, self.at.0)?;
        changes.gaps += u64::from(closed == 0);
        Ok(())
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
        Evidence::Listed { updated, count, stable: true, .. } => {
            let missing = shown.older(updated, count).checked_sub(room.counted?)?;
            Some(missing).filter(|missing| *missing >= 0)
        }
        Evidence::Watched { gap: Some(missing), .. } => {
            missing.and_then(|missing| i64::try_from(missing).ok())
        }
        Evidence::Watched { follows: true, gap: None } => Some(0),
        Evidence::Listed { stable: false, .. } | Evidence::Watched { follows: false, .. } => None,
    }
}
