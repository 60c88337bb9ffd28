//! `archive`.

use chatwork_sdk::RoomId;

use crate::support::{Desk, ROOM};

#[tokio::test(flavor = "multi_thread")]
async fn messages_are_kept_searched_and_shown() {
    let desk = Desk::of("hanako").await;
    let err = desk.run(&["archive", "search", "会議"]).fails(1);
    assert!(err.contains("chatwork archive sync"), "{err}");
    let report = desk.run(&["archive", "sync", "--json"]).json();
    assert!(report["created"].as_i64().unwrap() > 10 && report["failures"] == 0, "{report}");

    let hits = desk.run(&["archive", "search", "見積書", "--json"]).json();
    let hits = &hits["hits"];
    assert!(hits.as_array().unwrap().len() >= 2, "{hits}");
    let out = desk.run(&["archive", "search", "会", "--room", ROOM, "--order", "oldest"]).ok();
    assert!(out.contains("[会]議室"), "{out}");
    let page = desk.run(&["archive", "search", "見積書", "--limit", "1"]);
    assert!(page.err.contains("--cursor "), "{page:?}");
    let cursor = page.err.split("--cursor ").nth(1).unwrap().split('`').next().unwrap().to_owned();
    let next = desk.run(&["archive", "search", "見積書", "--limit", "1", "--cursor", &cursor]).ok();
    assert_ne!(next, page.out);
    let err = desk.run(&["archive", "search", "\"open"]).fails(2);
    assert!(err.contains("quote"), "{err}");

    let url = hits[0]["url"].as_str().unwrap();
    let shown = desk.run(&["archive", "show", url, "--context", "1", "--json"]).json();
    // The newest message of a room has none behind it.
    assert!((2..=3).contains(&shown.as_array().unwrap().len()), "{shown}");
    let status = desk.run(&["archive", "status", "--json"]).json();
    let room = status.as_array().unwrap().iter().find(|it| it["room_id"] == 93_207_172).unwrap();
    assert_eq!(room["name"], "新製品プロジェクト");

    // An edit keeps the text before it.
    let mine = desk.run(&["send", ROOM, "以前の文面", "--web"]).ok();
    desk.run(&["archive", "sync", ROOM]).ok();
    desk.run(&["messages", "edit", mine.trim(), "新しい文面"]).ok();
    desk.run(&["archive", "sync", ROOM]).ok();
    let found = |args: &[&str]| {
        let args = [&["archive", "search", "以前の文面", "--json"][..], args].concat();
        desk.run(&args).json()["hits"].as_array().unwrap().len()
    };
    assert_eq!((found(&[]), found(&["--history"])), (0, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_page_is_in_json() {
    let desk = Desk::of("hanako").await;
    desk.run(&["archive", "sync", ROOM]).ok();
    let search = ["archive", "search", "見積書", "--limit", "1", "--json=message_id"];
    let first = desk.run(&search);
    assert_eq!(first.err, "");
    let first = first.json();
    assert_eq!(first["order"], "newest");
    let next = desk.run(&[&search[..], &["--cursor", first["next"].as_str().unwrap()]].concat());
    let next = next.json();
    assert_eq!(next["hits"].as_array().unwrap().len(), 1);
    assert_ne!(first["hits"], next["hits"]);
    let all = desk.run(&["archive", "search", "見積書", "--order", "oldest", "--json"]).json();
    assert_eq!((&all["next"], &all["order"]), (&serde_json::Value::Null, &"oldest".into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_that_is_not_ranked_says_so() {
    let desk = Desk::of("hanako").await;
    desk.run(&["archive", "sync", ROOM]).ok();
    let by_rank = |text: &str, more: &[&str]| {
        desk.run(&[&["archive", "search", text, "--order", "rank"][..], more].concat())
    };
    // Without a word there is nothing to rank by.
    let ran = by_rank("from:2739132", &[]);
    assert!(ran.code == 0 && ran.err.starts_with("Newest first, and not by rank: "), "{ran:?}");
    assert_eq!(by_rank("from:2739132", &["--json"]).json()["order"], "newest");
    assert_eq!(by_rank("見積書", &[]).err, "");
    assert_eq!(by_rank("見積書", &["--json"]).json()["order"], "rank");
}

#[tokio::test(flavor = "multi_thread")]
async fn verify_says_what_helps_against_the_problems_that_it_found() {
    let desk = Desk::of("hanako").await;
    desk.run(&["archive", "sync", ROOM, "--files"]).ok();
    let path = desk.home().join("data/chatwork/1484814.chatwork");
    let folder = chatwork_archive::Reader::open(&path).unwrap().files_folder();
    std::fs::remove_dir_all(folder).unwrap();
    let err = desk.run(&["archive", "verify"]).fails(1);
    assert!(err.contains("archive sync --files"), "{err}");
    let err = desk.run(&["archive", "verify", "--repair"]);
    assert!(err.err.contains("fetched again"), "{err:?}");
    desk.run(&["archive", "sync", ROOM, "--files"]).ok();
    desk.run(&["archive", "verify"]).ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_archive_is_exported_copied_and_cleaned() {
    let desk = Desk::of("hanako").await;
    desk.run(&["archive", "sync", "--files"]).ok();
    desk.run(&["archive", "verify"]).ok();
    desk.run(&["archive", "verify", "--repair", "--json"]).ok();
    let csv = desk.run(&["archive", "export", "--format", "csv", "--room", ROOM]).ok();
    assert!(csv.starts_with("\u{feff}room_id,room,"), "{csv}");
    let markdown = desk.run(&["archive", "export", "--format", "markdown", "--since", "-7d"]).ok();
    assert!(markdown.contains("会議室"), "{markdown}");
    desk.run(&["archive", "export", "--format", "html", "-o", "pages"]).ok();
    assert!(desk.home().join("pages/index.html").exists());
    desk.run(&["archive", "export", "--format", "html"]).fails(2);

    // A room that is to be left out must not be in it.
    let err = desk.run(&["archive", "export", "--format", "jsonl", "--except", ROOM]).fails(2);
    assert!(err.contains("whole archive"), "{err}");
    desk.run(&["archive", "export", "--format", "jsonl", "-o", "all.jsonl"]).ok();
    desk.run(&["archive", "import", "all.jsonl", "--archive", "copy.chatwork"]).ok();
    let hits = desk.run(&["archive", "search", "見積書", "--archive", "copy.chatwork"]).ok();
    assert!(!hits.is_empty());
    desk.run(&["archive", "backup", "backup.chatwork"]).ok();
    desk.run(&["archive", "backup", "backup.chatwork"]).fails(1);

    desk.run(&["archive", "forget", "--yes"]).fails(2);
    desk.run(&["archive", "forget", "--room", ROOM]).fails(2);
    let report = desk.run(&["archive", "forget", "--room", ROOM, "--yes", "--json"]).json();
    assert!(report["messages"].as_i64().unwrap() > 5, "{report}");
    assert_eq!(desk.run(&["archive", "search", "見積書", "--room", ROOM]).ok(), "");
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn only_the_owner_can_read_an_archive_and_one_account_has_one() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::of("hanako").await;
    desk.client("ken").room(RoomId(93_207_172)).post("x").await.unwrap();
    desk.run(&["archive", "sync"]).ok();
    let file = desk.home().join("data/chatwork/1484814.chatwork");
    let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&file), mode(file.parent().unwrap())), (0o600, 0o700));
    desk.sign_in("ken", "ken");
    let path = file.display().to_string();
    let err = desk.run(&["archive", "sync", "--archive", &path]).fails(1);
    assert!(err.contains("another account"), "{err}");
    // Reading needs no account.
    desk.run(&["auth", "logout", "ken", "--yes"]).ok();
    desk.run(&["auth", "logout", "default", "--yes"]).ok();
    assert!(!desk.run(&["archive", "search", "見積書"]).ok().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_of_the_environment_changes_no_archive_of_another_account() {
    let desk = Desk::of("hanako").await;
    desk.run(&["archive", "sync", ROOM]).ok();
    let forget = ["archive", "forget", "--room", ROOM, "--yes"];
    let as_person = |who: &str| {
        let mut command = desk.command(&forget);
        command.env("CHATWORK_API_TOKEN", desk.sandbox.token(who));
        command.env("CHATWORK_API_BASE_URL", desk.sandbox.base_url());
        crate::support::finish(command, b"")
    };
    let err = as_person("ken").fails(1);
    assert!(err.contains("2739132.chatwork"), "{err}");
    assert!(!desk.run(&["archive", "search", "会"]).ok().is_empty());
    as_person("hanako").ok();
    assert!(desk.run(&["archive", "search", "会"]).ok().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_that_has_everything_takes_no_choice() {
    let desk = Desk::of("hanako").await;
    desk.run(&["archive", "sync", ROOM]).ok();
    let export = ["archive", "export", "--format", "jsonl"];
    for choice in [["--room", ROOM], ["--except", ROOM], ["--since", "-7d"], ["--until", "-7d"]] {
        let err = desk.run(&[&export[..], &choice].concat()).fails(2);
        assert!(err.contains("--format csv, markdown and html take them"), "{choice:?}: {err}");
    }
    assert!(!desk.run(&export).ok().is_empty());
}
