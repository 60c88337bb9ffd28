//! Months of use in one process: many rooms, edits, deletions, and a service that fails.
//!
//! `CHATWORK_ARCHIVE_SCENARIO=full` makes 300 rooms with 20,000 messages of it.

mod check;
mod deck;
mod play;

use std::collections::BTreeSet;

use chatwork_archive::{Archive, SyncOptions, SyncReport};
use chatwork_sdk::Client;

use crate::support::ME;
use check::{check, check_kinds};
use deck::{FAULTS, OPERATIONS};
use play::{Play, answer};

struct Size {
    rooms: usize,
    messages: usize,
    rounds: usize,
    /// The accounts that post. Together they stay below the limits.
    posters: usize,
}

fn size() -> Size {
    match std::env::var("CHATWORK_ARCHIVE_SCENARIO").as_deref() {
        Ok("full") => Size { rooms: 300, messages: 20_000, rounds: 25, posters: 40 },
        _ => Size { rooms: 30, messages: 2_000, rounds: 8, posters: 12 },
    }
}

/// The archive, and its rooms that something happened in since they were read.
struct Reading {
    archive: Archive,
    client: Client,
    moved: BTreeSet<i64>,
}

impl Reading {
    /// A run that fails as a whole is run again, as a scheduler does.
    async fn run(&mut self, play: &mut Play) -> SyncReport {
        let report = loop {
            match play.hurried(self.archive.sync(&self.client, &SyncOptions::new())).await {
                Ok(report) => break report,
                Err(_) => play.pass(301),
            }
        };
        play.note_faults();
        self.moved = play.note(&self.moved, &report);
        report
    }

    /// A server that lags behind answers one run.
    async fn run_with_lag(&self, play: &mut Play, operation: &str, old: &str) {
        play.lag(operation, old);
        play.hurried(self.archive.sync(&self.client, &SyncOptions::new())).await.ok();
        play.note_faults();
        play.sandbox.faults().clear();
        play.pass(301);
    }

    /// A room whose entry in the list moved, but whose messages are still old ones.
    async fn run_with_old_messages(&mut self, play: &mut Play, room: i64) {
        let old = answer(play, &format!("/rooms/{room}/messages?force=1")).await;
        play.note_look(room);
        let count = play.count();
        self.post(play, room, count).await;
        play.pass(301);
        // It is the newest room, so it is read first.
        self.run_with_lag(play, "listRoomMessages", &old).await;
        self.run(play).await;
    }

    async fn post(&mut self, play: &mut Play, room: i64, count: usize) {
        for _ in 0..count {
            play.post(room).await;
        }
        self.moved.insert(room);
    }
}

#[tokio::test]
async fn an_archive_has_what_could_be_seen_and_says_what_it_has_not() {
    let size = size();
    let mut play = Play::new(&size).await;
    let folder = tempfile::tempdir().unwrap();
    let archive = Archive::create(folder.path().join("me"), ME).unwrap();
    let builder = Client::builder().base_url(play.sandbox.base_url());
    let client = builder.token(play.sandbox.token("me")).build().unwrap();
    let rooms: Vec<i64> = (0..size.rooms).map(|it| 1_000 + i64::try_from(it).unwrap()).collect();
    let mut reading = Reading { archive, client, moved: rooms.iter().copied().collect() };
    // More than the first look shows.
    reading.post(&mut play, rooms[0], 105).await;
    for round in 0..size.rounds {
        let mut left = size.messages / size.rounds;
        let old_list = answer(&play, "/rooms").await;
        while left > 0 {
            let (room, count) = (rooms[play.rng.usize(..rooms.len())], play.count());
            reading.post(&mut play, room, count).await;
            left = left.saturating_sub(count);
        }
        for _ in 0..size.rooms / 4 {
            let room = rooms[play.rng.usize(..rooms.len())];
            play.change(room).await;
            reading.moved.insert(room);
        }
        play.pass(301);
        if round % 3 == 2 {
            reading.run_with_lag(&mut play, "listRooms", &old_list).await;
        }
        for _ in 0..3 {
            play.add_fault();
        }
        reading.run(&mut play).await;
        play.pass(600);
        if round % 3 == 1 {
            play.sandbox.faults().clear();
            let room = rooms[play.rng.usize(..rooms.len())];
            reading.run_with_old_messages(&mut play, room).await;
            play.pass(600);
        }
    }
    play.sandbox.faults().clear();
    // The faults that chance has left out, each with a run.
    for _ in 0..FAULTS.len() * OPERATIONS.len() {
        let Some(kind) = play.missing_fault() else { break };
        reading.post(&mut play, rooms[1], 1).await;
        play.pass(301);
        play.add(kind, 0);
        reading.run(&mut play).await;
    }
    play.pass(600);
    assert!(reading.run(&mut play).await.failures.is_empty());
    assert_eq!(play.over_limit, 0, "requests over a limit");
    check(&play, &reading.archive, &rooms);
    check_kinds(&play, &reading.archive);
}
