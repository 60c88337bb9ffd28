//! Bringing an archive up to date, once.

mod due;
mod left;
mod lists;
mod look;
mod options;
mod report;

use std::collections::BTreeMap;

use chatwork_sdk::types::{AccountSummary, Me, Room, RoomDetails};
use chatwork_sdk::{Client, Error, RoomId, SetAside, UnixTime};

use due::Due;
pub(crate) use look::remember;
use options::Lists;
pub use options::SyncOptions;
pub use report::{RoomFailure, SyncReport};

use crate::error::{ArchiveError, Result};
use crate::keep::{ListedRoom, RunKind, Tombstones, begin_run, end_run, list_room, room_row};
use crate::store::Archive;

/// After how many failed rooms in a row a run asks whether the service answers at all.
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
    /// - [`ArchiveError::Api`] if the token is refused, the rooms cannot be listed, or the service
    ///   answers no more: five rooms in a row cannot be read, and neither can `GET /me`. What was read
    ///   before is kept. A room that fails otherwise is in [`SyncReport::failures`].
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
        let odd: Vec<Option<RoomId>> = rooms.set_aside().iter().map(id_of).collect();
        let rooms = rooms.into_vec().into_iter().filter(|room| options.has(room.room_id));
        // Each once, also if the reply repeats one.
        let rooms: BTreeMap<RoomId, Room> = rooms.map(|room| (room.room_id, room)).collect();
        let (mut rooms, mut failures): (Vec<Room>, _) = (rooms.into_values().collect(), Vec::new());
        // One odd entry must not hide its room.
        for room_id in odd.iter().flatten().copied().filter(|room| options.has(*room)) {
            match client.room(room_id).get().await {
                Ok(room) => rooms.push(as_listed(room)),
                Err(error) if is_final(&error) => return Err(error.into()),
                Err(error) => failures.push(RoomFailure { room_id, error: error.into() }),
            }
        }
        let (run, due) = self.begin(account_of(&me), rooms.clone(), options.lists, at).await?;
        let mut report = SyncReport::new(run, rooms.len(), at);
        report.rooms_unreadable = u64::try_from(odd.len()).unwrap_or(u64::MAX);
        report.failures = failures;
        let listed =
            rooms.iter().map(|room| room.room_id).chain(odd.into_iter().flatten()).collect();
        report.rooms_missing = options.missing(&listed);
        let mut sync = Running { archive: self, client, options, run, at };
        let result = match sync.look_at(due, &mut report).await {
            Ok(()) => sync.find_left(listed, &mut report).await,
            result => result,
        };
        self.finish(&report, result.as_ref().err().map(ToString::to_string)).await?;
        result.map(|()| report)
    }

    /// Stores the list of rooms, and returns what is to be read, the newest room first.
    async fn begin(
        &self,
        me: AccountSummary,
        rooms: Vec<Room>,
        lists: Lists,
        at: UnixTime,
    ) -> Result<(i64, Vec<Due>)> {
        self.blocking(move |archive| {
            let sql = ArchiveError::sqlite(archive.path());
            archive.write(|transaction, names| {
                let run = begin_run(transaction, RunKind::Sync, at.0).map_err(&sql)?;
                let tombstones = Tombstones::read(transaction).map_err(&sql)?;
                if !tombstones.has_account(me.account_id.0) {
                    names.note(transaction, &me, at).map_err(&sql)?;
                }
                let mut due = Vec::new();
                for room in rooms {
                    if tombstones.has_room(room.room_id.0) {
                        continue;
                    }
                    let known = room_row(transaction, room.room_id.0).map_err(&sql)?;
                    list_room(transaction, &ListedRoom { room: &room, at: at.0 }).map_err(&sql)?;
                    due.extend(Due::of(room, known.as_ref(), lists));
                }
                due.sort_by_key(|it| {
                    (std::cmp::Reverse(it.room.last_update_time), it.room.room_id)
                });
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
    async fn look_at(&mut self, due: Vec<Due>, report: &mut SyncReport) -> Result<()> {
        let mut failed = 0;
        for due in due {
            let room_id = due.room.room_id;
            match self.look(&due, report).await {
                Ok(()) => failed = 0,
                Err(ArchiveError::Api(error)) => {
                    failed += 1;
                    tracing::warn!(room_id = room_id.0, %error, "a room could not be read");
                    if is_final(&error) || failed >= MOST_FAILURES && self.is_down().await {
                        return Err(error.into());
                    }
                    failed %= MOST_FAILURES;
                    report.failures.push(RoomFailure { room_id, error: error.into() });
                }
                // One odd reply must not keep the rooms behind it from being read.
                Err(error @ ArchiveError::Rule { .. }) => {
                    tracing::warn!(room_id = room_id.0, %error, "a room could not be stored");
                    report.failures.push(RoomFailure { room_id, error });
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Returns whether the service answers nothing. Rooms that fail by themselves, however many, must
    /// not keep the rooms behind them from being read.
    async fn is_down(&self) -> bool {
        self.client.me().await.is_err()
    }
}

fn account_of(me: &Me) -> AccountSummary {
    let mut account = AccountSummary::default();
    account.account_id = me.account_id;
    account.name.clone_from(&me.name);
    account.avatar_image_url.clone_from(&me.avatar_image_url);
    account
}

/// Returns a room that was asked for by itself, as the list shows rooms.
fn as_listed(details: RoomDetails) -> Room {
    let mut room = Room::default();
    room.room_id = details.room_id;
    room.type_ = details.type_;
    room.name = details.name;
    room.role = details.role;
    room.icon_path = details.icon_path;
    room.last_update_time = details.last_update_time;
    room.message_num = details.message_num;
    room.file_num = details.file_num;
    room.task_num = details.task_num;
    room
}

/// Returns the id of a room whose entry cannot be read.
fn id_of(entry: &SetAside) -> Option<RoomId> {
    entry.get("room_id")
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
