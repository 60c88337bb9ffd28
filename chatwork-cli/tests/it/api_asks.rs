//! `api` asks as the commands do that have a name.

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
async fn a_body_that_notifies_everybody_needs_a_yes() {
    let desk = Desk::of("hanako").await;
    let before = desk.operations().len();
    let (messages, tasks) = (format!("/rooms/{ROOM}/messages"), format!("/rooms/{ROOM}/tasks"));
    let edit = format!("{messages}/1");
    for (method, path) in [("POST", &messages), ("PUT", &edit), ("POST", &tasks)] {
        let err = desk.run(&["api", method, path, "-f", "body=[toall] x"]).fails(2);
        assert!(err.contains(&format!("Send {method} {path}? It notifies every member")), "{err}");
    }
    let from_file = ["api", "POST", &messages, "-F", "body=@-"];
    desk.run_with(&from_file, "[toall] x").fails(2);
    assert_eq!(desk.operations().len(), before);
    desk.run(&["api", "POST", &messages, "-f", "body=[toall] x", "--yes"]).ok();
    assert_eq!(desk.operations().split_off(before), ["createRoomMessage"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replacement_of_the_members_needs_a_yes() {
    let desk = Desk::of("hanako").await;
    let before = desk.operations().len();
    let path = format!("/rooms/{ROOM}/members");
    let put = ["api", "PUT", &path, "-f", "members_admin_ids=1484814"];
    let err = desk.run(&put).fails(2);
    assert!(err.contains("replaces all members") && err.contains("--yes"), "{err}");
    assert_eq!(desk.operations().len(), before);
    desk.run(&[&put[..], &["--yes"]].concat()).ok();
    assert_eq!(desk.operations().split_off(before), ["replaceRoomMembers"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn other_requests_ask_nothing() {
    let desk = Desk::of("hanako").await;
    let path = format!("/rooms/{ROOM}");
    desk.run(&["api", "PUT", &path, "-f", "description=x"]).ok();
    let code = "body=[code][toall][/code]";
    desk.run(&["api", "POST", &format!("{path}/messages"), "-f", code]).ok();
}

/// Without a code, the API replaces the address of the link by a random one.
#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_the_link_without_its_code_needs_a_yes() {
    let desk = Desk::of("hanako").await;
    let before = desk.operations().len();
    let path = format!("/rooms/{ROOM}/link");
    let put = ["api", "PUT", &path, "-f", "description=x"];
    let err = desk.run(&put).fails(2);
    assert!(err.contains("replaced by a random one") && err.contains("--yes"), "{err}");
    assert_eq!(desk.operations().len(), before);
    desk.run(&[&put[..], &["-f", "code=kept"]].concat()).ok();
    desk.run(&[&put[..], &["--yes"]].concat()).ok();
}
