//! How far back each room goes, what is lost, and what is in danger.

use chatwork_sdk::{MessageId, RoomId, UnixTime};
use rusqlite::{Connection, OptionalExtension, Result as SqlResult, Row, params};

use crate::error::Result;
use crate::store::Reader;

const DAY: i64 = 86_400;
/// The most messages that one look shows.
const MOST: i64 = 100;
/// For how many days the free plan shows a message.
const PLAN: i64 = 40;
/// How many days before now the busiest day is looked for.
const BUSY: i64 = 28;

/// The state of an archive.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ArchiveStatus {
    /// All rooms, the most recently updated first.
    pub rooms: Vec<RoomStatus>,
    /// The number of messages.
    pub messages: u64,
    /// The number of texts before an edit or a deletion.
    pub revisions: u64,
    /// When the last run without an error ended.
    pub last_run: Option<UnixTime>,
    /// Text that was to be forgotten may still be in the file, or an import that did not end has left
    /// files: call
    /// [`Archive::finish_forgetting`](crate::Archive::finish_forgetting).
    pub is_erasing: bool,
}

/// The state of a room. `Debug` does not show its name.
#[derive(Clone)]
#[non_exhaustive]
pub struct RoomStatus {
    /// The room.
    pub room_id: RoomId,
    /// Its name.
    pub name: String,
    /// The number of stored messages.
    pub messages: u64,
    /// The number of messages in the latest list of rooms.
    pub message_num: i64,
    /// From this time on every message is stored; `None` if the room was not read yet.
    pub complete_since: Option<UnixTime>,
    /// Every message from the first one on is stored.
    pub from_the_beginning: bool,
    /// What is lost, oldest first.
    pub gaps: Vec<LostMessages>,
    /// When the room was last read.
    pub looked_at: Option<UnixTime>,
    /// When the account was found to be no longer in the room.
    pub left_at: Option<UnixTime>,
    /// What may be lost unless the room is read in time.
    pub danger: Option<Danger>,
}

/// Messages that are lost.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LostMessages {
    /// Why.
    pub reason: LossReason,
    /// The last message before them; `None` if they are at the beginning of the room.
    pub after: Option<(MessageId, UnixTime)>,
    /// The first message behind them; `None` if none is known: the plan hides all since then, or the
    /// newest messages cannot be read.
    pub before: Option<(MessageId, UnixTime)>,
    /// How many they are, by the room's counts; `None` if unknown.
    pub missing: Option<u64>,
}

/// Why messages are lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LossReason {
    /// More than 100 came between two looks.
    TooMany,
    /// They are older than the 100 of the first look.
    BeforeFirstLook,
    /// The plan hides them.
    Plan,
    /// The API listed them in a form that cannot be read.
    Unreadable,
}

/// What may be lost unless a room is read in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Danger {
    /// If messages come as on the busiest of the last 28 days, more than 100 have come by this time.
    TooMany {
        /// The time.
        by: UnixTime,
    },
    /// The plan hides messages that are 40 days old, and the room is not read before then.
    Plan {
        /// When the first message that was not seen may be hidden.
        by: UnixTime,
    },
}

impl Reader {
    /// Returns how far back each room goes, what is lost, and which room may lose messages within a
    /// day, if too many come, or within a week, if the plan hides old ones.
    ///
    /// # Errors
    ///
    /// The archive cannot be read.
    pub fn status(&self, now: UnixTime) -> Result<ArchiveStatus> {
        let transaction = self.begin()?;
        let read = || {
            let count = |table: &str| {
                let select = format!("SELECT count(*) FROM {table}");
                transaction.query_row(&select, [], |row| row.get(0))
            };
            let erasing = "SELECT count(*) FROM settings WHERE name = 'erasing'";
            Ok(ArchiveStatus {
                rooms: rooms(&transaction, now)?,
                messages: count("messages")?,
                revisions: count("revisions")?,
                last_run: last_run(&transaction)?,
                is_erasing: transaction.query_row(erasing, [], |row| row.get(0))?,
            })
        };
        read().map_err(self.sql())
    }
}

/// Returns when the last run without an error ended.
pub(crate) fn last_run(connection: &Connection) -> SqlResult<Option<UnixTime>> {
    let last = "SELECT max(ended) FROM runs WHERE error IS NULL";
    connection.query_row(last, [], |row| time(row, 0))
}

pub(crate) fn time(row: &Row<'_>, column: usize) -> SqlResult<Option<UnixTime>> {
    Ok(row.get::<_, Option<i64>>(column)?.map(UnixTime))
}

