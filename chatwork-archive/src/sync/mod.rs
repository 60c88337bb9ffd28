//! Bringing an archive up to date, once.

mod lists;
mod look;
mod options;
mod report;

use std::collections::BTreeSet;

use chatwork_sdk::types::{AccountSummary, Me, Room};
use chatwork_sdk::{Client, Error, RoomId, UnixTime};
use rusqlite::params;

pub(crate) use look::remember;
pub use options::SyncOptions;
pub use report::{RoomFailure, SyncReport};

use crate::error::{ArchiveError, Result};
use crate::keep::{ListedRoom, RunKind, Tombstones, begin_run, end_run, list_room, room_row};
use crate::store::Archive;

/// After how many failed rooms in a row a run ends.
const MOST_FAILURES: usize = 5;

impl Archive {
    /// Brings the archive up to date, and returns what changed.
    ///
    /// Calls `GET /me` and `GET /rooms` once, and `GET /rooms/{room_id}/messages` with `force=1` for
    /// each room whose time or counts moved, the most recently updated room first. Each room is
    /// committed by itself: if the program is stopped anywhere, the next run goes on from there.
    /// The client waits for rate limits and repeats what failed, as it is set up to.
    ///
    /// The API shows the newest 100 messages of a room. So run this at least once for every 100
    /// messages of a room; [`Reader::status`](crate::Reader::status) says if that is in danger.
    ///
    /// # Errors
    ///
    /// - [`ArchiveError::OtherAccount`] if the client is of another account.
    /// - [`ArchiveError::Api`] if the token is refused, the rooms cannot be listed, or several rooms
    ///   in a row cannot be read. What was read before is kept. A room that fails alone is in
    ///   [`SyncReport::failures`].
    ///
    /// ```no_run
    /// use chatwork_archive::{Archive, SyncOptions};
    ///
    /// # async fn example(chatwork: chatwork_sdk::Client) -> chatwork_archive::Result<()> {
    /// let archive = Archive::open_or_create("me.chatwork", chatwork.me().await?.account_id)?;
    /// let report = archive.sync(&chatwork, &SyncOptions::new()).await?;
    /// println!("{} new messages in {} rooms", report.changes.created, report.rooms_looked);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn sync(&self, client: &Client, options: &SyncOptions) -> Result<SyncReport> {
        let me = client.me().await?;
        self.check_account(me.account_id)?;
        let (rooms, meta) = client.rooms().with_meta().await?;
        let at = answered(&meta);
        let unreadable = rooms.set_aside().len();
        let rooms: Vec<Room> =
            rooms.into_vec().into_iter().filter(|room| options.has(room.room_id)).collect();
        let (run, due) = self.begin(account_of(&me), rooms.clone(), at).await?;
        let mut report = SyncReport::new(run, rooms.len(), at);
        let mut sync = Running { archive: self, client, options, run, at };
        let result = sync.look_at(due, &mut report).await;
        let result = match result {
            Ok(()) if unreadable == 0 => sync.find_left(&rooms, &mut report).await,
            result => result,
        };
        self.finish(&report, result.as_ref().err().map(ToString::to_string)).await?;
        result.map(|()| report)
    }

    /// Stores the list of rooms, and returns the rooms to look at, newest first.
    async fn begin(
        &self,
        me: AccountSummary,
        rooms: Vec<Room>,
        at: UnixTime,
    ) -> Result<(i64, Vec<Room>)> {
        self.blocking(move |archive| {
            let sql = ArchiveError::sqlite(archive.path());
            archive.write(|transaction, names| {
                let run = begin_run(transaction, RunKind::Sync, at.0).map_err(&sql)?;
                names.note(transaction, &me, at).map_err(&sql)?;
                let tombstones = Tombstones::read(transaction).map_err(&sql)?;
                let mut due = Vec::new();
                for room in rooms {
                    if tombstones.has_room(room.room_id.0) {
                        continue;
                    }
                    let known = room_row(transaction, room.room_id.0).map_err(&sql)?;
                    list_room(transaction, &ListedRoom { room: &room, at: at.0 }).map_err(&sql)?;
                    let version = (room.last_update_time.0, room.message_num);
                    if known.is_none_or(|known| known.seen != Some(version)) {
                        due.push(room);
                    }
                }
                due.sort_by_key(|room| (std::cmp::Reverse(room.last_update_time), room.room_id));
                let listed = "INSERT OR REPLACE INTO settings VALUES ('watch_listed', ?1)";
                transaction.execute(listed, [at.0.to_string()]).map_err(&sql)?;
                Ok((run, due))
            })
        })
        .await
    }

    async fn finish(&self, report: &SyncReport, error: Option<String>) -> Result<()> {
        let (run, changes) = (report.run_id, report.changes);
        let counts = (report.rooms_listed, report.rooms_looked);
        let ended = report.at.0.max(UnixTime::now().0);
        self.blocking(move |archive| {
            let sql = ArchiveError::sqlite(archive.path());
            archive.write(|transaction, _| {
                let error = error.as_deref();
                end_run(transaction, run, counts, changes, Some(ended), error).map_err(&sql)
            })
        })
        .await
    }
}

