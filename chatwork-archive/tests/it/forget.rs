//! What was removed on purpose is gone, and stays away.

use std::fs;
use std::io::Read;
use std::time::Duration;

use chatwork_archive::{
    AccountId, Archive, FetchOptions, FilePolicy, Forget, Problem, RoomId, SyncOptions, UnixTime,
};
use chatwork_sandbox::Fault;
use chatwork_sdk::types::Room;
use chatwork_sdk::{MessageId, Messages, Upload};
use rusqlite::Connection;

use crate::care::SECRET;
use crate::support::{ANNA, ME, ROOM, Scene};

const TASKS: &str = "SELECT body FROM tasks ORDER BY task_id";

impl Scene {
    async fn upload_secret(&self, room: RoomId) {
        let file = Upload::bytes("合言葉.txt", format!("{SECRET} {room}"));
        self.anna(room).upload(file).await.unwrap();
        self.pass(60);
    }

    async fn sync_lists(&self) {
        let options = SyncOptions::new().files(true).tasks(true).members(true);
        self.archive.sync(&self.me(), &options).await.unwrap();
    }

    async fn fetch_all(&self) -> u64 {
        let options = FetchOptions::new(FilePolicy::All);
        self.archive.fetch_files(&self.me(), &options).await.unwrap().stored
    }

    fn forget(&self, what: &Forget) -> chatwork_archive::ForgetReport {
        self.archive.forget(what).expect("forgotten")
    }

    /// Leaves free pages in the database, which are gone when it is written anew. Returns how many.
    fn free_pages(&self) -> i64 {
        let other = Connection::open(self.path()).unwrap();
        let pages = "CREATE TABLE x (t); INSERT INTO x VALUES (zeroblob(100000)); DROP TABLE x";
        other.execute_batch(pages).unwrap();
        let free = self.count("PRAGMA freelist_count");
        assert!(free > 0);
        free
    }

    /// The archive, opened again as by the next process.
    fn reopened(self) -> Self {
        let path = self.path();
        let Self { sandbox, clock, folder, archive, http } = self;
        drop(archive);
        let archive = Archive::open(path).unwrap();
        Self { sandbox, clock, folder, archive, http }
    }
}

#[tokio::test]
async fn retention_in_one_room_keeps_the_files_of_others() {
    let scene = Scene::new(2).await;
    scene.upload_secret(ROOM).await;
    scene.upload_secret(RoomId(1_001)).await;
    scene.sync_lists().await;
    let now = UnixTime(scene.clock.now());
    scene.forget(&Forget::Before(now, Some(ROOM)));
    assert_eq!(scene.ask("SELECT room_id FROM files"), [["1001"]]);
}

#[tokio::test]
async fn tasks_of_messages_that_are_too_old_go_and_stay_away() {
    let scene = Scene::new(1).await;
    scene.anna(ROOM).create_task(SECRET, [ME]).await.unwrap();
    scene.pass(10 * 86_400);
    scene.say("recent").await;
    scene.sync_lists().await;
    assert_eq!(scene.ask(TASKS), [[SECRET]]);
    scene.archive.keep_days(7, UnixTime(scene.clock.now())).unwrap();
    assert_eq!(scene.ask(TASKS).len(), 0);
    scene.anna(ROOM).create_task("new", [ME]).await.unwrap();
    scene.pass(60);
    scene.sync_lists().await;
    assert_eq!(scene.ask(TASKS), [["new"]]);
    assert_eq!(scene.holding(SECRET), Vec::<String>::new());
}

#[tokio::test]
async fn the_task_of_a_forgotten_message_is_not_stored_again() {
    let scene = Scene::new(1).await;
    scene.anna(ROOM).create_task(SECRET, [ME]).await.unwrap();
    scene.pass(60);
    scene.sync_lists().await;
    let message = MessageId(scene.ask("SELECT message_id FROM tasks")[0][0].clone());
    scene.forget(&Forget::Message(ROOM, message));
    scene.say("more").await;
    scene.sync_lists().await;
    assert_eq!(scene.ask(TASKS).len(), 0);
}

