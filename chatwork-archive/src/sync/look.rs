//! One look at one room.

use chatwork_sdk::types::Room;
use chatwork_sdk::watch::RoomState;
use chatwork_sdk::{Messages, SetAside, UnixTime};
use rusqlite::{Connection, params};

use super::due::Due;
use super::report::SyncReport;
use super::{Running, answered};
use crate::error::{ArchiveError, Result};
use crate::keep::{Changes, Evidence, Keeper, RunKind, Shown, is_count_needed};
use crate::store::Archive;

/// How often a room is read until its count stays the same meanwhile.
const MOST_LOOKS: usize = 4;

/// What a room showed, with its entry in the list of rooms before.
pub(super) struct Look {
    pub(super) room: Room,
    pub(super) messages: Messages,
    /// When the entry was read.
    pub(super) listed: UnixTime,
    /// When the messages were read.
    pub(super) at: UnixTime,
    /// The room had the same number of messages after the look.
    pub(super) stable: bool,
}

impl Running<'_> {
    /// Reads what is due of a room, and stores it.
    pub(super) async fn look(&self, due: &Due, report: &mut SyncReport) -> Result<()> {
        if due.messages {
            self.look_at_messages(&due.room, report).await?;
        }
        self.lists(due).await
    }

    async fn look_at_messages(&self, room: &Room, report: &mut SyncReport) -> Result<()> {
        let mut look = self.read(room.clone(), self.at).await?;
        for _ in 1..MOST_LOOKS {
            let (open, checked) = self.is_open(look).await?;
            look = checked;
            if !open {
                break;
            }
            // Only the room's count says whether something is missing before what is shown.
            let (after, meta) = self.client.room(room.room_id).get().with_meta().await?;
            let before = look.room.message_num;
            look.room.message_num = after.message_num;
            look.room.last_update_time = after.last_update_time;
            if after.message_num == before {
                look.stable = true;
                break;
            }
            look = self.read(look.room, answered(&meta)).await?;
        }
        let run = self.run;
        let changes = self.archive.blocking(move |it| it.store_look(&look, run)).await?;
        report.rooms_looked += 1;
        report.changes.add(changes);
        Ok(())
    }

    async fn read(&self, room: Room, listed: UnixTime) -> Result<Look> {
        let request = self.client.room(room.room_id).latest_messages();
        let (messages, meta) = request.with_meta().await?;
        Ok(Look { room, messages, listed, at: answered(&meta), stable: false })
    }

    async fn is_open(&self, look: Look) -> Result<(bool, Look)> {
        self.archive
            .blocking(move |archive| {
                let sql = ArchiveError::sqlite(archive.path());
                let (updated, count) = (look.room.last_update_time, look.room.message_num);
                let needed = |connection: &Connection| {
                    is_count_needed(connection, &look.shown(), updated, count)
                };
                let open = archive.with_writer(|writer| needed(&writer.connection)).map_err(sql)?;
                Ok((open, look))
            })
            .await
    }
}

impl Look {
    fn shown(&self) -> Shown<'_> {
        let unreadable = self.messages.set_aside.iter().zip(0..).map(place).collect();
        let limited = self.messages.limitation.is_some();
        Shown::new(self.room.room_id.0, &self.messages.messages, unreadable, limited)
    }
}

/// Returns how many messages come before one that could not be read. `others` of those before it
/// could not be read either.
fn place((unread, others): (&SetAside, usize)) -> Option<usize> {
    unread.index().checked_sub(others)
}

impl Archive {
    /// Stores the newest messages of a room that a program has read by itself with
    /// [`latest_messages`](chatwork_sdk::RoomHandle::latest_messages), and returns what changed.
    ///
    /// `room` is the room as it was listed before, `listed` is when, and `at` is when the messages
    /// were read, all by the server's clock. [`Archive::sync`] does this for all rooms.
    ///
    /// # Errors
    ///
    /// The archive cannot be written to. Then nothing is stored.
    pub fn keep(
        &self,
        room: &Room,
        messages: &Messages,
        listed: UnixTime,
        at: UnixTime,
    ) -> Result<Changes> {
        let sql = ArchiveError::sqlite(self.path());
        let run = self.write(|transaction, _| {
            let listed = crate::keep::ListedRoom { room, at: listed.0 };
            crate::keep::list_room(transaction, &listed).map_err(&sql)?;
            crate::keep::begin_run(transaction, RunKind::Sync, at.0).map_err(&sql)
        })?;
        let (room, messages) = (room.clone(), messages.clone());
        self.store_look(&Look { room, messages, listed, at, stable: false }, run)
    }

    /// Stores a look, in one transaction.
    pub(super) fn store_look(&self, look: &Look, run: i64) -> Result<Changes> {
        let sql = ArchiveError::sqlite(self.path());
        let evidence = Evidence::Listed {
            updated: look.room.last_update_time,
            count: look.room.message_num,
            at: look.listed,
            stable: look.stable,
        };
        self.write(|transaction, names| {
            let run = (run, RunKind::Sync);
            let mut keeper = Keeper::new(transaction, names, run, look.at).map_err(&sql)?;
            let (changes, newer) = keeper.keep(&look.shown(), evidence).map_err(&sql)?;
            if newer {
                let state = RoomState::after_look(&look.room, &look.messages, look.at);
                remember(transaction, look.room.room_id.0, &state).map_err(&sql)?;
            }
            Ok(changes)
        })
    }
}

/// Stores what the SDK's watch remembers of a room.
pub(crate) fn remember(
    connection: &Connection,
    room: i64,
    state: &RoomState,
) -> rusqlite::Result<()> {
    // A state has ids, numbers and times: it can always be written.
    let json = serde_json::to_string(state).ok();
    let update = "UPDATE rooms SET watch = ?2 WHERE room_id = ?1";
    connection.prepare_cached(update)?.execute(params![room, json])?;
    Ok(())
}
