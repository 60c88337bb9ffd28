//! Keeping an archive up to date while a program runs.

use std::sync::atomic::{AtomicI64, Ordering};

use chatwork_sdk::watch::{Commit, Event, Gap, RoomState, StoreFuture, WatchState, WatchStore};
use chatwork_sdk::watch::{Watch, Window};
use chatwork_sdk::{Client, MessageId, RoomId, UnixTime};
use rusqlite::{Connection, Transaction, params};

use crate::error::{ArchiveError, Result};
use crate::keep::{Changes, Evidence, Keeper, ListedRoom, Names, RunKind, Shown};
use crate::keep::{begin_run, list_room, set_seen};
use crate::store::Archive;
use crate::sync::{SyncOptions, remember};

/// The archive as the memory of the SDK's watch.
///
/// Each look of the watch, with how far the watch is, is one transaction. A program that watches
/// rooms anyway keeps what it sees by
/// `chatwork.watch(Rooms::All).store(archive.watch_store())`.
#[derive(Debug)]
pub struct ArchiveStore {
    archive: Archive,
    /// The row of this run; 0 before the first look.
    run: AtomicI64,
}

impl Archive {
    /// Returns the archive as the store of a watch of the SDK.
    pub fn watch_store(&self) -> ArchiveStore {
        ArchiveStore { archive: self.clone(), run: AtomicI64::new(0) }
    }

    /// Brings the archive up to date, and returns a watch that keeps it so.
    ///
    /// Take looks from it with [`Watch::next_look`] for as long as the program runs. Each look is
    /// committed when the next one is asked for, or by [`Watch::commit`]. The watch resumes from
    /// where the archive is: from the last look of a watch or of [`Archive::sync`].
    ///
    /// # Errors
    ///
    /// Like [`Archive::sync`].
    ///
    /// ```no_run
    /// use chatwork_archive::{Archive, SyncOptions};
    /// use chatwork_sdk::watch::Event;
    ///
    /// # async fn example(
    /// #     archive: Archive,
    /// #     chatwork: chatwork_sdk::Client,
    /// # ) -> chatwork_archive::Result<()> {
    /// let mut watch = archive.follow(&chatwork, &SyncOptions::new()).await?;
    /// while let Some(look) = watch.next_look().await {
    ///     for event in &look.events {
    ///         if let Event::Failed { error, .. } = event {
    ///             eprintln!("{error}");
    ///         }
    ///     }
    ///     archive.note_joined(&chatwork, &look.events).await?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn follow(&self, client: &Client, options: &SyncOptions) -> Result<Watch> {
        self.sync(client, options).await?;
        self.watch(client, options).await
    }

    /// Returns the watch of [`Archive::follow`] without bringing the archive up to date first: call
    /// [`Archive::sync`] before, whose report says which rooms could not be read, or do not exist.
    ///
    /// # Errors
    ///
    /// The archive cannot be read.
    pub async fn watch(&self, client: &Client, options: &SyncOptions) -> Result<Watch> {
        let known = self.blocking(|archive| archive.listed_rooms()).await?;
        Ok(client.watch(options.watched(&known)).store(self.watch_store()))
    }

    /// Reads name and type of the rooms that events of a watch say were [joined](Event::Joined).
    /// Without this, the next [`Archive::sync`] does.
    ///
    /// # Errors
    ///
    /// A room cannot be read, or the archive cannot be written to.
    pub async fn note_joined(&self, client: &Client, events: &[Event]) -> Result<()> {
        let joined = events.iter().any(|event| matches!(event, Event::Joined { .. }));
        if !joined {
            return Ok(());
        }
        let (rooms, meta) = client.rooms().with_meta().await?;
        let at = crate::sync::answered(&meta).0;
        let rooms: Vec<_> = rooms
            .into_vec()
            .into_iter()
            .filter(|room| {
                let id = room.room_id;
                events.iter().any(|it| matches!(it, Event::Joined { room_id } if *room_id == id))
            })
            .collect();
        self.blocking(move |archive| {
            let sql = ArchiveError::sqlite(archive.path());
            archive.write(|transaction, _| {
                for room in &rooms {
                    list_room(transaction, &ListedRoom { room, at }).map_err(&sql)?;
                }
                Ok(())
            })
        })
        .await
    }

    fn listed_rooms(&self) -> Result<Vec<RoomId>> {
        let sql = ArchiveError::sqlite(self.path());
        let select = "SELECT room_id FROM rooms WHERE left_at IS NULL";
        self.with_writer(|writer| {
            let mut statement = writer.connection.prepare_cached(select)?;
            let rows = statement.query_map([], |row| row.get(0).map(RoomId))?;
            rows.collect::<rusqlite::Result<_>>()
        })
        .map_err(sql)
    }

    /// Returns what the watch remembers, or `None` if the archive never saw a room.
    fn watch_state(&self) -> Result<Option<WatchState>> {
        let sql = ArchiveError::sqlite(self.path());
        self.with_writer(|writer| read_state(&writer.connection)).map_err(sql)
    }

    fn commit(&self, commit: &Commit, run: &AtomicI64) -> Result<()> {
        let sql = ArchiveError::sqlite(self.path());
        self.write(|transaction, names| {
            store(transaction, names, commit, run).map(|_| ()).map_err(&sql)
        })
    }
}

impl WatchStore for ArchiveStore {
    fn load(&self) -> StoreFuture<'_, Option<WatchState>> {
        Box::pin(async {
            let state = self.archive.blocking(|archive| archive.watch_state());
            state.await.map_err(Into::into)
        })
    }

    fn commit<'a>(&'a self, commit: &'a Commit) -> StoreFuture<'a, ()> {
        Box::pin(async move {
            let copy = commit.clone();
            let run = AtomicI64::new(self.run.load(Ordering::Relaxed));
            let run = self
                .archive
                .blocking(move |archive| {
                    archive.commit(&copy, &run)?;
                    Ok(run.into_inner())
                })
                .await?;
            self.run.store(run, Ordering::Relaxed);
            Ok(())
        })
    }

    fn keeps_messages(&self) -> bool {
        true
    }
}

