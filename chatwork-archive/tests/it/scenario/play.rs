//! A sandbox in which people post, change and delete, and which fails.

use std::collections::{BTreeMap, BTreeSet};
use std::pin::pin;
use std::time::Duration;

use chatwork_archive::{RoomId, SyncReport};
use chatwork_sandbox::{Clock, Fault, Sandbox, World};
use chatwork_sdk::{Client, MessageId, Pacing, RetryPolicy};
use fastrand::Rng;
use serde_json::json;

use super::Size;
use super::deck::{Deck, FAULTS, OPERATIONS, count, fault, kind_of};
use crate::support::{START, http};

/// How far time goes at once.
const STEP: Duration = Duration::from_millis(250);

/// A message as the sandbox has it: number and text.
pub(super) type Seen = (u64, String);

pub(super) struct Play {
    pub(super) sandbox: Sandbox,
    clock: Clock,
    http: reqwest::Client,
    posters: Vec<Client>,
    pub(super) rng: Rng,
    counts: Deck,
    changes: Deck,
    faults: Deck,
    /// The calls that met a fault, with the words of the log.
    pub(super) met: BTreeSet<(String, String)>,
    /// How many requests of mine the sandbox refused by itself for a limit.
    pub(super) over_limit: usize,
    /// What each look at a room showed.
    pub(super) looks: BTreeMap<i64, Vec<Vec<Seen>>>,
}

impl Play {
    pub(super) async fn new(size: &Size) -> Self {
        let clock = Clock::manual(START);
        let sandbox = Sandbox::builder().clock(clock.clone()).world(world(size));
        let sandbox = sandbox.start().await.unwrap();
        let http = http();
        let client = |index: usize| {
            let builder = Client::builder().http_client(http.clone());
            let builder = builder.base_url(sandbox.base_url());
            let builder = builder.token(sandbox.token(&format!("poster{index}")));
            builder.pacing(Pacing::off()).retry(RetryPolicy::off()).build().unwrap()
        };
        let posters = (0..size.posters).map(client).collect();
        let (rng, looks) = (Rng::with_seed(7), BTreeMap::new());
        let (counts, changes) = (Deck::new(12), Deck::new(3));
        let faults = Deck::new(FAULTS.len() * OPERATIONS.len());
        let (met, over_limit) = (BTreeSet::new(), 0);
        Self { sandbox, clock, http, posters, rng, counts, changes, faults, met, over_limit, looks }
    }

    pub(super) fn pass(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }

    /// Runs work that may wait. Both clocks go meanwhile.
    pub(super) async fn hurried<T>(&self, work: impl Future<Output = T>) -> T {
        let mut work = pin!(work);
        tokio::time::pause();
        let result = loop {
            tokio::select! {
                biased;
                result = &mut work => break result,
                () = async {
                    for _ in 0..20 {
                        tokio::task::yield_now().await;
                    }
                    // The threads that write to the disk have real time alone.
                    std::thread::sleep(Duration::from_micros(30));
                    self.clock.advance(STEP);
                    tokio::time::advance(STEP).await;
                } => {}
            }
        };
        tokio::time::resume();
        result
    }

    /// One of the posters; together they stay below the limit of an account.
    fn poster(&mut self) -> usize {
        self.rng.usize(..self.posters.len())
    }

    /// How many messages come next.
    pub(super) fn count(&mut self) -> usize {
        let kind = self.counts.draw(&mut self.rng);
        count(kind, &mut self.rng)
    }

    pub(super) async fn post(&mut self, room: i64) {
        let poster = self.poster();
        let text = format!("第{}回 [To:1] ﾄｰｸﾝ {}", self.rng.u16(..), self.rng.u64(..));
        self.posters[poster].room(RoomId(room)).post(text).await.unwrap();
        if self.rng.bool() {
            self.pass(1);
        }
    }

    /// Somebody changes or deletes a message that is among the newest 100, and posts another one.
    pub(super) async fn change(&mut self, room: i64) {
        let state = self.sandbox.state();
        let messages = &state.room(RoomId(room)).unwrap().messages;
        let own = messages.iter().rev().take(95).filter(|it| !it.deleted && !it.system);
        let own: Vec<_> = own.map(|it| (it.id, it.account)).collect();
        if own.is_empty() {
            return;
        }
        let (id, account) = own[self.rng.usize(..own.len())];
        let index = usize::try_from(account.0 - 100).unwrap();
        let message = self.posters[index].room(RoomId(room)).message(MessageId::from(id));
        match self.changes.draw(&mut self.rng) {
            0 => message.delete().await.unwrap(),
            _ => message.edit(format!("改 {}", self.rng.u64(..))).await.unwrap(),
        }
        self.post(room).await;
    }