fn rooms(connection: &Connection, now: UnixTime) -> SqlResult<Vec<RoomStatus>> {
    // The plan is that of the account: a room that shows no notice yet has it, too. A room whose entry
    // in the list did not change has nothing new, as if it had been read then.
    let select = "SELECT r.room_id, r.name, r.message_num, r.looked_at, r.left_at,
        (SELECT coalesce(max(limited), 0) FROM rooms),
        (SELECT count(*) FROM messages m WHERE m.room_id = r.room_id),
        CASE WHEN (r.seen_update_time, r.seen_message_num) = (r.last_update_time, r.message_num)
        THEN max(r.listed_at, r.looked_at) ELSE r.looked_at END
        FROM rooms r ORDER BY r.last_update_time DESC, r.room_id";
    let mut statement = connection.prepare(select)?;
    let mut rows = statement.query([])?;
    let mut rooms = Vec::new();
    while let Some(row) = rows.next()? {
        let room_id = RoomId(row.get(0)?);
        let span = span(connection, room_id)?;
        let (looked_at, left_at) = (time(row, 3)?, time(row, 4)?);
        let limited: bool = row.get(5)?;
        let danger = match (time(row, 7)?, left_at) {
            (Some(looked), None) => danger(connection, room_id, looked, limited, now)?,
            _ => None,
        };
        rooms.push(RoomStatus {
            room_id,
            name: row.get(1)?,
            messages: row.get(6)?,
            message_num: row.get(2)?,
            complete_since: span.map(|(first, _)| first),
            from_the_beginning: span.is_some_and(|(_, begins)| begins),
            gaps: gaps(connection, room_id)?,
            looked_at,
            left_at,
            danger,
        });
    }
    Ok(rooms)
}

/// Returns the beginning of the newest stretch, and whether the room begins there.
fn span(connection: &Connection, room: RoomId) -> SqlResult<Option<(UnixTime, bool)>> {
    let select = "SELECT first_time, begins FROM spans WHERE room_id = ?1
        ORDER BY last_time DESC, span_id DESC LIMIT 1";
    let read = |row: &Row<'_>| Ok((UnixTime(row.get(0)?), row.get(1)?));
    connection.prepare_cached(select)?.query_row([room.0], read).optional()
}

pub(crate) fn gaps(connection: &Connection, room: RoomId) -> SqlResult<Vec<LostMessages>> {
    let select = "SELECT reason, after_message, after_time, before_message, before_time, missing
        FROM gaps WHERE room_id = ?1 ORDER BY before_time IS NULL, before_time, gap_id";
    let read = |row: &Row<'_>| {
        let reason: String = row.get(0)?;
        let end = |message: usize, time: usize| -> SqlResult<Option<(MessageId, UnixTime)>> {
            let end: (Option<String>, Option<i64>) = (row.get(message)?, row.get(time)?);
            Ok(end.0.zip(end.1).map(|(id, time)| (MessageId(id), UnixTime(time))))
        };
        Ok(LostMessages {
            reason: match reason.as_str() {
                "too_many" => LossReason::TooMany,
                "plan" => LossReason::Plan,
                "unreadable" => LossReason::Unreadable,
                _ => LossReason::BeforeFirstLook,
            },
            after: end(1, 2)?,
            before: end(3, 4)?,
            missing: row.get(5)?,
        })
    };
    connection.prepare_cached(select)?.query_map([room.0], read)?.collect()
}

fn danger(
    connection: &Connection,
    room: RoomId,
    looked: UnixTime,
    limited: bool,
    now: UnixTime,
) -> SqlResult<Option<Danger>> {
    let select = "SELECT max(number) FROM (SELECT count(*) AS number FROM messages
        WHERE room_id = ?1 AND send_time > ?2 GROUP BY send_time / 86400)";
    let since = now.0.saturating_sub(BUSY * DAY);
    let busiest: Option<i64> =
        connection.prepare_cached(select)?.query_row(params![room.0, since], |row| row.get(0))?;
    let full = busiest.filter(|it| *it > 0).map(|it| looked.0.saturating_add(MOST * DAY / it));
    if let Some(by) = full.filter(|by| *by < now.0.saturating_add(DAY)) {
        return Ok(Some(Danger::TooMany { by: UnixTime(by) }));
    }
    let hidden = looked.0.saturating_add(PLAN * DAY);
    let soon = limited && hidden < now.0.saturating_add(7 * DAY);
    Ok(soon.then_some(Danger::Plan { by: UnixTime(hidden) }))
}

impl std::fmt::Debug for RoomStatus {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RoomStatus")
            .field("room_id", &self.room_id)
            .field("messages", &self.messages)
            .field("complete_since", &self.complete_since)
            .field("from_the_beginning", &self.from_the_beginning)
            .field("gaps", &self.gaps)
            .field("danger", &self.danger)
            .finish_non_exhaustive()
    }
}
