//! `api`, `config`, `completion`, `man`, `help` and `limits`.

use crate::support::{Desk, ROOM, finish};

#[tokio::test(flavor = "multi_thread")]
async fn any_path_can_be_called() {
    let desk = Desk::of("hanako").await;
    assert_eq!(desk.run(&["api", "GET", "/me"]).json()["account_id"], 1_484_814);
    let me = desk.run(&["api", "get", "me", "--json=name,room_id"]).ok();
    assert_eq!(me, "{\"name\":\"山田 花子\",\"room_id\":30872716}\n");
    let messages = format!("/rooms/{ROOM}/messages");
    let all = desk.run(&["api", "GET", &messages, "-f", "force=1"]).json();
    assert!(all.as_array().unwrap().len() > 5);
    let same = desk.run(&["api", "GET", &format!("{messages}?force=1")]).json();
    assert_eq!(all, same);

    std::fs::write(desk.home().join("body.txt"), "議事録 [hr]").unwrap();
    let sent = desk.run(&["api", "POST", &messages, "-F", "body=@body.txt", "-f", "self_unread=1"]);
    let id = sent.json()["message_id"].as_str().unwrap().to_owned();
    let message = desk.run(&["messages", "view", &format!("{ROOM}-{id}"), "--json=body"]).json();
    assert_eq!(message["body"], "議事録 [hr]");
    // A list without entries has no body.
    assert_eq!(desk.run(&["api", "GET", "/rooms/30872717/tasks"]).code, 1);
    assert_eq!(desk.run(&["api", "GET", "/rooms/31120487/files"]).ok(), "");
    let err = desk.run(&["api", "POST", &format!("/rooms/{ROOM}/files")]).fails(2);
    assert!(err.contains("chatwork files put"), "{err}");
    let err = desk.run(&["api", "POST", &messages, "-f", "secret"]).fails(2);
    assert!(err.contains("name=value"), "{err}");
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_are_checked_before_they_are_kept() {
    let desk = Desk::of("hanako").await;
    desk.run(&["config", "set", "language", "ja"]).ok();
    desk.run(&["config", "set", "time_zone", "UTC"]).ok();
    desk.run(&["config", "set", "rooms.企画", "新製品プロジェクト"]).ok();
    desk.run(&["config", "set", "people.ken", "佐藤 健"]).ok();
    assert_eq!(
        desk.run(&["config", "list"]).ok(),
        "language\tja\ntime_zone\tUTC\nrooms.企画\t93207172\npeople.ken\t2739132\n"
    );
    assert_eq!(desk.run(&["config", "get", "rooms.企画"]).ok(), "93207172\n");
    desk.run(&["send", "企画", "x", "--to", "ken"]).ok();
    // The language of the configuration.
    assert!(desk.run(&["rooms", "lits"]).fails(2).starts_with("エラー: "));
    desk.run(&["config", "unset", "language"]).ok();
    for args in [
        ["language", "fr"],
        ["time_zone", "Mars"],
        ["storage", "cloud"],
        ["rooms.my", "1"],
        ["colour", "x"],
    ] {
        desk.run(&["config", "set", args[0], args[1]]).fails(2);
    }
    let path = desk.run(&["config", "path"]).ok();
    assert_eq!(path.trim(), desk.config().join("config.toml").display().to_string());
    let text = std::fs::read_to_string(path.trim()).unwrap();
    assert!(text.contains("version = 1") && !text.contains("token"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_configuration_of_a_newer_program_is_not_touched() {
    let desk = Desk::new().await;
    std::fs::create_dir_all(desk.config()).unwrap();
    std::fs::write(desk.config().join("config.toml"), "version = 99\n").unwrap();
    let err = desk.run(&["config", "set", "language", "ja"]).fails(1);
    assert!(err.contains("newer version"), "{err}");
    let text = std::fs::read_to_string(desk.config().join("config.toml")).unwrap();
    assert_eq!(text, "version = 99\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn completion_knows_commands_aliases_and_rooms_without_a_request() {
    let desk = Desk::of("hanako").await;
    desk.run(&["config", "set", "rooms.sales", "93310055"]).ok();
    desk.run(&["rooms", "list"]).ok();
    let before = desk.sandbox.requests().len();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(desk.run(&["completion", shell]).ok().contains("chatwork"), "{shell}");
    }
    desk.run(&["completion", "tcsh"]).fails(2);
    let complete = |words: &[&str]| {
        let mut command = desk.command(&[&["--", "chatwork"][..], words].concat());
        command.env("COMPLETE", "fish");
        finish(command, b"").ok()
    };
    assert!(complete(&["roo"]).contains("rooms"));
    let rooms = complete(&["send", ""]);
    assert!(rooms.contains("sales") && rooms.contains("93207172\t新製品プロジェクト"), "{rooms}");
    assert_eq!(desk.sandbox.requests().len(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn manual_pages_and_help_are_written() {
    let desk = Desk::new().await;
    let page = desk.run(&["man"]).ok();
    assert!(page.contains(".TH chatwork 1"), "{page}");
    desk.run(&["man", "--dir", "man"]).ok();
    assert!(desk.home().join("man/chatwork-rooms-list.1").exists());
    let help = desk.run(&["help", "messages", "send"]).ok();
    assert_eq!(help, desk.run(&["messages", "send", "--help"]).ok());
    desk.run(&["help", "nothing"]).fails(2);
    let version = desk.run(&["--version"]).ok();
    assert_eq!(version, format!("chatwork {}\n", env!("CARGO_PKG_VERSION")));
    let ran = desk.run(&[]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("Usage:"), "{ran:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_limit_is_shown() {
    let desk = Desk::of("hanako").await;
    let limits = desk.run(&["limits", "--json"]).json();
    assert_eq!(limits["limit"], 300);
    assert!(limits["remaining"].as_i64().unwrap() < 300);
}

/// Messages that were read are not new any more: the reply is not lost.
#[tokio::test(flavor = "multi_thread")]
async fn a_field_that_a_reply_lacks_fails_and_shows_the_whole_reply() {
    let desk = Desk::of("hanako").await;
    let path = format!("/rooms/{ROOM}/messages");
    let ran = desk.run(&["api", "GET", &path, "--json=wrong"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    let messages: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert!(messages.as_array().unwrap().len() > 1);
    assert!(ran.err.contains("wrong") && ran.err.contains("message_id"), "{}", ran.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_parameter_from_a_pipe_is_checked_like_a_text() {
    let desk = Desk::of("hanako").await;
    let path = format!("/rooms/{ROOM}/messages");
    let post = ["api", "POST", &path, "-F", "body=@-"];
    let before = desk.operations().len();
    let err = desk.run_with(&post, "????\n").fails(1);
    assert!(err.contains("only question marks"), "{err}");
    let ran = crate::support::finish(desk.command(&post), b"\x83\x65");
    assert!(ran.fails(1).contains("UTF-8"));
    assert_eq!(desk.operations().len(), before);
    desk.run_with(&post, "\u{feff}本文\n").ok();
    let state = desk.sandbox.state();
    let room = state.room(chatwork_sdk::RoomId(93_207_172)).unwrap();
    assert_eq!(room.messages.last().unwrap().body, "本文");
}
