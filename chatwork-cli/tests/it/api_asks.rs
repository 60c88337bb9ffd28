//! `api DELETE` asks as the commands do that have a name.

use crate::support::{Desk, ROOM};

#[tokio::test(flavor = "multi_thread")]
async fn a_deletion_by_its_path_needs_a_yes() {
    let desk = Desk::of("hanako").await;
    let before = desk.operations().len();
    let path = format!("/rooms/{ROOM}/link");
    for method in ["DELETE", "delete"] {
        let err = desk.run(&["api", method, &path]).fails(2);
        assert!(err.contains(&format!("Send DELETE {path}?")) && err.contains("--yes"), "{err}");
    }
    assert_eq!(desk.operations().len(), before);
    desk.run(&["api", "DELETE", &path, "--yes"]).ok();
    assert_eq!(desk.operations().split_off(before), ["deleteRoomLink"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn other_methods_ask_nothing() {
    let desk = Desk::of("hanako").await;
    let path = format!("/rooms/{ROOM}");
    desk.run(&["api", "PUT", &path, "-f", "description=x"]).ok();
}
