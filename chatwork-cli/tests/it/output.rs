//! Tables, tab-separated lines, JSON and CSV.

use chatwork_sdk::RoomId;

use crate::support::{Desk, ROOM, ROOM_NAME};

#[tokio::test(flavor = "multi_thread")]
async fn piped_lists_have_tabs_and_no_head() {
    let desk = Desk::of("hanako").await;
    let out = desk.run(&["rooms", "list"]).ok();
    let line = out.lines().find(|line| line.starts_with(ROOM)).unwrap();
    let cells: Vec<_> = line.split('\t').collect();
    assert_eq!((cells.len(), cells[1], cells[5]), (6, "group", ROOM_NAME));
    let messages = desk.run(&["messages", "list", ROOM]).ok();
    assert!(messages.contains("\t(deleted)\n"), "{messages}");
    let out = desk.run(&["rooms", "list", "--type", "my"]).ok();
    assert_eq!(out.lines().count(), 1);
    let out = desk.run(&["rooms", "list", "--unread", "--json=unread_num"]).json();
    assert!(out.as_array().unwrap().iter().all(|room| room["unread_num"].as_i64() > Some(0)));
}

#[tokio::test(flavor = "multi_thread")]
async fn json_has_all_fields_or_the_chosen_ones_in_their_order() {
    let desk = Desk::of("hanako").await;
    let out = desk.run(&["rooms", "view", ROOM, "--json=name,room_id"]).ok();
    assert_eq!(out, format!("{{\"name\":\"{ROOM_NAME}\",\"room_id\":{ROOM}}}\n"));
    let room = desk.run(&["rooms", "view", ROOM, "--json"]).json();
    assert_eq!(room["url"], format!("https://www.chatwork.com/#!rid{ROOM}"));
    assert_eq!(room["role"], "admin");

    let err = desk.run(&["rooms", "list", "--json=nmae"]).fails(2);
    assert!(err.contains("`nmae`") || err.contains("nmae"), "{err}");
    let err = desk.run(&["rooms", "list", "--json", "name,room_id"]).fails(2);
    assert!(err.contains("--json=name,room_id"), "{err}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_field_that_does_not_exist_is_refused_before_anything_is_done() {
    let desk = Desk::of("hanako").await;
    let before = desk.operations().len();
    for args in [
        &["send", ROOM, "x"][..],
        &["messages", "list", ROOM, "--new"],
        &["messages", "read", "--all"],
        &["tasks", "add", ROOM, "x"],
        &["tasks", "done", ROOM, "3071284"],
        &["rooms", "create", "営業2部"],
        &["rooms", "remove", ROOM, "Deploy Bot", "--yes"],
        &["files", "put", ROOM, "-", "--name", "a.txt"],
        &["link", "delete", ROOM, "--yes"],
        &["requests", "accept", "1204857"],
        &["auth", "login"],
    ] {
        let err = desk.run_with(&[args, &["--json=nmae"]].concat(), "x").fails(2);
        assert!(err.contains("nmae"), "{args:?}: {err}");
    }
    #[cfg(feature = "archive")]
    for args in [&["archive", "sync"][..], &["archive", "forget", "--room", ROOM, "--yes"]] {
        desk.run(&[args, &["--json=nmae"]].concat()).fails(2);
    }
    assert_eq!(desk.operations().len(), before);

    // What the API answers is not known before: a reply to a write is written as it is.
    let post = ["api", "POST", &format!("/rooms/{ROOM}/messages"), "-f", "body=x", "--json=id"];
    let ran = desk.run(&post);
    assert!(ran.err.contains("`id`"), "{}", ran.err);
    assert!(ran.json()["message_id"].is_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn fields_are_refused_where_there_are_none_to_choose() {
    let desk = Desk::of("hanako").await;
    let before = desk.operations().len();
    let commands = [
        &["watch"][..],
        &["webhooks", "listen"],
        &["rooms", "leave", "93310055", "--yes"],
        &["rooms", "delete", ROOM, "--yes"],
        &["requests", "decline", "1204992", "--yes"],
        &["auth", "switch", "default"],
        &["auth", "logout", "--yes"],
        &["config", "get", "language"],
        &["config", "set", "language", "ja"],
        &["config", "path"],
        &["files", "get", ROOM, "1341384457", "-o", "-"],
        &["completion", "bash"],
        &["man"],
        &["help"],
    ];
    #[cfg(feature = "archive")]
    let commands = commands.into_iter().chain([
        &["archive", "follow"][..],
        &["archive", "export", "--format", "csv"],
        &["archive", "import", "all.jsonl"],
        &["archive", "backup", "copy.chatwork"],
    ]);
    for args in commands {
        let ran = desk.run(&[args, &["--json=room_id"]].concat());
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}: {ran:?}");
        assert!(ran.err.contains("writes no fields that --json could choose"), "{args:?}: {ran:?}");
    }
    assert_eq!(desk.operations().len(), before);
    assert_eq!(desk.run(&["config", "get", "language"]).ok(), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn new_messages_are_all_shown() {
    let desk = Desk::of("hanako").await;
    let before = desk.operations().len();
    let err = desk.run(&["messages", "list", ROOM, "--new", "--limit", "1"]).fails(2);
    assert!(err.contains("--limit"), "{err}");
    assert_eq!(desk.operations().len(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn csv_is_for_excel() {
    let desk = Desk::of("hanako").await;
    let ken = desk.client("ken").room(RoomId(93_207_172));
    ken.post("=1+1").await.unwrap();
    let out = desk.run(&["messages", "list", ROOM, "--csv", "--limit", "1"]).ok();
    assert!(out.starts_with("\u{feff}\"TIME\",\"FROM\",\"MESSAGE\",\"TEXT\"\r\n"), "{out}");
    assert!(out.contains("\"'=1+1\"\r\n") && out.contains(",=\""), "{out}");
    let err = desk.run(&["send", "my", "x", "--csv", "--json"]).fails(2);
    assert!(err.contains("cannot be used together"), "{err}");
    let err = desk.run(&["rooms", "leave", "93310055", "--yes", "--csv"]).fails(2);
    assert!(err.contains("no table"), "{err}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_other_people_write_is_visible_everywhere_but_in_json() {
    let desk = Desk::of("hanako").await;
    let hostile = "a\u{1b}]52;c;eA==\u{7}\u{202e}b\tc\nd\u{9b}2J";
    desk.client("ken").room(RoomId(93_207_172)).post(hostile).await.unwrap();
    let list = ["messages", "list", ROOM, "--limit", "1"];
    let out = desk.run(&list).ok();
    assert!(out.ends_with("a␛]52;c;eA==␇<U+202E>b\\tc\\nd<U+009B>2J\n"), "{out:?}");
    let out = desk.run(&[&list[..], &["--csv"]].concat()).ok();
    assert!(!out.contains(['\u{1b}', '\u{202e}', '\u{9b}']), "{out:?}");
    let json = desk.run(&[&list[..], &["--json=body"]].concat()).json();
    assert_eq!(json[0]["body"], hostile);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_has_no_control_characters() {
    let desk = Desk::of("hanako").await;
    let path = format!("/rooms/{ROOM}/messages");
    let ran = desk.run(&["api", "POST", &path, "-f", "body=x", "--json=\u{1b}[2J\u{202e}"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.err.contains("`␛[2J<U+202E>`"), "{ran:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_and_times_are_shown_as_wanted() {
    let desk = Desk::of("hanako").await;
    let sent = desk.run(&["send", ROOM, "x", "--web"]).ok();
    assert!(sent.starts_with("https://www.chatwork.com/#!rid93207172-"), "{sent}");
    // An address that goes out comes in.
    desk.run(&["messages", "view", sent.trim()]).ok();
    desk.run(&["config", "set", "site", "kddi"]).ok();
    let out = desk.run(&["rooms", "view", ROOM, "--web"]).ok();
    assert!(out.contains("https://kcw.kddi.ne.jp/#!rid93207172"), "{out}");

    let view = |more: &[&str]| {
        let out = desk.run(&[&["messages", "view", sent.trim()][..], more].concat()).ok();
        let line = out.lines().find(|line| line.starts_with("send_time")).unwrap().to_owned();
        line.split('\t').nth(1).unwrap().to_owned()
    };
    assert_eq!(view(&["--utc"]), view(&["--time-zone", "+00:00"]));
    assert_eq!(view(&[]), view(&["--time-zone", "Asia/Tokyo"]));
    assert_ne!(view(&["--utc"]), view(&[]));
    let err = desk.run(&["me", "--time-zone", "Mars"]).fails(2);
    assert!(err.contains("`Mars`") && err.contains("Asia/Tokyo"), "{err}");
}

/// What reads, in each form.
#[tokio::test(flavor = "multi_thread")]
async fn every_command_that_reads_has_each_form() {
    let desk = Desk::of("hanako").await;
    let sent = desk.run(&["send", ROOM, "会議", "--web"]).ok();
    let message = sent.trim();
    for args in [
        &["me"][..],
        &["status"],
        &["limits"],
        &["auth", "status"],
        &["rooms", "list"],
        &["rooms", "view", ROOM],
        &["rooms", "members", ROOM],
        &["messages", "list", ROOM],
        &["messages", "view", message],
        &["tasks", "list"],
        &["tasks", "list", ROOM],
        &["tasks", "view", ROOM, "3071284"],
        &["files", "list", ROOM],
        &["files", "view", ROOM, "1341384457"],
        &["link", "show", ROOM],
        &["contacts", "list"],
        &["requests", "list"],
        &["config", "list"],
    ] {
        let with = |more: &str| desk.run(&[args, &[more]].concat());
        assert!(!desk.run(args).ok().is_empty() || args == ["config", "list"], "{args:?}");
        with("--json").json();
        let csv = with("--csv").ok();
        assert!(csv.starts_with("\u{feff}\"") && csv.ends_with("\r\n"), "{args:?}: {csv}");
        let cells = |line: &str| line.matches("\",").count() + line.matches(",=").count();
        assert!(cells(csv.lines().next().unwrap()) > 0, "{args:?}: {csv}");
        #[cfg(target_os = "linux")]
        {
            let command: Vec<String> = args.iter().map(|arg| format!("'{arg}'")).collect();
            let ran = crate::terminal::on_terminal(&desk, &command.join(" "), "", &[]);
            assert_eq!(ran.code, 0, "{args:?}: {ran:?}");
            assert!(ran.out.contains("\u{1b}[1m"), "{args:?}: {ran:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_that_ends_early_is_no_failure() {
    let desk = Desk::of("hanako").await;
    let mut command = std::process::Command::new("sh");
    desk.isolate(&mut command);
    command.args(["-c", "chatwork rooms list | head -n 1; exit ${PIPESTATUS:-0}"]);
    let ran = crate::support::finish(command, b"");
    assert_eq!((ran.code, ran.out.lines().count()), (0, 1), "{ran:?}");
    assert!(ran.err.is_empty(), "{}", ran.err);
}
