//! An export or a backup that is stopped half-way leaves nothing.

use std::path::Path;
use std::process::{Child, Command, Stdio};

use chatwork_sdk::RoomId;

use crate::support::{Desk, ROOM, is_ignored};

/// A person with an archive that takes a moment to export.
async fn with_archive() -> Desk {
    let desk = Desk::of("hanako").await;
    let room = desk.client("ken").room(RoomId(93_207_172));
    for _ in 0..8 {
        room.post("長い文面。".repeat(13_000)).await.unwrap();
    }
    desk.run(&["archive", "sync", ROOM]).ok();
    desk
}

fn signal(child: &Child, name: &str) {
    let id = child.id().to_string();
    assert!(Command::new("kill").args([name, &id]).status().unwrap().success());
}

/// The names in a folder that begin like this.
fn names(folder: &Path, start: &str) -> Vec<String> {
    let names = std::fs::read_dir(folder).unwrap();
    let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with(start)).collect()
}

/// Runs a command until it has begun to write, and ends it by a signal. The target is removed and the
/// command is run again if it was faster than the signal.
fn stop(desk: &Desk, args: &[&str], target: &str, name: &str) {
    for _ in 0..100 {
        let mut command = desk.command(args);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let is_part = |name: &String| name.ends_with(".part");
        let is_over = |child: &mut Child| child.try_wait().unwrap().is_some();
        while !names(desk.home(), target).iter().any(is_part) && !is_over(&mut child) {}
        // Stopped, it does not finish before the other signal is there.
        if !is_over(&mut child) {
            signal(&child, "-STOP");
            signal(&child, name);
            signal(&child, "-CONT");
        }
        let output = child.wait_with_output().unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        match output.status.code() {
            Some(130) => {
                assert_eq!(names(desk.home(), target), Vec::<String>::new(), "{args:?}: {err}");
                assert!(err.contains("interrupted"), "{err}");
                return;
            }
            code => assert_eq!(code, Some(0), "{args:?}: {err}"),
        }
        let path = desk.home().join(target);
        let removed =
            if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) };
        removed.unwrap();
    }
    panic!("{args:?} was always faster than the signal");
}

/// A closed terminal is told to the program on Linux alone: elsewhere it cannot see whether `nohup`
/// ignores it.
#[cfg(target_os = "linux")]
const SIGNALS: [&str; 3] = ["-INT", "-TERM", "-HUP"];
#[cfg(not(target_os = "linux"))]
const SIGNALS: [&str; 2] = ["-INT", "-TERM"];

#[tokio::test(flavor = "multi_thread")]
async fn what_is_stopped_leaves_no_file_and_no_folder() {
    let desk = with_archive().await;
    let export = ["archive", "export", "--format"];
    for (args, target) in [
        (&["csv", "-o", "out.csv"], "out.csv"),
        (&["jsonl", "-o", "out.jsonl"], "out.jsonl"),
        (&["html", "-o", "pages"], "pages"),
    ] {
        // What ran the tests may ignore a closed terminal, as `nohup` does: then the program does too.
        for name in SIGNALS.into_iter().filter(|name| *name != "-HUP" || !is_ignored(name)) {
            stop(&desk, &[&export[..], args].concat(), target, name);
        }
    }
    stop(&desk, &["archive", "backup", "copy.chatwork"], "copy.chatwork", "-TERM");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_killed_export_left_is_removed_by_the_next_one() {
    let desk = Desk::of("hanako").await;
    desk.run(&["archive", "sync", ROOM]).ok();
    std::fs::write(desk.home().join("out.csv.aB3dE6.part"), "half of it").unwrap();
    std::fs::create_dir(desk.home().join("pages.77.part")).unwrap();
    desk.run(&["archive", "export", "--format", "csv", "-o", "out.csv"]).ok();
    desk.run(&["archive", "export", "--format", "html", "-o", "pages"]).ok();
    assert_eq!(names(desk.home(), "out.csv"), ["out.csv"]);
    assert_eq!(names(desk.home(), "pages"), ["pages"]);
}
