//! One run: what is stored, what is asked for, and what is said to be lost.

use chatwork_archive::{ArchiveError, RoomId, SyncOptions};
use chatwork_sandbox::Fault;
use chatwork_sdk::MessageId;

use crate::support::{ROOM, Scene, world};

const MESSAGES: &str = "SELECT body FROM messages WHERE room_id = 1000 ORDER BY send_time, place";

#[tokio::test]
async fn messages_are_stored_as_they_came_and_as_people_read_them() {
    let scene = Scene::new(1).await;
    scene.say("[To:1] 会議は[hr]です").await;
    let report = scene.sync().await;
    assert_eq!((report.changes.created, report.changes.gaps), (1, 0));
    let rows = scene.ask("SELECT body, plain, status, source FROM messages");
    assert_eq!(rows, [["[To:1] 会議は[hr]です", "@me さん 会議は\n----\nです", "present", "sync"]]);
    assert_eq!(scene.ask("SELECT kind, account_id FROM relations"), [["to", "1"]]);
}

#[tokio::test]
async fn a_room_that_did_not_move_is_not_asked_for() {
    let scene = Scene::new(3).await;
    scene.say("one").await;
    scene.sync().await;
    let before = scene.requests("listRoomMessages");
    let report = scene.sync().await;
    assert_eq!((report.rooms_listed, report.rooms_looked), (5, 0));
    assert_eq!(scene.requests("listRoomMessages"), before);
    scene.say("two").await;
    assert_eq!(scene.sync().await.rooms_looked, 1);
    assert_eq!(scene.requests("listRoomMessages"), before + 1);
}

#[tokio::test]
async fn a_room_that_moved_this_second_is_looked_at_again() {
    let scene = Scene::new(1).await;
    scene.anna(ROOM).post("now").await.unwrap();
    assert_eq!(scene.sync().await.changes.created, 1);
    scene.anna(ROOM).post("in the same second").await.unwrap();
    scene.pass(60);
    assert_eq!(scene.sync().await.changes.created, 1);
    assert_eq!(scene.sync().await.rooms_looked, 0);
}

#[tokio::test]
async fn an_edit_keeps_the_text_before() {
    let scene = Scene::new(1).await;
    let id = scene.say("draft").await;
    scene.sync().await;
    scene.anna(ROOM).message(MessageId(id)).edit("final").await.unwrap();
    scene.say("more").await;
    let report = scene.sync().await;
    assert_eq!((report.changes.created, report.changes.edited), (1, 1));
    assert_eq!(scene.ask(MESSAGES), [["final"], ["more"]]);
    assert_eq!(scene.ask("SELECT cause, body FROM revisions"), [["edit", "draft"]]);
}

#[tokio::test]
async fn a_deletion_keeps_the_text_before() {
    let scene = Scene::new(1).await;
    let id = scene.say("secret").await;
    scene.sync().await;
    scene.anna(ROOM).message(MessageId(id)).delete().await.unwrap();
    scene.say("more").await;
    assert_eq!(scene.sync().await.changes.deleted, 1);
    let rows = scene.ask("SELECT status, body FROM messages ORDER BY id");
    assert_eq!(rows, [["deleted", "[deleted]"], ["present", "more"]]);
    assert_eq!(scene.ask("SELECT cause, body FROM revisions"), [["deletion", "secret"]]);
    let view = "SELECT status, text, last_text, revisions FROM readable_messages LIMIT 1";
    assert_eq!(scene.ask(view), [["deleted", "", "secret", "1"]]);
}

#[tokio::test]
async fn a_person_may_type_the_word_deleted() {
    let scene = Scene::new(1).await;
    let id = scene.say("[deleted]").await;
    scene.sync().await;
    assert_eq!(scene.ask("SELECT status FROM messages"), [["present"]]);
    scene.anna(ROOM).message(MessageId(id)).edit("plan").await.unwrap();
    scene.say("more").await;
    scene.sync().await;
    assert_eq!(scene.ask(MESSAGES), [["plan"], ["more"]]);
}

