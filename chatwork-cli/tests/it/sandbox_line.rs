//! The first line of `chatwork sandbox` is that of the sandbox's library.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use serde_json::Value;

use crate::support::Desk;

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
