//! A signal ends the program, also while a pipe blocks it.

use std::io::Read;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, ExitStatus, Stdio};
use std::time::Duration;

use chatwork_sdk::{RoomId, Upload};

use crate::support::{Desk, ROOM, ROOM_NAME, is_ignored};

fn signal(child: &Child, name: &str) {
    let id = child.id().to_string();
    assert!(std::process::Command::new("kill").args([name, &id]).status().unwrap().success());
}

/// Waits for the end of a program. One that goes on fails the test instead of blocking it.
fn end(mut child: Child) -> ExitStatus {
    for _ in 0..1_000 {
        if let Some(status) = child.try_wait().unwrap() {
            return status;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    child.kill().unwrap();
    panic!("the signal did not end it");
}

/// The code that a shell shows: the program's own, or that of the signal that ended it.
fn code(status: ExitStatus) -> i32 {
    status.code().or(status.signal().map(|signal| 128 + signal)).unwrap()
}

/// Waits until an operation was called.
fn called(desk: &Desk, operation: &str) {
    while !desk.operations().iter().any(|called| called == operation) {
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signal_ends_an_upload_that_waits_for_its_standard_input() {
    let desk = Desk::of("hanako").await;
    // Before its first transfer the program leaves signals as they are, also one that is ignored.
    for (name, expected) in [("-INT", 130), ("-TERM", 143)] {
        if is_ignored(name) {
            continue;
        }
        desk.sandbox.reset();
        let mut command = desk.command(&["files", "put", ROOM_NAME, "-", "--name", "a.txt"]);
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let stdin = child.stdin.take();
        // The room is looked up by its name before.
        called(&desk, "listRooms");
        signal(&child, name);
        assert_eq!(code(end(child)), expected, "{name}");
        drop(stdin);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signal_ends_a_download_whose_reader_does_not_read() {
    let desk = Desk::of("hanako").await;
    let file = Upload::bytes("large.bin", vec![b'x'; 2_000_000]);
    let id = desk.client("hanako").room(RoomId(93_207_172)).upload(file).await.unwrap();
    for name in ["-INT", "-TERM"] {
        let mut command = desk.command(&["files", "get", ROOM, &id.to_string(), "-o", "-"]);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let mut stdout = child.stdout.take().unwrap();
        // It has begun to write, and the pipe holds far less than the file.
        stdout.read_exact(&mut [0; 1]).unwrap();
        signal(&child, name);
        assert_eq!(code(end(child)), 130, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signal_ends_a_watch_whose_reader_does_not_read() {
    let desk = Desk::of("hanako").await;
    let mut command = desk.command(&["watch", ROOM, "--every", "1"]);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stderr = child.stderr.take().unwrap();
    stderr.read_exact(&mut [0; 8]).unwrap();
    let room = desk.client("ken").room(RoomId(93_207_172));
    for _ in 0..3 {
        room.post("長".repeat(60_000)).await.unwrap();
    }
    child.stdout.as_mut().unwrap().read_exact(&mut [0; 1]).unwrap();
    signal(&child, "-TERM");
    assert_eq!(code(end(child)), 130);
}
