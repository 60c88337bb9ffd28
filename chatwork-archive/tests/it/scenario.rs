//! Months of use in one process: many rooms, edits, deletions, and a service that fails.
//!
//! `CHATWORK_ARCHIVE_SCENARIO=full` makes 300 rooms with 20,000 messages of it.

use std::collections::{BTreeMap, BTreeSet};
use std::pin::pin;
use std::time::Duration;

use chatwork_archive::{Archive, RoomId, SyncOptions, SyncReport};
use chatwork_sandbox::{Clock, Fault, FaultLimit, Sandbox, World};
use chatwork_sdk::{Client, MessageId, Pacing, RetryPolicy};
use fastrand::Rng;
use serde_json::json;

use crate::support::{ME, START, ask};

/// How far time goes at once.
const STEP: Duration = Duration::from_millis(250);
const POSTERS: usize = 40;

struct Size {
    rooms: usize,
    messages: usize,
    rounds: usize,
}

fn size() -> Size {
    match std::env::var("CHATWORK_ARCHIVE_SCENARIO").as_deref() {
        Ok("full") => Size { rooms: 300, messages: 20_000, rounds: 25 },
        _ => Size { rooms: 20, messages: 1_500, rounds: 8 },
    }
}

/// A message as the sandbox has it: number, text, deleted.
type Seen = (u64, String);

struct Play {
    sandbox: Sandbox,
    clock: Clock,
    posters: Vec<Client>,
    rng: Rng,
    /// What each look at a room showed.
    looks: BTreeMap<i64, Vec<Vec<Seen>>>,
}

impl Play {
    async fn new(size: &Size) -> Self {
        let clock = Clock::manual(START);
        let sandbox = Sandbox::builder().clock(clock.clone()).world(world(size.rooms));
        let sandbox = sandbox.start().await.unwrap();
        let client = |index: usize| {
            let builder = Client::builder().base_url(sandbox.base_url());
            let builder = builder.token(sandbox.token(&format!("poster{index}")));
            builder.pacing(Pacing::off()).retry(RetryPolicy::off()).build().unwrap()
        };
        let posters = (0..POSTERS).map(client).collect();
        let (rng, looks) = (Rng::with_seed(7), BTreeMap::new());
        Self { sandbox, clock, posters, rng, looks }
    }

    fn pass(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }

    /// Runs work that may wait. Both clocks go meanwhile.
    async fn hurried<T>(&self, work: impl Future<Output = T>) -> T {
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
        self.rng.usize(..POSTERS)
    }

    async fn post(&mut self, room: i64) {
        let poster = self.poster();
        let text = format!("第{}回 [To:1] ﾄｰｸﾝ {}", self.rng.u16(..), self.rng.u64(..));
        self.posters[poster].room(RoomId(room)).post(text).await.unwrap();
        if self.rng.bool() {
            self.pass(1);
        }
    }

    /// Somebody changes or deletes a message that is among the newest 100, and posts another one.
    async fn change(&mut self, room: i64) {
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
        match self.rng.u8(..3) {
            0 => message.delete().await.unwrap(),
            _ => message.edit(format!("改 {}", self.rng.u64(..))).await.unwrap(),
        }
        self.post(room).await;
    }

    fn add_fault(&mut self) {
        let list = ["listRooms", "listRoomMessages", "getMe"];
        let operation = list[self.rng.usize(..3)];
        let skip = if operation == "listRoomMessages" { self.rng.u32(..8) } else { 0 };
        let fault = match self.rng.u8(..5) {
            0 => Fault::status(500),
            1 => Fault::rate_limit(FaultLimit::Account),
            2 => Fault::cut(self.rng.usize(1..60)),
            3 => Fault::close(),
            _ => Fault::delay(Duration::from_secs(self.rng.u64(1..20))),
        };
        self.sandbox.faults().add(fault.operation(operation).skip(skip)).unwrap();
    }

    /// A server that lags behind: the next list of a room is an old one.
    fn lag(&mut self, body: &str) {
        let date = httpdate::fmt_http_date(
            std::time::UNIX_EPOCH + Duration::from_secs(self.clock.now().unsigned_abs()),
        );
        let fault = Fault::status(200).header("content-type", "application/json").body(body);
        let fault = fault.header("date", date).operation("listRooms");
        self.sandbox.faults().add(fault).unwrap();
    }

