//! A sandbox with people in it, and an archive in a folder of its own.

use std::path::PathBuf;
use std::time::Duration;

use chatwork_archive::{AccountId, Archive, Reader, RoomId, SyncOptions, SyncReport};
use chatwork_sandbox::{Clock, Sandbox, World};
use chatwork_sdk::{Client, Pacing, RetryPolicy, RoomHandle};
use rusqlite::Connection;
use serde_json::json;

/// When it all begins.
pub(crate) const START: i64 = 1_750_831_200;
/// The account of the archive.
pub(crate) const ME: AccountId = AccountId(1);
pub(crate) const ANNA: AccountId = AccountId(2);

pub(crate) const ROOM: RoomId = RoomId(1_000);

/// A sandbox without limits, whose clock stands still, and an archive.
pub(crate) struct Scene {
    pub(crate) sandbox: Sandbox,
    pub(crate) clock: Clock,
    pub(crate) folder: tempfile::TempDir,
    pub(crate) archive: Archive,
    /// What all clients send by: each by itself would read the certificates of the machine.
    pub(crate) http: reqwest::Client,
}

/// Returns an HTTP client for the clients of a test.
pub(crate) fn http() -> reqwest::Client {
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    http.build().expect("an HTTP client")
}

impl Scene {
    /// So many rooms, with nothing in them.
    pub(crate) async fn new(rooms: usize) -> Self {
        Self::with(world(rooms, "paid")).await
    }

    pub(crate) async fn with(world: World) -> Self {
        let clock = Clock::manual(START);
        let sandbox = Sandbox::builder().clock(clock.clone()).world(world).limits(false);
        let sandbox = sandbox.start().await.expect("a sandbox");
        clock.advance(Duration::from_secs(60));
        let folder = tempfile::tempdir().expect("a folder");
        let archive = Archive::create(folder.path().join("me.chatwork"), ME).expect("an archive");
        Self { sandbox, clock, folder, archive, http: http() }
    }

    /// A client that neither waits nor repeats.
    pub(crate) fn client(&self, key: &str) -> Client {
        let builder = Client::builder().http_client(self.http.clone());
        let builder = builder.base_url(self.sandbox.base_url());
        let builder = builder.token(self.sandbox.token(key)).pacing(Pacing::off());
        builder.retry(RetryPolicy::off()).build().expect("a client")
    }

    pub(crate) fn me(&self) -> Client {
        self.client("me")
    }

    pub(crate) fn anna(&self, room: RoomId) -> RoomHandle {
        self.client("anna").room(room)
    }

    /// Anna posts, and a minute passes.
    pub(crate) async fn say(&self, text: &str) -> String {
        let id = self.anna(ROOM).post(text).await.expect("posted");
        self.pass(60);
        id.0
    }

    pub(crate) async fn say_times(&self, times: usize) {
        let room = self.anna(ROOM);
        for number in 0..times {
            room.post(format!("number {number}")).await.expect("posted");
            self.pass(1);
        }
        self.pass(60);
    }

    pub(crate) fn pass(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }

    pub(crate) async fn sync(&self) -> SyncReport {
        self.archive.sync(&self.me(), &SyncOptions::new()).await.expect("a run")
    }

    pub(crate) fn reader(&self) -> Reader {
        self.archive.reader().expect("a reader")
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.archive.path().to_owned()
    }

    /// Asks the database as another tool would.
    pub(crate) fn ask(&self, sql: &str) -> Vec<Vec<String>> {
        ask(&Connection::open(self.path()).expect("a database"), sql)
    }

    pub(crate) fn count(&self, sql: &str) -> i64 {
        self.ask(sql)[0][0].parse().expect("a number")
    }

    /// How often I have asked this.
    pub(crate) fn requests(&self, operation: &str) -> usize {
        let requests = self.sandbox.requests();
        let mine = requests.iter().filter(|it| it.account.as_deref() == Some("me"));
        mine.filter(|it| it.operation.as_deref() == Some(operation)).count()
    }
}

/// The rows of a statement, as texts.
pub(crate) fn ask(connection: &Connection, sql: &str) -> Vec<Vec<String>> {
    let mut statement = connection.prepare(sql).expect(sql);
    let columns = statement.column_count();
    let rows = statement.query_map([], |row| {
        let text = |at| {
            Ok(match row.get_ref(at)? {
                rusqlite::types::ValueRef::Null => "NULL".to_owned(),
                rusqlite::types::ValueRef::Integer(number) => number.to_string(),
                rusqlite::types::ValueRef::Real(number) => number.to_string(),
                rusqlite::types::ValueRef::Text(text) | rusqlite::types::ValueRef::Blob(text) => {
                    String::from_utf8_lossy(text).into_owned()
                }
            })
        };
        (0..columns).map(text).collect::<rusqlite::Result<Vec<_>>>()
    });
    rows.expect(sql).collect::<rusqlite::Result<_>>().expect(sql)
}

pub(crate) fn world(rooms: usize, plan: &str) -> World {
    let people = ["me", "anna", "bob"];
    let accounts: Vec<_> = (1..)
        .zip(people)
        .map(|(id, key)| {
            json!({ "key": key, "id": id, "name": format!("{key} さん"), "plan": plan,
                "token": format!("token-{key}") })
        })
        .collect();
    let members = json!({ "admin": ["anna"], "member": ["me", "bob"] });
    let groups = (0..rooms).map(
        |index| json!({ "id": 1_000 + index, "name": format!("部屋 {index}"), "members": members }),
    );
    let direct = json!({ "id": 7, "type": "direct", "members": { "member": ["anna", "me"] } });
    let rooms: Vec<_> = groups.chain([direct]).collect();
    World::parse(&json!({ "accounts": accounts, "rooms": rooms }).to_string()).expect("a world")
}
