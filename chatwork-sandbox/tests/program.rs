//! The program: its first line, its options, its errors.

#![cfg(feature = "bin")]
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

use std::io::{BufRead, BufReader, Read};
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::time::Duration;

use serde_json::Value;

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chatwork-sandbox"));
    command.args(arguments).env_remove("CHATWORK_SANDBOX_LOG").stdin(Stdio::null());
    command
}

/// The errors of a program that does not start.
fn refused(arguments: &[&str]) -> String {
    let mut child =
        program(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A program that takes the arguments goes on: it fails the test instead of blocking it.
    for _ in 0..1_000 {
        if child.try_wait().unwrap().is_some() {
            break;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    child.kill().unwrap();
    let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
    assert!(!status.success() && stdout.is_empty(), "{arguments:?}: {status}");
    String::from_utf8(stderr).unwrap()
}

/// A running program. Dropping it ends the program.
struct Running {
    child: Child,
    stdout: BufReader<ChildStdout>,
    line: String,
    hello: Value,
}

impl Running {
    fn start(arguments: &[&str]) -> Self {
        let mut command = program(arguments);
        Self::greet(command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap())
    }

    /// Reads the first line.
    fn greet(mut child: Child) -> Self {
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        let hello = serde_json::from_str(&line).unwrap();
        Self { child, stdout, line, hello }
    }

    async fn get(&self, path: &str) -> Value {
        self.send(path).await.json().await.unwrap()
    }

    async fn send(&self, path: &str) -> reqwest::Response {
        let base = self.hello["base_url"].as_str().unwrap().strip_suffix("/v2").unwrap();
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let request = http.get(format!("{base}{path}"));
        let token = self.hello["accounts"][0]["token"].as_str().unwrap();
        request.header("x-chatworktoken", token).send().await.unwrap()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A world in a file of its own, which is removed with this.
struct File(PathBuf);

impl File {
    fn new(name: &str, text: &str) -> Self {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        std::fs::write(&path, text).unwrap();
        Self(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

#[tokio::test]
async fn the_first_line_has_the_address_and_the_accounts() {
    let program = Running::start(&["--port", "0"]);
    let account = &program.hello["accounts"][0];
    assert!(program.hello["rooms"][0]["room_id"].is_i64());
    let me = program.get("/v2/me").await;
    for field in ["name", "account_id", "room_id"] {
        assert_eq!(me[field], account[field], "{field}");
    }
}

/// The tests of this crate build serde_json with `preserve_order`, the program without it, so this
/// test and the next one belong together.
#[test]
fn the_keys_of_the_first_line_come_in_their_declared_order() {
    let program = Running::start(&["--port", "0"]);
    let expected =
        ["base_url", "authorization_url", "token_url", "accounts", "apps", "rooms", "webhooks"];
    let places = expected.map(|key| program.line.find(&format!("\"{key}\":")).unwrap());
    assert!(places.is_sorted(), "{places:?}");
    let account =
        "\"accounts\":[{\"key\":\"hanako\",\"name\":\"山田 花子\",\"account_id\":1484814,";
    assert!(program.line.contains(account), "{}", program.line);
}

/// Whether a JSON value keeps the order of its keys depends on a feature of serde_json that any
/// crate of a build may turn on. A struct always keeps it.
#[test]
fn no_reply_and_no_line_is_made_of_a_json_value() {
    let mut folders = vec![PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            // There, bodies are read as JSON values, since they hold a part of the fields.
            if path.ends_with("control/world") {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]\nmod ").next().unwrap();
            let found = ["json!", "serde_json::Value", "serde_json::Map"];
            let found = found.iter().find(|word| code.contains(*word));
            assert_eq!(found, None, "{}", path.display());
        }
    }
}

#[tokio::test]
async fn a_world_file_replaces_the_default_world() {
    let world = "{ \"accounts\": [{ \"key\": \"anna\", \"id\": 11, \"name\": \"Anna\", \
                 \"token\": \"t\" }] }";
    let file = File::new("anna.json", world);
    let program = Running::start(&["--port", "0", "--world", file.path()]);
    assert_eq!(program.hello["accounts"].as_array().unwrap().len(), 1);
    assert_eq!(program.get("/v2/me").await["name"], "Anna");
}

#[tokio::test]
async fn the_state_of_one_program_is_the_world_of_another() {
    let first = Running::start(&["--port", "0"]);
    let state = first.send("/_sandbox/state").await.text().await.unwrap();
    let file = File::new("state-as-world.json", &state);
    let second = Running::start(&["--port", "0", "--world", file.path()]);
    assert_eq!(second.hello["accounts"], first.hello["accounts"]);
    assert_eq!(second.hello["rooms"], first.hello["rooms"]);
}

#[tokio::test]
async fn a_world_is_generated() {
    let program = Running::start(&["--port", "0", "--generate", "rooms=20,messages=50,seed=1"]);
    assert_eq!(program.hello["accounts"][0]["token"], "u1-sandbox-token");
    assert_eq!(program.get("/v2/rooms").await.as_array().unwrap().len(), 21);
}

/// A folder of its own, which is removed with this.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self) -> String {
        self.0.join("state.json").to_str().unwrap().to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

const ROOM: &str = "/v2/rooms/93207172/messages";

impl Running {
    async fn say(&self, body: &str) {
        let base = self.hello["base_url"].as_str().unwrap();
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let url = format!("{}{ROOM}", base.strip_suffix("/v2").unwrap());
        let request = http.post(url).header("x-chatworktoken", "hanako-sandbox-token");
        assert_eq!(request.form(&[("body", body)]).send().await.unwrap().status(), 200);
    }

    async fn newest(&self) -> Value {
        let messages = self.get(&format!("{ROOM}?force=1")).await;
        messages.as_array().unwrap().last().unwrap()["body"].clone()
    }

    #[cfg(unix)]
    fn end(mut self, signal: &str) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
        assert!(self.child.wait().unwrap().success(), "{signal}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_state_in_a_file_survives_a_restart() {
    let folder = Folder::new("kept");
    let arguments = ["--port", "0", "--state", &folder.file()];
    for (signal, body) in [("-INT", "said before the restart"), ("-TERM", "said before the second")]
    {
        let program = Running::start(&arguments);
        program.say(body).await;
        program.end(signal);
        let program = Running::start(&arguments);
        assert_eq!(program.newest().await, body);
        program.end(signal);
    }
}

/// The state is saved while the sandbox runs, so that a kill loses little.
#[tokio::test]
async fn a_state_in_a_file_is_saved_while_the_sandbox_runs() {
    let folder = Folder::new("killed");
    let arguments = ["--port", "0", "--state", &folder.file()];
    let program = Running::start(&arguments);
    program.say("said before the kill").await;
    let saved = || std::fs::read_to_string(folder.file()).unwrap_or_default();
    // Waits for the save, not for a time: a save that never comes fails by the patience of the runner.
    while !saved().contains("said before the kill") {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    drop(program);
    assert_eq!(Running::start(&arguments).newest().await, "said before the kill");
}

#[test]
fn a_state_in_a_file_belongs_to_one_sandbox() {
    let folder = Folder::new("locked");
    let arguments = ["--port", "0", "--state", &folder.file()];
    let first = Running::start(&arguments);
    let said = refused(&arguments);
    assert!(said.contains("state.json") && said.contains("another sandbox"), "{said}");
    drop(first);
    drop(Running::start(&arguments));
}

#[test]
fn a_state_that_cannot_be_kept_is_refused_at_the_start() {
    let said = refused(&["--port", "0", "--state", "no-such-folder/state.json"]);
    assert!(said.contains("cannot keep the state in no-such-folder/state.json"), "{said}");
    let folder = Folder::new("broken");
    std::fs::write(folder.file(), "{ \"accounts\": [] }").unwrap();
    let said = refused(&["--port", "0", "--state", &folder.file()]);
    assert!(said.contains("state.json: invalid state: its version is missing"), "{said}");
}

#[cfg(unix)]
#[test]
fn only_its_owner_can_read_a_state_in_a_file() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new("private");
    drop(Running::start(&["--port", "0", "--state", &folder.file()]));
    let mode = std::fs::metadata(folder.file()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[tokio::test]
async fn the_option_clock_stops_the_clock() {
    let program = Running::start(&["--port", "0", "--clock", "1750831200"]);
    let clock = program.get("/_sandbox/clock").await;
    assert_eq!(clock, serde_json::json!({ "now": 1_750_831_200, "runs": false }));
}

#[tokio::test]
async fn rate_limits_are_enforced_unless_the_option_switches_them_off() {
    for (arguments, remaining) in
        [(&["--port", "0"][..], "299"), (&["--port", "0", "--limits", "off"], "300")]
    {
        let program = Running::start(arguments);
        let reply = program.send("/v2/me").await;
        assert_eq!(reply.headers()["x-ratelimit-remaining"], remaining, "{arguments:?}");
    }
}

#[test]
fn a_port_that_is_taken_is_named() {
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let said = refused(&["--port", &port]);
    assert!(said.contains(&format!("cannot listen on 127.0.0.1:{port}")), "{said}");
}

#[test]
fn invalid_yaml_is_reported_with_its_place() {
    let file = File::new("broken.yaml", "accounts:\n  - { key: anna, id: 11\n");
    let said = refused(&["--port", "0", "--world", file.path()]);
    assert!(said.contains("broken.yaml: ") && said.contains("line 2 column 5: "), "{said}");
}

#[test]
fn an_invalid_world_is_reported_with_every_fault() {
    let world = "rooms:\n  - { id: 1, name: One, members: { admin: [anna] } }\n  \
                 - { id: 1, name: Two, members: { admin: [bob] } }\n";
    let file = File::new("senseless.yaml", world);
    let said = refused(&["--port", "0", "--world", file.path()]);
    assert!(said.contains("senseless.yaml: the world has 3 fault(s)"), "{said}");
}

#[test]
fn a_missing_world_file_is_named() {
    let said = refused(&["--world", "nowhere.yaml"]);
    assert!(said.contains("nowhere.yaml"), "{said}");
}

#[test]
fn an_invalid_value_of_an_option_is_named() {
    for (arguments, what) in [
        (["--port", "70000"], "70000"),
        (["--limits", "maybe"], "[possible values: on, off]"),
        (["--clock", "-1"], "-1 is not in 0.."),
        (["--clock", "noon"], "noon"),
        (["--host", "nowhere"], "invalid IP address"),
        (["--generate", "rooms"], "expected accounts="),
    ] {
        let said = refused(&arguments);
        assert!(said.contains(what), "{arguments:?}: {said}");
    }
}

#[tokio::test]
async fn a_closed_stderr_does_not_prevent_replies() {
    let mut program = program(&["--port", "0"]);
    let mut child = program.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stderr.take());
    let program = Running::greet(child);
    assert_eq!(program.get("/v2/me").await["account_id"], 1_484_814);
}

/// Each request writes 22 lines of the log: more than a pipe holds (64 kB), and more than wait in
/// memory.
#[tokio::test]
async fn a_stderr_that_nobody_reads_does_not_prevent_replies() {
    let mut program = program(&["--port", "0", "--limits", "off"]);
    let mut child = program.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let unread = child.stderr.take().unwrap();
    let program = Running::greet(child);
    let ignored: Vec<_> = (0..20).map(|number| format!("{}{number}", "q".repeat(30))).collect();
    let url = format!("{}/me?{}", program.hello["base_url"].as_str().unwrap(), ignored.join("&"));
    let token = program.hello["accounts"][0]["token"].as_str().unwrap();
    // A reply that does not come fails the test instead of blocking it.
    let patience = Duration::from_secs(30);
    let http = reqwest::Client::builder().no_proxy().timeout(patience).build().unwrap();
    for number in 0..150 {
        let reply = http.get(&url).header("x-chatworktoken", token).send().await;
        assert!(reply.is_ok_and(|reply| reply.status() == 200), "request {number}");
    }
    drop(unread);
}

/// `kill` is the only way to interrupt a process without unsafe code.
#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_as_a_success() {
    let mut program = Running::start(&["--port", "0"]);
    let id = program.child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    let mut rest = String::new();
    program.stdout.read_to_string(&mut rest).unwrap();
    assert_eq!((program.child.wait().unwrap().success(), rest.as_str()), (true, ""));
}

#[test]
fn it_ends_as_a_success_when_its_standard_input_is_closed_if_asked_to() {
    let mut program = program(&["--port", "0", "--exit-with-stdin"]);
    let mut child = program.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let stdin = child.stdin.take().unwrap();
    let mut program = Running::greet(child);
    drop(stdin);
    let mut rest = String::new();
    program.stdout.read_to_string(&mut rest).unwrap();
    assert_eq!((program.child.wait().unwrap().success(), rest.as_str()), (true, ""));
}