    /// What a look at a room shows now.
    fn shown(&self, room: i64) -> Vec<Seen> {
        let state = self.sandbox.state();
        let messages = &state.room(RoomId(room)).unwrap().messages;
        let newest = messages.iter().rev().take(100).rev();
        newest.map(|it| (it.id.0, it.body.clone())).collect()
    }

    /// The rooms whose look may have been made by a run: all that moved, without those that failed.
    fn note(&mut self, moved: &BTreeSet<i64>, report: &SyncReport) -> BTreeSet<i64> {
        let failed: BTreeSet<i64> = report.failures.iter().map(|it| it.room_id.0).collect();
        for room in moved.difference(&failed) {
            let shown = self.shown(*room);
            self.looks.entry(*room).or_default().push(shown);
        }
        failed
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
    let mut moved: BTreeSet<i64> = rooms.iter().copied().collect();
    let mut refused = 0;
    for round in 0..size.rounds {
        let mut left = size.messages / size.rounds;
        let old_list = list_of_rooms(&play).await;
        while left > 0 {
            let room = rooms[play.rng.usize(..rooms.len())];
            // Now and then more come than a look shows, exactly as many, or a few.
            let count = match play.rng.u8(..12) {
                0 => play.rng.usize(90..130),
                1 => 100,
                _ => play.rng.usize(1..12),
            };
            for _ in 0..count.min(left) {
                play.post(room).await;
            }
            left = left.saturating_sub(count);
            moved.insert(room);
        }
        for _ in 0..size.rooms / 4 {
            let room = rooms[play.rng.usize(..rooms.len())];
            play.change(room).await;
            moved.insert(room);
        }
        play.pass(301);
        for _ in 0..play.rng.usize(..4) {
            play.add_fault();
        }
        if round % 3 == 2 {
            play.lag(&old_list);
            play.hurried(archive.sync(&client, &SyncOptions::new())).await.ok();
            play.sandbox.faults().clear();
            play.pass(301);
        }
        // A run that fails as a whole is run again, as a scheduler does.
        let report = loop {
            match play.hurried(archive.sync(&client, &SyncOptions::new())).await {
                Ok(report) => break report,
                Err(_) => play.pass(301),
            }
        };
        refused += over_limit(&play.sandbox);
        moved = play.note(&moved, &report);
        play.pass(600);
    }
    play.sandbox.faults().clear();
    play.pass(600);
    let report = play.hurried(archive.sync(&client, &SyncOptions::new())).await.unwrap();
    assert!(report.failures.is_empty());
    play.note(&moved, &report);
    assert_eq!(refused, 0, "requests over a limit");
    check(&play, &archive, &rooms);
}

/// Compares the archive with what could be seen, and with the sandbox.
fn check(play: &Play, archive: &Archive, rooms: &[i64]) {
    let database = rusqlite::Connection::open(archive.path()).unwrap();
    assert_eq!(archive.reader().unwrap().verify().unwrap().problems, []);
    let state = play.sandbox.state();
    for room in rooms {
        let looks = &play.looks[room];
        let mut texts: BTreeMap<u64, Vec<&str>> = BTreeMap::new();
        let mut gaps = Vec::new();
        let mut newest = None;
        for look in looks {
            let fresh = look.iter().filter(|(id, _)| newest.is_some_and(|it| *id > it)).count();
            let (first, last) = (look.first().map(|it| it.0), look.last().map(|it| it.0));
            if let (Some(newest), Some(first)) = (newest, first)
                && fresh == look.len()
            {
                let all = &state.room(RoomId(*room)).unwrap().messages;
                let between = all.iter().filter(|it| it.id.0 > newest && it.id.0 < first).count();
                gaps.extend((between > 0).then(|| between.to_string()));
            }
            newest = last.or(newest);
            for (id, text) in look {
                let known = texts.entry(*id).or_default();
                if known.last() != Some(&text.as_str()) {
                    known.push(text);
                }
            }
        }
        let stored = ask(
            &database,
            &format!(
                "SELECT message_id, body FROM messages WHERE room_id = {room}
                 ORDER BY send_time, place"
            ),
        );
        let wanted: Vec<Vec<String>> = texts
            .iter()
            .map(|(id, texts)| vec![id.to_string(), (*texts.last().unwrap()).to_owned()])
            .collect();
        assert_eq!(stored, wanted, "messages of room {room}");
        let revisions = ask(
            &database,
            &format!(
                "SELECT message_id, v.body FROM revisions v JOIN messages m USING (id)
                 WHERE room_id = {room} ORDER BY CAST(message_id AS INTEGER), revision_id"
            ),
        );
        let wanted: Vec<Vec<String>> = texts
            .iter()
            .flat_map(|(id, texts)| {
                texts[..texts.len() - 1]
                    .iter()
                    .map(move |it| vec![id.to_string(), (*it).to_owned()])
            })
            .collect();
        assert_eq!(revisions, wanted, "revisions of room {room}");
        let found = ask(
            &database,
            &format!(
                "SELECT missing FROM gaps WHERE room_id = {room} AND reason = 'too_many'
                 ORDER BY before_time"
            ),
        );
        assert_eq!(found.concat(), gaps, "gaps of room {room}");
        check_spans(&database, &state, *room);
    }
}

/// Every message between the ends of a span is stored.
fn check_spans(database: &rusqlite::Connection, state: &chatwork_sandbox::State, room: i64) {
    let select =
        format!("SELECT first_message, last_message, begins FROM spans WHERE room_id = {room}");
    let ids = format!("SELECT message_id FROM messages WHERE room_id = {room}");
    let stored: BTreeSet<String> = ask(database, &ids).concat().into_iter().collect();
    let all = &state.room(RoomId(room)).unwrap().messages;
    for span in ask(database, &select) {
        let (first, last): (u64, u64) = (span[0].parse().unwrap(), span[1].parse().unwrap());
        let inside = all.iter().filter(|it| (first..=last).contains(&it.id.0));
        for message in inside {
            assert!(stored.contains(&message.id.0.to_string()), "{} of room {room}", message.id);
        }
        if span[2] == "1" {
            assert_eq!(all.first().map(|it| it.id.0), Some(first), "beginning of room {room}");
        }
    }
}

/// What `GET /rooms` answers now.
async fn list_of_rooms(play: &Play) -> String {
    let http = reqwest::Client::new();
    let request = http.get(format!("{}/rooms", play.sandbox.base_url()));
    let request = request.header("X-ChatWorkToken", "token-watcher");
    request.send().await.unwrap().text().await.unwrap()
}

/// How many requests of mine the sandbox refused by itself for a limit.
fn over_limit(sandbox: &Sandbox) -> usize {
    let requests = sandbox.requests();
    let mine = requests.iter().filter(|it| it.account.as_deref() == Some("me"));
    mine.filter(|it| it.status == Some(429) && !it.notes.iter().any(|it| it.contains("fault")))
        .count()
}

fn world(rooms: usize) -> World {
    let posters = (0..POSTERS).map(|index| {
        let key = format!("poster{index}");
        json!({ "key": key, "id": 100 + index, "name": key, "token": format!("token-{key}") })
    });
    let me = json!({ "key": "me", "id": 1, "name": "me さん", "token": "token-me" });
    let watcher = json!({ "key": "watcher", "id": 2, "name": "watcher", "token": "token-watcher" });
    let accounts: Vec<_> = [me, watcher].into_iter().chain(posters).collect();
    let keys: Vec<String> = (0..POSTERS).map(|index| format!("poster{index}")).collect();
    let members: Vec<&str> =
        ["me", "watcher"].into_iter().chain(keys[1..].iter().map(String::as_str)).collect();
    let rooms: Vec<_> = (0..rooms)
        .map(|index| {
            json!({ "id": 1_000 + index, "name": format!("部屋 {index}"),
                "members": { "admin": ["poster0"], "member": members } })
        })
        .collect();
    let limits = json!({ "room_posting": { "requests": 100_000, "seconds": 1 } });
    let world = json!({ "limits": limits, "accounts": accounts, "rooms": rooms });
    World::parse(&world.to_string()).unwrap()
}
