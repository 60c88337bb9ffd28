//! The first steps of the READMEs, as a person types them: in both languages, with the sandbox that
//! the program starts.

#![cfg(all(unix, feature = "archive", feature = "sandbox"))]

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use chatwork_sdk::{Client, RoomId, UnixTime};
use serde_json::Value;

use crate::support::{Desk, Ran, finish};

/// The address of the READMEs.
const ADDRESS: &str = "http://127.0.0.1:8899/v2";
const ROOM: RoomId = RoomId(93_207_172);

/// Returns the lines of the block that signs in.
fn first_steps(page: &str) -> &str {
    let mut blocks = page.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next());
    blocks.find(|block| block.contains("auth login")).unwrap()
}

/// `chatwork sandbox` in another terminal, which is closed when this is dropped.
struct Terminal {
    sandbox: Child,
    base_url: String,
}

impl Terminal {
    /// Another port than that of the READMEs may be free.
    fn open(desk: &Desk) -> Self {
        let mut command = desk.command(&["sandbox", "--port", "0"]);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut sandbox = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(sandbox.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let hello: Value = serde_json::from_str(&line).unwrap();
        Self { sandbox, base_url: hello["base_url"].as_str().unwrap().to_owned() }
    }

    fn client(&self, token: &str) -> Client {
        Client::builder().token(token).base_url(&self.base_url).build().unwrap()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // An error means that it has already ended.
        let _ = self.sandbox.kill();
        let _ = self.sandbox.wait();
    }
}

/// Types the steps of a page.
fn walk(desk: &Desk, terminal: &Terminal, page: &str, lang: &str) -> Ran {
    let steps = first_steps(page);
    assert!(steps.contains(ADDRESS));
    let mut command = Command::new("sh");
    desk.isolate(&mut command);
    command.env("CHATWORK_LANG", lang);
    command.args(["-euc", &steps.replace(ADDRESS, &terminal.base_url)]);
    finish(command, b"")
}

/// The day of Japan, counted from 1970.
fn day(time: UnixTime) -> i64 {
    (time.0 + 9 * 3_600).div_euclid(24 * 3_600)
}

/// Follows a page in a language, and looks at what became of each step.
async fn follow(page: &str, lang: &str, signed_in: &str) {
    let desk = Desk::new().await;
    let terminal = Terminal::open(&desk);
    let begun = UnixTime::now();
    let ran = walk(&desk, &terminal, page, lang);
    let ended = UnixTime::now();
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.err.contains(signed_in), "{ran:?}");

    let hanako = terminal.client("hanako-sandbox-token");
    let messages = hanako.room(ROOM).latest_messages().await.unwrap();
    let is_sent = |body: &str| messages.iter().any(|message| message.body == body);
    assert!(is_sent("[To:2739132]佐藤 健\nビルドが通りました。"), "{ran:?}");
    let rooms = terminal.client("ken-sandbox-token").rooms().await.unwrap();
    assert!(rooms.iter().any(|room| room.room_id == ROOM && room.mention_num > 0));

    let tasks = hanako.my_tasks().await.unwrap();
    let task = tasks.iter().find(|task| task.body == "リリースノートを書く").unwrap();
    assert!((day(begun) + 1..=day(ended) + 1).contains(&day(task.limit_time)), "{task:?}");

    let files = hanako.room(ROOM).files().await.unwrap();
    assert!(files.iter().any(|file| file.filename == "report.txt"));
    let minutes = std::fs::read_to_string(desk.home().join("議事録_6月.txt")).unwrap();
    assert!(minutes.contains("見積書は花子さんが確認する"), "{minutes}");
    assert!(ran.out.contains("[会議]室は予約しました"), "{ran:?}");
}

#[test]
fn both_pages_have_the_same_steps() {
    let english = first_steps(include_str!("../../README.md"));
    assert_eq!(english, first_steps(include_str!("../../README.ja.md")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newcomer_follows_the_english_page() {
    follow(include_str!("../../README.md"), "en", "Signed in as 山田 花子").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newcomer_follows_the_japanese_page() {
    follow(include_str!("../../README.ja.md"), "ja", "山田 花子（アカウント 1484814）として").await;
}
