//! What is proven complete, and what is lost.

use std::cmp::Ordering;

use chatwork_sdk::types::Message;
use rusqlite::{Connection, Result, Row, params};

/// A stretch of a room that is proven complete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) first: Bound,
    pub(super) last: Bound,
    /// The first message is the first one of the room.
    pub(super) begins: bool,
}

/// A message at an end of a stretch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bound {
    pub(super) time: i64,
    pub(super) message: String,
}

impl Bound {
    pub(super) fn of(message: &Message) -> Self {
        Self { time: message.send_time.0, message: message.message_id.0.clone() }
    }
}

impl Span {
    /// Returns the stretch that a list shows, or `None` if the list is empty. `whole` is whether the
    /// list is all of the room.
    pub(super) fn of(list: &[&Message], whole: bool) -> Option<Self> {
        let (first, last) = (list.first()?, list.last()?);
        Some(Self { first: Bound::of(first), last: Bound::of(last), begins: whole })
    }

    /// Returns whether a list that shows `shown` and this stretch have a message in common. A list
    /// has all messages between its ends, so times decide, and within one second the messages at
    /// the ends.
    pub(super) fn meets(&self, shown: &Self, list: &[&Message]) -> bool {
        let has = |bound: &Bound| list.iter().any(|it| it.message_id.0 == bound.message);
        let after_start = self.last.time > shown.first.time || has(&self.last);
        let before_end = self.first.time < shown.last.time || has(&self.first);
        after_start && before_end
    }

    /// Returns whether this stretch begins after all that a list shows.
    pub(super) fn is_after(&self, shown: &Self) -> bool {
        self.first.time > shown.last.time
    }

    /// Extends the stretch that a list shows by a stored one. Ends of one second are ordered by the
    /// list: what it does not show is older than its first message, or newer than its last one.
    pub(super) fn extend(&mut self, stored: &Self, list: &[&Message]) {
        let shows = |bound: &Bound| list.iter().any(|it| it.message_id.0 == bound.message);
        if is_outside(stored.first.time.cmp(&self.first.time), Ordering::Less, shows(&stored.first))
        {
            (self.first, self.begins) = (stored.first.clone(), stored.begins);
        } else if stored.first == self.first {
            self.begins |= stored.begins;
        }
        if is_outside(stored.last.time.cmp(&self.last.time), Ordering::Greater, shows(&stored.last))
        {
            self.last = stored.last.clone();
        }
    }
}

/// Returns whether an end lies outside of a list.
fn is_outside(order: Ordering, outside: Ordering, shown: bool) -> bool {
    order == outside || order == Ordering::Equal && !shown
}

/// Returns the stretches of a room with their ids, oldest first.
pub(super) fn spans(connection: &Connection, room: i64) -> Result<Vec<(i64, Span)>> {
    let select = "SELECT span_id, first_time, first_message, last_time, last_message, begins
        FROM spans WHERE room_id = ?1 ORDER BY last_time, span_id";
    let read = |row: &Row<'_>| {
        let first = Bound { time: row.get(1)?, message: row.get(2)? };
        let last = Bound { time: row.get(3)?, message: row.get(4)? };
        Ok((row.get(0)?, Span { first, last, begins: row.get(5)? }))
    };
    connection.prepare_cached(select)?.query_map([room], read)?.collect()
}

/// Puts one stretch in the place of those with these ids.
pub(super) fn replace_spans(
    connection: &Connection,
    room: i64,
    ids: &[i64],
    span: &Span,
    at: i64,
) -> Result<()> {
    let mut delete = connection.prepare_cached("DELETE FROM spans WHERE span_id = ?1")?;
    for id in ids {
        delete.execute([id])?;
    }
    let insert = "INSERT INTO spans (room_id, first_time, first_message, last_time, last_message,
        begins, proven_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    let Span { first, last, begins } = span;
    connection.prepare_cached(insert)?.execute(params![
        room,
        first.time,
        first.message,
        last.time,
        last.message,
        begins,
        at
    ])?;
    Ok(())
}

/// Why messages are lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reason {
    TooMany,
    BeforeFirstLook,
    Plan,
    Unreadable,
}

impl Reason {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::TooMany => "too_many",
            Self::BeforeFirstLook => "before_first_look",
            Self::Plan => "plan",
            Self::Unreadable => "unreadable",
        }
    }
}

/// Stores that messages between two others are lost.
pub(super) fn add_gap(
    connection: &Connection,
    room: i64,
    reason: Reason,
    (after, before): (Option<&Bound>, Option<&Bound>),
    missing: Option<i64>,
    at: i64,
) -> Result<()> {
    let insert = "INSERT INTO gaps (room_id, reason, after_time, after_message, before_time,
        before_message, missing, found_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    connection.prepare_cached(insert)?.execute(params![
        room,
        reason.as_str(),
        after.map(|after| after.time),
        after.map(|after| after.message.as_str()),
        before.map(|before| before.time),
        before.map(|before| before.message.as_str()),
        missing,
        at
    ])?;
    Ok(())
}

