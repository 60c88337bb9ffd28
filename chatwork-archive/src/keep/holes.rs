//! Messages that could not be read.
//!
//! A gap of the reason `unreadable` lies between the readable messages around it. They tell it from
//! others in the next look, which shows it at another place, or shows only one of its neighbours.

use std::collections::BTreeMap;

use chatwork_sdk::types::Message;
use rusqlite::{OptionalExtension, Result, Row, params};

use super::Keeper;
use super::span::{Bound, Reason, add_gap};
use super::window::Shown;

/// A gap that an earlier look noted.
struct Hole {
    id: i64,
    after: Option<String>,
    before: Option<String>,
    missing: i64,
}

impl Hole {
    fn read(row: &Row<'_>) -> Result<Self> {
        let missing: Option<i64> = row.get(3)?;
        Ok(Self {
            id: row.get(0)?,
            after: row.get(1)?,
            before: row.get(2)?,
            missing: missing.unwrap_or(1),
        })
    }

    /// Returns whether these are the neighbours of this gap. One of them is enough: the other one may
    /// be outside of the list.
    fn is_between(&self, after: Option<&Message>, before: Option<&Message>) -> bool {
        is(after, self.after.as_deref()) || is(before, self.before.as_deref())
    }

    /// Returns whether a list shows that what was missing here can be read now, or is gone. `missing`
    /// messages come directly before the one behind the gap.
    fn is_closed(&self, list: &[&Message]) -> bool {
        let find =
            |id: Option<&str>| list.iter().position(|it| Some(it.message_id.0.as_str()) == id);
        match (find(self.after.as_deref()), find(self.before.as_deref())) {
            (Some(_), Some(_)) => true,
            (Some(_), None) => self.before.is_none(),
            (None, Some(at)) => i64::try_from(at).is_ok_and(|at| at >= self.missing),
            (None, None) => false,
        }
    }
}

fn is(message: Option<&Message>, id: Option<&str>) -> bool {
    message.is_some_and(|it| Some(it.message_id.0.as_str()) == id)
}

impl Keeper<'_> {
    /// Notes the messages of a look that could not be read, each once however many looks show it, and
    /// removes the gaps of those that can be read now.
    pub(super) fn keep_holes(&self, shown: &Shown<'_>, list: &[&Message]) -> Result<()> {
        let known = self.holes(shown.room)?;
        if known.is_empty() && shown.unreadable.is_empty() {
            return Ok(());
        }
        let mut at: BTreeMap<usize, i64> = BTreeMap::new();
        for place in shown.unreadable.iter().flatten() {
            *at.entry(*place).or_default() += 1;
        }
        let mut open: Vec<&Hole> = known.iter().collect();
        for (place, missing) in at {
            let after = place.checked_sub(1).and_then(|it| list.get(it)).copied();
            let before = list.get(place).copied();
            let same = open.iter().position(|it| it.is_between(after, before));
            let same = same.map(|index| open.swap_remove(index));
            self.keep_hole(shown.room, same, (after, before), missing)?;
        }
        let nowhere = shown.unreadable.iter().filter(|place| place.is_none()).count();
        if nowhere == 0 {
            for hole in open.into_iter().filter(|it| it.is_closed(list)) {
                self.remove_hole(hole)?;
            }
            return Ok(());
        }
        // One of these may be any of the gaps that the list covers. One gap over the whole list is
        // what is known.
        for hole in open.into_iter().filter(|it| overlaps(it, list)) {
            self.remove_hole(hole)?;
        }
        let missing = i64::try_from(nowhere).unwrap_or(i64::MAX);
        self.add_hole(shown.room, (list.first().copied(), list.last().copied()), missing)
    }

    fn holes(&self, room: i64) -> Result<Vec<Hole>> {
        let select = "SELECT gap_id, after_message, before_message, missing FROM gaps
            WHERE room_id = ?1 AND reason = 'unreadable' ORDER BY gap_id";
        self.transaction.prepare_cached(select)?.query_map([room], Hole::read)?.collect()
    }

    fn keep_hole(
        &self,
        room: i64,
        known: Option<&Hole>,
        (after, before): (Option<&Message>, Option<&Message>),
        missing: i64,
    ) -> Result<()> {
        let Some(known) = known else { return self.add_hole(room, (after, before), missing) };
        // At an end of the list, some of them may be outside of it.
        let missing = match after.is_some() && before.is_some() {
            true => missing,
            false => missing.max(known.missing),
        };
        let update = "UPDATE gaps SET missing = ?2, before_time = coalesce(?3, before_time),
            before_message = coalesce(?4, before_message) WHERE gap_id = ?1";
        let before = before.map(Bound::of);
        let (time, id) = (before.as_ref().map(|it| it.time), before.as_ref().map(|it| &it.message));
        let values = params![known.id, missing, time, id];
        self.transaction.prepare_cached(update)?.execute(values)?;
        Ok(())
    }

    fn add_hole(
        &self,
        room: i64,
        (after, before): (Option<&Message>, Option<&Message>),
        missing: i64,
    ) -> Result<()> {
        // What is older than was removed on purpose is not missed.
        let next = before.or(after);
        if next.is_some_and(|it| self.tombstones.is_too_old(room, it.send_time.0)) {
            return Ok(());
        }
        let after = match after {
            Some(after) => Some(Bound::of(after)),
            None => self.last_before(room, before)?,
        };
        let before = before.map(Bound::of);
        let ends = (after.as_ref(), before.as_ref());
        add_gap(self.transaction, room, Reason::Unreadable, ends, Some(missing), self.at.0)
    }

    /// Returns the newest stored message before one, or of all of the room.
    fn last_before(&self, room: i64, before: Option<&Message>) -> Result<Option<Bound>> {
        let select = "SELECT send_time, message_id FROM messages WHERE room_id = ?1
            AND send_time < ?2 ORDER BY send_time DESC, place DESC LIMIT 1";
        let time = before.map_or(i64::MAX, |before| before.send_time.0);
        let read = |row: &Row<'_>| Ok(Bound { time: row.get(0)?, message: row.get(1)? });
        let mut statement = self.transaction.prepare_cached(select)?;
        statement.query_row(params![room, time], read).optional()
    }

    fn remove_hole(&self, hole: &Hole) -> Result<()> {
        let delete = "DELETE FROM gaps WHERE gap_id = ?1";
        self.transaction.prepare_cached(delete)?.execute([hole.id])?;
        Ok(())
    }
}

/// Returns whether one of the ends of a gap is in a list, or the gap has no end behind it.
fn overlaps(hole: &Hole, list: &[&Message]) -> bool {
    let shows = |id: &Option<String>| list.iter().any(|it| Some(&it.message_id.0) == id.as_ref());
    shows(&hole.after) || shows(&hole.before) || hole.before.is_none()
}
