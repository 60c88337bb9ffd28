//! What is complete, and what is said to be lost.

use std::ops::RangeInclusive;

use chatwork_archive::{ArchiveError, Forget, RoomId, SyncOptions, UnixTime};
use chatwork_sandbox::Fault;
use chatwork_sdk::types::{AccountSummary, Message, Room};
use chatwork_sdk::{MessageId, Messages};
use serde_json::{Value, json};

use crate::support::{ROOM, START, Scene, world};

const GAPS: &str = "SELECT reason, after_message, before_message, missing FROM gaps
    WHERE room_id = 1000 ORDER BY gap_id";

/// A message with a number, sent so many seconds after the start.
fn message(number: i64, second: i64) -> Message {
    let mut message = Message::default();
    message.message_id = MessageId(number.to_string());
    message.send_time = UnixTime(START + second);
    message.account = AccountSummary::default();
    message.body = format!("number {number}");
    message
}

pub(crate) fn messages(numbers: RangeInclusive<i64>) -> Messages {
    list(numbers.map(|number| message(number, number)).collect())
}

fn list(messages: Vec<Message>) -> Messages {
    let mut list = Messages::default();
    list.messages = messages;
    list
}

/// The room as it was listed when the message with this number was the newest.
pub(crate) fn listed(newest: i64) -> Room {
    let mut room = Room::default();
    (room.room_id, room.message_num) = (ROOM, newest);
    room.last_update_time = UnixTime(START + newest);
    room
}

impl Scene {
    pub(crate) fn keep(&self, room: &Room, messages: &Messages) {
        let at = UnixTime(START + 1_000);
        self.archive.keep(room, messages, at, at).expect("kept");
    }
}

#[tokio::test]
async fn a_first_look_counts_what_came_after_the_list_of_rooms() {
    let scene = Scene::new(1).await;
    scene.keep(&listed(100), &messages(6..=105));
    assert_eq!(scene.ask(GAPS), [["before_first_look", "NULL", "6", "5"]]);
}

#[tokio::test]
async fn a_first_look_at_exactly_100_leaves_no_gap_if_the_count_did_not_move() {
    let scene = Scene::new(1).await;
    scene.say_times(100).await;
    scene.sync().await;
    assert_eq!(scene.ask(GAPS).len(), 0);
    assert_eq!(scene.requests("getRoom"), 1);
}

#[tokio::test]
async fn what_the_plan_hides_as_a_whole_is_a_gap() {
    let scene = Scene::with(world(1, "free")).await;
    scene.say_times(10).await;
    scene.pass(41 * 86_400);
    scene.sync().await;
    assert_eq!(scene.ask(GAPS), [["plan", "NULL", "NULL", "10"]]);
    assert_eq!(scene.reader().status(UnixTime(0)).unwrap().rooms.len(), 3);
    let next = scene.say("more").await;
    scene.sync().await;
    assert_eq!(scene.ask(GAPS), [["plan", "NULL", next.as_str(), "10"]]);
}

#[tokio::test]
async fn messages_that_were_hidden_before_any_look_are_a_gap_however_often_one_looked() {
    let scene = Scene::with(world(1, "free")).await;
    scene.say_times(10).await;
    scene.sync().await;
    scene.say_times(10).await;
    scene.pass(41 * 86_400);
    for _ in 0..4 {
        scene.sync().await;
    }
    scene.say("more").await;
    scene.sync().await;
    let gaps = scene.ask("SELECT reason, missing FROM gaps WHERE room_id = 1000");
    assert_eq!(gaps, [["plan", "10"]]);
    assert_eq!(scene.ask("SELECT begins FROM spans WHERE room_id = 1000").len(), 2);
}

#[tokio::test]
async fn a_count_that_was_never_shown_proves_nothing() {
    let scene = Scene::new(1).await;
    scene.keep(&listed(10), &messages(1..=10));
    // The list counts ten more, which no look shows.
    for _ in 0..3 {
        scene.keep(&listed(20), &messages(1..=10));
    }
    assert_eq!(scene.ask("SELECT counted FROM rooms WHERE room_id = 1000"), [["NULL"]]);
}

#[tokio::test]
async fn a_message_that_only_left_the_list_is_not_called_vanished() {
    let scene = Scene::new(1).await;
    let second: Vec<Message> = (1..=3).map(|number| message(number, 1)).collect();
    scene.keep(&listed(4), &list([second.clone(), vec![message(4, 4)]].concat()));
    // The first message of the next list is not stored any more.
    scene.archive.forget(&Forget::Message(ROOM, MessageId("3".to_owned()))).unwrap();
    let next = [second[2].clone(), message(4, 4), message(5, 5)];
    scene.keep(&listed(5), &list(next.to_vec()));
    assert_eq!(scene.count("SELECT count(*) FROM messages WHERE status = 'vanished'"), 0);
}

