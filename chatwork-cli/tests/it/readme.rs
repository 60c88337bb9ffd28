//! The first steps of the READMEs, as a person types them.

#![cfg(all(unix, feature = "archive"))]

use std::process::Command;

use crate::support::{Desk, finish};

/// Returns the lines of the block that signs in.
fn first_steps(page: &str) -> String {
    let mut blocks = page.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next());
    blocks.find(|block| block.contains("auth login")).unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_steps_work_as_they_are_written() {
    let steps = first_steps(include_str!("../../README.md"));
    assert_eq!(steps, first_steps(include_str!("../../README.ja.md")));
    let desk = Desk::new().await;
    let address = "http://127.0.0.1:8899/v2";
    assert!(steps.contains(address));
    let mut command = Command::new("sh");
    desk.isolate(&mut command);
    command.args(["-euc", &steps.replace(address, &desk.sandbox.base_url())]);
    let ran = finish(command, b"");
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.contains("[会議]室は予約しました"), "{ran:?}");
    assert!(desk.home().join("議事録_6月.txt").exists());
    let rooms = desk.client("ken").rooms().await.unwrap();
    assert!(rooms.iter().any(|room| room.mention_num > 0));
}
