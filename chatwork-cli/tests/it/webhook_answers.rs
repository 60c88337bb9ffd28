//! What `webhooks listen` answers, and what becomes of accepted deliveries when it is interrupted.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use chatwork_sandbox::WebhookSeed;
use chatwork_sdk::RoomId;

use crate::support::Desk;

const TOKEN: &str = "iY/hmitgwCBlc5DnjAZ8pyRG1HF0zFflfmKmtCDg1wk=";
const ID: RoomId = RoomId(93_207_172);

/// A listener that is ready, and a webhook of the sandbox that it receives.
struct Listener {
    child: Child,
    err: BufReader<ChildStderr>,
    address: String,
}

impl Listener {
    fn start(desk: &Desk, args: &[&str]) -> Self {
        let listen = ["webhooks", "listen", "--listen", "127.0.0.1:0"];
        let mut command = desk.command(&[&listen[..], args].concat());
        command.env("CHATWORK_WEBHOOK_TOKEN", TOKEN).stdin(Stdio::null());
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut err = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        err.read_line(&mut line).unwrap();
        let address = line.split_whitespace().find(|word| word.starts_with("http://")).unwrap();
        let address = address.trim_end_matches(['.', '/']).to_owned() + "/hook";
        let seed = WebhookSeed::room("hanako", ID, &address).token(TOKEN);
        desk.sandbox.webhooks().add(&seed).unwrap();
        Self { child, err, address }
    }

    /// Reads stderr until a line has this text.
    fn wait_for(&mut self, text: &str) {
        let mut line = String::new();
        while !line.contains(text) {
            line.clear();
            assert!(self.err.read_line(&mut line).unwrap() > 0, "it ended without `{text}`");
        }
    }

    fn interrupt(&self) {
        self.signal("-INT");
    }

    fn signal(&self, signal: &str) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
    }

    /// Returns the exit code, and what is left of stderr.
    fn end(mut self) -> (Option<i32>, String) {
        let mut err = String::new();
        self.err.read_to_string(&mut err).unwrap();
        (self.child.wait().unwrap().code(), err)
    }
}

/// The status of the answer to each delivery so far.
async fn answers(desk: &Desk) -> Vec<Option<u16>> {
    desk.sandbox.webhooks().idle().await;
    desk.sandbox.webhooks().deliveries().into_iter().map(|delivery| delivery.status).collect()
}

async fn post(desk: &Desk, text: &str) {
    desk.client("ken").room(ID).post(text).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delivery_is_answered_when_its_command_has_ended() {
    let desk = Desk::of("hanako").await;
    let exec = "cat > seen.json";
    let listener = Listener::start(&desk, &["--limit", "1", "--exec", exec]);
    post(&desk, "橋").await;
    assert_eq!(answers(&desk).await, [Some(200)]);
    // The answer came behind the end of the command.
    let seen = std::fs::read_to_string(desk.home().join("seen.json")).unwrap();
    assert!(seen.contains("\"body\":\"橋\""), "{seen}");
    assert_eq!(listener.end().0, Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delivery_whose_command_fails_is_answered_500() {
    let desk = Desk::of("hanako").await;
    let listener = Listener::start(&desk, &["--limit", "1", "--exec", "exit 7"]);
    post(&desk, "x").await;
    assert_eq!(answers(&desk).await, [Some(500)]);
    let (code, err) = listener.end();
    assert_eq!(code, Some(1));
    assert!(err.contains("the command failed with code 7"), "{err}");
    assert!(err.contains("1 of 1 events could not be handled"), "{err}");
}

/// A command that says that it has begun, and ends when it may.
const SLOW: &str = "echo begun >&2; while [ ! -e go ]; do sleep 0.05; done; cat >> seen.json";

/// Ends a listener by a signal while it acts on a delivery.
async fn finishes_what_was_accepted(signal: &str) {
    let desk = Desk::of("hanako").await;
    let mut listener = Listener::start(&desk, &["--exec", SLOW]);
    post(&desk, "一").await;
    listener.wait_for("begun");
    listener.signal(signal);
    listener.wait_for("Accepting no more deliveries");
    std::fs::write(desk.home().join("go"), "").unwrap();
    let (code, err) = listener.end();
    assert_eq!(code, Some(130), "{err}");
    assert!(!err.contains("not delivered"), "{err}");
    assert_eq!(answers(&desk).await, [Some(200)]);
    assert!(std::fs::read_to_string(desk.home().join("seen.json")).unwrap().contains("一"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_accepted_is_finished_when_it_is_interrupted() {
    finishes_what_was_accepted("-INT").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_accepted_is_finished_when_the_system_ends_it() {
    finishes_what_was_accepted("-TERM").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_finished_is_named() {
    let desk = Desk::of("hanako").await;
    let mut listener = Listener::start(&desk, &["--exec", SLOW]);
    post(&desk, "一").await;
    listener.wait_for("begun");
    listener.interrupt();
    listener.wait_for("Accepting no more deliveries");
    listener.interrupt();
    let (code, err) = listener.end();
    assert_eq!(code, Some(130), "{err}");
    assert!(err.contains(&format!("not delivered: message_created {ID}-")), "{err}");
    assert!(err.contains("1 deliveries were accepted and not delivered"), "{err}");
    // Its process is not left behind for ever.
    std::fs::write(desk.home().join("go"), "").unwrap();
}

/// Another service, which answers 500 so often and then 200. Returns its address, and how many bodies
/// came.
async fn service(refusals: usize) -> (String, Arc<AtomicUsize>) {
    let count = Arc::new(AtomicUsize::new(0));
    let counted = count.clone();
    let service = axum::Router::new().fallback(move || async move {
        match counted.fetch_add(1, Ordering::SeqCst) < refusals {
            true => axum::http::StatusCode::INTERNAL_SERVER_ERROR,
            false => axum::http::StatusCode::OK,
        }
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/in", listener.local_addr().unwrap());
    tokio::spawn(async { axum::serve(listener, service).await });
    (url, count)
}

/// Runs a command and posts to a service for a mention that two webhooks deliver. Returns how often the
/// command has run, how often the service was called, and the answers.
async fn delivered_twice(exec: &str, refusals: usize) -> (usize, usize, Vec<Option<u16>>) {
    let desk = Desk::of("hanako").await;
    let (url, count) = service(refusals).await;
    let exec = format!("echo x >> runs.txt; {exec}");
    let listener = Listener::start(&desk, &["--limit", "2", "--exec", &exec, "--forward", &url]);
    let seed = WebhookSeed::mentions("hanako", &listener.address).token(TOKEN);
    desk.sandbox.webhooks().add(&seed).unwrap();
    post(&desk, "[To:1484814] 一").await;
    let mut answers = answers(&desk).await;
    answers.sort_unstable();
    assert_eq!(listener.end().0, Some(0));
    let runs = std::fs::read_to_string(desk.home().join("runs.txt")).unwrap();
    (runs.lines().count(), count.load(Ordering::SeqCst), answers)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_that_has_succeeded_is_not_run_again_because_a_service_failed() {
    let (runs, calls, answers) = delivered_twice("true", 1).await;
    assert_eq!((runs, calls), (1, 2));
    assert_eq!(answers, [Some(200), Some(500)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_has_answered_is_not_called_again_because_a_command_failed() {
    let first_fails = "[ -e tried ] || { touch tried; exit 1; }";
    let (runs, calls, answers) = delivered_twice(first_fails, 0).await;
    assert_eq!((runs, calls), (2, 1));
    assert_eq!(answers, [Some(200), Some(500)]);
}
