//! Where a watch begins.

use std::time::Duration;

use chatwork_sdk::watch::Rooms;

use super::reader::texts;
use super::scene::{Scene, at_once, room_id};

const MINUTE: Duration = Duration::from_secs(60);

#[tokio::test(start_paused = true)]
async fn what_was_there_before_is_not_told_of() {
    let scene = Scene::new(3).await;
    scene.say("old").await;
    let mut watch = scene.bot().watch(Rooms::All);
    assert!(scene.watch(&mut watch, 5 * MINUTE).await.is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_quiet_room_costs_no_request_to_begin_with() {
    let scene = Scene::new(300).await;
    let mut watch = scene.bot().watch(Rooms::All);
    scene.watch(&mut watch, MINUTE).await;
    assert_eq!(scene.count("listRoomMessages"), 0);
}

#[tokio::test(start_paused = true)]
async fn it_begins_after_a_message() {
    let scene = Scene::new(3).await;
    scene.say("before").await;
    let start = scene.say("the start").await;
    scene.say("after").await;
    scene.pass(MINUTE).await;
    let mut watch = scene.bot().watch(Rooms::All).after(room_id(0), &start);
    scene.say("and now").await;
    assert_eq!(texts(&scene.watch(&mut watch, MINUTE).await), ["after", "and now"]);
}

#[tokio::test(start_paused = true)]
async fn other_rooms_begin_now() {
    let scene = Scene::new(3).await;
    let start = scene.say("the start").await;
    let other = scene.anna(room_id(1));
    at_once(async { other.post("old").await }).await.unwrap();
    scene.pass(MINUTE).await;
    let mut watch = scene.bot().watch(Rooms::All).after(room_id(0), &start);
    assert!(scene.watch(&mut watch, MINUTE).await.is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_room_alone_begins_after_a_message_too() {
    let scene = Scene::new(3).await;
    let start = scene.say("the start").await;
    scene.say("after").await;
    scene.pass(MINUTE).await;
    let mut watch = scene.bot().room(room_id(0)).watch_after(&start);
    assert_eq!(texts(&scene.watch(&mut watch, MINUTE).await), ["after"]);
}

#[tokio::test(start_paused = true)]
async fn a_start_in_the_middle_of_a_lively_second_is_exact() {
    let scene = Scene::new(3).await;
    scene.say("old").await;
    let mut watch = scene.bot().watch(Rooms::All).interval(Duration::from_secs(1), MINUTE);
    // The first round, in the second of the message.
    at_once(async { tokio::time::timeout(Duration::ZERO, watch.next()).await }).await.ok();
    for _ in 0..20 {
        assert!(scene.step(&mut watch).await.is_none());
    }
    scene.say("new").await;
    assert_eq!(texts(&scene.watch(&mut watch, MINUTE).await), ["new"]);
}
