//! Tests of a database that may not grow, which SQLite reports as a disk that is full.
//!
//! `tests/it/disk.rs` has those with a small disk, which needs the rights of root.

use std::time::Duration;

use chatwork_sandbox::{Clock, Sandbox, World};
use chatwork_sdk::{AccountId, Client, Pacing, RetryPolicy, UnixTime};
use serde_json::{Value, json};

use crate::{Archive, ArchiveError, SyncOptions};

const START: i64 = 1_750_831_200;
const ME: AccountId = AccountId(1);

/// A room with so many messages of so many characters.
fn room(id: i64, newest: i64, messages: i64, length: u32) -> Value {
    let messages: Vec<Value> = (0..messages)
        .map(|number| {
            let seed = u32::try_from(number).unwrap() * 131;
            let text =
                (0..length).filter_map(|it| char::from_u32(0x4e00 + (seed + it * 7) % 20_000));
            let at = newest - messages + number;
            json!({ "from": "anna", "at": at, "body": text.collect::<String>() })
        })
        .collect();
    let members = json!({ "admin": ["anna"], "member": ["me"] });
    json!({ "id": id, "name": "部屋", "members": members, "messages": messages })
}

/// A small room that is read first, and one that is larger than there is space for.
async fn scene() -> (Sandbox, Client, tempfile::TempDir, Archive) {
    let accounts = [("me", 1), ("anna", 2)].map(
        |(key, id)| json!({ "key": key, "id": id, "name": key, "token": format!("token-{key}") }),
    );
    let rooms = [room(5, START, 10, 20), room(6, START - 100, 80, 1_500)];
    let world = json!({ "accounts": accounts, "rooms": rooms }).to_string();
    let clock = Clock::manual(START);
    let sandbox = Sandbox::builder().clock(clock.clone()).world(World::parse(&world).unwrap());
    let sandbox = sandbox.limits(false).start().await.unwrap();
    clock.advance(Duration::from_secs(60));
    let builder = Client::builder().base_url(sandbox.base_url()).token("token-me");
    let client = builder.pacing(Pacing::off()).retry(RetryPolicy::off()).build().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let archive = Archive::create(folder.path().join("a"), ME).unwrap();
    (sandbox, client, folder, archive)
}

/// Lets the database grow by so many pages and no more; by as many as it needs, if `None`.
fn limit(archive: &Archive, pages: Option<i64>) {
    archive.with_writer(|writer| {
        let number = |pragma: &str| -> i64 {
            writer.connection.query_row(pragma, [], |row| row.get(0)).unwrap()
        };
        let most = pages.map_or(1_000_000, |pages| number("PRAGMA page_count") + pages);
        assert_eq!(number(&format!("PRAGMA max_page_count = {most}")), most);
    });
}

fn assert_full<T: std::fmt::Debug>(result: Result<T, ArchiveError>) {
    let error = result.unwrap_err();
    assert!(matches!(error, ArchiveError::DiskFull), "{error:?}");
    assert_eq!(error.to_string(), "the disk is full: free some space, and run this again");
}

fn messages(archive: &Archive) -> u64 {
    archive.reader().unwrap().status(UnixTime(0)).unwrap().messages
}

fn lines(archive: &Archive) -> Vec<u8> {
    let mut lines = Vec::new();
    archive.reader().unwrap().export_jsonl(&mut lines).unwrap();
    lines
}

#[tokio::test]
async fn a_run_keeps_whole_rooms_and_is_finished_by_the_next_one() {
    let (_sandbox, client, _folder, archive) = scene().await;
    limit(&archive, Some(60));
    assert_full(archive.sync(&client, &SyncOptions::new()).await);
    assert_eq!(messages(&archive), 10);
    assert_eq!(archive.reader().unwrap().verify().unwrap().problems, []);
    limit(&archive, None);
    let report = archive.sync(&client, &SyncOptions::new()).await.unwrap();
    assert_eq!(report.changes.created, 80);
    assert_eq!(archive.reader().unwrap().verify().unwrap().problems, []);
}

#[tokio::test]
async fn an_import_leaves_the_archive_new() {
    let (_sandbox, client, folder, archive) = scene().await;
    archive.sync(&client, &SyncOptions::new()).await.unwrap();
    let lines = lines(&archive);
    let copy = Archive::create(folder.path().join("copy"), ME).unwrap();
    limit(&copy, Some(60));
    assert_full(copy.import_jsonl(&mut &lines[..], None));
    assert_eq!(messages(&copy), 0);
    limit(&copy, None);
    copy.import_jsonl(&mut &lines[..], None).unwrap();
    assert!(self::lines(&copy) == lines);
}

#[tokio::test]
async fn an_index_that_finds_no_space_stays_as_it_was() {
    let (_sandbox, client, _folder, archive) = scene().await;
    archive.sync(&client, &SyncOptions::new()).await.unwrap();
    let other = rusqlite::Connection::open(archive.path()).unwrap();
    // Without the pages of the index, which the new one would take.
    let empty = "INSERT INTO search_index (search_index) VALUES ('delete-all'); VACUUM";
    other.execute_batch(empty).unwrap();
    drop(other);
    limit(&archive, Some(2));
    assert_full(archive.reindex());
    limit(&archive, None);
    assert_eq!(archive.reindex().unwrap(), 90);
    assert_eq!(archive.reader().unwrap().verify().unwrap().problems, []);
}
