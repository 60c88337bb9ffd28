//! Checks, copies, and what must really go.

use std::fs;

use chatwork_archive::{
    Archive, ArchiveError, FetchOptions, FilePolicy, Forget, Problem, Reader, Search, SyncOptions,
    UnixTime,
};
use chatwork_sdk::{MessageId, Upload};
use rusqlite::Connection;

use crate::support::{ANNA, ME, ROOM, Scene};

/// A text that can be found in any file, and pairs of it in the index.
pub(crate) const SECRET: &str = "秘密の合言葉はひらけゴマ";

impl Scene {
    /// A room with a secret in a message, in an earlier text and in a file.
    async fn with_secrets() -> Self {
        let scene = Self::new(2).await;
        let edited = scene.say(SECRET).await;
        let file = Upload::bytes("合言葉.txt", SECRET);
        scene.anna(ROOM).upload(file).await.unwrap();
        scene.pass(60);
        let options = SyncOptions::new().files(true);
        scene.archive.sync(&scene.me(), &options).await.unwrap();
        scene.anna(ROOM).message(MessageId(edited)).edit("harmless").await.unwrap();
        scene.me().room(ROOM).post("mine").await.unwrap();
        scene.pass(60);
        scene.archive.sync(&scene.me(), &options).await.unwrap();
        let options = FetchOptions::new(FilePolicy::All);
        assert_eq!(scene.archive.fetch_files(&scene.me(), &options).await.unwrap().stored, 1);
        scene
    }

    /// The files of the archive that hold a text, also as words of the index.
    pub(crate) fn holding(&self, text: &str) -> Vec<String> {
        holding(self.path().parent().unwrap(), text)
    }
}

/// The files below a folder that hold a text, also as words of the index.
pub(crate) fn holding(folder: &std::path::Path, text: &str) -> Vec<String> {
    let hex: String = text.bytes().take(6).map(|byte| format!("{byte:02x}")).collect();
    let (mut found, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = fs::read(&path).unwrap();
            let has = |part: &[u8]| bytes.windows(part.len()).any(|it| it == part);
            if has(text.as_bytes()) || has(hex.as_bytes()) {
                found.push(path.file_name().unwrap().to_string_lossy().into_owned());
            }
        }
    }
    found
}

#[tokio::test]
async fn after_forgetting_a_room_no_byte_of_its_texts_is_left() {
    let scene = Scene::with_secrets().await;
    assert!(!scene.holding(SECRET).is_empty());
    let report = scene.archive.forget(&Forget::Room(ROOM)).unwrap();
    assert_eq!((report.messages, report.revisions, report.files), (3, 1, 1));
    assert!(!report.is_pending && report.files_left.is_empty());
    assert_eq!(scene.holding(SECRET), Vec::<String>::new());
    assert_eq!(scene.reader().verify().unwrap().problems, []);
}

#[tokio::test]
async fn after_forgetting_an_account_the_messages_of_others_stay() {
    let scene = Scene::with_secrets().await;
    scene.archive.forget(&Forget::Account(ANNA)).unwrap();
    assert_eq!(scene.holding(SECRET), Vec::<String>::new());
    assert_eq!(scene.ask("SELECT body FROM messages"), [["mine"]]);
    assert_eq!(scene.count("SELECT count(*) FROM accounts WHERE account_id = 2"), 0);
}

#[tokio::test]
async fn what_was_forgotten_is_not_stored_again() {
    let scene = Scene::with_secrets().await;
    scene.archive.forget(&Forget::Account(ANNA)).unwrap();
    scene.say(SECRET).await;
    let options = SyncOptions::new().files(true).members(true);
    let report = scene.archive.sync(&scene.me(), &options).await.unwrap();
    assert_eq!((report.changes.created, report.changes.gaps), (0, 0));
    assert_eq!(scene.holding(SECRET), Vec::<String>::new());
    scene.archive.forget(&Forget::Room(ROOM)).unwrap();
    scene.archive.sync(&scene.me(), &options).await.unwrap();
    assert_eq!(scene.count("SELECT count(*) FROM rooms WHERE room_id = 1000"), 0);
}

#[tokio::test]
async fn one_message_can_be_forgotten() {
    let scene = Scene::new(1).await;
    let id = scene.say(SECRET).await;
    scene.say("other").await;
    scene.sync().await;
    scene.archive.forget(&Forget::Message(ROOM, MessageId(id))).unwrap();
    assert_eq!(scene.holding(SECRET), Vec::<String>::new());
    scene.say("more").await;
    scene.sync().await;
    let rows = scene.ask("SELECT body FROM messages ORDER BY id");
    assert_eq!(rows, [["other"], ["more"]]);
}