#[tokio::test]
async fn what_was_being_written_when_the_process_ended_goes_with_the_next_start() {
    let scene = Scene::new(1).await;
    let folder = scene.archive.files_folder();
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("1000.5.0.part"), SECRET).unwrap();
    let scene = scene.reopened();
    assert_eq!(scene.holding(SECRET), Vec::<String>::new());
}

#[tokio::test]
async fn forgetting_removes_content_that_no_row_names() {
    let scene = Scene::new(1).await;
    let id = scene.say("other").await;
    scene.sync().await;
    let folder = scene.archive.files_folder().join("00");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("00".repeat(32)), SECRET).unwrap();
    scene.forget(&Forget::Message(ROOM, MessageId(id)));
    assert_eq!(scene.holding(SECRET), Vec::<String>::new());
}

#[tokio::test]
async fn a_file_that_is_being_fetched_is_forgotten_too() {
    let scene = Scene::new(1).await;
    scene.upload_secret(ROOM).await;
    scene.sync_lists().await;
    let slow = Fault::delay(Duration::from_millis(700)).operation("getRoomFile");
    scene.sandbox.faults().add(slow).unwrap();
    let forget = async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        scene.forget(&Forget::Room(ROOM))
    };
    let (stored, _) = tokio::join!(scene.fetch_all(), forget);
    assert_eq!(stored, 0);
    assert_eq!(scene.holding(SECRET), Vec::<String>::new());
}

#[tokio::test]
async fn what_could_not_be_removed_is_tried_again_by_the_next_start() {
    let scene = Scene::new(1).await;
    let id = scene.say("other").await;
    scene.sync().await;
    // A folder is not removed as a file is.
    let copy = scene.path().with_extension("chatwork.before-v1");
    fs::create_dir(&copy).unwrap();
    let report = scene.forget(&Forget::Message(ROOM, MessageId(id)));
    assert_eq!((report.is_pending, report.files_left), (true, vec![copy.clone()]));
    // The archive can be used meanwhile.
    let scene = scene.reopened();
    assert!(scene.reader().status(UnixTime(0)).unwrap().is_erasing);
    fs::remove_dir(&copy).unwrap();
    fs::write(&copy, SECRET).unwrap();
    let scene = scene.reopened();
    assert_eq!(scene.holding(SECRET), Vec::<String>::new());
    assert!(!scene.reader().status(UnixTime(0)).unwrap().is_erasing);
}

#[tokio::test]
async fn the_database_is_written_anew_once_however_long_a_file_cannot_be_removed() {
    let scene = Scene::new(1).await;
    scene.upload_secret(ROOM).await;
    scene.sync_lists().await;
    assert_eq!(scene.fetch_all().await, 1);
    let hash = scene.ask("SELECT sha256 FROM files")[0][0].clone();
    let path = scene.archive.files_folder().join(&hash[..2]).join(&hash);
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    let report = scene.forget(&Forget::Room(ROOM));
    assert_eq!((report.is_pending, report.files_left), (true, vec![path.clone()]));
    let free = scene.free_pages();
    let scene = scene.reopened();
    assert!(!scene.archive.finish_forgetting().unwrap());
    assert_eq!(scene.count("PRAGMA freelist_count"), free);
    fs::remove_dir(&path).unwrap();
    fs::write(&path, SECRET).unwrap();
    let scene = scene.reopened();
    assert_eq!(scene.holding(SECRET), Vec::<String>::new());
    assert!(!scene.reader().status(UnixTime(0)).unwrap().is_erasing);
    assert_eq!(scene.count("PRAGMA freelist_count"), free);
}

#[tokio::test]
async fn the_database_is_written_anew_once_however_long_a_program_reads() {
    let scene = Scene::new(1).await;
    scene.say(SECRET).await;
    scene.sync().await;
    let reader = Connection::open(scene.path()).unwrap();
    reader.execute_batch("BEGIN; SELECT * FROM messages").unwrap();
    assert!(scene.forget(&Forget::Room(ROOM)).is_pending);
    let free = scene.free_pages();
    assert!(!scene.archive.finish_forgetting().unwrap());
    drop(reader);
    assert!(scene.archive.finish_forgetting().unwrap());
    assert_eq!(scene.count("PRAGMA freelist_count"), free);
    assert_eq!(scene.holding(SECRET), Vec::<String>::new());
}

