//! A process that is killed at random moments loses nothing.
//!
//! `CHATWORK_ARCHIVE_KILLS` is the number of seeds, 3 by default.

use std::process::{Command, Stdio};
use std::time::Duration;

use chatwork_archive::{Archive, FetchOptions, FilePolicy, SyncOptions};
use chatwork_sdk::{Client, Pacing, Upload};
use fastrand::Rng;

use crate::support::{ME, ROOM, Scene};

/// The other process: it syncs until it is killed.
#[tokio::test]
#[ignore = "is started by the test below"]
async fn the_process_that_is_killed() {
    let Ok(url) = std::env::var("CHATWORK_ARCHIVE_CHILD_URL") else { return };
    let path = std::env::var("CHATWORK_ARCHIVE_CHILD_PATH").unwrap();
    let builder = Client::builder().base_url(url).token("token-me").pacing(Pacing::off());
    let client = builder.build().unwrap();
    let archive = Archive::open_or_create(path, ME).unwrap();
    loop {
        let options = SyncOptions::new().files(true);
        archive.sync(&client, &options).await.unwrap();
        let options = FetchOptions::new(FilePolicy::All);
        archive.fetch_files(&client, &options).await.unwrap();
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_or_doubled_when_the_process_is_killed() {
    let seeds = std::env::var("CHATWORK_ARCHIVE_KILLS").ok().and_then(|it| it.parse().ok());
    for seed in 0..seeds.unwrap_or(3) {
        kill_and_resume(seed).await;
    }
}

async fn kill_and_resume(seed: u64) {
    let mut rng = Rng::with_seed(seed);
    let scene = Scene::new(10).await;
    let path = scene.path().with_extension("killed");
    for kill in 0..8 {
        for number in 0..40 {
            let room = chatwork_sdk::RoomId(ROOM.0 + rng.i64(0..10));
            scene.anna(room).post(format!("{kill} {number}")).await.unwrap();
        }
        let content = format!("content {kill}");
        scene.anna(ROOM).upload(Upload::bytes("a.txt", content)).await.unwrap();
        scene.pass(60);
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", "kill::the_process_that_is_killed"])
            .env("CHATWORK_ARCHIVE_CHILD_URL", scene.sandbox.base_url())
            .env("CHATWORK_ARCHIVE_CHILD_PATH", &path)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        tokio::time::sleep(Duration::from_millis(rng.u64(20..250))).await;
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let archive = Archive::open_or_create(&path, ME).unwrap();
    let options = SyncOptions::new().files(true);
    archive.sync(&scene.me(), &options).await.unwrap();
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("UPDATE files SET tried_at = 0").unwrap();
    let options = FetchOptions::new(FilePolicy::All);
    archive.fetch_files(&scene.me(), &options).await.unwrap();
    assert_eq!(archive.reader().unwrap().verify().unwrap().problems, [], "seed {seed}");
    let state = scene.sandbox.state();
    for room in state.rooms().filter(|room| room.role(ME).is_some()) {
        let select = format!(
            "SELECT body FROM messages WHERE room_id = {} ORDER BY send_time, place",
            room.id
        );
        let stored = crate::support::ask(&other, &select).concat();
        let wanted: Vec<&str> = room.messages.iter().map(|it| it.body.as_str()).collect();
        assert_eq!(stored, wanted, "seed {seed}, room {}", room.id);
    }
    let files = "SELECT count(*), sum(state = 'stored') FROM files";
    assert_eq!(crate::support::ask(&other, files), [["8", "8"]], "seed {seed}");
}

/// Leaves what a process leaves that is killed while SQLite writes the first page of a file: the page,
/// and a journal that says that the file was empty.
fn leave_a_first_page(path: &std::path::Path) {
    let connection = rusqlite::Connection::open(path).unwrap();
    let journal_mode = "PRAGMA journal_mode = WAL";
    connection.query_row(journal_mode, [], |row| row.get::<_, String>(0)).unwrap();
    drop(connection);
    let mut journal = vec![0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7];
    // Records, nonce, pages before, size of a sector, size of a page.
    for number in [0_u32, 7, 0, 512, 4096] {
        journal.extend(number.to_be_bytes());
    }
    journal.resize(512, 0);
    std::fs::write(format!("{}-journal", path.display()), journal).unwrap();
}

#[test]
fn a_creation_that_was_killed_at_its_first_page_is_finished() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("me.chatwork");
    leave_a_first_page(&path);
    assert!(Archive::open(&path).is_err());
    leave_a_first_page(&path);
    Archive::open_or_create(&path, ME).unwrap();
}
