//! Rooms of an archive by their names, and times in their own offsets.

use chatwork_sdk::RoomId;

use crate::support::{Desk, ROOM, ROOM_NAME};

/// A person with an archive of all rooms.
async fn with_archive() -> Desk {
    let desk = Desk::of("hanako").await;
    desk.run(&["archive", "sync"]).ok();
    desk
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_is_named_without_a_request() {
    let desk = with_archive().await;
    let before = desk.operations().len();
    let by_name = desk.run(&["archive", "search", "会", "--room", ROOM_NAME]).ok();
    assert_eq!(by_name, desk.run(&["archive", "search", "会", "--room", ROOM]).ok());
    assert!(!by_name.is_empty());
    let export =
        |room: &str| desk.run(&["archive", "export", "--format", "csv", "--room", room]).ok();
    assert_eq!(export("my"), export("30872716"));
    let hits = desk.run(&["archive", "search", "会議室", "--json"]).json();
    let message = hits["hits"][0]["message_id"].as_str().unwrap();
    desk.run(&["archive", "show", &format!("{ROOM_NAME}-{message}")]).ok();
    assert_eq!(desk.operations().len(), before);

    desk.run(&["archive", "forget", "--room", ROOM_NAME, "--yes"]).ok();
    assert_eq!(desk.run(&["archive", "search", "会議室"]).ok(), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_is_not_exact_names_the_candidates_of_the_archive() {
    let desk = with_archive().await;
    for args in [
        &["archive", "search", "会", "--room", "新製品"][..],
        &["archive", "export", "--format", "csv", "--except", "新製品"],
        &["archive", "show", "新製品-1"],
        &["archive", "forget", "--room", "新製品", "--yes"],
    ] {
        let err = desk.run(args).fails(1);
        assert!(err.contains("there is no room `新製品`"), "{args:?}: {err}");
        assert!(err.contains("93207172  新製品プロジェクト"), "{args:?}: {err}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_is_left_out_of_an_export() {
    let desk = with_archive().await;
    let export = |more: &[&str]| {
        desk.run(&[&["archive", "export", "--format", "csv"][..], more].concat()).ok()
    };
    assert!(export(&[]).contains(ROOM_NAME));
    let rest = export(&["--except", ROOM_NAME]);
    assert!(!rest.contains(ROOM_NAME) && rest.lines().count() > 5, "{rest}");
}

/// In summer New York is four hours behind UTC, in winter five.
#[tokio::test(flavor = "multi_thread")]
async fn each_time_of_an_export_has_the_offset_of_its_day() {
    let desk = Desk::of("hanako").await;
    let clock = desk.sandbox.clock();
    let now = clock.now();
    let room = RoomId(93_207_172);
    for (time, text) in [(1_751_371_200, "夏の文面"), (1_764_590_400, "冬の文面")] {
        clock.set(time);
        desk.client("ken").room(room).post(text).await.unwrap();
    }
    clock.set(now);
    desk.run(&["archive", "sync", ROOM]).ok();
    let csv =
        desk.run(&["archive", "export", "--format", "csv", "--time-zone", "America/New_York"]).ok();
    let line = |text: &str| csv.lines().find(|line| line.contains(text)).unwrap();
    assert!(line("夏の文面").contains("2025-07-01 08:00:00"), "{csv}");
    assert!(line("冬の文面").contains("2025-12-01 07:00:00"), "{csv}");
}
