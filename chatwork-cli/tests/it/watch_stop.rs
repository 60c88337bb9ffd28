//! What is done with an event is finished when the watch is stopped, and is not done again.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use chatwork_sdk::RoomId;

use crate::support::{Desk, ROOM};

/// A command that waits for the file `go`, and then notes the event.
const SLOW: &str = "touch began; while [ ! -e go ]; do sleep 0.01; done; cat >> seen.txt";

fn watch(desk: &Desk, exec: &str, more: &[&str]) -> (Child, BufReader<std::process::ChildStderr>) {
    let args = ["watch", ROOM, "--every", "1", "--state", "bot.watch", "--exec", exec];
    let mut command = desk.command(&[&args[..], more].concat());
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut err = BufReader::new(child.stderr.take().unwrap());
    line(&mut err, "Watching");
    (child, err)
}

fn line(err: &mut impl BufRead, text: &str) {
    let mut line = String::new();
    while !line.contains(text) {
        line.clear();
        assert!(err.read_line(&mut line).unwrap() > 0, "`{text}` does not come");
    }
}

fn signal(child: &Child, name: &str) {
    let id = child.id().to_string();
    assert!(Command::new("kill").args([name, &id]).status().unwrap().success());
}

fn seen(desk: &Desk) -> String {
    std::fs::read_to_string(desk.home().join("seen.txt")).unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signal_lets_the_command_of_an_event_finish_and_the_event_does_not_come_again() {
    let desk = Desk::of("hanako").await;
    let ken = desk.client("ken").room(RoomId(93_207_172));
    let (mut child, mut err) = watch(&desk, SLOW, &[]);
    ken.post("first").await.unwrap();
    while !desk.home().join("began").exists() {}
    signal(&child, "-TERM");
    line(&mut err, "Finishing this event");
    assert_eq!(seen(&desk), "");
    std::fs::write(desk.home().join("go"), "").unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert_eq!(seen(&desk).matches("first").count(), 1);
    let (mut child, _err) = watch(&desk, SLOW, &["--limit", "1"]);
    ken.post("second").await.unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let seen = seen(&desk);
    assert_eq!((seen.matches("first").count(), seen.matches("second").count()), (1, 1), "{seen}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_signal_ends_at_once_and_the_event_comes_again() {
    let desk = Desk::of("hanako").await;
    let ken = desk.client("ken").room(RoomId(93_207_172));
    let (mut child, mut err) = watch(&desk, SLOW, &[]);
    ken.post("first").await.unwrap();
    while !desk.home().join("began").exists() {}
    signal(&child, "-INT");
    line(&mut err, "Finishing this event");
    signal(&child, "-INT");
    assert_eq!(child.wait().unwrap().code(), Some(130));
    // The command that was left gives up.
    let (mut child, _err) = watch(&desk, "cat >> again.txt", &["--limit", "1"]);
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let again = std::fs::read_to_string(desk.home().join("again.txt")).unwrap();
    assert!(again.contains("first"), "{again}");
    std::fs::write(desk.home().join("go"), "").unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_watch_with_a_limit_fails_if_an_event_could_not_be_handled() {
    let desk = Desk::of("hanako").await;
    let ken = desk.client("ken").room(RoomId(93_207_172));
    for (exec, limit, code, words) in [
        ("exit 3", "1", 1, "1 of 1 events"),
        ("grep -q good", "2", 3, "1 of 2 events"),
        ("true", "2", 0, ""),
    ] {
        let (mut child, err) = watch(&desk, exec, &["--limit", limit]);
        ken.post("good").await.unwrap();
        ken.post("bad").await.unwrap();
        let err = std::io::read_to_string(err).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(code), "{exec}: {err}");
        assert!(err.contains(words), "{err}");
        std::fs::remove_file(desk.home().join("bot.watch")).unwrap();
    }
}
