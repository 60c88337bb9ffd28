//! `watch` and `webhooks listen`.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use chatwork_sandbox::WebhookSeed;
use chatwork_sdk::RoomId;
use serde_json::Value;

use crate::support::{Desk, ROOM, Ran};

const TOKEN: &str = "iY/hmitgwCBlc5DnjAZ8pyRG1HF0zFflfmKmtCDg1wk=";

/// A program that runs until it has seen what it waits for.
struct Running {
    child: Child,
    err: BufReader<std::process::ChildStderr>,
}

impl Running {
    /// Starts a command, and waits for the line on stderr that says that it is ready.
    fn start(mut command: Command, ready: &str) -> (Self, String) {
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut running = Self { err: BufReader::new(child.stderr.take().unwrap()), child };
        let mut line = String::new();
        while !line.contains(ready) {
            line.clear();
            assert!(running.err.read_line(&mut line).unwrap() > 0, "it ended too early");
        }
        (running, line)
    }

    fn end(mut self) -> Ran {
        let output = {
            let stdout = self.child.stdout.take().unwrap();
            std::io::read_to_string(stdout).unwrap()
        };
        let err = std::io::read_to_string(self.err).unwrap();
        let code = self.child.wait().unwrap().code().unwrap_or(-1);
        Ran { code, out: output, err }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_watch_writes_an_object_a_line() {
    let desk = Desk::of("hanako").await;
    let command = desk.command(&["watch", ROOM, "--every", "1", "--limit", "2", "--not-mine"]);
    let (watch, _) = Running::start(command, "Watching");
    let room = RoomId(93_207_172);
    desk.client("hanako").room(room).post("mine").await.unwrap();
    desk.client("ken").room(room).post("一\n二").await.unwrap();
    desk.client("misaki").room(room).post("三").await.unwrap();
    let out = watch.end().ok();
    let events: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(events.len(), 2);
    assert_eq!(events[0]["event"], "message_created");
    assert_eq!(events[0]["room_id"], 93_207_172);
    assert_eq!(events[0]["message"]["body"], "一\n二");
    assert_eq!(events[1]["message"]["body"], "三");
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_watch_runs_a_command_and_resumes_where_it_was() {
    let desk = Desk::of("hanako").await;
    let args = ["watch", ROOM, "--every", "1", "--limit", "1", "--state", "bot.watch", "--exec"];
    // The text is on the standard input alone: the shell does not see it.
    let exec = "{ echo \"$CHATWORK_EVENT $CHATWORK_ROOM_ID\"; cat; } >> seen.txt";
    let command = || desk.command(&[&args[..], &[exec]].concat());
    let (watch, _) = Running::start(command(), "Watching");
    let ken = desk.client("ken").room(RoomId(93_207_172));
    ken.post("$(touch hacked)").await.unwrap();
    watch.end().ok();
    ken.post("missed").await.unwrap();
    let (watch, _) = Running::start(command(), "Watching");
    watch.end().ok();
    let seen = std::fs::read_to_string(desk.home().join("seen.txt")).unwrap();
    let lines: Vec<_> = seen.lines().collect();
    assert_eq!(lines[0], "message_created 93207172");
    assert!(lines[1].contains("$(touch hacked)") && lines[3].contains("missed"), "{seen}");
    assert!(!desk.home().join("hacked").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_watch_ends_if_the_token_is_refused() {
    let desk = Desk::new().await;
    let mut command = desk.command(&["watch"]);
    command.env("CHATWORK_API_TOKEN", "wrong");
    command.env("CHATWORK_API_BASE_URL", desk.sandbox.base_url());
    let err = crate::support::finish(command, b"").fails(4);
    assert!(err.contains("the watch has ended"), "{err}");
}

/// Ends a program as Ctrl-C does.
#[cfg(unix)]
fn interrupt(running: &Running) {
    let id = running.child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_watch_of_all_rooms_ends_with_a_code_of_its_own_when_it_is_interrupted() {
    let desk = Desk::of("hanako").await;
    let (watch, _) = Running::start(desk.command(&["watch", "--json"]), "Watching");
    interrupt(&watch);
    let err = watch.end().fails(130);
    assert!(err.contains("\"code\":\"interrupted\""), "{err}");
}

#[cfg(all(unix, feature = "archive"))]
#[tokio::test(flavor = "multi_thread")]
async fn an_archive_follows_until_it_is_interrupted() {
    let desk = Desk::of("hanako").await;
    let (follow, _) = Running::start(desk.command(&["archive", "follow", ROOM]), "Watching");
    desk.client("ken").room(RoomId(93_207_172)).post("追いかける文面").await.unwrap();
    // A reader sees it as soon as the room was read again.
    while desk.run(&["archive", "search", "追いかける文面"]).ok().is_empty() {}
    interrupt(&follow);
    follow.end().fails(130);
}

#[cfg(all(unix, feature = "sandbox"))]
#[tokio::test(flavor = "multi_thread")]
async fn a_sandbox_of_the_program_answers_it() {
    let desk = Desk::new().await;
    let mut command = desk.command(&["sandbox", "--port", "0", "--no-limits"]);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let hello: Value = serde_json::from_str(&line).unwrap();
    let mut command = desk.command(&["me", "--json=name"]);
    command.env("CHATWORK_API_BASE_URL", hello["base_url"].as_str().unwrap());
    command.env("CHATWORK_API_TOKEN", hello["accounts"][1]["token"].as_str().unwrap());
    let me = crate::support::finish(command, b"").json();
    assert_eq!(me["name"], "佐藤 健");
    let id = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
}

#[tokio::test(flavor = "multi_thread")]
async fn webhooks_are_verified_and_each_message_comes_once() {
    let desk = Desk::of("hanako").await;
    let args = ["webhooks", "listen", "--listen", "127.0.0.1:0", "--limit", "2"];
    desk.run(&args).fails(2);
    let mut command = desk.command(&args);
    command.env("CHATWORK_WEBHOOK_TOKEN", TOKEN);
    let (listener, line) = Running::start(command, "Listening on");
    let address = line.split_whitespace().find(|word| word.starts_with("http://")).unwrap();
    let address = address.trim_end_matches(['.', '/']).to_owned() + "/hook";
    let room = RoomId(93_207_172);
    // Two webhooks report the same mention.
    let webhooks = desk.sandbox.webhooks();
    webhooks.add(&WebhookSeed::mentions("hanako", &address).token(TOKEN)).unwrap();
    webhooks.add(&WebhookSeed::room("hanako", room, &address).token(TOKEN)).unwrap();
    let ken = desk.client("ken").room(room);
    ken.post("[To:1484814] 一").await.unwrap();
    desk.sandbox.webhooks().idle().await;
    // A forged delivery is refused.
    let forged = chatwork_sdk::reqwest::Client::builder().no_proxy().build().unwrap();
    let reply = forged.post(&address).body("{}").send().await.unwrap();
    assert_eq!(reply.status().as_u16(), 401);
    ken.post("二").await.unwrap();
    let ran = listener.end();
    let bodies: Vec<String> = ran
        .out
        .lines()
        .map(|line| {
            serde_json::from_str::<Value>(line).unwrap()["webhook_event"]["body"].to_string()
        })
        .collect();
    assert_eq!(bodies, ["\"[To:1484814] 一\"", "\"二\""], "{ran:?}");
    assert!(ran.err.contains("refused a delivery"), "{ran:?}");
}
