//! `--dry-run` shows what would be sent, and fails where sending would fail before a request.

use serde_json::Value;

use crate::support::{Desk, ROOM};

/// A person with texts in files, and a message of their own.
async fn desk() -> (Desk, String) {
    let desk = Desk::of("hanako").await;
    for (name, text) in [
        ("long.txt", "あ".repeat(65_536)),
        // A blank part between two others.
        ("gap.txt", format!("{}{}終わり", "一行のログ\n".repeat(10_922), "\n".repeat(65_535))),
        ("blank.txt", "\n\n ".to_owned()),
    ] {
        std::fs::write(desk.home().join(name), text).unwrap();
    }
    let message = desk.run(&["send", ROOM, "x", "--web"]).ok().trim().to_owned();
    (desk, message)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_sending_refuses_is_refused_with_the_same_sentence() {
    let (desk, message) = desk().await;
    for args in [
        &["send", ROOM, "--file", "long.txt"][..],
        &["send", ROOM, ""],
        &["send", ROOM, "", "--split"],
        &["messages", "send", ROOM, "--file", "long.txt"],
        &["messages", "reply", &message, "--file", "long.txt"],
        &["messages", "edit", &message, "--file", "long.txt"],
        &["messages", "edit", &message, ""],
        &["tasks", "add", ROOM, "--file", "long.txt"],
        &["tasks", "add", ROOM, ""],
    ] {
        let sent = desk.run(args);
        let shown = desk.run(&[args, &["--dry-run"]].concat());
        assert_eq!((sent.code, sent.out.as_str()), (1, ""), "{args:?}: {sent:?}");
        assert_eq!((shown.code, &shown.out, &shown.err), (1, &sent.out, &sent.err), "{args:?}");
    }
    assert!(desk.operations().iter().filter(|it| *it == "createRoomMessage").count() == 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_command_with_split_is_told_of_it() {
    let (desk, message) = desk().await;
    let err = |args: &[&str]| desk.run(&[args, &["--file", "long.txt"]].concat()).fails(1);
    assert!(err(&["send", ROOM]).contains("--split"));
    assert!(err(&["messages", "reply", &message]).contains("--split"));
    assert!(!err(&["messages", "edit", &message]).contains("--split"));
    assert!(!err(&["tasks", "add", ROOM]).contains("--split"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_parts_that_are_shown_are_those_that_are_sent() {
    let (desk, _) = desk().await;
    let send = ["send", ROOM, "--file", "gap.txt", "--split", "--json"];
    let shown = desk.run(&[&send[..], &["--dry-run"]].concat()).json();
    let bodies: Vec<_> = shown["bodies"].as_array().unwrap().clone();
    assert!(bodies.iter().all(|body| !body.as_str().unwrap().trim().is_empty()));
    let characters: usize = bodies.iter().map(|it| it.as_str().unwrap().chars().count()).sum();
    assert_eq!(shown["characters"], characters);

    let sent = desk.run(&send).json();
    let ids: Vec<Value> = sent["message_ids"].as_array().unwrap().clone();
    assert_eq!(ids.len(), bodies.len());
    for (id, body) in ids.iter().zip(&bodies) {
        let message = format!("{ROOM}-{}", id.as_str().unwrap());
        let found = desk.run(&["messages", "view", &message, "--json=body"]).json();
        assert!(found["body"] == *body, "{message}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_of_blanks_alone_is_left_to_chatwork() {
    let (desk, _) = desk().await;
    let shown = desk.run(&["send", ROOM, "--file", "blank.txt", "--split", "--dry-run", "--json"]);
    assert_eq!(shown.json()["bodies"].as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_is_shown_and_not_sent() {
    let (desk, message) = desk().await;
    let edit = ["messages", "edit", &message, "新しい [hr]", "--dry-run"];
    assert_eq!(desk.run(&edit).ok(), "新しい [\u{2060}hr]\n");
    let found = desk.run(&["messages", "view", &message, "--json=body"]).json();
    assert_eq!(found["body"], "x");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_who_is_named_twice_gets_one_task() {
    let desk = Desk::of("hanako").await;
    let add = ["tasks", "add", ROOM, "x", "--to", "佐藤 健", "--to", "2739132", "--json"];
    let shown = desk.run(&[&add[..], &["--dry-run"]].concat()).json();
    assert_eq!(shown["assignees"], serde_json::json!([2_739_132]));
    assert_eq!(desk.run(&add).json().as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_is_refused_where_the_real_run_is() {
    let desk = Desk::of("hanako").await;
    let mine = desk.run(&["send", ROOM, "mine"]).ok();
    let mine = format!("{ROOM}-{}", mine.trim());
    std::fs::write(desk.home().join("a.txt"), "a").unwrap();
    for args in [
        &["send", ROOM, "[toall] x", "--notation"][..],
        &["send", ROOM, "x", "--to", "all"],
        &["messages", "edit", &mine, "[toall] x", "--notation"],
        &["tasks", "add", ROOM, "[toall] x", "--notation"],
        &["files", "put", ROOM, "a.txt", "--message", "[toall] x", "--notation"],
    ] {
        let dry = [args, &["--dry-run"]].concat();
        let err = desk.run(&dry).fails(2);
        assert!(err.contains("Notify every member") && err.contains("--yes"), "{args:?}: {err}");
        desk.run(&[&dry[..], &["--yes"]].concat()).ok();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_parts_of_a_dry_run_can_be_told_apart() {
    let desk = Desk::of("hanako").await;
    let text = format!("{}\n\nend", "長い文面。\n".repeat(13_000));
    let out = desk.run_with(&["send", ROOM, "-", "--split", "--dry-run"], &text).ok();
    assert!(out.starts_with("--- 1/2 ---\n") && out.contains("\n--- 2/2 ---\n"), "{}", out.len());
    let one = desk.run(&["send", ROOM, "one", "--dry-run"]).ok();
    assert_eq!(one, "one\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_shown_with_their_sizes_and_not_sent() {
    let desk = Desk::of("hanako").await;
    std::fs::write(desk.home().join("a.txt"), "abc").unwrap();
    std::fs::write(desk.home().join("large.bin"), vec![0; 5 * 1_024 * 1_024 + 1]).unwrap();
    let before = desk.operations().len();
    let put = ["files", "put", ROOM, "a.txt", "--message", "どうぞ", "--dry-run", "--json"];
    let shown = desk.run(&put).json();
    let expected = serde_json::json!([
        { "room_id": 93207172, "filename": "a.txt", "size": 3, "message": "どうぞ" },
    ]);
    assert_eq!(shown, expected);
    let err = desk.run(&["files", "put", ROOM, "large.bin", "--dry-run"]).fails(1);
    assert!(err.contains("5242880") || err.contains("5 MB"), "{err}");
    desk.run(&["files", "put", ROOM, "none.txt", "--dry-run"]).fails(1);
    assert_eq!(desk.operations().len(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_beside_several_files_is_sent_once() {
    let desk = Desk::of("hanako").await;
    for name in ["a.txt", "b.txt"] {
        std::fs::write(desk.home().join(name), name).unwrap();
    }
    desk.run(&["files", "put", ROOM, "a.txt", "b.txt", "--message", "一度だけ"]).ok();
    let state = desk.sandbox.state();
    let room = state.room(chatwork_sdk::RoomId(93_207_172)).unwrap();
    let with = room.messages.iter().filter(|message| message.body.contains("一度だけ")).count();
    assert_eq!(with, 1);
}
