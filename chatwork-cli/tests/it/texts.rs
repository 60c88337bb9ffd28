//! What becomes of a text.

use chatwork_sandbox::Fault;
use chatwork_sdk::RoomId;
use serde_json::Value;

use crate::support::{Desk, ROOM, finish};

/// The newest text of the room.
async fn newest(desk: &Desk) -> String {
    let messages = desk.client("ken").room(RoomId(93_207_172)).latest_messages().await.unwrap();
    messages.last().unwrap().body.clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pipe_and_the_environment_are_enough() {
    let desk = Desk::new().await;
    let mut command = desk.command(&["send", ROOM, "-"]);
    command.env("CHATWORK_API_TOKEN", desk.sandbox.token("bot"));
    command.env("CHATWORK_API_BASE_URL", desk.sandbox.base_url());
    let out = finish(command, "ビルド成功\n".as_bytes()).ok();
    assert!(out.trim().parse::<u64>().is_ok(), "{out}");
    assert_eq!(newest(&desk).await, "ビルド成功");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_is_plain_unless_it_says_otherwise() {
    let desk = Desk::of("hanako").await;
    desk.run(&["send", ROOM, "[toall] [info]x[/info]"]).ok();
    assert_eq!(newest(&desk).await, "[\u{2060}toall] [\u{2060}info]x[\u{2060}/info]");
    desk.run(&["send", ROOM, "[info]x[/info]", "--notation"]).ok();
    assert_eq!(newest(&desk).await, "[info]x[/info]");
    let ran = desk.run(&["send", ROOM, "**a**\n\n- b\n", "--markdown"]);
    assert!(ran.err.contains("bold"), "{ran:?}");
    assert_eq!(newest(&desk).await, "a\n\n・b");
    std::fs::write(desk.home().join("log.txt"), "line [To:1]\n").unwrap();
    let args =
        ["send", ROOM, "--file", "log.txt", "--code", "--info", "Build [hr]", "--to", "佐藤 健"];
    desk.run(&args).ok();
    assert_eq!(
        newest(&desk).await,
        "[To:2739132]佐藤 健\n[info][title]Build [\u{2060}hr][/title][code]line [To:1][/code][/info]"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn replies_and_quotes_name_their_message() {
    let desk = Desk::of("hanako").await;
    let ken = desk.client("ken").room(RoomId(93_207_172));
    let id = ken.post("質問です [toall]").await.unwrap();
    let message = format!("{ROOM}-{id}");
    desk.run(&["messages", "reply", &message, "答え"]).ok();
    assert_eq!(newest(&desk).await, format!("[rp aid=2739132 to={ROOM}-{id}]佐藤 健\n答え"));
    desk.run(&["send", ROOM, "見ました", "--quote", &message]).ok();
    let text = newest(&desk).await;
    assert!(text.starts_with("[qt][qtmeta aid=2739132 time="), "{text}");
    assert!(text.ends_with("質問です [\u{2060}toall][/qt]\n見ました"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_is_notified_only_after_a_yes() {
    let desk = Desk::of("hanako").await;
    let before = newest(&desk).await;
    for args in [&["send", ROOM, "x", "--to", "all"][..], &["send", ROOM, "[toall]x", "--notation"]]
    {
        let err = desk.run(args).fails(2);
        assert!(err.contains("Notify every member") && err.contains("--yes"), "{err}");
    }
    assert_eq!(newest(&desk).await, before);
    desk.run(&["send", ROOM, "x", "--to", "all", "--yes"]).ok();
    assert_eq!(newest(&desk).await, "[toall]\nx");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_text_of_a_task_and_beside_a_file_is_plain_and_asks_too() {
    let desk = Desk::of("hanako").await;
    let put = ["files", "put", ROOM, "-", "--name", "a.txt", "--message", "[toall] failed"];
    let task = ["tasks", "add", ROOM, "[toall] failed"];
    for args in [&put[..], &task] {
        let before = desk.operations().len();
        let notation = [args, &["--notation"]].concat();
        let err = desk.run_with(&notation, "x").fails(2);
        assert!(err.contains("Notify every member") && err.contains("--yes"), "{err}");
        let called = desk.operations().split_off(before);
        assert!(called.iter().all(|it| it == "getMe"), "{args:?}: {called:?}");
    }
    // A dry run is refused where the real one is.
    desk.run(&[&task[..], &["--notation", "--dry-run"]].concat()).fails(2);
    desk.run_with(&put, "x").ok();
    assert!(newest(&desk).await.contains("[\u{2060}toall] failed"), "{}", newest(&desk).await);
    let id = desk.run(&task).ok();
    let task = desk.run(&["tasks", "view", ROOM, id.trim(), "--json=body"]).json();
    assert_eq!(task["body"], "[\u{2060}toall] failed");
    desk.run_with(&[&put[..], &["--notation", "--yes"]].concat(), "x").ok();
    assert!(newest(&desk).await.contains("[toall] failed"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_shows_exactly_what_would_be_sent() {
    let desk = Desk::of("hanako").await;
    let before = desk.operations().len();
    let ran = desk.run(&["send", ROOM, "a [hr]", "--info", "T", "--dry-run"]);
    assert_eq!(ran.out, "[info][title]T[/title]a [\u{2060}hr][/info]\n");
    assert!(ran.err.contains("Nothing is sent"), "{}", ran.err);
    let json = desk.run(&["send", ROOM, "会議", "--dry-run", "--json"]).json();
    assert_eq!(json["bodies"][0], "会議");
    assert_eq!(json["characters"], 2);
    assert_eq!(desk.operations().len(), before);

    // A task: also for whom, and until when. The names are looked up.
    let task = ["tasks", "add", ROOM, "[toall]", "--to", "佐藤 健", "--due", "2030-12-01"];
    let ran = desk.run(&[&task[..], &["--dry-run"]].concat());
    assert_eq!(ran.out, "[\u{2060}toall]\n");
    assert!(ran.err.contains("For 2739132. Due: 2030-12-01"), "{}", ran.err);
    let json = desk.run(&[&task[..], &["--dry-run", "--json"]].concat()).json();
    assert_eq!((&json["assignees"][0], &json["due"]), (&2_739_132.into(), &"2030-12-01".into()));
    desk.run(&["tasks", "add", ROOM, "x", "--to", "nobody", "--dry-run"]).fails(1);
    assert!(desk.operations()[before..].iter().all(|it| it == "listRoomMembers"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_that_is_too_long_is_split_or_refused() {
    let desk = Desk::of("hanako").await;
    let long = "一行のログ\n".repeat(12_000);
    let err = desk.run_with(&["send", ROOM, "-"], &long).fails(1);
    assert!(err.contains("characters") && err.contains("--split"), "{err}");
    let ids = desk.run_with(&["send", ROOM, "-", "--split"], &long).ok();
    assert_eq!(ids.lines().count(), 2);

    // The second part fails: what went out is said, with a code of its own.
    let fault = Fault::status(400).operation("createRoomMessage").skip(1);
    desk.sandbox.faults().add(fault).unwrap();
    let err = desk.run_with(&["send", ROOM, "-", "--split", "--json"], &long).fails(3);
    let error: Value = serde_json::from_str(&err).unwrap();
    assert_eq!(error["error"]["code"], "partly_sent");
    assert_eq!(error["error"]["posted"].as_array().unwrap().len(), 1);
    assert!(!error["error"]["hint"].as_str().unwrap().contains("part 2"), "{error}");

    // The first id is there, also if it is not known what became of the second part.
    desk.sandbox.faults().clear();
    desk.sandbox.faults().add(Fault::status(500).operation("createRoomMessage").skip(1)).unwrap();
    let ran = desk.run_with(&["send", ROOM, "-", "--split"], &long);
    assert_eq!((ran.code, ran.out.lines().count()), (3, 1), "{ran:?}");
    assert!(ran.err.contains("part 2 may have been sent, too"), "{}", ran.err);
}

/// Ends a text in parts by a signal, while its second part is being sent.
#[cfg(unix)]
async fn says_which_parts_were_sent(signal: &str) {
    use std::io::{BufRead, BufReader};
    use std::process::{Command, Stdio};
    let desk = Desk::of("hanako").await;
    let slow = Fault::delay(std::time::Duration::from_secs(20));
    desk.sandbox.faults().add(slow.operation("createRoomMessage").skip(1)).unwrap();
    std::fs::write(desk.home().join("log.txt"), "一行のログ\n".repeat(12_000)).unwrap();
    let mut command = desk.command(&["send", ROOM, "--file", "log.txt", "--split"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut id = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut id).unwrap();
    assert!(id.trim().parse::<u64>().is_ok(), "{id}");
    let process = child.id().to_string();
    assert!(Command::new("kill").args([signal, &process]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(130), "{err}");
    assert!(err.contains(id.trim()) && err.contains("part 2 may have been sent"), "{err}");
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn an_interrupted_text_says_which_parts_were_sent() {
    says_which_parts_were_sent("-INT").await;
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_text_that_the_system_ends_says_which_parts_were_sent() {
    says_which_parts_were_sent("-TERM").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_pipe_has_ruined_is_refused() {
    let desk = Desk::of("hanako").await;
    let err = desk.run_with(&["send", ROOM, "-"], "???? ??\r\n").fails(1);
    assert!(err.contains("question marks") && err.contains("--file"), "{err}");
    let err = finish(desk.command(&["send", ROOM, "-"]), b"\x83\x65\x83\x58").fails(1);
    assert!(err.contains("not UTF-8") && err.contains("--file"), "{err}");
    desk.run(&["send", ROOM, "???"]).ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_is_due_on_a_day_of_japan() {
    let desk = Desk::of("hanako").await;
    let add = |due: &str| {
        let args = ["tasks", "add", "my", "見積もり", "--due", due, "--json"];
        desk.run(&args).json()[0]["task_id"].to_string()
    };
    let id = add("2030-12-01");
    let task = desk.run(&["tasks", "view", "my", &id]).ok();
    assert!(task.contains("due\t2030-12-01\n"), "{task}");
    let id = add("2030-12-01 17:00");
    let task = desk.run(&["tasks", "view", "my", &id, "--utc"]).ok();
    assert!(task.contains("due\t2030-12-01 08:00\n"), "{task}");
    let listed = desk.run(&["tasks", "list"]).ok();
    assert!(listed.contains("2030-12-01 17:00\t"), "{listed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn files_go_up_and_come_down_the_same() {
    let desk = Desk::of("hanako").await;
    let content = "リリースノート\n";
    std::fs::write(desk.home().join("ノート.txt"), content).unwrap();
    let id = desk.run(&["files", "put", ROOM, "ノート.txt", "--message", "どうぞ"]).ok();
    let id = id.trim();
    assert_eq!(desk.run(&["files", "get", ROOM, id, "-o", "-"]).ok(), content);
    let saved = desk.run(&["files", "get", ROOM, id, "--into", "down"]).ok();
    assert!(saved.contains("ノート.txt"), "{saved}");
    assert_eq!(std::fs::read_to_string(desk.home().join("down/ノート.txt")).unwrap(), content);
    // Never a file that was there before.
    let again = desk.run(&["files", "get", ROOM, id, "--into", "down"]).ok();
    assert!(again.contains("(2)"), "{again}");
    let err = desk.run(&["files", "get", ROOM, id, "-o", "ノート.txt"]).fails(1);
    assert!(err.contains("--force"), "{err}");
    desk.run(&["files", "get", ROOM, id, "-o", "ノート.txt", "--force"]).ok();
    let large = "x".repeat(5 * 1024 * 1024 + 1);
    std::fs::write(desk.home().join("large"), large).unwrap();
    let err = desk.run(&["files", "put", ROOM, "large"]).fails(1);
    assert!(err.contains("bytes"), "{err}");
}

/// In real time: the room takes 10 posts in 10 seconds.
#[ignore = "takes 20 seconds"]
#[tokio::test(flavor = "multi_thread")]
async fn thirty_posts_in_a_loop_meet_no_refusal() {
    let desk = Desk::of("hanako").await;
    for number in 0..30 {
        desk.run(&["send", ROOM, &number.to_string()]).ok();
    }
    assert!(desk.sandbox.requests().iter().all(|request| request.status != Some(429)));
}