fn read_state(connection: &Connection) -> rusqlite::Result<Option<WatchState>> {
    let select = "SELECT room_id, watch FROM rooms WHERE watch IS NOT NULL";
    let mut statement = connection.prepare(select)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let rows: Vec<(i64, String)> = rows.collect::<rusqlite::Result<_>>()?;
    // A state of another version of the SDK: the watch begins with the room again.
    let read = |(id, json): (i64, String)| {
        serde_json::from_str::<RoomState>(&json).ok().map(|state| (RoomId(id), state))
    };
    let rooms: Vec<(RoomId, RoomState)> = rows.into_iter().filter_map(read).collect();
    let listed = "SELECT CAST(value AS INTEGER) FROM settings WHERE name = 'watch_listed'";
    let mut listed = connection.prepare(listed)?;
    let listed = listed.query_map([], |row| row.get(0).map(UnixTime))?.next().transpose()?;
    Ok(listed.map(|listed| WatchState::from_rooms(Some(listed), rooms)))
}

/// Stores a commit of the watch in the archive's transaction.
fn store(
    transaction: &Transaction<'_>,
    names: &mut Names,
    commit: &Commit,
    run: &AtomicI64,
) -> rusqlite::Result<Changes> {
    let at = commit.window().map(|it| it.at).or(commit.listed()).unwrap_or_else(UnixTime::now);
    if run.load(Ordering::Relaxed) == 0 {
        run.store(begin_run(transaction, RunKind::Follow, at.0)?, Ordering::Relaxed);
    }
    let run = run.load(Ordering::Relaxed);
    let mut changes = Changes::default();
    if let Some(window) = commit.window() {
        changes = keep(transaction, names, window, commit.events(), run)?;
        let update = "UPDATE runs SET ended = ?2, rooms_looked = rooms_looked + 1,
            created = created + ?3, edited = edited + ?4, deleted = deleted + ?5,
            vanished = vanished + ?6, gaps = gaps + ?7 WHERE run_id = ?1";
        let Changes { created, edited, deleted, vanished, gaps } = changes;
        let [created, edited, deleted, vanished, gaps] =
            [created, edited, deleted, vanished, gaps].map(u64::cast_signed);
        let values = params![run, window.at.0, created, edited, deleted, vanished, gaps];
        transaction.prepare_cached(update)?.execute(values)?;
    }
    for (room, state) in commit.rooms() {
        match state {
            Some(state) => {
                add_room(transaction, room.0, at)?;
                remember(transaction, room.0, state)?;
                let seen = state.quiet_version().map(|(time, count)| (time.0, count));
                set_seen(transaction, room.0, seen)?;
            }
            None => {
                let update = "UPDATE rooms SET watch = NULL WHERE room_id = ?1";
                transaction.execute(update, [room.0])?;
            }
        }
    }
    for event in commit.events() {
        if let Event::Left { room_id } = event {
            let update = "UPDATE rooms SET left_at = ?2, seen_update_time = NULL,
                seen_message_num = NULL WHERE room_id = ?1 AND left_at IS NULL";
            transaction.execute(update, params![room_id.0, at.0])?;
        }
    }
    if let Some(listed) = commit.listed() {
        let insert = "INSERT OR REPLACE INTO settings VALUES ('watch_listed', ?1)";
        transaction.execute(insert, [listed.0.to_string()])?;
    }
    Ok(changes)
}

fn keep(
    transaction: &Transaction<'_>,
    names: &mut Names,
    window: &Window,
    events: &[Event],
    run: i64,
) -> rusqlite::Result<Changes> {
    let room = window.room_id.0;
    add_room(transaction, room, window.at)?;
    let gap = events.iter().find_map(|event| match event {
        Event::Gap(Gap { room_id, missing, .. }) if *room_id == window.room_id => Some(*missing),
        _ => None,
    });
    let limited = window.limitation.is_some();
    let shown = Shown::new(room, &window.messages, places(window), limited);
    let mut keeper = Keeper::new(transaction, names, (run, RunKind::Follow), window.at)?;
    let kept = keeper.keep(&shown, Evidence::Watched { follows: window.follows, gap });
    kept.map(|(changes, _)| changes)
}

/// Returns where the messages of a window are that could not be read. Messages come by number.
fn places(window: &Window) -> Vec<Option<usize>> {
    let number = |id: &MessageId| id.0.parse::<u128>().ok();
    let place = |id: &MessageId| {
        let unread = number(id)?;
        Some(window.messages.iter().filter(|it| number(&it.message_id) < Some(unread)).count())
    };
    let places = window.unreadable_ids.iter().map(place);
    places.chain(std::iter::repeat(None)).take(window.unreadable).collect()
}

/// Adds a room that no list of rooms was stored of yet. Its name comes with the next one.
fn add_room(connection: &Connection, room: i64, at: UnixTime) -> rusqlite::Result<()> {
    let insert = "INSERT OR IGNORE INTO rooms (room_id, type, name, role, icon_url,
        last_update_time, message_num, file_num, task_num, first_seen, listed_at)
        SELECT ?1, '', '', '', '', 0, 0, 0, 0, ?2, ?2
        WHERE NOT EXISTS (SELECT 1 FROM tombstones WHERE room_id = ?1
        AND message_id IS NULL AND before IS NULL)";
    connection.prepare_cached(insert)?.execute(params![room, at.0])?;
    Ok(())
}