/// A reply of the API with these messages. Those of `odd` cannot be read.
fn reply(numbers: RangeInclusive<i64>, odd: &[i64]) -> Fault {
    let message = |number: i64| match odd.contains(&number) {
        true => json!({ "message_id": number.to_string() }),
        false => json!({
            "message_id": number.to_string(),
            "account": { "account_id": 2, "name": "anna", "avatar_image_url": "" },
            "body": "text", "send_time": START + number, "update_time": 0,
        }),
    };
    let body = Value::Array(numbers.map(message).collect()).to_string();
    let reply = Fault::status(200).header("Content-Type", "application/json").body(body);
    reply.operation("listRoomMessages")
}

#[tokio::test]
async fn one_message_that_cannot_be_read_is_one_gap_in_all_looks() {
    let scene = Scene::new(1).await;
    scene.sync().await;
    let one = [["unreadable", "1", "3", "1"]];
    for numbers in [1..=3, 1..=4, 2..=5, 3..=6] {
        scene.say("moved").await;
        scene.sandbox.faults().add(reply(numbers.clone(), &[2])).unwrap();
        scene.sync().await;
        assert_eq!(scene.ask(GAPS), one, "{numbers:?}");
    }
    scene.say("moved").await;
    scene.sandbox.faults().add(reply(1..=6, &[])).unwrap();
    scene.sync().await;
    assert_eq!(scene.ask(GAPS).len(), 0);
}

#[tokio::test]
async fn the_newest_message_that_cannot_be_read_is_a_gap_until_others_follow() {
    let scene = Scene::new(1).await;
    scene.sync().await;
    for (numbers, before) in [(1..=2, "NULL"), (1..=3, "3")] {
        scene.say("moved").await;
        scene.sandbox.faults().add(reply(numbers, &[2])).unwrap();
        scene.sync().await;
        assert_eq!(scene.ask(GAPS), [["unreadable", "1", before, "1"]]);
    }
}

#[tokio::test]
async fn a_list_that_failed_is_read_by_the_next_run() {
    let scene = Scene::new(1).await;
    scene.say("text").await;
    let options = SyncOptions::new().members(true).files(true);
    let fault = Fault::status(500).operation("listRoomMembers").times(9);
    scene.sandbox.faults().add(fault).unwrap();
    let report = scene.archive.sync(&scene.me(), &options).await.unwrap();
    assert!(!report.failures.is_empty());
    scene.sandbox.faults().clear();
    let report = scene.archive.sync(&scene.me(), &options).await.unwrap();
    assert_eq!((report.failures.len(), report.rooms_looked), (0, 0));
    assert_eq!(scene.count("SELECT count(*) FROM members WHERE room_id = 1000"), 3);
    let asked = scene.requests("listRoomMembers");
    scene.archive.sync(&scene.me(), &options).await.unwrap();
    assert_eq!(scene.requests("listRoomMembers"), asked);
}

#[tokio::test]
async fn a_list_that_is_asked_for_later_is_read_of_rooms_that_did_not_move() {
    let scene = Scene::new(1).await;
    scene.anna(ROOM).create_task("見積もり", [crate::support::ME]).await.unwrap();
    scene.pass(60);
    scene.sync().await;
    let options = SyncOptions::new().tasks(true);
    scene.archive.sync(&scene.me(), &options).await.unwrap();
    assert_eq!(scene.ask("SELECT body FROM tasks"), [["見積もり"]]);
}

#[tokio::test]
async fn rooms_that_fail_do_not_keep_the_others_from_being_read() {
    let scene = Scene::new(6).await;
    let fault = Fault::status(500).operation("listRoomMessages").times(5);
    scene.sandbox.faults().add(fault).unwrap();
    let report = scene.sync().await;
    assert_eq!((report.failures.len(), report.rooms_looked), (5, 3));
}

#[tokio::test]
async fn a_service_that_answers_no_more_ends_the_run() {
    let scene = Scene::new(6).await;
    let fault = Fault::status(500).operation("listRoomMessages").times(99);
    scene.sandbox.faults().add(fault).unwrap();
    let down = Fault::status(500).operation("getMe").skip(1).times(99);
    scene.sandbox.faults().add(down).unwrap();
    assert!(scene.archive.sync(&scene.me(), &SyncOptions::new()).await.is_err());
    let requests = scene.sandbox.requests().into_iter();
    let looks = requests.filter(|it| it.operation.as_deref() == Some("listRoomMessages"));
    assert_eq!(looks.count(), 5);
}