/// Notes that a list ends before a stored stretch, without meeting it: what is missing before that
/// stretch lies before the list, and between the two.
pub(super) fn split_gap(
    connection: &Connection,
    room: i64,
    shown: &Span,
    next: &Span,
    at: i64,
) -> Result<()> {
    let update = "UPDATE gaps SET before_time = ?3, before_message = ?4, missing = NULL
        WHERE room_id = ?1 AND before_message = ?2 AND reason <> 'unreadable'";
    let first = &shown.first;
    let values = params![room, next.first.message, first.time, first.message];
    connection.prepare_cached(update)?.execute(values)?;
    if shown.begins {
        let delete = "DELETE FROM gaps WHERE room_id = ?1 AND before_message = ?2
            AND reason <> 'unreadable'";
        connection.prepare_cached(delete)?.execute(params![room, first.message])?;
    }
    let ends = (Some(&shown.last), Some(&next.first));
    add_gap(connection, room, Reason::TooMany, ends, None, at)
}

/// Moves the beginning of the gap before a stored stretch to the end of one that was extended.
pub(super) fn shorten_gap(
    connection: &Connection,
    room: i64,
    extended: &Span,
    next: &Span,
) -> Result<()> {
    let update = "UPDATE gaps SET after_time = ?3, after_message = ?4, missing = NULL
        WHERE room_id = ?1 AND before_message = ?2 AND reason <> 'unreadable'
        AND after_time < ?3";
    let last = &extended.last;
    let values = params![room, next.first.message, last.time, last.message];
    connection.prepare_cached(update)?.execute(values)?;
    Ok(())
}

/// Moves the end of the gaps before a stretch that was extended to its beginning: a look that is older
/// than those that are stored shows some of what was missing.
pub(super) fn end_gaps(connection: &Connection, room: i64, extended: &Span) -> Result<()> {
    let update = "UPDATE gaps SET before_time = ?2, before_message = ?3, missing = NULL
        WHERE room_id = ?1 AND reason <> 'unreadable' AND before_message <> ?3
        AND before_time BETWEEN ?2 AND ?4 AND (after_time IS NULL OR after_time <= ?2)";
    let Bound { time, message } = &extended.first;
    let values = params![room, time, message, extended.last.time];
    connection.prepare_cached(update)?.execute(values)?;
    Ok(())
}

/// Removes the gaps without a message behind them, and returns how many there were.
pub(super) fn close_gaps(connection: &Connection, room: i64) -> Result<usize> {
    let delete = "DELETE FROM gaps WHERE room_id = ?1 AND before_message IS NULL
        AND reason <> 'unreadable'";
    connection.prepare_cached(delete)?.execute([room])
}

/// Removes the gaps that a list fills: both of their ends are in it, or all of the room is. A gap
/// without a message behind it ends at the list: what is missing before the list is found out anew.
pub(super) fn fill_gaps(connection: &Connection, room: i64, shown: &Span) -> Result<()> {
    close_gaps(connection, room)?;
    let delete = "DELETE FROM gaps WHERE room_id = ?1 AND reason <> 'unreadable'
        AND before_time <= ?3 AND (?4 OR after_time >= ?2)";
    let values = params![room, shown.first.time, shown.last.time, shown.begins];
    connection.prepare_cached(delete)?.execute(values)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(id: &str) -> Message {
        let mut message = Message::default();
        message.message_id = chatwork_sdk::MessageId(id.to_owned());
        message.send_time = chatwork_sdk::UnixTime(7);
        message
    }

    /// All of these messages are of one second.
    fn extended(shown: &[&str], first: &str, last: &str) -> Span {
        let messages: Vec<Message> = shown.iter().map(|id| message(id)).collect();
        let list: Vec<&Message> = messages.iter().collect();
        let bound = |id: &str| Bound { time: 7, message: id.to_owned() };
        let stored = Span { first: bound(first), last: bound(last), begins: true };
        let mut span = Span::of(&list, false).unwrap();
        span.extend(&stored, &list);
        span
    }

    #[test]
    fn the_first_message_of_a_room_stays_the_first_one_of_its_second() {
        let span = extended(&["2", "3"], "1", "2");
        assert_eq!((span.first.message.as_str(), span.begins), ("1", true));
    }

    #[test]
    fn a_newer_message_of_the_same_second_becomes_the_last_one() {
        assert_eq!(extended(&["1", "2", "3"], "1", "2").last.message, "3");
        assert_eq!(extended(&["1", "2"], "1", "3").last.message, "3");
    }
}
