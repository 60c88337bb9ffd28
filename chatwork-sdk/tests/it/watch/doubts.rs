//! Lists that are wrong or late, and texts that mean two things.

use std::time::Duration;

use chatwork_sandbox::{Fault, FaultLimit};
use chatwork_sdk::watch::{Event, Rooms};

use super::reader::{created, deleted, texts, updated};
use super::scene::{Scene, at_once, room_id};
use super::unlike::{Service, events, id, messages};
use crate::support::ROOM;

const MINUTE: Duration = Duration::from_secs(60);

#[tokio::test(start_paused = true)]
async fn a_message_typed_as_deleted_is_a_message_and_its_edits_are_told() {
    let scene = Scene::new(2).await;
    let mut watch = scene.bot().watch(Rooms::All);
    scene.watch(&mut watch, MINUTE).await;
    let id = scene.say("[deleted]").await;
    let told = scene.watch(&mut watch, 2 * MINUTE).await;
    assert_eq!((texts(&told), told.len()), (vec!["[deleted]".to_owned()], 1));
    let message = scene.anna(room_id(0)).message(&id);
    at_once(async { message.edit("secret plan").await }).await.unwrap();
    let told = scene.watch(&mut watch, 2 * MINUTE).await;
    assert_eq!((updated(&told).len(), texts(&told)), (1, vec!["secret plan".to_owned()]));
    at_once(async { message.delete().await }).await.unwrap();
    assert_eq!(deleted(&scene.watch(&mut watch, 2 * MINUTE).await), [id]);
}

#[tokio::test(start_paused = true)]
async fn a_message_edited_to_deleted_and_back_is_told_each_time() {
    let scene = Scene::new(2).await;
    let mut watch = scene.bot().watch(Rooms::All);
    scene.watch(&mut watch, MINUTE).await;
    let id = scene.say("one").await;
    scene.watch(&mut watch, 2 * MINUTE).await;
    let message = scene.anna(room_id(0)).message(&id);
    at_once(async { message.edit("[deleted]").await }).await.unwrap();
    assert_eq!(deleted(&scene.watch(&mut watch, 2 * MINUTE).await), [id]);
    at_once(async { message.edit("secret plan").await }).await.unwrap();
    let told = scene.watch(&mut watch, 2 * MINUTE).await;
    assert_eq!((updated(&told).len(), texts(&told)), (1, vec!["secret plan".to_owned()]));
}

#[tokio::test(start_paused = true)]
async fn a_room_left_and_joined_again_repeats_no_message_after_a_start() {
    let scene = Scene::new(3).await;
    let start = scene.say("start").await;
    scene.say("one").await;
    let mut watch = scene.bot().watch(Rooms::All).after(room_id(0), &start);
    assert_eq!(texts(&scene.watch(&mut watch, MINUTE).await), ["one"]);
    at_once(async { scene.person("bot").room(room_id(0)).leave().await }).await.unwrap();
    scene.watch(&mut watch, 3 * MINUTE).await;
    scene.add_bot(room_id(0)).await;
    scene.say("two").await;
    let told = texts(&scene.watch(&mut watch, 3 * MINUTE).await);
    assert!(told.contains(&"two".to_owned()) && !told.contains(&"one".to_owned()), "{told:?}");
}

#[tokio::test(start_paused = true)]
async fn a_message_that_the_list_counts_and_the_room_shows_late_comes_soon() {
    let service = Service::new(&messages(["1", "2"])).await;
    let client = service.server.client();
    let mut watch = client.watch(Rooms::All).after(ROOM, &id("1")).recheck(Duration::MAX);
    assert_eq!(texts(&events(&mut watch, 3 * MINUTE).await), ["2"]);
    service.count(3);
    assert!(events(&mut watch, MINUTE + MINUTE / 4).await.is_empty());
    service.show(&messages(["1", "2", "3"]));
    assert_eq!(texts(&events(&mut watch, MINUTE).await), ["3"]);
}

