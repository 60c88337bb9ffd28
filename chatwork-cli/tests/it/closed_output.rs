//! An output that takes nothing: its reader has ended, or the disk is full.

use std::process::{Command, Stdio};

use crate::support::{Desk, ROOM, Ran};

/// Runs a command whose output goes into a pipe that nobody reads any more.
fn unread(desk: &Desk, args: &[&str]) -> Ran {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    run_into(desk.command(args), Stdio::from(writer))
}

fn run_into(mut command: Command, stdout: Stdio) -> Ran {
    command.stdin(Stdio::null()).stdout(stdout).stderr(Stdio::piped());
    let output = command.spawn().unwrap().wait_with_output().unwrap();
    let code = output.status.code().unwrap_or(-1);
    Ran { code, out: String::new(), err: String::from_utf8(output.stderr).unwrap() }
}

/// Makes a file that is too long for one message, and is sent in two.
fn long_text(desk: &Desk) {
    std::fs::write(desk.home().join("log.txt"), "一行のログ\n".repeat(12_000)).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn parts_that_were_not_sent_are_a_failure_though_nobody_reads_the_output() {
    let desk = Desk::of("hanako").await;
    long_text(&desk);
    let err = unread(&desk, &["send", ROOM, "--file", "log.txt", "--split"]).fails(3);
    assert!(err.contains("only 1 of 2 messages were sent"), "{err}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_that_is_done_is_no_failure_though_nobody_reads_the_output() {
    let desk = Desk::of("hanako").await;
    assert_eq!(unread(&desk, &["send", ROOM, "x"]).fails(0), "");
}

#[cfg(feature = "archive")]
#[tokio::test(flavor = "multi_thread")]
async fn an_export_that_nobody_reads_any_more_is_no_failure() {
    let desk = Desk::of("hanako").await;
    desk.run(&["archive", "sync"]).ok();
    for format in ["jsonl", "csv", "markdown"] {
        assert_eq!(unread(&desk, &["archive", "export", "--format", format]).fails(0), "");
    }
}

#[cfg(all(target_os = "linux", feature = "archive"))]
#[tokio::test(flavor = "multi_thread")]
async fn an_export_to_a_full_disk_is_a_failure_of_the_output() {
    let desk = Desk::of("hanako").await;
    desk.run(&["archive", "sync"]).ok();
    let err = full(&desk, &["archive", "export", "--format", "csv"]).fails(1);
    assert!(err.contains("the output failed"), "{err}");
}

/// Runs a command whose output goes to a full disk.
#[cfg(target_os = "linux")]
fn full(desk: &Desk, args: &[&str]) -> Ran {
    let disk = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    run_into(desk.command(args), Stdio::from(disk))
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_write_that_is_done_is_said_though_the_output_fails() {
    let desk = Desk::of("hanako").await;
    long_text(&desk);
    let long = ["send", ROOM, "--file", "log.txt", "--split", "--json"];
    for (args, list, count) in [
        (&["send", ROOM, "x", "--json"][..], "posted", 1),
        (&long, "posted", 2),
        (&["tasks", "add", ROOM, "x", "--to", "佐藤 健", "--to", "me", "--json"], "done", 2),
        (&["tasks", "done", ROOM, "3071284", "--json"], "done", 1),
        (&["rooms", "create", "新しいルーム", "--json"], "done", 1),
    ] {
        let err = full(&desk, args).fails(1);
        let error: serde_json::Value = serde_json::from_str(&err).unwrap();
        let error = &error["error"];
        assert_eq!(error["code"], "output", "{args:?}: {err}");
        assert_eq!(error[list].as_array().unwrap().len(), count, "{args:?}: {err}");
        let hint = error["hint"].as_str().unwrap();
        assert!(hint.starts_with("it was done; only the output failed: "), "{args:?}: {err}");
    }
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn the_ids_of_what_was_done_stand_in_the_hint() {
    let desk = Desk::of("hanako").await;
    for args in [
        &["send", ROOM, "x"][..],
        &["tasks", "add", ROOM, "x", "--to", "佐藤 健", "--to", "me"],
        &["tasks", "reopen", ROOM, "3071284"],
        &["files", "put", ROOM, "-", "--name", "a.txt"],
        &["link", "edit", ROOM, "--description", "x"],
        &["messages", "read", ROOM],
    ] {
        let err = full(&desk, args).fails(1);
        assert!(err.contains("hint: it was done; only the output failed: "), "{args:?}: {err}");
    }
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_write_without_an_id_is_said_to_be_done_too() {
    let desk = Desk::of("hanako").await;
    let message = desk.run(&["send", ROOM, "x", "--web"]).ok();
    let base_url = desk.sandbox.base_url();
    for args in [
        &["messages", "unread", message.trim(), "--json"][..],
        &["messages", "list", ROOM, "--new"],
        &["link", "delete", ROOM, "--yes", "--json"],
        &["link", "create", ROOM, "--open"],
        &["rooms", "remove", ROOM, "Deploy Bot", "--yes"],
        &["requests", "accept", "1204857"],
        #[cfg(feature = "archive")]
        &["archive", "sync", ROOM, "--json"],
        #[cfg(feature = "archive")]
        &["archive", "forget", "--room", ROOM, "--yes", "--json"],
    ] {
        let err = full(&desk, args).fails(1);
        assert!(err.contains("it was done; only the output failed"), "{args:?}: {err}");
    }
    let login = ["auth", "login", "--base-url", &base_url, "--storage", "file", "--json"];
    let disk = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut command = Command::new("sh");
    desk.isolate(&mut command);
    let line = format!("echo hanako-sandbox-token | chatwork {}", login.join(" "));
    command.args(["-c", &line]);
    let err = run_into(command, Stdio::from(disk)).fails(1);
    assert!(err.contains("it was done; only the output failed: default"), "{err}");
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn what_only_reads_says_nothing_of_what_was_done() {
    let desk = Desk::of("hanako").await;
    for args in [&["link", "show", ROOM][..], &["messages", "list", ROOM], &["me"]] {
        let err = full(&desk, args).fails(1);
        assert!(!err.contains("it was done"), "{args:?}: {err}");
    }
}
