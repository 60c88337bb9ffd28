//! How commands fail: one sentence, what to do, and a code.

use chatwork_sandbox::{Fault, FaultLimit};
use serde_json::Value;

use crate::support::{Desk, ROOM};

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_is_one_sentence_and_a_hint() {
    let desk = Desk::of("hanako").await;
    for (args, code, message) in [
        (&["rooms", "view", "1"][..], 1, "Chatwork does not allow this: "),
        (&["messages", "view", "93207172-1"], 1, "Chatwork does not find it: "),
        (&["rooms", "view", "新製品"], 1, "there is no room `新製品`"),
        (&["messages", "view", "12"], 1, "`12` does not name a message"),
        (&["rooms", "add", ROOM, "佐藤"], 1, "there is no person `佐藤` here"),
        (&["tasks", "add", "my", "x", "--due", "someday"], 2, "`someday` is not a day"),
        (&["rooms", "edit", ROOM], 2, "there is nothing to change"),
        (&["rooms", "delete", ROOM], 2, "Delete room 93207172 with all"),
        (&["rooms", "lits"], 2, "`lits` is not a command"),
        (&["rooms", "list", "--type", "x"], 2, "`x` is not a value of --type"),
        (&["send", "my"], 2, "there is no text"),
        (&["send", "my", "--unknown"], 2, "`--unknown` is not an argument"),
        (&["api", "FETCH", "/me"], 2, "`FETCH` is not a method"),
        (&["api", "GET", "/rooms/../me"], 1, "not sent: "),
    ] {
        let err = desk.run(args).fails(code);
        let mut lines = err.lines();
        let first = lines.next().unwrap();
        assert!(first.starts_with(&format!("error: {message}")), "{args:?}: {err}");
        assert!(code != 2 || lines.next().unwrap().starts_with("hint: "), "{args:?}: {err}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_is_not_exact_names_the_candidates() {
    let desk = Desk::of("hanako").await;
    let err = desk.run(&["rooms", "view", "新製品"]).fails(1);
    assert!(err.contains("93207172  新製品プロジェクト"), "{err}");
    let json = desk.run(&["rooms", "view", "新製品", "--json"]).fails(1);
    let error: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(error["error"]["code"], "unknown_name");
    assert_eq!(error["error"]["candidates"][0]["id"], 93_207_172);
    assert_eq!(error["error"]["candidates"][0]["name"], "新製品プロジェクト");

    desk.run(&["rooms", "create", "営業部"]).ok();
    let err = desk.run(&["rooms", "view", "営業部"]).fails(1);
    assert!(err.contains("several rooms have the name `営業部`"), "{err}");
    desk.run(&["config", "set", "rooms.sales", "93310055"]).ok();
    assert!(desk.run(&["rooms", "view", "sales"]).ok().contains("93310055"));
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_under_json_are_objects() {
    let desk = Desk::of("hanako").await;
    let err = desk.run(&["rooms", "view", "1", "--json"]).fails(1);
    let error: Value = serde_json::from_str(&err).unwrap();
    let error = &error["error"];
    assert_eq!(error["code"], "forbidden");
    assert_eq!(error["status"], 403);
    assert_eq!(error["operation"], "getRoom");
    assert!(error["message"].is_string() && error["hint"].is_string());
    let err = desk.run(&["rooms", "lits", "--json"]).fails(2);
    let error: Value = serde_json::from_str(&err).unwrap();
    assert_eq!(error["error"]["code"], "usage");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_with_an_api_token_speaks_of_no_scope() {
    let desk = Desk::of("hanako").await;
    let err = desk.run(&["rooms", "view", "1"]).fails(1);
    assert!(err.contains("hint: the room does not exist, you are not in it"), "{err}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_with_a_consent_names_the_scopes() {
    let desk = Desk::new().await;
    assert!(crate::accounts::consent(&desk).await.1);
    let err = desk.run(&["rooms", "view", "1"]).fails(1);
    assert!(err.contains("one of these allows it: rooms.all:read"), "{err}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rate_limit_has_its_own_code() {
    let desk = Desk::of("hanako").await;
    let status = ["status", "--max-wait", "0", "--json"];
    desk.run(&status).ok();
    let fault = Fault::rate_limit(FaultLimit::Account).operation("getMyStatus");
    desk.sandbox.faults().add(fault).unwrap();
    let err = desk.run(&status).fails(5);
    let error: Value = serde_json::from_str(&err).unwrap();
    let error = &error["error"];
    assert_eq!((&error["code"], &error["status"]), (&"rate_limited".into(), &429.into()), "{err}");
    assert_eq!(error["operation"], "getMyStatus");
    assert!(error["retry_at"].as_i64().unwrap() > 0, "{err}");
    let message = error["message"].as_str().unwrap();
    assert!(message.starts_with("the rate limit of the account is used up until "), "{err}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_that_may_be_done_says_so() {
    let desk = Desk::of("hanako").await;
    desk.sandbox.faults().add(Fault::status(500).operation("createRoomMessage")).unwrap();
    let err = desk.run(&["send", ROOM, "x"]).fails(1);
    assert!(err.contains("status 500") && err.contains("look before you repeat it"), "{err}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_not_there_is_named() {
    let desk = Desk::new().await;
    let mut command = desk.command(&["send", "1", "x"]);
    command
        .env("CHATWORK_API_TOKEN", "a-token")
        .env("CHATWORK_API_BASE_URL", "http://127.0.0.1:1/v2");
    let err = crate::support::finish(command, b"").fails(1);
    assert!(err.contains("cannot reach http://127.0.0.1:1/v2"), "{err}");
    assert!(!err.contains("a-token"));
    let mut command = desk.command(&["me"]);
    command
        .env("CHATWORK_API_TOKEN", "a-token")
        .env("CHATWORK_API_BASE_URL", "http://host.example/v2");
    let err = crate::support::finish(command, b"").fails(1);
    assert!(err.contains("CHATWORK_API_ALLOW_INSECURE_HTTP=1"), "{err}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_who_has_not_signed_in_is_told_how() {
    let desk = Desk::new().await;
    let err = desk.run(&["rooms", "list"]).fails(4);
    assert!(err.contains("chatwork auth login") && err.contains("CHATWORK_API_TOKEN"), "{err}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_zone_of_the_configuration_can_be_mended() {
    let desk = Desk::of("hanako").await;
    let path = desk.config().join("config.toml");
    let config = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, format!("time_zone = \"Mars\"\n{config}")).unwrap();
    let ran = desk.run(&["me"]);
    assert!(ran.code == 0 && ran.err.contains("`Mars` is not a time zone"), "{ran:?}");
    desk.run(&["config", "unset", "time_zone"]).ok();
    assert!(desk.run(&["me"]).err.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_input_that_cannot_be_read_is_no_failure_of_the_output() {
    let desk = Desk::of("hanako").await;
    let mut command = desk.command(&["api", "POST", "/rooms/1/messages", "-F", "body=@-"]);
    // A folder can be opened, and not read.
    command.stdin(std::fs::File::open(desk.home()).unwrap());
    let output = command.output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{err}");
    assert!(err.contains("the standard input cannot be read"), "{err}");
}