#[tokio::test(start_paused = true)]
async fn an_empty_list_of_rooms_ends_no_room_and_repeats_no_message() {
    let scene = Scene::new(3).await;
    let mut watch = scene.bot().watch(Rooms::All);
    scene.watch(&mut watch, MINUTE).await;
    scene.say("deploy!").await;
    assert_eq!(texts(&scene.watch(&mut watch, MINUTE).await), ["deploy!"]);
    let empty = Fault::status(200).body("[]").operation("listRooms").times(2);
    scene.sandbox.faults().add(empty).unwrap();
    scene.say("again").await;
    let told = scene.watch(&mut watch, 5 * MINUTE).await;
    assert_eq!((texts(&told), told.len()), (vec!["again".to_owned()], 1));
}

#[tokio::test(start_paused = true)]
async fn an_empty_first_reply_of_a_room_with_messages_makes_no_old_message_new() {
    let scene = Scene::new(2).await;
    scene.say_times(20).await;
    scene.pass(MINUTE).await;
    // The room was written to just now, so the watch reads it in its first round.
    scene.say("just now").await;
    let empty = Fault::status(200).body("[]").operation("listRoomMessages");
    scene.sandbox.faults().add(empty).unwrap();
    let mut watch = scene.bot().watch(Rooms::All);
    let told = texts(&scene.watch(&mut watch, MINUTE).await);
    scene.say("new").await;
    let later = texts(&scene.watch(&mut watch, 3 * MINUTE).await);
    // Clocks differ by seconds, so what was sent just now may have been sent after the start.
    assert_eq!((told, later), (vec!["just now".to_owned()], vec!["new".to_owned()]));
}

#[tokio::test(start_paused = true)]
async fn after_a_pause_the_room_written_to_last_comes_first() {
    let scene = Scene::new(4).await;
    let mut watch = scene.bot().watch(Rooms::All);
    scene.watch(&mut watch, MINUTE).await;
    let state = watch.state().clone();
    for index in 0..4 {
        let room = scene.anna(room_id(index));
        at_once(async { room.post("hi").await }).await.unwrap();
        scene.pass(MINUTE).await;
    }
    let mut watch = scene.bot().watch(Rooms::All).resume(state);
    let told = scene.watch(&mut watch, MINUTE).await;
    let rooms: Vec<_> = told.iter().filter_map(Event::room_id).collect();
    assert_eq!(rooms, [room_id(3), room_id(2), room_id(1), room_id(0)]);
}

#[tokio::test(start_paused = true)]
async fn nothing_is_asked_before_the_time_that_a_refusal_names() {
    let scene = Scene::new(2).await;
    let mut watch = scene.person("bot").watch(Rooms::All);
    scene.watch(&mut watch, MINUTE).await;
    let refusal = Fault::rate_limit(FaultLimit::Account).operation("listRooms");
    scene.sandbox.faults().add(refusal).unwrap();
    let mut wait = None;
    for _ in 0..400 {
        if let Some(Event::Failed { error, .. }) = scene.step(&mut watch).await {
            wait = error.retry_after();
            break;
        }
    }
    let wait = wait.expect("a refusal that names a time");
    assert!(wait > Duration::from_secs(20), "{wait:?}");
    let asked = scene.asked().len();
    scene.watch(&mut watch, wait - Duration::from_secs(2)).await;
    assert_eq!(scene.asked().len(), asked);
    scene.watch(&mut watch, 2 * MINUTE).await;
    assert!(scene.asked().len() > asked);
}

#[tokio::test(start_paused = true)]
async fn a_message_in_the_second_of_the_list_before_a_room_was_joined_is_not_lost() {
    let scene = Scene::new(2).await;
    let five = Duration::from_secs(5);
    let mut watch = scene.bot().watch(Rooms::All).interval(five, five);
    scene.watch(&mut watch, MINUTE).await;
    let lists = scene.count("listRooms");
    while scene.count("listRooms") == lists {
        scene.step(&mut watch).await;
    }
    let room = scene.new_room().await;
    at_once(async { scene.anna(room).post("in that second").await }).await.unwrap();
    let told = scene.watch(&mut watch, MINUTE).await;
    assert!(created(&told).iter().any(|it| it.body == "in that second"), "{told:?}");
}
