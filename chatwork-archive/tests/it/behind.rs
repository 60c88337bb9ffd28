//! Looks that are behind the list of rooms, where no count tells it.

use chatwork_archive::UnixTime;
use chatwork_sandbox::Fault;

use crate::losses::{listed, messages};
use crate::support::{ROOM, START, Scene};

const SEEN: &str = "SELECT counted, seen_message_num, lagging FROM rooms WHERE room_id = 1000";

impl Scene {
    /// What the room shows now, as the reply to a later look.
    async fn window(&self) -> Fault {
        let path = format!("{}/rooms/{ROOM}/messages?force=1", self.sandbox.base_url());
        let request = self.http.get(path).header("X-ChatWorkToken", "token-anna");
        let body = request.send().await.unwrap().text().await.unwrap();
        let reply = Fault::status(200).header("Content-Type", "application/json").body(body);
        reply.operation("listRoomMessages")
    }
}

#[tokio::test]
async fn a_first_look_that_is_behind_the_list_is_made_again() {
    let scene = Scene::new(1).await;
    scene.keep(&listed(150), &messages(1..=100));
    assert_eq!(scene.ask(SEEN), [["NULL", "NULL", "1"]]);
    scene.keep(&listed(150), &messages(51..=150));
    assert_eq!(scene.ask(SEEN), [["150", "150", "0"]]);
}

#[tokio::test]
async fn a_look_behind_a_gap_that_is_behind_the_list_is_made_again() {
    let scene = Scene::new(1).await;
    scene.keep(&listed(50), &messages(1..=50));
    scene.keep(&listed(400), &messages(201..=300));
    assert_eq!(scene.ask(SEEN), [["NULL", "NULL", "1"]]);
}

#[tokio::test]
async fn messages_that_a_look_behind_the_list_did_not_show_are_not_called_complete() {
    let scene = Scene::new(1).await;
    scene.say_times(100).await;
    let old = scene.window().await;
    scene.say_times(50).await;
    scene.sandbox.faults().add(old).unwrap();
    scene.sync().await;
    // As many as a look shows. The fifty before them were never shown.
    scene.say_times(100).await;
    scene.sync().await;
    let spans = "SELECT count(*) FROM spans WHERE room_id = 1000";
    assert_eq!((scene.count("SELECT count(*) FROM messages"), scene.count(spans)), (200, 2));
    assert_eq!(scene.count("SELECT count(*) FROM gaps WHERE reason = 'too_many'"), 1);
}

#[tokio::test]
async fn what_a_look_behind_the_list_did_not_show_is_read_by_the_next_run() {
    let scene = Scene::new(1).await;
    scene.say_times(100).await;
    let old = scene.window().await;
    scene.say_times(50).await;
    scene.sandbox.faults().add(old).unwrap();
    scene.sync().await;
    scene.sync().await;
    assert_eq!(scene.count("SELECT count(*) FROM messages"), 150);
}

#[tokio::test]
async fn a_room_whose_time_moved_without_a_message_is_read_three_times_and_not_counted() {
    let scene = Scene::new(1).await;
    let mut room = listed(300);
    room.last_update_time = UnixTime(START + 350);
    for lagging in ["1", "2"] {
        scene.keep(&room, &messages(201..=300));
        assert_eq!(scene.ask(SEEN), [["NULL", "NULL", lagging]]);
    }
    scene.keep(&room, &messages(201..=300));
    assert_eq!(scene.ask(SEEN), [["NULL", "300", "0"]]);
}