    pub(super) fn add_fault(&mut self) {
        let (kind, skip) = (self.faults.draw(&mut self.rng), self.rng.u32(..4));
        self.add(kind, skip);
    }

    /// Adds a fault that lets so many of the calls for messages through.
    pub(super) fn add(&mut self, kind: usize, skip: u32) {
        let fault = fault(kind, skip, &mut self.rng);
        self.sandbox.faults().add(fault).unwrap();
    }

    /// Notes which faults met a call, and what the sandbox refused by itself for a limit.
    pub(super) fn note_faults(&mut self) {
        for request in self.sandbox.requests() {
            let operation = request.operation.unwrap_or_default();
            let faults = request.notes.iter().filter(|note| note.starts_with("fault"));
            let faults: Vec<&String> = faults.collect();
            let mine = request.account.as_deref() == Some("me");
            let refused = mine && request.status == Some(429) && faults.is_empty();
            self.over_limit += usize::from(refused);
            self.met.extend(faults.into_iter().map(|note| (operation.clone(), note.clone())));
        }
    }

    /// Returns a kind of fault that no call has met yet.
    pub(super) fn missing_fault(&self) -> Option<usize> {
        let met = |kind: &usize| {
            let (operation, words) = kind_of(*kind);
            self.met.iter().any(|(of, note)| of == operation && note.contains(words))
        };
        (0..FAULTS.len() * OPERATIONS.len()).find(|kind| !met(kind))
    }

    /// A server that lags behind: the next answer to this is an old one.
    pub(super) fn lag(&mut self, operation: &str, body: &str) {
        let date = httpdate::fmt_http_date(
            std::time::UNIX_EPOCH + Duration::from_secs(self.clock.now().unsigned_abs()),
        );
        let fault = Fault::status(200).header("content-type", "application/json").body(body);
        let fault = fault.header("date", date).operation(operation);
        self.sandbox.faults().add(fault).unwrap();
    }

    /// What a look at a room shows now.
    fn shown(&self, room: i64) -> Vec<Seen> {
        let state = self.sandbox.state();
        let messages = &state.room(RoomId(room)).unwrap().messages;
        let newest = messages.iter().rev().take(100).rev();
        newest.map(|it| (it.id.0, it.body.clone())).collect()
    }

    /// A look at a room shows this now.
    pub(super) fn note_look(&mut self, room: i64) {
        let shown = self.shown(room);
        self.looks.entry(room).or_default().push(shown);
    }

    /// The rooms whose look may have been made by a run: all that moved, without those that failed.
    pub(super) fn note(&mut self, moved: &BTreeSet<i64>, report: &SyncReport) -> BTreeSet<i64> {
        let failed: BTreeSet<i64> = report.failures.iter().map(|it| it.room_id.0).collect();
        for room in moved.difference(&failed) {
            self.note_look(*room);
        }
        failed
    }
}

/// What `GET` of a path answers now.
pub(super) async fn answer(play: &Play, path: &str) -> String {
    let request = play.http.get(format!("{}{path}", play.sandbox.base_url()));
    let request = request.header("X-ChatWorkToken", "token-watcher");
    request.send().await.unwrap().text().await.unwrap()
}

fn world(size: &Size) -> World {
    let posters = (0..size.posters).map(|index| {
        let key = format!("poster{index}");
        json!({ "key": key, "id": 100 + index, "name": key, "token": format!("token-{key}") })
    });
    let me = json!({ "key": "me", "id": 1, "name": "me さん", "token": "token-me" });
    let watcher = json!({ "key": "watcher", "id": 2, "name": "watcher", "token": "token-watcher" });
    let accounts: Vec<_> = [me, watcher].into_iter().chain(posters).collect();
    let keys: Vec<String> = (0..size.posters).map(|index| format!("poster{index}")).collect();
    let members: Vec<&str> =
        ["me", "watcher"].into_iter().chain(keys[1..].iter().map(String::as_str)).collect();
    let rooms: Vec<_> = (0..size.rooms)
        .map(|index| {
            json!({ "id": 1_000 + index, "name": format!("部屋 {index}"),
                "members": { "admin": ["poster0"], "member": members } })
        })
        .collect();
    let limits = json!({ "room_posting": { "requests": 100_000, "seconds": 1 } });
    let world = json!({ "limits": limits, "accounts": accounts, "rooms": rooms });
    World::parse(&world.to_string()).unwrap()
}
