//! Files: which are fetched, and what becomes of those that cannot be had.

use chatwork_archive::{FetchOptions, FilePolicy, SyncOptions};
use chatwork_sandbox::Fault;
use chatwork_sdk::Upload;

use crate::support::{ROOM, Scene};

const STATES: &str = "SELECT state, attempts, sha256 IS NOT NULL FROM files ORDER BY file_id";

impl Scene {
    async fn upload(&self, name: &str, content: &'static str) {
        self.anna(ROOM).upload(Upload::bytes(name, content)).await.expect("uploaded");
        self.pass(60);
        let options = SyncOptions::new().files(true);
        self.archive.sync(&self.me(), &options).await.expect("a run");
    }

    async fn fetch(&self, options: FetchOptions) -> u64 {
        self.archive.fetch_files(&self.me(), &options).await.expect("fetched").stored
    }

    fn stored(&self) -> usize {
        let Ok(folders) = std::fs::read_dir(self.archive.files_folder()) else { return 0 };
        folders
            .map(|folder| std::fs::read_dir(folder.expect("a folder").path()).expect("one").count())
            .sum()
    }
}

#[tokio::test]
async fn the_same_content_is_stored_once() {
    let scene = Scene::new(1).await;
    scene.upload("a.txt", "hello").await;
    scene.upload("b.txt", "hello").await;
    assert_eq!(scene.fetch(FetchOptions::new(FilePolicy::All)).await, 2);
    assert_eq!(scene.ask(STATES), [["stored", "1", "1"], ["stored", "1", "1"]]);
    assert_eq!(scene.stored(), 1);
    assert_eq!(scene.fetch(FetchOptions::new(FilePolicy::All)).await, 0);
}

#[tokio::test]
async fn no_file_is_fetched_unless_asked_for() {
    let scene = Scene::new(1).await;
    scene.upload("a.txt", "hello").await;
    assert_eq!(scene.fetch(FetchOptions::new(FilePolicy::None)).await, 0);
    assert_eq!(scene.ask(STATES), [["listed", "0", "0"]]);
}

#[tokio::test]
async fn new_files_are_those_since_the_first_call() {
    let scene = Scene::new(1).await;
    scene.upload("old.txt", "old").await;
    scene.sync().await;
    assert_eq!(scene.fetch(FetchOptions::new(FilePolicy::New)).await, 0);
    scene.upload("new.txt", "new").await;
    assert_eq!(scene.fetch(FetchOptions::new(FilePolicy::New)).await, 1);
    assert_eq!(scene.ask(STATES), [["listed", "0", "0"], ["stored", "1", "1"]]);
}

#[tokio::test]
async fn a_file_that_is_too_large_waits_for_a_larger_limit() {
    let scene = Scene::new(1).await;
    scene.upload("a.txt", "hello").await;
    assert_eq!(scene.fetch(FetchOptions::new(FilePolicy::All).largest(4)).await, 0);
    assert_eq!(scene.ask(STATES), [["too_large", "1", "0"]]);
    assert_eq!(scene.fetch(FetchOptions::new(FilePolicy::All).largest(5)).await, 1);
}

#[tokio::test]
async fn a_file_that_cannot_be_had_stays_with_its_reason_and_is_tried_again() {
    let scene = Scene::new(1).await;
    scene.upload("a.txt", "hello").await;
    scene.sandbox.faults().add(Fault::status(500).operation("getRoomFile")).unwrap();
    assert_eq!(scene.fetch(FetchOptions::new(FilePolicy::All)).await, 0);
    let rows = scene.ask("SELECT state, reason LIKE '%500%' FROM files");
    assert_eq!(rows, [["failed", "1"]]);
    assert_eq!(scene.stored(), 0);
    // Not at once, but after a minute.
    assert_eq!(scene.fetch(FetchOptions::new(FilePolicy::All)).await, 0);
    let other = rusqlite::Connection::open(scene.path()).unwrap();
    other.execute_batch("UPDATE files SET tried_at = tried_at - 60").unwrap();
    assert_eq!(scene.fetch(FetchOptions::new(FilePolicy::All)).await, 1);
    assert_eq!(scene.ask("SELECT state, reason, attempts FROM files"), [["stored", "NULL", "2"]]);
}

#[tokio::test]
async fn files_that_only_a_tag_names_are_fetched() {
    let scene = Scene::new(1).await;
    scene.anna(ROOM).upload(Upload::bytes("a.txt", "hello")).await.unwrap();
    scene.pass(60);
    scene.sync().await;
    assert_eq!(scene.count("SELECT count(*) FROM files"), 0);
    assert_eq!(scene.fetch(FetchOptions::new(FilePolicy::All)).await, 1);
    assert_eq!(scene.ask("SELECT name, size FROM files"), [["a.txt", "5"]]);
}

#[tokio::test]
async fn a_file_that_is_not_there_is_gone() {
    let scene = Scene::new(1).await;
    scene.say("[download:999]a.txt (1 KB)[/download]").await;
    scene.sync().await;
    assert_eq!(scene.fetch(FetchOptions::new(FilePolicy::All)).await, 0);
    assert_eq!(scene.ask(STATES), [["gone", "1", "0"]]);
}