#[tokio::test]
async fn what_is_forgotten_while_a_file_cannot_be_removed_has_the_database_written_anew() {
    let scene = Scene::new(1).await;
    let id = scene.say("other").await;
    let secret = scene.say(SECRET).await;
    scene.sync().await;
    let copy = scene.path().with_extension("chatwork.before-v1");
    fs::create_dir(&copy).unwrap();
    assert!(scene.forget(&Forget::Message(ROOM, MessageId(id))).is_pending);
    assert!(scene.forget(&Forget::Message(ROOM, MessageId(secret))).is_pending);
    assert_eq!(scene.holding(SECRET), Vec::<String>::new());
}

#[tokio::test]
async fn the_files_of_a_message_that_was_never_stored_are_forgotten_with_it() {
    let scene = Scene::new(1).await;
    scene.upload_secret(ROOM).await;
    scene.sync_lists().await;
    assert_eq!(scene.fetch_all().await, 1);
    let message = MessageId(scene.ask("SELECT message_id FROM files")[0][0].clone());
    // A list of files goes further back than the messages that are shown.
    let other = Connection::open(scene.path()).unwrap();
    other.execute_batch("DELETE FROM messages").unwrap();
    drop(other);
    scene.forget(&Forget::Message(ROOM, message));
    assert_eq!(scene.ask("SELECT name FROM files").len(), 0);
    assert_eq!(scene.holding(SECRET), Vec::<String>::new());
    scene.say("more").await;
    scene.sync_lists().await;
    assert_eq!(scene.ask("SELECT name FROM files").len(), 0);
}

#[tokio::test]
async fn a_file_of_a_forgotten_account_does_not_return_when_another_names_it() {
    let scene = Scene::new(1).await;
    scene.upload_secret(ROOM).await;
    scene.sync_lists().await;
    let file = scene.ask("SELECT file_id FROM files")[0][0].clone();
    scene.forget(&Forget::Account(ANNA));
    let text = format!("[download:{file}]x[/download]");
    scene.client("bob").room(ROOM).post(text).await.unwrap();
    scene.pass(60);
    scene.sync().await;
    assert_eq!(scene.fetch_all().await, 0);
    assert_eq!(scene.ask("SELECT name, state, account_id FROM files"), [["", "gone", "NULL"]]);
    assert_eq!(scene.holding(SECRET), Vec::<String>::new());
    let asked = scene.requests("getRoomFile");
    scene.fetch_all().await;
    assert_eq!(scene.requests("getRoomFile"), asked);
}

#[tokio::test]
async fn forgetting_who_named_a_file_keeps_the_file() {
    let scene = Scene::new(1).await;
    scene.upload_secret(ROOM).await;
    scene.sync_lists().await;
    let file = scene.ask("SELECT file_id FROM files")[0][0].clone();
    let text = format!("[download:{file}]x[/download]");
    scene.client("bob").room(ROOM).post(text).await.unwrap();
    scene.pass(60);
    scene.sync().await;
    assert_eq!(scene.fetch_all().await, 1);
    scene.forget(&Forget::Account(AccountId(3)));
    assert_eq!(scene.ask("SELECT state FROM files"), [["stored"]]);
    assert_eq!(scene.reader().verify().unwrap().problems, []);
}

#[tokio::test]
async fn a_shorter_retention_is_not_undone_by_a_longer_one() {
    let scene = Scene::new(1).await;
    scene.say(SECRET).await;
    scene.pass(10 * 86_400);
    scene.say("recent").await;
    scene.sync().await;
    let now = UnixTime(scene.clock.now());
    scene.archive.keep_days(7, now).unwrap();
    scene.archive.keep_days(30, now).unwrap();
    scene.say("more").await;
    scene.sync().await;
    assert_eq!(scene.ask("SELECT body FROM messages ORDER BY id"), [["recent"], ["more"]]);
}