#[tokio::test]
async fn a_room_whose_entry_cannot_be_read_is_read_all_the_same() {
    let scene = Scene::new(3).await;
    scene.say("text").await;
    let http = reqwest::Client::new();
    let list = http.get(format!("{}/rooms", scene.sandbox.base_url()));
    let list = list.header("X-ChatWorkToken", "token-me").send().await.unwrap();
    let mut list: Value = serde_json::from_str(&list.text().await.unwrap()).unwrap();
    let rooms = list.as_array_mut().unwrap();
    // One room has an odd entry, and another one has none, since the account left it.
    scene.sync().await;
    scene.say("more").await;
    scene.me().room(RoomId(1_001)).leave().await.unwrap();
    rooms.retain(|room| room["room_id"] != 1_001);
    let odd = rooms.iter_mut().find(|room| room["room_id"] == 1_000).unwrap();
    odd["message_num"] = json!("many");
    let fault = Fault::status(200).header("Content-Type", "application/json");
    let fault = fault.body(list.to_string()).operation("listRooms");
    scene.sandbox.faults().add(fault).unwrap();
    let report = scene.sync().await;
    assert_eq!((report.rooms_unreadable, report.rooms_left, report.failures.len()), (1, 1, 0));
    assert_eq!(report.changes.created, 1);
}

#[tokio::test]
async fn a_room_that_did_not_move_is_in_no_danger() {
    let scene = Scene::new(1).await;
    scene.say_times(60).await;
    scene.sync().await;
    scene.pass(3 * 86_400);
    scene.sync().await;
    let status = scene.reader().status(UnixTime(scene.clock.now())).unwrap();
    let room = status.rooms.iter().find(|room| room.room_id == ROOM).unwrap();
    assert_eq!(room.danger, None);
}

#[tokio::test]
async fn what_the_plan_hides_in_one_room_is_in_danger_in_all() {
    let scene = Scene::with(world(2, "free")).await;
    scene.say("old").await;
    scene.pass(41 * 86_400);
    scene.anna(RoomId(1_001)).post("new").await.unwrap();
    scene.sync().await;
    let later = UnixTime(scene.clock.now() + 35 * 86_400);
    let status = scene.reader().status(later).unwrap();
    let room = status.rooms.iter().find(|room| room.room_id == RoomId(1_001)).unwrap();
    assert!(matches!(room.danger, Some(chatwork_archive::Danger::Plan { .. })), "{room:?}");
}

const COUNTED: &str = "SELECT counted FROM rooms WHERE room_id = 1000";

const SPANS: &str = "SELECT first_message, last_message FROM spans
    WHERE room_id = 1000 ORDER BY last_time";

#[tokio::test]
async fn a_look_that_is_stored_after_a_newer_one_proves_nothing_in_between() {
    let scene = Scene::new(1).await;
    scene.keep(&listed(319), &messages(220..=319));
    scene.keep(&listed(200), &messages(101..=200));
    assert_eq!(scene.ask(SPANS), [["101", "200"], ["220", "319"]]);
    assert_eq!(
        scene.ask(GAPS),
        [["before_first_look", "NULL", "101", "NULL"], ["too_many", "200", "220", "NULL"]]
    );
    assert_eq!(scene.ask(COUNTED), [["319"]]);
    assert_eq!(scene.reader().verify().unwrap().problems, []);
}

#[tokio::test]
async fn a_look_that_is_stored_after_a_newer_one_makes_the_gap_between_them_shorter() {
    let scene = Scene::new(1).await;
    scene.keep(&listed(50), &messages(1..=50));
    scene.keep(&listed(319), &messages(220..=319));
    scene.keep(&listed(140), &messages(41..=140));
    assert_eq!(scene.ask(SPANS), [["1", "140"], ["220", "319"]]);
    assert_eq!(scene.ask(COUNTED), [["319"]]);
    assert_eq!(scene.ask(GAPS), [["too_many", "140", "220", "NULL"]]);
    assert_eq!(scene.reader().verify().unwrap().problems, []);
}

#[tokio::test]
async fn of_a_message_that_a_reply_repeats_the_later_entry_is_stored() {
    let scene = Scene::new(1).await;
    let mut again = message(2, 2);
    again.body = "later".to_owned();
    scene.keep(&listed(3), &list(vec![message(1, 1), message(2, 2), again, message(3, 3)]));
    let bodies = scene.ask("SELECT body FROM messages ORDER BY send_time");
    assert_eq!(bodies, [["number 1"], ["later"], ["number 3"]]);
    assert_eq!(scene.count("SELECT counted FROM rooms WHERE room_id = 1000"), 3);
}