#[tokio::test]
async fn fewer_than_100_messages_prove_the_beginning() {
    let scene = Scene::new(1).await;
    scene.say_times(99).await;
    scene.sync().await;
    let spans = "SELECT begins FROM spans WHERE room_id = 1000";
    assert_eq!(scene.ask(spans), [["1"]]);
    assert_eq!(scene.count("SELECT count(*) FROM gaps"), 0);
}

#[tokio::test]
async fn what_is_older_than_the_first_look_is_said_to_be_lost() {
    let scene = Scene::new(1).await;
    scene.say_times(130).await;
    scene.sync().await;
    assert_eq!(scene.ask("SELECT begins FROM spans WHERE room_id = 1000"), [["0"]]);
    let gaps = "SELECT reason, after_time, missing FROM gaps";
    assert_eq!(scene.ask(gaps), [["before_first_look", "NULL", "30"]]);
}

#[tokio::test]
async fn looks_that_meet_make_one_span() {
    let scene = Scene::new(1).await;
    scene.say_times(50).await;
    scene.sync().await;
    scene.say_times(99).await;
    assert_eq!(scene.sync().await.changes.gaps, 0);
    assert_eq!(scene.ask("SELECT begins FROM spans WHERE room_id = 1000"), [["1"]]);
    assert_eq!(scene.ask(MESSAGES).len(), 149);
}

#[tokio::test]
async fn exactly_100_between_two_looks_leave_no_gap() {
    let scene = Scene::new(1).await;
    scene.say_times(50).await;
    scene.sync().await;
    scene.say_times(100).await;
    assert_eq!(scene.sync().await.changes.gaps, 0);
    assert_eq!(scene.ask("SELECT begins FROM spans WHERE room_id = 1000"), [["1"]]);
    assert_eq!(scene.ask(MESSAGES).len(), 150);
}

#[tokio::test]
async fn more_than_100_between_two_looks_make_a_gap_with_their_number() {
    let scene = Scene::new(1).await;
    scene.say_times(50).await;
    scene.sync().await;
    scene.say_times(107).await;
    assert_eq!(scene.sync().await.changes.gaps, 1);
    assert_eq!(scene.ask("SELECT reason, missing FROM gaps"), [["too_many", "7"]]);
    let spans = "SELECT begins FROM spans WHERE room_id = 1000 ORDER BY last_time";
    assert_eq!(scene.ask(spans), [["1"], ["0"]]);
    scene.say("more").await;
    scene.sync().await;
    assert_eq!(scene.ask(spans), [["1"], ["0"]]);
    assert_eq!(scene.count("SELECT count(*) FROM gaps"), 1);
}

#[tokio::test]
async fn the_plan_hides_what_is_older_than_40_days() {
    let scene = Scene::with(world(1, "free")).await;
    scene.say_times(10).await;
    scene.pass(41 * 86_400);
    scene.say_times(5).await;
    scene.sync().await;
    assert_eq!(scene.ask("SELECT begins FROM spans WHERE room_id = 1000"), [["0"]]);
    let gaps = "SELECT reason, missing FROM gaps WHERE room_id = 1000";
    assert_eq!(scene.ask(gaps), [["plan", "10"]]);
    assert_eq!(scene.ask("SELECT limited FROM rooms WHERE room_id = 1000"), [["1"]]);
}

#[tokio::test]
async fn what_the_plan_hid_between_two_looks_is_a_gap_of_the_plan() {
    let scene = Scene::with(world(1, "free")).await;
    scene.say_times(10).await;
    scene.sync().await;
    scene.say_times(10).await;
    scene.pass(41 * 86_400);
    scene.say_times(5).await;
    scene.sync().await;
    let gaps = "SELECT reason, missing FROM gaps WHERE room_id = 1000";
    assert_eq!(scene.ask(gaps), [["plan", "10"]]);
}

