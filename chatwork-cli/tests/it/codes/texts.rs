//! Codes of command lines, texts, names, files and outputs.

use std::process::Command;

use chatwork_sandbox::Fault;

use crate::support::{Desk, ROOM, Ran, finish, terminal, until};

pub(super) async fn run(code: &str) -> Option<Ran> {
    let hanako = async || Desk::of("hanako").await;
    let ran = match code {
        "usage" => Desk::new().await.run(&["rooms", "lits", "--json"]),
        "interrupted" => {
            let desk = hanako().await;
            let command = desk.command(&["watch", "--json"]);
            until(command, "Watching", false, |watch, _| watch.interrupt(false))
        }
        "events_failed" | "partly_handled" => {
            let desk = hanako().await;
            let limit = if code == "events_failed" { "1" } else { "2" };
            let watch = ["watch", ROOM, "--every", "1", "--json", "--limit", limit];
            let command = desk.command(&[&watch[..], &["--exec", "grep -q good"]].concat());
            until(command, "Watching", false, |_, _| {
                for text in ["bad", "good"] {
                    desk.run(&["send", ROOM, text]).ok();
                }
            })
        }
        "partly_sent" => {
            let desk = hanako().await;
            let fault = Fault::status(400).operation("createRoomMessage").skip(1);
            desk.sandbox.faults().add(fault).unwrap();
            let text = "一行のログ\n".repeat(12_000);
            desk.run_with(&["send", ROOM, "-", "--split", "--json"], &text)
        }
        "partly_done" => hanako().await.run(&["tasks", "done", ROOM, "3071284", "1", "--json"]),
        // The state of the watch cannot be read.
        "failed" => {
            let desk = hanako().await;
            std::fs::write(desk.home().join("notes.txt"), "no state\n").unwrap();
            desk.run(&["watch", ROOM, "--state", "notes.txt", "--json"])
        }
        "unknown_name" => hanako().await.run(&["rooms", "view", "新製品", "--json"]),
        "ambiguous_name" => {
            let desk = hanako().await;
            desk.run(&["rooms", "create", "営業部"]).ok();
            desk.run(&["rooms", "view", "営業部", "--json"])
        }
        "not_confirmed" => {
            let desk = hanako().await;
            finish(terminal(&desk, &["rooms", "leave", "93310055", "--json"]), b"n\n")
        }
        "input" => hanako().await.run(&["send", ROOM, "", "--json"]),
        "encoding" => {
            let desk = hanako().await;
            finish(desk.command(&["send", ROOM, "-", "--json"]), b"\x83\x65")
        }
        "file" => hanako().await.run(&["send", ROOM, "--file", "missing.txt", "--json"]),
        "output" => {
            let desk = hanako().await;
            let mut command = Command::new("sh");
            desk.isolate(&mut command);
            command.args(["-c", "exec chatwork me --json >/dev/full"]);
            finish(command, b"")
        }
        "listen" => {
            let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
            let address = taken.local_addr().unwrap().to_string();
            let desk = Desk::new().await;
            let mut command = desk.command(&["webhooks", "listen", "--listen", &address, "--json"]);
            command.env("CHATWORK_WEBHOOK_TOKEN", "iY/hmitgwCBlc5DnjAZ8pyRG1HF0zFflfmKmtCDg1wk=");
            finish(command, b"")
        }
        "sandbox" => {
            let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
            let port = taken.local_addr().unwrap().port().to_string();
            Desk::new().await.run(&["sandbox", "--port", &port, "--json"])
        }
        _ => return None,
    };
    Some(ran)
}