#[tokio::test]
async fn a_repeated_message_counts_once_in_what_is_missing() {
    let scene = Scene::new(1).await;
    let repeated = [messages(3..=101).messages, vec![message(101, 101)]].concat();
    scene.keep(&listed(101), &list(repeated));
    assert_eq!(scene.ask(GAPS), [["before_first_look", "NULL", "3", "2"]]);
}

#[tokio::test]
async fn a_message_that_cannot_be_read_stays_at_its_place_behind_a_repeated_one() {
    let scene = Scene::new(1).await;
    scene.say("moved").await;
    let entry = |number: i64| {
        json!({ "message_id": number.to_string(), "body": "text", "send_time": START + number,
            "account": { "account_id": 2, "name": "anna", "avatar_image_url": "" },
            "update_time": 0 })
    };
    let odd = json!({ "message_id": "3" });
    let body = json!([entry(1), entry(2), entry(2), odd, entry(4), entry(5)]).to_string();
    let fault = Fault::status(200).header("Content-Type", "application/json").body(body);
    scene.sandbox.faults().add(fault.operation("listRoomMessages")).unwrap();
    scene.sync().await;
    assert_eq!(scene.ask(GAPS), [["unreadable", "2", "4", "1"]]);
}

#[tokio::test]
async fn a_room_whose_reply_cannot_be_stored_does_not_keep_the_others_from_being_read() {
    let scene = Scene::new(2).await;
    scene.anna(RoomId(1_001)).post("stored").await.unwrap();
    scene.pass(60);
    scene.say("refused").await;
    let other = rusqlite::Connection::open(scene.path()).unwrap();
    let trigger = "CREATE TRIGGER t BEFORE INSERT ON messages WHEN new.room_id = 1000
        BEGIN SELECT raise(ABORT, 'no'); END";
    other.execute_batch(trigger).unwrap();
    let report = scene.sync().await;
    let failed: Vec<RoomId> = report.failures.iter().map(|it| it.room_id).collect();
    assert_eq!(failed, [ROOM]);
    assert!(matches!(report.failures[0].error, ArchiveError::Rule { .. }), "{report:?}");
    assert_eq!(scene.ask("SELECT body FROM messages"), [["stored"]]);
    other.execute_batch("DROP TRIGGER t").unwrap();
    assert_eq!(scene.sync().await.changes.created, 1);
}

#[tokio::test]
async fn a_room_that_the_list_repeats_is_read_once() {
    let scene = Scene::new(1).await;
    scene.say("text").await;
    let http = reqwest::Client::new();
    let list = http.get(format!("{}/rooms", scene.sandbox.base_url()));
    let list = list.header("X-ChatWorkToken", "token-me").send().await.unwrap();
    let mut list: Vec<Value> = serde_json::from_str(&list.text().await.unwrap()).unwrap();
    list.extend_from_within(..);
    let fault = Fault::status(200).header("Content-Type", "application/json");
    let fault = fault.body(Value::Array(list).to_string()).operation("listRooms");
    scene.sandbox.faults().add(fault).unwrap();
    let report = scene.sync().await;
    assert_eq!((report.failures.len(), report.rooms_looked), (0, report.rooms_listed));
}

#[tokio::test]
async fn an_older_look_leaves_what_the_newer_one_knew_of_the_room() {
    let scene = Scene::new(1).await;
    let row =
        "SELECT counted, message_num, listed_at, looked_at, seen_update_time, watch FROM rooms
        WHERE room_id = 1000";
    scene.keep(&listed(319), &messages(220..=319));
    let before = scene.ask(row);
    let earlier = UnixTime(START + 500);
    scene.archive.keep(&listed(200), &messages(101..=200), earlier, earlier).unwrap();
    assert_eq!(scene.ask(row), before);
}

#[tokio::test]
async fn an_older_look_that_meets_the_newer_one_leaves_what_a_watch_remembers() {
    let scene = Scene::new(1).await;
    scene.keep(&listed(50), &messages(1..=50));
    let watch = "SELECT watch, counted FROM rooms WHERE room_id = 1000";
    let before = scene.ask(watch);
    scene.keep(&listed(40), &messages(1..=40));
    assert_eq!(scene.ask(watch), before);
}

#[tokio::test]
async fn an_older_look_that_meets_a_newer_one_makes_the_gap_before_it_shorter() {
    let scene = Scene::new(1).await;
    scene.keep(&listed(50), &messages(1..=50));
    scene.keep(&listed(319), &messages(220..=319));
    scene.keep(&listed(280), &messages(181..=280));
    assert_eq!(scene.ask(SPANS), [["1", "50"], ["181", "319"]]);
    assert_eq!(scene.ask(GAPS), [["too_many", "50", "181", "NULL"]]);
    assert_eq!(scene.reader().verify().unwrap().problems, []);
}
