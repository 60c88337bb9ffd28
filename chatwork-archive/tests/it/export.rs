//! Exports, imports, and hostile texts in all of them.

use std::fs;
use std::path::{Path, PathBuf};

use chatwork_archive::{
    AccountId, Archive, ArchiveError, ExportOptions, FetchOptions, FilePolicy, Forget, RoomId,
    Search, SyncOptions, UnixTime,
};
use chatwork_sdk::{MessageId, Upload};

use crate::support::{ANNA, ME, ROOM, Scene};

/// Texts that want to be more than texts.
const HOSTILE: [&str; 12] = [
    "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "=HYPERLINK(\"https://evil.example\",\"x\")",
    "@SUM(1+1)|cmd",
    "[To:1][toall][info][title]x[/title][/info][hr] [/code]",
    "\u{202e}gnp.exe\u{2066}x",
    "\u{1b}[2J\u{1b}]52;c;AAAA\u{7}",
    "javascript:alert(1) data:text/html,<b> https://ok.example/?a=1&b=\"><b>",
    "# heading\n* item\n[link](javascript:alert(1)) `code` | cell |",
    "a,\"b\"\r\nc",
    "</style></title></p></article><!--",
    "\u{feff}\u{200b}\u{fffd}",
    "'; DROP TABLE messages; -- \" OR 1=1",
];

impl Scene {
    async fn hostile() -> Self {
        let scene = Self::new(1).await;
        for text in HOSTILE {
            scene.say(text).await;
        }
        let first = scene.say("draft").await;
        scene.anna(ROOM).upload(Upload::bytes("<x>.svg", "<svg onload=alert(1)>")).await.unwrap();
        scene.pass(60);
        let options = SyncOptions::new().files(true).members(true);
        scene.archive.sync(&scene.me(), &options).await.unwrap();
        scene.anna(ROOM).message(MessageId(first.clone())).edit("final").await.unwrap();
        scene.say(&format!("[rp aid={ANNA} to={ROOM}-{first}] yes")).await;
        scene.archive.sync(&scene.me(), &options).await.unwrap();
        let all = FetchOptions::new(FilePolicy::All);
        scene.archive.fetch_files(&scene.me(), &all).await.unwrap();
        scene
    }

    pub(crate) fn jsonl(&self) -> Vec<u8> {
        let mut lines = Vec::new();
        self.reader().export_jsonl(&mut lines).unwrap();
        lines
    }

    fn import(&self, lines: &[u8], files: Option<&Path>) -> Result<Archive, ArchiveError> {
        let path = self.path().with_extension(format!("{}", fastrand::u64(..)));
        let archive = Archive::create(path, ME).unwrap();
        archive.import_jsonl(&mut &lines[..], files).map(|_| archive)
    }
}

#[tokio::test]
async fn an_export_that_is_imported_again_gives_the_same_bytes() {
    let scene = Scene::hostile().await;
    let lines = scene.jsonl();
    let files = scene.archive.files_folder();
    let copy = scene.import(&lines, Some(&files)).unwrap();
    let reader = copy.reader().unwrap();
    let mut again = Vec::new();
    reader.export_jsonl(&mut again).unwrap();
    assert!(lines == again);
    assert_eq!(reader.verify().unwrap().problems, []);
    let select = "SELECT id, kind, account_id, target FROM relations ORDER BY 1, 2, 3, 4";
    let other = rusqlite::Connection::open(copy.path()).unwrap();
    assert_eq!(crate::support::ask(&other, select), scene.ask(select));
}

#[tokio::test]
async fn a_file_without_its_content_is_wanted_again() {
    let scene = Scene::hostile().await;
    let copy = scene.import(&scene.jsonl(), None).unwrap();
    let other = rusqlite::Connection::open(copy.path()).unwrap();
    assert_eq!(
        crate::support::ask(&other, "SELECT state, sha256 FROM files"),
        [["wanted", "NULL"]]
    );
}

#[tokio::test]
async fn a_file_with_other_content_is_not_taken() {
    let scene = Scene::hostile().await;
    let hash = scene.ask("SELECT sha256 FROM files")[0][0].clone();
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join(&hash[..2]);
    fs::create_dir(&place).unwrap();
    fs::write(place.join(&hash), "other").unwrap();
    let copy = scene.import(&scene.jsonl(), Some(folder.path())).unwrap();
    assert!(copy.reader().unwrap().verify().unwrap().problems.is_empty());
    let other = rusqlite::Connection::open(copy.path()).unwrap();
    assert_eq!(crate::support::ask(&other, "SELECT state FROM files"), [["wanted"]]);
}

#[tokio::test]
async fn lines_that_are_not_valid_import_nothing() {
    let scene = Scene::hostile().await;
    let lines = String::from_utf8(scene.jsonl()).unwrap();
    let hash = scene.ask("SELECT sha256 FROM files")[0][0].clone();
    let cases = [
        lines.replace(&hash, "../../../etc/passwd"),
        lines.replacen("{\"messages\":", "{\"sqlite_schema\":", 1),
        lines.replacen("\"body\":", "\"bo\\\"; DROP TABLE messages\":", 1),
        lines.replacen("\"status\":\"present\"", "\"status\":\"odd\"", 1),
        lines.replacen("\"send_time\":", "\"send_time\":1.5,\"x\":", 1),
        lines.replacen("\"chatwork_archive\":2", "\"chatwork_archive\":3", 1),
        lines.replacen("\"place\":0", "\"place\":9223372036854775807", 1),
        lines.replacen("\"attempts\":1", "\"attempts\":-1", 1),
        lines.replacen("\"revision_id\":1", "\"revision_id\":9223372036854775807", 1),
        lines[..lines.len() - 10].to_owned(),
        lines[1..].to_owned(),
        String::new(),
    ];
    for (case, lines) in cases.iter().enumerate() {
        let path = scene.path().with_extension(format!("case{case}"));
        let archive = Archive::create(&path, ME).unwrap();
        let error = archive.import_jsonl(&mut lines.as_bytes(), None).unwrap_err();
        assert!(matches!(error, ArchiveError::Import { .. }), "case {case}: {error}");
        assert!(!error.to_string().contains("alert"), "case {case}: {error}");
        let other = rusqlite::Connection::open(&path).unwrap();
        let count = crate::support::ask(&other, "SELECT count(*) FROM rooms");
        assert_eq!(count, [["0"]], "case {case}");
    }
}

#[tokio::test]
async fn lines_of_another_account_are_refused() {
    let scene = Scene::hostile().await;
    let archive = Archive::create(scene.path().with_extension("anna"), ANNA).unwrap();
    let error = archive.import_jsonl(&mut &scene.jsonl()[..], None).unwrap_err();
    assert!(matches!(error, ArchiveError::OtherAccount { .. }));
    let error = scene.archive.import_jsonl(&mut &scene.jsonl()[..], None).unwrap_err();
    assert!(matches!(error, ArchiveError::NotEmpty));
}

#[tokio::test]
async fn an_export_does_not_bring_back_what_was_forgotten() {
    let scene = Scene::hostile().await;
    let lines = scene.jsonl();
    for room in scene.ask("SELECT room_id FROM rooms").concat() {
        let room = chatwork_archive::RoomId(room.parse().unwrap());
        scene.archive.forget(&chatwork_archive::Forget::Room(room)).unwrap();
    }
    let error = scene.archive.import_jsonl(&mut &lines[..], None).unwrap_err();
    assert!(matches!(error, ArchiveError::NotEmpty));
}

/// A line that forbids the room.
pub(crate) const TOMBSTONE: &str = "{\"tombstones\":{\"tombstone_id\":1,\"cause\":\"forget\",\"room_id\":1000,\
    \"account_id\":null,\"message_id\":null,\"before\":null,\"made_at\":1}}\n";

#[tokio::test]
async fn an_import_leaves_out_what_its_own_lines_forbid() {
    let scene = Scene::hostile().await;
    let mut lines = scene.jsonl();
    lines.extend_from_slice(TOMBSTONE.as_bytes());
    let copy = scene.import(&lines, Some(&scene.archive.files_folder())).unwrap();
    let other = rusqlite::Connection::open(copy.path()).unwrap();
    let left = "SELECT (SELECT count(*) FROM messages WHERE room_id = 1000),
        (SELECT count(*) FROM rooms WHERE room_id = 1000), (SELECT count(*) FROM files)";
    assert_eq!(crate::support::ask(&other, left), [["0", "0", "0"]]);
    assert_eq!(copy.reader().unwrap().verify().unwrap().problems, []);
}

/// The lines of a table.
fn of_table(lines: &[u8], table: &str) -> String {
    let start = format!("{{\"{table}\":");
    let lines = std::str::from_utf8(lines).unwrap().lines();
    lines.filter(|line| line.starts_with(&start)).map(|line| format!("{line}\n")).collect()
}

#[tokio::test]
async fn what_lines_forbid_is_what_forgetting_removes() {
    let scene = Scene::new(2).await;
    let old = scene.say("old").await;
    scene.anna(ROOM).create_task("old task", [ME]).await.unwrap();
    scene.anna(ROOM).upload(Upload::bytes("a.txt", "a")).await.unwrap();
    scene.pass(86_400);
    let middle = UnixTime(scene.clock.now());
    scene.client("bob").room(ROOM).create_task("task", [ME]).await.unwrap();
    scene.client("bob").room(RoomId(1_001)).post("elsewhere").await.unwrap();
    scene.me().room(RoomId(1_001)).upload(Upload::bytes("b.txt", "b")).await.unwrap();
    scene.pass(60);
    let options = SyncOptions::new().files(true).tasks(true).members(true);
    scene.archive.sync(&scene.me(), &options).await.unwrap();
    scene.anna(ROOM).message(MessageId(old.clone())).edit("edited").await.unwrap();
    scene.say("recent").await;
    scene.archive.sync(&scene.me(), &options).await.unwrap();
    let lines = scene.jsonl();
    for what in [
        Forget::Room(ROOM),
        Forget::Account(ANNA),
        Forget::Account(AccountId(3)),
        Forget::Message(ROOM, MessageId(old)),
        Forget::Before(middle, None),
        Forget::Before(middle, Some(ROOM)),
    ] {
        let forgotten = scene.import(&lines, None).unwrap();
        assert!(forgotten.forget(&what).unwrap().messages > 0, "{what:?}");
        let (mut left, mut all) = (Vec::new(), lines.clone());
        forgotten.reader().unwrap().export_jsonl(&mut left).unwrap();
        all.extend_from_slice(of_table(&left, "tombstones").as_bytes());
        let imported = scene.import(&all, None).unwrap();
        let mut again = Vec::new();
        imported.reader().unwrap().export_jsonl(&mut again).unwrap();
        assert_eq!(String::from_utf8(again).unwrap(), String::from_utf8(left).unwrap(), "{what:?}");
        assert_eq!(imported.reader().unwrap().verify().unwrap().problems, [], "{what:?}");
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_copied_fails_the_import() {
    let scene = Scene::hostile().await;
    let path = scene.path().with_extension("full");
    let archive = Archive::create(&path, ME).unwrap();
    // There is no folder to write to, as on a disk that is full.
    fs::write(archive.files_folder(), "").unwrap();
    let files = scene.archive.files_folder();
    let error = archive.import_jsonl(&mut &scene.jsonl()[..], Some(&files)).unwrap_err();
    assert!(matches!(error, ArchiveError::File { .. }), "{error}");
}

#[tokio::test]
async fn csv_is_made_for_excel_in_japan() {
    let scene = Scene::hostile().await;
    let mut csv = Vec::new();
    scene.reader().export_csv(&ExportOptions::new(), &mut csv).unwrap();
    let csv = String::from_utf8(csv).unwrap();
    assert!(csv.starts_with("\u{feff}room_id,room,"));
    assert!(csv.contains(",=\"19"), "{csv}");
    assert!(csv.contains("\"'=HYPERLINK("));
    assert!(csv.contains("\"'@SUM("));
    assert!(csv.ends_with("\r\n"));
}

#[tokio::test]
async fn markdown_has_no_markup_of_foreign_texts() {
    let scene = Scene::hostile().await;
    let mut markdown = Vec::new();
    scene.reader().export_markdown(&ExportOptions::new(), &mut markdown).unwrap();
    let markdown = String::from_utf8(markdown).unwrap();
    assert!(!markdown.contains("<script"));
    assert!(!markdown.contains("](javascript"));
    assert!(!markdown.contains('\u{202e}') && !markdown.contains('\u{1b}'));
    assert!(markdown.contains("\n## 2025-06-25\n"));
}

/// All pages below a folder.
pub(crate) fn pages(folder: &Path) -> Vec<(PathBuf, String)> {
    let (mut pages, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false if path.extension().is_some_and(|it| it == "html") => {
                    let text = fs::read_to_string(&path).unwrap();
                    pages.push((path, text));
                }
                false => {}
            }
        }
    }
    pages
}

#[tokio::test]
async fn pages_are_harmless_and_their_links_lead_somewhere() {
    let scene = Scene::hostile().await;
    let folder = scene.path().with_extension("html");
    scene.reader().export_html(&ExportOptions::new(), &folder).unwrap();
    let pages = pages(&folder);
    assert_eq!(pages.len(), 3);
    for (path, text) in &pages {
        let lower = text.to_lowercase();
        for bad in ["<script", "<img", "javascript:alert(1)\"", "<svg", "\u{202e}", "\u{1b}"] {
            assert!(!lower.contains(bad), "{bad} in {}", path.display());
        }
        assert!(text.contains("default-src 'none'"));
        for link in text.split("href=\"").skip(1) {
            let link = link.split('"').next().unwrap();
            if link.starts_with("https://") {
                continue;
            }
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = path.parent().unwrap().join(file);
            assert!(target.is_file(), "{link} in {}", path.display());
            if !anchor.is_empty() {
                let id = format!("id=\"{anchor}\"");
                assert!(fs::read_to_string(&target).unwrap().contains(&id), "{link}");
            }
        }
    }
    let room = &pages.iter().find(|(path, _)| path.ends_with("2025-06.html")).unwrap().1;
    assert!(room.contains("↩ anna"));
    assert!(room.contains(".bin\" download=\"&lt;x&gt;.svg\""));
    let error = scene.reader().export_html(&ExportOptions::new(), &folder).unwrap_err();
    assert!(matches!(error, ArchiveError::Exists { .. }));
}

#[tokio::test]
async fn exports_show_deleted_texts_on_request_only() {
    let scene = Scene::new(1).await;
    let id = scene.say("secret").await;
    scene.sync().await;
    scene.anna(ROOM).message(MessageId(id)).delete().await.unwrap();
    scene.say("more").await;
    scene.sync().await;
    let csv = |options: ExportOptions| {
        let mut csv = Vec::new();
        scene.reader().export_csv(&options, &mut csv).unwrap();
        String::from_utf8(csv).unwrap()
    };
    assert!(!csv(ExportOptions::new()).contains("secret"));
    assert!(csv(ExportOptions::new().history(true)).contains("deleted,\"secret\""));
}

#[tokio::test]
async fn hostile_texts_are_stored_and_found_as_they_are() {
    let scene = Scene::hostile().await;
    for text in HOSTILE {
        let rows = scene.ask("SELECT body FROM messages");
        assert!(rows.iter().any(|row| row[0] == text), "{text:?}");
    }
    let find = |text: &str| scene.reader().search(&Search::new(text)).unwrap().hits.len();
    assert_eq!(find("\"<script>\""), 1);
    assert_eq!(find("onerror=alert(2)>"), 1);
    assert_eq!(find("\u{202e}gnp.exe"), 1);
    assert_eq!(find("\"'; drop table\""), 1);
    assert_eq!(find("]52;c;"), 1);
}

/// Messages that no API accepts, but that a server could send.
#[test]
fn a_megabyte_and_nul_go_through_everything() {
    use chatwork_sdk::types::{AccountSummary, Message, Room};
    use chatwork_sdk::{Messages, RoomId, UnixTime};
    let folder = tempfile::tempdir().unwrap();
    let archive = Archive::create(folder.path().join("a"), ME).unwrap();
    let mut account = AccountSummary::default();
    account.account_id = ANNA;
    let texts = ["前\0後".to_owned(), format!("{}針", "あいうえお".repeat(70_000))];
    let list = (1..).zip(&texts).map(|(number, text)| {
        let mut message = Message::default();
        message.message_id = MessageId(number.to_string());
        message.send_time = UnixTime(number);
        message.account = account.clone();
        message.body.clone_from(text);
        message
    });
    let mut messages = Messages::default();
    messages.messages = list.collect();
    let mut room = Room::default();
    room.room_id = RoomId(5);
    room.message_num = 2;
    archive.keep(&room, &messages, UnixTime(100), UnixTime(100)).unwrap();
    let reader = archive.reader().unwrap();
    assert_eq!(
        reader.message(RoomId(5), &MessageId("1".to_owned())).unwrap().unwrap().body,
        texts[0]
    );
    let needle = reader.search(&Search::new("お針")).unwrap();
    assert!(needle.hits[0].snippet.marked("<", ">").ends_with("<お針>"));
    assert_eq!(reader.search(&Search::new("\"前 後\"")).unwrap().hits.len(), 1);
    let mut lines = Vec::new();
    reader.export_jsonl(&mut lines).unwrap();
    let copy = Archive::create(folder.path().join("b"), ME).unwrap();
    copy.import_jsonl(&mut &lines[..], None).unwrap();
    let mut again = Vec::new();
    copy.reader().unwrap().export_jsonl(&mut again).unwrap();
    assert!(lines == again);
    let options = ExportOptions::new();
    for export in [chatwork_archive::Reader::export_csv, chatwork_archive::Reader::export_markdown]
    {
        let mut text = Vec::new();
        export(&reader, &options, &mut text).unwrap();
        assert!(!text.contains(&0) && text.len() > 1_000_000 / 30);
    }
    reader.export_html(&options, folder.path().join("html")).unwrap();
}