#[tokio::test]
async fn a_reader_with_an_open_transaction_is_named_as_what_is_still_to_do() {
    let scene = Scene::with_secrets().await;
    let reader = Connection::open(scene.path()).unwrap();
    reader.execute_batch("BEGIN; SELECT * FROM messages").unwrap();
    let report = scene.archive.forget(&Forget::Room(ROOM)).unwrap();
    assert!(report.is_pending);
    assert!(scene.reader().status(UnixTime(0)).unwrap().is_erasing);
    assert!(!scene.archive.finish_forgetting().unwrap());
    drop(reader);
    assert!(scene.archive.finish_forgetting().unwrap());
    assert!(!scene.reader().status(UnixTime(0)).unwrap().is_erasing);
    assert_eq!(scene.holding(SECRET), Vec::<String>::new());
}

#[tokio::test]
async fn the_next_start_goes_on_with_what_was_pending() {
    let scene = Scene::with_secrets().await;
    let reader = Connection::open(scene.path()).unwrap();
    reader.execute_batch("BEGIN; SELECT * FROM messages").unwrap();
    assert!(scene.archive.forget(&Forget::Room(ROOM)).unwrap().is_pending);
    drop(reader);
    let path = scene.path();
    let Scene { sandbox, clock, folder, archive, http } = scene;
    drop(archive);
    let archive = Archive::open(path).unwrap();
    let scene = Scene { sandbox, clock, folder, archive, http };
    assert_eq!(scene.holding(SECRET), Vec::<String>::new());
}

#[tokio::test]
async fn content_that_a_process_could_not_remove_goes_with_the_next_start() {
    let scene = Scene::with_secrets().await;
    let folder = scene.archive.files_folder().join("00");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("00".repeat(32)), SECRET).unwrap();
    let other = Connection::open(scene.path()).unwrap();
    other.execute_batch("INSERT INTO settings VALUES ('erasing', '1')").unwrap();
    let (path, folder) = (scene.path(), scene.folder);
    drop(scene.archive);
    let archive = Archive::open(path).unwrap();
    assert_eq!(fs::read_dir(archive.files_folder().join("00")).unwrap().count(), 0);
    assert_eq!(archive.reader().unwrap().verify().unwrap().problems, []);
    drop(folder);
}

#[tokio::test]
async fn retention_removes_what_is_older_and_keeps_it_away() {
    let scene = Scene::new(1).await;
    scene.say(SECRET).await;
    scene.pass(10 * 86_400);
    scene.say("recent").await;
    scene.sync().await;
    let now = UnixTime(scene.clock.now());
    assert_eq!(scene.archive.keep_days(7, now).unwrap().messages, 1);
    assert_eq!(scene.holding(SECRET), Vec::<String>::new());
    scene.say("more").await;
    assert_eq!(scene.sync().await.changes.created, 1);
    assert_eq!(scene.reader().verify().unwrap().problems, []);
    let begins = "SELECT begins FROM spans WHERE room_id = 1000";
    assert_eq!(scene.ask(begins), [["0"]]);
}