#[tokio::test]
async fn after_retention_a_room_is_not_said_to_go_back_to_its_beginning() {
    let scene = Scene::new(1).await;
    scene.say("old").await;
    scene.pass(10 * 86_400);
    scene.say("recent").await;
    scene.sync().await;
    scene.archive.keep_days(7, UnixTime(scene.clock.now())).unwrap();
    scene.say("more").await;
    scene.sync().await;
    let first = scene.ask("SELECT min(send_time) FROM messages")[0][0].parse::<i64>().unwrap();
    let spans = scene.ask("SELECT begins, first_time FROM spans WHERE room_id = 1000");
    let since = spans[0][1].parse::<i64>().unwrap();
    assert_eq!((spans.len(), spans[0][0].as_str()), (1, "0"));
    assert!(since <= first && first - since < 7 * 86_400);
    assert_eq!(scene.count("SELECT count(*) FROM gaps"), 0);
}

#[tokio::test]
async fn a_forgotten_room_is_not_listed_again() {
    let scene = Scene::new(1).await;
    scene.sync().await;
    scene.forget(&Forget::Room(ROOM));
    let mut room = Room::default();
    (room.room_id, room.name) = (ROOM, SECRET.to_owned());
    scene.archive.keep(&room, &Messages::default(), UnixTime(9), UnixTime(9)).unwrap();
    assert_eq!(scene.count("SELECT count(*) FROM rooms WHERE room_id = 1000"), 0);
    assert_eq!(scene.holding(SECRET), Vec::<String>::new());
}

#[tokio::test]
async fn retention_without_anything_to_remove_does_not_write_the_file_anew() {
    let scene = Scene::new(1).await;
    scene.say("recent").await;
    scene.sync().await;
    let free = scene.free_pages();
    scene.archive.keep_days(7, UnixTime(scene.clock.now())).unwrap();
    assert_eq!(scene.count("PRAGMA freelist_count"), free);
    assert!(!scene.reader().status(UnixTime(0)).unwrap().is_erasing);
}

/// Puts content into the folder of files that no row names, and returns its name.
fn put_content(scene: &Scene) -> String {
    let (folder, name) = (scene.archive.files_folder().join("00"), "00".repeat(32));
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(&name), SECRET).unwrap();
    name
}

#[tokio::test]
async fn content_that_no_row_names_is_a_problem_until_forgetting_is_finished() {
    let scene = Scene::new(1).await;
    let name = put_content(&scene);
    let verify = || scene.reader().verify().unwrap().problems;
    assert_eq!(verify(), [Problem::Content { name }]);
    assert!(scene.archive.finish_forgetting().unwrap());
    assert_eq!(verify(), []);
    assert_eq!(scene.holding(SECRET), Vec::<String>::new());
}

/// Lines of an import, and what the archive notes when they are read.
struct Lines<'a> {
    lines: &'a [u8],
    scene: &'a Scene,
    noted: Vec<Vec<String>>,
}

impl Read for Lines<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.noted = self.scene.ask(ERASING);
        self.lines.read(buffer)
    }
}

const ERASING: &str = "SELECT value FROM settings WHERE name = 'erasing'";

#[tokio::test]
async fn files_of_an_import_whose_process_ended_go_with_the_next_start() {
    let scene = Scene::new(1).await;
    let head = format!("{{\"chatwork_archive\":2,\"account_id\":{ME}}}\n");
    let lines = Lines { lines: head.as_bytes(), scene: &scene, noted: Vec::new() };
    let mut lines = std::io::BufReader::new(lines);
    let folder = scene.folder.path().join("no files");
    scene.archive.import_jsonl(&mut lines, Some(&folder)).unwrap();
    // The note is there before the first file is copied, and no longer than the import.
    let noted = lines.into_inner().noted;
    assert_eq!((noted, scene.ask(ERASING).len()), (vec![vec!["3".to_owned()]], 0));
    let insert = "INSERT INTO settings VALUES ('erasing', '3')";
    Connection::open(scene.path()).unwrap().execute_batch(insert).unwrap();
    put_content(&scene);
    let scene = scene.reopened();
    assert_eq!(scene.holding(SECRET), Vec::<String>::new());
    assert_eq!(scene.ask(ERASING).len(), 0);
}