#[tokio::test]
async fn messages_of_one_second_keep_the_order_of_the_list() {
    let scene = Scene::new(1).await;
    let room = scene.anna(ROOM);
    for text in ["a", "b", "c", "d"] {
        room.post(text).await.unwrap();
        if text == "b" {
            scene.sync().await;
        }
    }
    scene.pass(60);
    scene.sync().await;
    assert_eq!(scene.ask(MESSAGES), [["a"], ["b"], ["c"], ["d"]]);
}

#[tokio::test]
async fn a_room_that_was_left_stays_readable() {
    let scene = Scene::new(2).await;
    scene.say("kept").await;
    scene.sync().await;
    scene.me().room(ROOM).leave().await.unwrap();
    assert_eq!(scene.sync().await.rooms_left, 1);
    assert_eq!(scene.ask("SELECT left_at > 0 FROM rooms WHERE room_id = 1000"), [["1"]]);
    assert_eq!(scene.ask(MESSAGES)[0], ["kept"]);
}

#[tokio::test]
async fn a_room_that_fails_is_tried_again_by_the_next_run() {
    let scene = Scene::new(2).await;
    scene.say("late").await;
    let fault = Fault::status(500).operation("listRoomMessages");
    scene.sandbox.faults().add(fault).unwrap();
    let report = scene.sync().await;
    assert_eq!(report.failures.len(), 1);
    assert_eq!(scene.sync().await.changes.created, 1);
}

#[tokio::test]
async fn rooms_can_be_left_out() {
    let scene = Scene::new(2).await;
    scene.say("private").await;
    let options = SyncOptions::new().except(ROOM);
    scene.archive.sync(&scene.me(), &options).await.unwrap();
    assert_eq!(scene.count("SELECT count(*) FROM messages"), 0);
    let options = SyncOptions::new().rooms([RoomId(1_001)]);
    scene.archive.sync(&scene.me(), &options).await.unwrap();
    assert_eq!(scene.count("SELECT count(*) FROM messages"), 0);
}

#[tokio::test]
async fn the_client_of_another_account_is_refused() {
    let scene = Scene::new(1).await;
    let error = scene.archive.sync(&scene.client("anna"), &SyncOptions::new()).await.unwrap_err();
    assert!(matches!(error, ArchiveError::OtherAccount { .. }));
    assert_eq!(scene.count("SELECT count(*) FROM rooms"), 0);
}

#[tokio::test]
async fn a_run_that_ends_with_an_error_is_logged_without_texts() {
    let scene = Scene::new(1).await;
    scene.say("words").await;
    let fault = Fault::status(401).operation("listRoomMessages").times(9);
    scene.sandbox.faults().add(fault).unwrap();
    let error = scene.archive.sync(&scene.me(), &SyncOptions::new()).await.unwrap_err();
    assert!(matches!(error, ArchiveError::Api(_)));
    let rows = scene.ask("SELECT kind, ended IS NOT NULL, error FROM runs");
    assert_eq!(rows[0][..2], ["sync", "1"]);
    assert!(rows[0][2].contains("401") && !rows[0][2].contains("words"));
}

#[tokio::test]
async fn members_tasks_and_the_list_of_files_are_kept_on_request() {
    let scene = Scene::new(1).await;
    let room = scene.anna(ROOM);
    room.create_task("見積もり", [crate::support::ME]).await.unwrap();
    room.upload(chatwork_sdk::Upload::bytes("a.txt", "hello")).await.unwrap();
    scene.pass(60);
    let options = SyncOptions::new().members(true).tasks(true).files(true);
    scene.archive.sync(&scene.me(), &options).await.unwrap();
    let members = "SELECT account_id, role FROM members WHERE room_id = 1000 ORDER BY 1";
    assert_eq!(scene.ask(members), [["1", "member"], ["2", "admin"], ["3", "member"]]);
    assert_eq!(scene.ask("SELECT body, status FROM tasks"), [["見積もり", "open"]]);
    assert_eq!(scene.ask("SELECT name, size, state FROM files"), [["a.txt", "5", "listed"]]);
}
