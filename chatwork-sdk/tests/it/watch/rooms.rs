//! Rooms that are joined, left and chosen.

use std::time::Duration;

use chatwork_sdk::watch::{Event, Rooms};

use super::reader::{failures, texts};
use super::scene::{Scene, at_once, room_id};

const MINUTE: Duration = Duration::from_secs(60);

/// The kinds of events, without messages.
fn kinds(events: &[Event]) -> Vec<&'static str> {
    let kinds = events.iter().map(|event| match event {
        Event::Joined { .. } => Some("joined"),
        Event::Left { .. } => Some("left"),
        _ => None,
    });
    kinds.flatten().collect()
}

#[tokio::test(start_paused = true)]
async fn a_room_that_is_joined_is_told_of_before_its_messages() {
    let scene = Scene::new(2).await;
    let mut watch = scene.bot().watch(Rooms::All);
    scene.watch(&mut watch, MINUTE).await;
    let room = scene.new_room().await;
    at_once(async { scene.anna(room).post("hi").await }).await.unwrap();
    let events = scene.watch(&mut watch, 2 * MINUTE).await;
    assert!(matches!(events[0], Event::Joined { room_id } if room_id == room), "{events:?}");
    // Before it come the system's, which tell of the room and of who is in it.
    assert_eq!(texts(&events).last().map(String::as_str), Some("hi"));
}

#[tokio::test(start_paused = true)]
async fn a_room_with_a_past_is_joined_without_it() {
    let scene = Scene::new(2).await;
    let room = scene.new_room_without_bot().await;
    at_once(async { scene.anna(room).post("before").await }).await.unwrap();
    scene.pass(MINUTE).await;
    let mut watch = scene.bot().watch(Rooms::All);
    scene.watch(&mut watch, MINUTE).await;
    scene.add_bot(room).await;
    at_once(async { scene.anna(room).post("after").await }).await.unwrap();
    let told = texts(&scene.watch(&mut watch, 2 * MINUTE).await);
    assert!(told.contains(&"after".to_owned()) && !told.contains(&"before".to_owned()), "{told:?}");
}

#[tokio::test(start_paused = true)]
async fn a_room_that_is_left_is_told_of_once() {
    let scene = Scene::new(3).await;
    let bot = scene.bot();
    let mut watch = bot.watch(Rooms::All);
    scene.watch(&mut watch, MINUTE).await;
    at_once(async { scene.person("bot").room(room_id(0)).leave().await }).await.unwrap();
    let events = scene.watch(&mut watch, 3 * MINUTE).await;
    assert!(matches!(events[..], [Event::Left { room_id: left }] if left == room_id(0)));
}

#[tokio::test(start_paused = true)]
async fn who_comes_back_is_told_what_was_said_since() {
    let scene = Scene::new(3).await;
    let mut watch = scene.bot().watch(Rooms::All);
    scene.watch(&mut watch, MINUTE).await;
    at_once(async { scene.person("bot").room(room_id(0)).leave().await }).await.unwrap();
    scene.watch(&mut watch, 2 * MINUTE).await;
    scene.say("while away").await;
    scene.watch(&mut watch, 2 * MINUTE).await;
    scene.add_bot(room_id(0)).await;
    scene.say("welcome").await;
    let events = scene.watch(&mut watch, 2 * MINUTE).await;
    assert_eq!(kinds(&events), ["joined"]);
    let told = texts(&events);
    assert!(told.ends_with(&["welcome".to_owned()]), "{told:?}");
    assert!(!told.contains(&"while away".to_owned()), "{told:?}");
}

#[tokio::test(start_paused = true)]
async fn only_chosen_rooms_are_told_of() {
    let scene = Scene::new(4).await;
    let mut watch = scene.bot().watch([room_id(0), room_id(1)]);
    scene.watch(&mut watch, MINUTE).await;
    scene.say("chosen").await;
    let other = scene.anna(room_id(2));
    at_once(async { other.post("another").await }).await.unwrap();
    scene.new_room().await;
    let events = scene.watch(&mut watch, 2 * MINUTE).await;
    assert_eq!((texts(&events), events.len()), (vec!["chosen".to_owned()], 1));
    let looks = scene.asked().into_iter().filter(|it| it.path.ends_with("/messages"));
    assert!(looks.clone().count() > 0 && looks.clone().all(|it| it.path.contains("/1000/")));
}

#[tokio::test(start_paused = true)]
async fn a_chosen_room_that_one_is_not_in_is_told_of_once_and_joined_later() {
    let scene = Scene::new(2).await;
    let room = scene.new_room_without_bot().await;
    for mut watch in [scene.bot().watch([room_id(0), room]), scene.bot().room(room).watch()] {
        let events = scene.watch(&mut watch, 5 * MINUTE).await;
        assert!(matches!(events[..], [Event::Left { room_id: left }] if left == room));
        scene.add_bot(room).await;
        at_once(async { scene.anna(room).post("welcome").await }).await.unwrap();
        let events = scene.watch(&mut watch, 2 * MINUTE).await;
        assert_eq!(kinds(&events), ["joined"]);
        assert!(texts(&events).ends_with(&["welcome".to_owned()]));
        at_once(async { scene.person("bot").room(room).leave().await }).await.unwrap();
        scene.pass(MINUTE).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_room_watched_alone_can_be_left_and_joined() {
    let scene = Scene::new(2).await;
    let mut watch = scene.bot().room(room_id(0)).watch();
    scene.watch(&mut watch, MINUTE).await;
    at_once(async { scene.person("bot").room(room_id(0)).leave().await }).await.unwrap();
    let events = scene.watch(&mut watch, 5 * MINUTE).await;
    // The room cannot be read, and then: because it was left.
    assert_eq!((failures(&events), kinds(&events)), (1, vec!["left"]));
    scene.add_bot(room_id(0)).await;
    scene.say("welcome").await;
    let events = scene.watch(&mut watch, 2 * MINUTE).await;
    assert_eq!(kinds(&events), ["joined"]);
    assert!(texts(&events).ends_with(&["welcome".to_owned()]));
}

#[tokio::test(start_paused = true)]
async fn a_chosen_set_of_no_rooms_is_refused_before_it_costs_a_request() {
    let scene = Scene::new(1).await;
    let mut watch = scene.bot().watch(Vec::new());
    let event = watch.next().await;
    assert!(matches!(event, Some(Event::Failed { error, .. }) if error.is_input()));
    assert!(watch.next().await.is_none() && scene.asked().is_empty());
}
