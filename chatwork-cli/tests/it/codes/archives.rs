//! Codes of the archive.

use std::io::{self, Write};
use std::path::PathBuf;

use chatwork_archive::Reader;
use chatwork_sandbox::Fault;
use chatwork_sdk::RoomId;

use crate::support::{Desk, ROOM, Ran, until};

fn path(desk: &Desk) -> PathBuf {
    desk.home().join("data/chatwork/1484814.chatwork")
}

/// Takes an export, and runs a command while the archive is being read.
struct Interrupted<'a> {
    desk: &'a Desk,
    lines: usize,
    ran: Option<Ran>,
}

impl Write for Interrupted<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.lines += bytes.iter().filter(|byte| **byte == b'\n').count();
        // The first line is the head, which is not read from a table.
        if self.lines >= 2 && self.ran.is_none() {
            let forget = ["archive", "forget", "--room", ROOM, "--yes", "--json"];
            self.ran = Some(self.desk.run(&forget));
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

pub(super) async fn run(code: &str) -> Option<Ran> {
    let desk = Desk::of("hanako").await;
    let ran = match code {
        "no_archive" => desk.run(&["archive", "search", "会議", "--json"]),
        "archive" => {
            std::fs::write(desk.home().join("notes.txt"), "not an archive\n").unwrap();
            desk.run(&["archive", "search", "会議", "--archive", "notes.txt", "--json"])
        }
        "archive_account" => {
            desk.run(&["archive", "sync", ROOM]).ok();
            desk.sign_in("ken", "ken");
            let path = path(&desk).display().to_string();
            desk.run(&["archive", "sync", ROOM, "--archive", &path, "--json"])
        }
        "archive_locked" => {
            let mut ran = None;
            let follow = desk.command(&["archive", "follow", ROOM]);
            until(follow, "Watching", false, |follow, _| {
                ran = Some(desk.run(&["archive", "sync", ROOM, "--json"]));
                follow.interrupt(false);
            });
            ran.unwrap()
        }
        "partly_read" => {
            desk.run(&["archive", "sync", ROOM]).ok();
            desk.client("ken").room(RoomId(93_207_172)).post("x").await.unwrap();
            let fault = Fault::status(400).operation("listRoomMessages").times(9);
            desk.sandbox.faults().add(fault).unwrap();
            desk.run(&["archive", "sync", ROOM, "--json"])
        }
        "files_missing" => {
            desk.sandbox.faults().add(Fault::status(400).operation("getRoomFile")).unwrap();
            desk.run(&["archive", "sync", ROOM, "--files", "--json"])
        }
        "problems" => {
            desk.run(&["archive", "sync", ROOM, "--files"]).ok();
            let files = Reader::open(path(&desk)).unwrap().files_folder();
            std::fs::remove_dir_all(files).unwrap();
            desk.run(&["archive", "verify", "--json"])
        }
        "pending" => {
            desk.run(&["archive", "sync", ROOM]).ok();
            let mut reader = Interrupted { desk: &desk, lines: 0, ran: None };
            Reader::open(path(&desk)).unwrap().export_jsonl(&mut reader).unwrap();
            reader.ran.unwrap()
        }
        _ => return None,
    };
    Some(ran)
}
