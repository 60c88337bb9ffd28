//! The first line of `chatwork sandbox` is that of the sandbox's library.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use serde_json::Value;

use crate::support::Desk;

/// The options that `chatwork sandbox` shares with the program `chatwork-sandbox`.
#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_generated_world_is_kept_in_a_file_until_the_next_start() {
    let desk = Desk::new().await;
    let file = desk.home().join("state.json");
    let size = "rooms=3,messages=9,accounts=2,seed=1";
    let state = file.to_str().unwrap();
    for arguments in [&["--generate", size, "--state", state][..], &["--state", state]] {
        let mut command = desk.command(&["sandbox", "--port", "0"]);
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let hello: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(hello["accounts"][1]["token"], "u2-sandbox-token", "{line}");
        let id = child.id().to_string();
        assert!(
            std::process::Command::new("kill").args(["-TERM", &id]).status().unwrap().success()
        );
        child.wait().unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_line_has_all_that_the_library_announces() {
    let desk = Desk::new().await;
    let mut command = desk.command(&["sandbox", "--port", "0"]);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    let keys = |text: &str| {
        let value: Value = serde_json::from_str(text).unwrap();
        value.as_object().unwrap().keys().cloned().collect::<Vec<_>>()
    };
    let announced = serde_json::to_string(&desk.sandbox.announcement()).unwrap();
    assert_eq!(keys(&line), keys(&announced));
    assert!(keys(&line).contains(&"webhooks".to_owned()), "{line}");
}
