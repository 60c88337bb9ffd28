//! A command that waits for a rate limit says so.

use crate::support::{Desk, ROOM};

/// In real time: the room takes 10 posts in 10 seconds.
#[ignore = "takes 20 seconds"]
#[tokio::test(flavor = "multi_thread")]
async fn a_post_to_a_full_room_says_how_long_it_waits() {
    let desk = Desk::of("hanako").await;
    for number in 0..10 {
        assert_eq!(desk.run(&["send", ROOM, &number.to_string()]).err, "");
    }
    let ran = desk.run(&["send", ROOM, "10"]);
    assert!(ran.err.starts_with("Waiting ") && ran.err.contains(ROOM), "{ran:?}");
    for number in 0..9 {
        desk.run(&["send", ROOM, &number.to_string(), "--json"]).ok();
    }
    // Under --json, stderr is for the error alone.
    assert_eq!(desk.run(&["send", ROOM, "20", "--json"]).err, "");
}
