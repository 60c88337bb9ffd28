//! What is asked before something is lost names it, and what becomes of it.

#[cfg(feature = "archive")]
use std::collections::BTreeMap;

use crate::support::{Desk, ROOM};
use crate::terminal::on_terminal;

/// Runs a command on a terminal, and answers no. Returns what the terminal showed.
fn refused(desk: &Desk, args: &str) -> String {
    let ran = on_terminal(desk, args, "n\n", &[]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.out.contains("nothing was done"), "{ran:?}");
    ran.out
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_names_what_is_lost() {
    let desk = Desk::of("hanako").await;
    let id = desk
        .run(&[
            "send",
            ROOM,
            "消えるかもしれない文面がここにあります。三十文字を超えると切れます。",
        ])
        .ok();
    let delete = format!("messages delete {ROOM}-{}", id.trim());
    let project = format!("room {ROOM} (新製品プロジェクト)");
    for (args, parts) in [
        (
            "rooms leave 93310055",
            &["Leave room 93310055 (営業部)?", "messages; your tasks in it (", "come back"][..],
        ),
        (
            &format!("rooms delete {ROOM}"),
            &["Delete", &project, " messages, ", " tasks and ", " files, for everybody"],
        ),
        (
            &format!("rooms remove {ROOM} 'Deploy Bot' 2739132"),
            &["Remove Deploy Bot (4520017), 2739132 from", &project, "no longer read it"],
        ),
        (
            &format!("rooms role {ROOM} readonly '佐藤 健'"),
            &["佐藤 健 (2739132, admin)", &project, "`readonly`, with fewer rights"],
        ),
        (&delete, &["山田 花子: 消えるかもしれない文面", "…) in", &project, "Its text is lost"]),
        (&format!("link delete {ROOM}"), &["invitation link of", &project, "Nobody can join"]),
        ("requests decline 1204992", &["Decline request 1204992 (Robin Fischer)?"]),
        (
            &format!("send {ROOM} x --to all"),
            &["Notify every member of", &project, "cannot be taken back"],
        ),
        (
            "auth logout",
            &["Remove the profile `default` (山田 花子, http://127.0.0.1:", "its token"],
        ),
    ] {
        let shown = refused(&desk, args);
        for part in parts {
            assert!(shown.contains(part), "{args}: `{part}` is not in {shown}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_that_asks_nobody_sends_no_request_for_its_question() {
    let desk = Desk::of("hanako").await;
    let before = desk.operations().len();
    let err = desk.run(&["rooms", "delete", ROOM]).fails(2);
    assert!(err.contains("Delete room 93207172 with all messages"), "{err}");
    assert_eq!(desk.operations().len(), before);
    desk.run(&["rooms", "leave", "93310055", "--yes"]).ok();
    assert_eq!(desk.operations().split_off(before), ["deleteOrLeaveRoom"]);
}

/// The number of messages that the archive has of each room.
#[cfg(feature = "archive")]
fn counts(desk: &Desk) -> BTreeMap<String, i64> {
    let status = desk.run(&["archive", "status", "--json"]).json();
    let rooms = status.as_array().unwrap().iter();
    rooms.map(|it| (it["room_id"].to_string(), it["messages"].as_i64().unwrap())).collect()
}

#[cfg(feature = "archive")]
#[tokio::test(flavor = "multi_thread")]
async fn to_forget_names_whose_messages_and_how_many() {
    let desk = Desk::of("hanako").await;
    desk.run(&["archive", "sync"]).ok();
    let csv = desk.run(&["archive", "export", "--format", "csv"]).ok();
    let of_ken = csv.lines().filter(|line| line.contains(",\"2739132\",")).count();
    let hits = desk.run(&["archive", "search", "from:2739132", "--limit", "1", "--json"]).json();
    let (room, id) = (&hits["hits"][0]["room_id"], hits["hits"][0]["message_id"].as_str().unwrap());
    let message = format!("{room}-{id}");
    let before = counts(&desk);

    let of_ken = format!("Remove {of_ken} messages (");
    let named = format!("room {ROOM} (新製品プロジェクト)");
    let in_room = format!("{named} with {} messages (", before[ROOM]);
    let everything = format!("Remove {} messages (", before.values().sum::<i64>());
    let older = format!("Remove 0 messages (0 earlier texts) of {named} before 2001-01-01 00:00");
    let unseen = format!("has no message 1 in {named}");
    for (args, parts) in [
        (&["--room", ROOM][..], &[in_room.as_str(), "from the archive for good"][..]),
        (&["--person", "2739132"], &[&of_ken, "of 2739132 (佐藤 健) in all rooms", "tasks"]),
        (&["--message", &message], &[id, "of 2739132 (佐藤 健) of 20", "files"]),
        (&["--message", "93207172-1"], &[&unseen, "never stored"]),
        (&["--before", "2100-01-01"], &[&everything, "all rooms before 2100-01-01 00:00"]),
        (&["--before", "2001-01-01", "--room", ROOM], &[&older]),
    ] {
        let err = desk.run(&[&["archive", "forget"][..], args].concat()).fails(2);
        for part in parts {
            assert!(err.contains(part), "{args:?}: `{part}` is not in {err}");
        }
    }
    assert_eq!(counts(&desk), before);
}
