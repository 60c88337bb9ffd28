//! Several tasks or files in one command: what was done is said, also if a later step fails.

use chatwork_sandbox::Fault;
use serde_json::Value;

use crate::support::{Desk, ROOM};

/// Makes files of these names.
fn files(desk: &Desk, names: &[&str]) {
    for name in names {
        std::fs::write(desk.home().join(name), "x").unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_has_one_head() {
    let desk = Desk::of("hanako").await;
    files(&desk, &["a.txt", "b.txt"]);
    let long = "一行のログ\n".repeat(12_000);
    std::fs::write(desk.home().join("log.txt"), long).unwrap();
    for args in [
        &["files", "put", ROOM, "a.txt", "b.txt", "--csv"][..],
        &["tasks", "add", ROOM, "x", "--to", "佐藤 健", "--to", "me", "--csv"],
        &["tasks", "done", ROOM, "3071284", "3071285", "--csv"],
        &["send", ROOM, "--file", "log.txt", "--split", "--csv"],
    ] {
        let csv = desk.run(args).ok();
        assert_eq!(
            (csv.lines().count(), csv.matches('\u{feff}').count()),
            (3, 1),
            "{args:?}: {csv}"
        );
        assert!(csv.starts_with("\u{feff}\""), "{args:?}: {csv}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_behind_others_says_what_was_done_and_what_was_not() {
    let desk = Desk::of("hanako").await;
    files(&desk, &["a.txt", "b.txt", "c.txt"]);
    let fault = Fault::status(400).operation("uploadRoomFile").skip(1).times(9);
    desk.sandbox.faults().add(fault).unwrap();
    let ran = desk.run(&["files", "put", ROOM, "a.txt", "b.txt", "c.txt"]);
    assert_eq!((ran.code, ran.out.lines().count()), (3, 1), "{ran:?}");
    assert!(ran.err.contains("only 1 of 3 were done"), "{}", ran.err);
    assert!(ran.err.contains("done: a.txt; not done: b.txt c.txt"), "{}", ran.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn json_has_what_was_done_on_stdout_and_the_rest_in_the_error() {
    let desk = Desk::of("hanako").await;
    let ran = desk.run(&["tasks", "done", ROOM, "3071284", "1", "3071285", "--json"]);
    assert_eq!(ran.code, 3, "{ran:?}");
    let done: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(done[0]["task_id"], 3_071_284);
    assert_eq!(done.as_array().unwrap().len(), 1);
    let error: Value = serde_json::from_str(&ran.err).unwrap();
    let error = &error["error"];
    assert_eq!(error["code"], "partly_done");
    assert_eq!(error["done"], serde_json::json!(["3071284"]));
    assert_eq!(error["not_done"], serde_json::json!(["1", "3071285"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_that_may_be_done_is_named_as_that() {
    let desk = Desk::of("hanako").await;
    files(&desk, &["a.txt", "b.txt"]);
    desk.sandbox.faults().add(Fault::status(500).operation("uploadRoomFile").skip(1)).unwrap();
    let err = desk.run(&["files", "put", ROOM, "a.txt", "b.txt"]).fails(3);
    assert!(err.contains("look before you repeat it: b.txt"), "{err}");
    assert!(!err.contains("not done"), "{err}");
}

/// The error of a command under `--json`, in which an operation fails in a way that says nothing of
/// what was done.
fn uncertain(desk: &Desk, operation: &str, skip: u32, args: &[&str]) -> Value {
    desk.sandbox.faults().clear();
    let fault = Fault::status(500).operation(operation).skip(skip).times(9);
    desk.sandbox.faults().add(fault).unwrap();
    let ran = desk.run(&[args, &["--json"]].concat());
    let error: Value = serde_json::from_str(&ran.err).unwrap();
    error["error"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_be_done_is_in_a_list_of_its_own() {
    let desk = Desk::of("hanako").await;
    files(&desk, &["a.txt", "b.txt", "c.txt"]);
    let put = ["files", "put", ROOM, "a.txt", "b.txt", "c.txt"];
    let error = uncertain(&desk, "uploadRoomFile", 1, &put);
    assert_eq!(error["done"], serde_json::json!(["a.txt"]), "{error}");
    assert_eq!(error["unknown"], serde_json::json!(["b.txt"]), "{error}");
    assert_eq!(error["not_done"], serde_json::json!(["c.txt"]), "{error}");
    // The first one.
    let error = uncertain(&desk, "uploadRoomFile", 0, &put);
    assert_eq!((&error["code"], &error["done"]), (&"service".into(), &Value::Null), "{error}");
    assert_eq!(error["unknown"], serde_json::json!(["a.txt"]), "{error}");
    assert_eq!(error["not_done"], serde_json::json!(["b.txt", "c.txt"]), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_of_a_text_that_may_be_sent_is_a_number() {
    let desk = Desk::of("hanako").await;
    std::fs::write(desk.home().join("log.txt"), "一行のログ\n".repeat(24_000)).unwrap();
    let send = ["send", ROOM, "--file", "log.txt", "--split"];
    let error = uncertain(&desk, "createRoomMessage", 1, &send);
    assert_eq!(error["posted"].as_array().unwrap().len(), 1, "{error}");
    assert_eq!(error["unknown"], serde_json::json!(["2"]), "{error}");
    assert_eq!(error["not_done"], serde_json::json!(["3"]), "{error}");
    let error = uncertain(&desk, "createRoomMessage", 0, &["send", ROOM, "x"]);
    assert_eq!(error["unknown"], serde_json::json!(["1"]), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_of_the_first_step_keeps_its_own_code() {
    let desk = Desk::of("hanako").await;
    let ran = desk.run(&["tasks", "done", ROOM, "1", "3071284", "--json"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{ran:?}");
    let error: Value = serde_json::from_str(&ran.err).unwrap();
    assert_eq!(error["error"]["code"], "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn parts_that_were_sent_are_on_stdout_also_if_a_later_one_fails() {
    let desk = Desk::of("hanako").await;
    std::fs::write(desk.home().join("log.txt"), "一行のログ\n".repeat(12_000)).unwrap();
    let fault = Fault::status(400).operation("createRoomMessage").skip(1);
    desk.sandbox.faults().add(fault).unwrap();
    let ran = desk.run(&["send", ROOM, "--file", "log.txt", "--split", "--json"]);
    assert_eq!(ran.code, 3, "{ran:?}");
    let sent: Value = serde_json::from_str(&ran.out).unwrap();
    let error: Value = serde_json::from_str(&ran.err).unwrap();
    assert_eq!(sent["message_ids"].as_array().unwrap().len(), 1, "{sent}");
    assert_eq!(sent["message_ids"], error["error"]["posted"]);
}
