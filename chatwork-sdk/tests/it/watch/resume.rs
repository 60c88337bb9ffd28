//! A state that is saved and loaded.

use std::time::Duration;

use chatwork_sdk::watch::{Event, Rooms, Watch, WatchState};

use super::reader::{gaps, texts};
use super::scene::{Scene, at_once, room_id};

const MINUTE: Duration = Duration::from_secs(60);

/// Another process, which has what was saved.
fn restart(scene: &Scene, watch: &Watch) -> Watch {
    let saved = serde_json::to_string(watch.state()).unwrap();
    let state: WatchState = serde_json::from_str(&saved).unwrap();
    assert_eq!(&state, watch.state());
    scene.bot().watch(Rooms::All).resume(state)
}

/// The next event.
async fn next(scene: &Scene, watch: &mut Watch) -> Event {
    for _ in 0..1_000 {
        if let Some(event) = scene.step(watch).await {
            return event;
        }
    }
    panic!("nothing came");
}

#[tokio::test(start_paused = true)]
async fn a_state_says_when_the_rooms_were_listed() {
    let scene = Scene::new(1).await;
    let mut watch = scene.bot().watch(Rooms::All);
    assert_eq!(watch.state().listed(), None);
    scene.watch(&mut watch, MINUTE).await;
    assert!(restart(&scene, &watch).state().listed().is_some());
}

#[tokio::test(start_paused = true)]
async fn what_happens_in_between_is_not_missed() {
    let scene = Scene::new(3).await;
    let mut watch = scene.bot().watch(Rooms::All);
    scene.watch(&mut watch, MINUTE).await;
    let id = scene.say("one").await;
    scene.watch(&mut watch, MINUTE).await;
    let state = restart(&scene, &watch);
    drop(watch);
    let mut watch = state;
    at_once(async { scene.anna(room_id(0)).message(&id).edit("two").await }).await.unwrap();
    scene.say("three").await;
    let other = scene.anna(room_id(1));
    at_once(async { other.post("four").await }).await.unwrap();
    let mut told = texts(&scene.watch(&mut watch, MINUTE).await);
    told.sort();
    assert_eq!(told, ["four", "three", "two"]);
}