#[tokio::test]
async fn a_backup_is_an_archive_of_its_own() {
    let scene = Scene::with_secrets().await;
    let path = scene.path().with_extension("backup");
    let reader = scene.reader();
    reader.backup(&path).unwrap();
    assert!(matches!(reader.backup(&path), Err(ArchiveError::Exists { .. })));
    let copy = Reader::open(&path).unwrap();
    assert_eq!(copy.account(), ME);
    assert_eq!(copy.search(&Search::new("harmless")).unwrap().hits.len(), 1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[tokio::test]
async fn a_sound_archive_has_no_problems() {
    let scene = Scene::with_secrets().await;
    let report = scene.reader().verify().unwrap();
    assert_eq!((report.problems.as_slice(), report.texts, report.files), (&[][..], 4, 1));
}

#[tokio::test]
async fn verify_finds_what_is_missing_in_the_index_and_reindex_mends_it() {
    let scene = Scene::with_secrets().await;
    let other = Connection::open(scene.path()).unwrap();
    other.execute_batch("DELETE FROM search_index WHERE rowid = 1").unwrap();
    other.execute_batch("INSERT INTO search_index (rowid, pairs) VALUES (99, 'aa')").unwrap();
    let problems = scene.reader().verify().unwrap().problems;
    assert_eq!(problems, [Problem::Index { row: 1 }, Problem::Stray { row: 99 }]);
    assert_eq!(scene.archive.reindex().unwrap(), 4);
    assert_eq!(scene.reader().verify().unwrap().problems, []);
    let search = Search::new("合言葉").history(true);
    assert_eq!(scene.reader().search(&search).unwrap().hits.len(), 2);
}

#[tokio::test]
async fn a_file_that_verify_finds_changed_is_fetched_again() {
    let scene = Scene::with_secrets().await;
    let hash = scene.ask("SELECT sha256 FROM files")[0][0].clone();
    let path = scene.archive.files_folder().join(&hash[..2]).join(&hash);
    fs::write(&path, "other").unwrap();
    let report = scene.reader().verify().unwrap();
    assert_eq!(scene.archive.refetch(&report).unwrap(), 1);
    assert!(!path.exists());
    let options = FetchOptions::new(FilePolicy::All);
    assert_eq!(scene.archive.fetch_files(&scene.me(), &options).await.unwrap().stored, 1);
    assert_eq!(scene.reader().verify().unwrap().problems, []);
}

#[test]
fn a_search_misses_nothing_while_the_index_is_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let archive = Archive::create(folder.path().join("a"), ME).unwrap();
    let messages = (1..=3_000).map(|number| {
        let mut message = chatwork_sdk::types::Message::default();
        message.message_id = MessageId(number.to_string());
        message.send_time = UnixTime(number);
        message.body = format!("word {number}");
        message
    });
    let mut list = chatwork_sdk::Messages::default();
    list.messages = messages.collect();
    let mut room = chatwork_sdk::types::Room::default();
    room.room_id = ROOM;
    archive.keep(&room, &list, UnixTime(9_000), UnixTime(9_000)).unwrap();
    let reader = archive.reader().unwrap();
    let other = archive.clone();
    let work = std::thread::spawn(move || other.reindex().unwrap());
    // A rare word: what is common is found without the index.
    let search = Search::new("3000");
    while !work.is_finished() {
        let hits = reader.search(&search).unwrap().hits;
        assert_eq!(hits.first().map(|hit| hit.message_id.0.as_str()), Some("3000"));
    }
    assert_eq!(work.join().unwrap(), 3_000);
    assert_eq!(reader.verify().unwrap().problems, []);
}

#[tokio::test]
async fn verify_finds_a_changed_file_and_a_gap_that_is_not_noted() {
    let scene = Scene::with_secrets().await;
    let hash = scene.ask("SELECT sha256 FROM files")[0][0].clone();
    let path = scene.archive.files_folder().join(&hash[..2]).join(&hash);
    fs::write(path, "other").unwrap();
    let other = Connection::open(scene.path()).unwrap();
    other.execute_batch("UPDATE spans SET first_time = last_time WHERE room_id = 1000").unwrap();
    let problems = scene.reader().verify().unwrap().problems;
    assert!(matches!(problems[..], [Problem::Gaps { .. }, Problem::File { .. }]), "{problems:?}");
}

#[tokio::test]
async fn status_says_how_far_back_each_room_goes_and_what_is_in_danger() {
    let scene = Scene::new(1).await;
    scene.say_times(30).await;
    scene.sync().await;
    scene.say_times(140).await;
    scene.sync().await;
    let now = UnixTime(scene.clock.now());
    let status = scene.reader().status(now).unwrap();
    let room = status.rooms.iter().find(|room| room.room_id == ROOM).unwrap();
    assert_eq!((room.messages, room.message_num), (130, 170));
    assert!(!room.from_the_beginning);
    assert_eq!(room.gaps[0].missing, Some(40));
    assert!(matches!(room.danger, Some(chatwork_archive::Danger::TooMany { .. })));
    assert!(!format!("{status:?}").contains("部屋"));
}

#[tokio::test]
async fn no_byte_of_what_lines_forbid_is_left_after_an_import() {
    let scene = Scene::new(1).await;
    // More than fits into one page, so that pages become free.
    scene.say(&SECRET.repeat(500)).await;
    let edited = scene.say(SECRET).await;
    scene.anna(ROOM).upload(Upload::bytes("a.txt", SECRET)).await.unwrap();
    scene.pass(60);
    scene.archive.sync(&scene.me(), &SyncOptions::new().files(true)).await.unwrap();
    scene.anna(ROOM).message(MessageId(edited)).edit("edited").await.unwrap();
    scene.say("more").await;
    scene.sync().await;
    let mut lines = scene.jsonl();
    lines.extend_from_slice(crate::export::TOMBSTONE.as_bytes());
    let folder = tempfile::tempdir().unwrap();
    let copy = Archive::create(folder.path().join("copy"), ME).unwrap();
    copy.import_jsonl(&mut &lines[..], None).unwrap();
    assert_eq!(holding(folder.path(), SECRET), Vec::<String>::new());
    assert!(!copy.reader().unwrap().status(UnixTime(0)).unwrap().is_erasing);
}

#[tokio::test]
async fn forgetting_removes_what_a_killed_backup_left_beside_the_archive() {
    let scene = Scene::with_secrets().await;
    let name = scene.path().file_name().unwrap().to_str().unwrap().to_owned();
    let part = scene.path().with_file_name(format!("{name}.backup.7.part"));
    let other = scene.path().with_file_name("film.7.part");
    fs::write(&part, SECRET).unwrap();
    fs::write(&other, "of another program").unwrap();
    scene.archive.forget(&Forget::Room(ROOM)).unwrap();
    assert_eq!((part.exists(), other.exists()), (false, true));
}
