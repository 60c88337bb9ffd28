//! On a pseudo-terminal, which `script` of util-linux makes.

use std::process::Command;

use crate::support::{BIN, Desk, ROOM, Ran, finish};

/// Runs the program on a terminal. What a person types goes to it as it is needed.
pub(crate) fn on_terminal(desk: &Desk, args: &str, typed: &str, env: &[(&str, &str)]) -> Ran {
    let mut command = Command::new("script");
    desk.isolate(&mut command);
    command.envs(env.iter().copied()).env("TERM", "xterm").env("COLUMNS", "60");
    command.args(["-qec", &format!("{BIN} {args}"), "/dev/null"]);
    finish(command, typed.as_bytes())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_terminal_shows_a_table_that_fits() {
    let desk = Desk::of("hanako").await;
    let ran = on_terminal(&desk, &format!("messages list {ROOM}"), "", &[]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.contains("\u{1b}[1mTIME") && ran.out.contains("佐藤 健"), "{}", ran.out);
    let ran = on_terminal(&desk, "rooms list", "", &[("NO_COLOR", "1")]);
    assert!(!ran.out.contains('\u{1b}') && ran.out.contains("ROOM"), "{}", ran.out);
    let ran = on_terminal(&desk, &format!("rooms view {ROOM} --json"), "", &[]);
    assert!(ran.out.contains("{\r\n  \"description\""), "{}", ran.out);
    let ran = on_terminal(&desk, "rooms view 1", "", &[]);
    assert!(ran.out.contains("\u{1b}[1m") && ran.out.contains("error:"), "{}", ran.out);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_destroys_asks_first() {
    let desk = Desk::of("hanako").await;
    let ran = on_terminal(&desk, "rooms leave 93310055", "n\n", &[]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(
        ran.out.contains("Leave room 93310055 (営業部)?") && ran.out.contains("[y/N]"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("nothing was done"), "{}", ran.out);
    let ran = on_terminal(&desk, "rooms leave 93310055", "y\n", &[]);
    assert_eq!(ran.code, 0, "{ran:?}");
    desk.run(&["rooms", "view", "93310055"]).fails(1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_can_be_typed() {
    let desk = Desk::new().await;
    let args = format!("auth login --base-url {}", desk.sandbox.base_url());
    let ran = on_terminal(&desk, &args, "hanako-sandbox-token\n", &[]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.contains("API token for http://127.0.0.1"), "{}", ran.out);
    assert!(ran.out.contains("Signed in as 山田 花子"), "{}", ran.out);
}