#[tokio::test(start_paused = true)]
async fn it_resumes_after_the_last_event_that_was_taken_wherever_that_is() {
    let scene = Scene::new(3).await;
    let mut watch = scene.bot().watch(Rooms::All);
    scene.watch(&mut watch, MINUTE).await;
    let id = scene.say("0").await;
    scene.watch(&mut watch, MINUTE).await;
    at_once(async { scene.anna(room_id(0)).message(&id).edit("edited").await }).await.unwrap();
    for index in 1..8 {
        scene.say(&index.to_string()).await;
    }
    let mut told = Vec::new();
    for _ in 0..8 {
        // Each event is taken from another watch.
        watch = restart(&scene, &watch);
        told.push(texts(&[next(&scene, &mut watch).await]).remove(0));
    }
    assert_eq!(told, ["edited", "1", "2", "3", "4", "5", "6", "7"]);
    watch = restart(&scene, &watch);
    assert!(scene.watch(&mut watch, 5 * MINUTE).await.is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_gap_that_was_taken_does_not_come_again() {
    let scene = Scene::new(3).await;
    let mut watch = scene.bot().watch(Rooms::All);
    scene.watch(&mut watch, MINUTE).await;
    scene.say_times(130).await;
    assert!(matches!(next(&scene, &mut watch).await, Event::Gap(_)));
    let mut watch = restart(&scene, &watch);
    let events = scene.watch(&mut watch, 2 * MINUTE).await;
    assert_eq!((gaps(&events).len(), texts(&events).len()), (0, 100));
    assert_eq!(texts(&events)[0], "30");
}

#[tokio::test(start_paused = true)]
async fn a_state_of_the_middle_of_a_look_knows_of_gaps_to_come() {
    let scene = Scene::new(3).await;
    let mut watch = scene.bot().watch(Rooms::All);
    scene.watch(&mut watch, MINUTE).await;
    scene.say_times(5).await;
    for _ in 0..2 {
        next(&scene, &mut watch).await;
    }
    let mut watch = restart(&scene, &watch);
    // Of the five, the last three were not taken; of 98 more, none is lost; of 99, one is.
    scene.say_times(98).await;
    let events = scene.watch(&mut watch, 2 * MINUTE).await;
    assert_eq!(gaps(&events).iter().map(|gap| gap.missing).collect::<Vec<_>>(), [Some(1)]);
    assert_eq!(texts(&events).len(), 100);
}

#[tokio::test(start_paused = true)]
async fn an_event_that_waits_is_not_part_of_the_state() {
    let scene = Scene::new(3).await;
    let mut watch = scene.bot().watch(Rooms::All);
    scene.watch(&mut watch, MINUTE).await;
    scene.say_times(2).await;
    next(&scene, &mut watch).await;
    let (one, two) = (restart(&scene, &watch), next(&scene, &mut watch).await);
    let mut again = one;
    assert_eq!(texts(&[next(&scene, &mut again).await]), texts(&[two]));
}

#[tokio::test(start_paused = true)]
async fn a_room_joined_in_between_is_told_of_with_its_messages() {
    let scene = Scene::new(3).await;
    let mut watch = scene.bot().watch(Rooms::All);
    scene.watch(&mut watch, MINUTE).await;
    let saved = restart(&scene, &watch);
    drop(watch);
    let room = scene.new_room().await;
    at_once(async { scene.anna(room).post("hi").await }).await.unwrap();
    scene.pass(10 * MINUTE).await;
    let mut watch = saved;
    let events = scene.watch(&mut watch, MINUTE).await;
    assert!(matches!(events[0], Event::Joined { room_id } if room_id == room), "{events:?}");
    assert_eq!(texts(&events).last().map(String::as_str), Some("hi"));
}

#[tokio::test(start_paused = true)]
async fn a_lively_room_that_was_not_looked_at_yet_is_not_missed() {
    let scene = Scene::new(3).await;
    let start = scene.say("start").await;
    scene.say("one").await;
    let other = scene.anna(room_id(1));
    at_once(async { other.post("old").await }).await.unwrap();
    let mut watch = scene.bot().watch(Rooms::All).after(room_id(0), &start);
    assert_eq!(texts(&[at_once(watch.next()).await.unwrap()]), ["one"]);
    // The other room waits for its turn. What is said there until then is new.
    let mut watch = restart(&scene, &watch);
    scene.pass(MINUTE).await;
    at_once(async { other.post("new").await }).await.unwrap();
    let told = texts(&scene.watch(&mut watch, MINUTE).await);
    assert_eq!(told.last().map(String::as_str), Some("new"));
}

#[tokio::test(start_paused = true)]
async fn rooms_that_are_not_watched_any_more_are_forgotten() {
    let scene = Scene::new(3).await;
    let mut watch = scene.bot().watch(Rooms::All);
    scene.watch(&mut watch, MINUTE).await;
    let state = watch.state().clone();
    let mut watch = scene.bot().watch([room_id(0), room_id(1)]).resume(state.clone());
    assert!(scene.watch(&mut watch, MINUTE).await.is_empty());
    let saved = |state: &WatchState| serde_json::to_value(state).unwrap()["rooms"].to_string();
    assert!(saved(&state).contains("1002") && !saved(watch.state()).contains("1002"));
}

#[test]
fn a_state_of_another_version_is_refused() {
    let later = r#"{"version": 3, "listed": null, "rooms": {}}"#;
    let error = serde_json::from_str::<WatchState>(later).unwrap_err();
    let text = error.to_string();
    assert!(text.starts_with("a watch's state of version 3: expected at most 2"), "{text}");
}