/// A run that is under way.
struct Running<'a> {
    archive: &'a Archive,
    client: &'a Client,
    options: &'a SyncOptions,
    run: i64,
    /// When the rooms were listed.
    at: UnixTime,
}

impl Running<'_> {
    /// Looks at rooms, one after the other.
    async fn look_at(&mut self, due: Vec<Room>, report: &mut SyncReport) -> Result<()> {
        let mut failed = 0;
        for room in due {
            match self.look(&room, report).await {
                Ok(()) => failed = 0,
                Err(ArchiveError::Api(error)) => {
                    failed += 1;
                    let ends = failed >= MOST_FAILURES || is_final(&error);
                    tracing::warn!(room_id = room.room_id.0, %error, "a room could not be read");
                    if ends {
                        return Err(error.into());
                    }
                    report.failures.push(RoomFailure { room_id: room.room_id, error });
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Asks for each room that the list does not show: one partial reply must not end a room.
    async fn find_left(&self, listed: &[Room], report: &mut SyncReport) -> Result<()> {
        let listed: BTreeSet<RoomId> = listed.iter().map(|room| room.room_id).collect();
        let known = self.archive.blocking(|archive| archive.current_rooms()).await?;
        for room in known.into_iter().filter(|it| !listed.contains(it) && self.options.has(*it)) {
            match self.client.room(room).get().await {
                Ok(_) => {}
                Err(error) if error.is_forbidden() || error.is_not_found() => {
                    let at = self.at;
                    self.archive.blocking(move |archive| archive.leave(room, at)).await?;
                    report.rooms_left += 1;
                }
                Err(error) => report.failures.push(RoomFailure { room_id: room, error }),
            }
        }
        Ok(())
    }
}

impl Archive {
    fn current_rooms(&self) -> Result<Vec<RoomId>> {
        let sql = ArchiveError::sqlite(self.path());
        self.with_writer(|writer| {
            let select = "SELECT room_id FROM rooms WHERE left_at IS NULL ORDER BY room_id";
            let mut statement = writer.connection.prepare_cached(select)?;
            let rows = statement.query_map([], |row| row.get(0).map(RoomId))?;
            rows.collect::<rusqlite::Result<_>>()
        })
        .map_err(sql)
    }

    /// Marks a room as left. Its messages stay.
    pub(crate) fn leave(&self, room: RoomId, at: UnixTime) -> Result<()> {
        let sql = ArchiveError::sqlite(self.path());
        self.write(|transaction, _| {
            let update = "UPDATE rooms SET left_at = ?2, seen_update_time = NULL,
                seen_message_num = NULL WHERE room_id = ?1 AND left_at IS NULL";
            transaction.execute(update, params![room.0, at.0]).map(|_| ()).map_err(&sql)
        })
    }
}

fn account_of(me: &Me) -> AccountSummary {
    let mut account = AccountSummary::default();
    account.account_id = me.account_id;
    account.name.clone_from(&me.name);
    account.avatar_image_url.clone_from(&me.avatar_image_url);
    account
}

/// Returns whether no further request will succeed.
fn is_final(error: &Error) -> bool {
    error.is_unauthorized()
}

/// Returns when the server answered, by its own clock; by this machine's if the server does not say.
pub(crate) fn answered(meta: &chatwork_sdk::Meta) -> UnixTime {
    let date = meta.headers().get("date").and_then(|date| date.to_str().ok());
    let time = date.and_then(|date| httpdate::parse_http_date(date).ok());
    time.and_then(|time| UnixTime::try_from(time).ok()).unwrap_or_else(UnixTime::now)
}
