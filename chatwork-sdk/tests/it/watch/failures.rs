//! What goes wrong, and what comes after.

use std::time::Duration;

use chatwork_sandbox::{Fault, FaultLimit};
use chatwork_sdk::watch::{Event, Rooms};
use chatwork_sdk::{Client, Pacing, RetryPolicy};

use super::reader::{failures, texts};
use super::scene::{Scene, at_once, room_id};

const MINUTE: Duration = Duration::from_secs(60);

/// A client that repeats nothing, so that each fault reaches the watch.
fn impatient(scene: &Scene) -> Client {
    scene.person("bot")
}

#[tokio::test(start_paused = true)]
async fn the_watch_goes_on_after_each_kind_of_fault_and_loses_nothing() {
    let faults = [
        Fault::status(500),
        Fault::status(503).body("<html>busy</html>"),
        Fault::cut(5),
        Fault::close(),
        Fault::rate_limit(FaultLimit::Account),
        Fault::status(200).body("{}"),
    ];
    for fault in faults {
        for operation in ["listRooms", "listRoomMessages"] {
            let scene = Scene::new(3).await;
            let mut watch = impatient(&scene).watch(Rooms::All);
            scene.watch(&mut watch, MINUTE).await;
            scene.sandbox.faults().add(fault.clone().operation(operation)).unwrap();
            scene.say("hi").await;
            let events = scene.watch(&mut watch, 8 * MINUTE).await;
            assert_eq!(
                (failures(&events), texts(&events)),
                (1, vec!["hi".to_owned()]),
                "{fault:?}"
            );
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_client_that_repeats_hides_what_passes() {
    let scene = Scene::new(3).await;
    let mut watch = scene.bot().watch(Rooms::All);
    scene.watch(&mut watch, MINUTE).await;
    scene.sandbox.faults().add(Fault::status(500).times(3)).unwrap();
    // Nobody but the bot asks for this.
    scene.sandbox.faults().add(Fault::cut(9).operation("listRoomMessages").times(3)).unwrap();
    let events = scene.watch(&mut watch, MINUTE).await;
    assert!(events.is_empty());
    scene.say("hi").await;
    assert_eq!(texts(&scene.watch(&mut watch, MINUTE).await), ["hi"]);
}

#[tokio::test(start_paused = true)]
async fn a_quiet_room_that_cannot_be_read_keeps_no_other_from_its_turn() {
    let scene = Scene::new(2).await;
    let mut watch = impatient(&scene).watch(Rooms::All);
    scene.watch(&mut watch, MINUTE).await;
    let broken = Fault::status(500).operation("listRoomMessages").times(1_000);
    scene.sandbox.faults().add(broken).unwrap();
    let events = scene.watch(&mut watch, 40 * MINUTE).await;
    for index in 0..2 {
        let failed = events.iter().filter(|event| event.room_id() == Some(room_id(index))).count();
        assert!((1..=4).contains(&failed), "{failed} failures of room {index}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_room_that_is_forbidden_holds_up_no_other() {
    let scene = Scene::new(3).await;
    let mut watch = impatient(&scene).watch(Rooms::All);
    scene.watch(&mut watch, MINUTE).await;
    let forbidden = Fault::status(403).operation("listRoomMessages");
    scene.sandbox.faults().add(forbidden).unwrap();
    scene.say("first").await;
    scene.pass(Duration::from_secs(3)).await;
    let other = scene.anna(room_id(1));
    at_once(async { other.post("second").await }).await.unwrap();
    let events = scene.watch(&mut watch, 2 * MINUTE).await;
    let failed = events.iter().find_map(|event| match event {
        Event::Failed { room_id, error } => Some((*room_id, error.is_forbidden())),
        _ => None,
    });
    assert_eq!(failed, Some((Some(room_id(1)), true)));
    assert_eq!(texts(&events), ["first", "second"]);
}

#[tokio::test(start_paused = true)]
async fn a_room_that_stays_forbidden_is_asked_for_less_and_less_often() {
    let scene = Scene::new(3).await;
    let mut watch = impatient(&scene).watch(Rooms::All).recheck(Duration::MAX);
    scene.watch(&mut watch, MINUTE).await;
    let forbidden = Fault::status(403).operation("listRoomMessages").times(1_000);
    scene.sandbox.faults().add(forbidden).unwrap();
    scene.say("hi").await;
    let events = scene.watch(&mut watch, 20 * MINUTE).await;
    assert!((5..=25).contains(&failures(&events)), "{}", failures(&events));
}

#[tokio::test(start_paused = true)]
async fn a_service_that_is_down_is_asked_less_and_less_often() {
    let scene = Scene::new(3).await;
    for mut watch in
        [impatient(&scene).watch(Rooms::All), impatient(&scene).room(room_id(0)).watch()]
    {
        scene.watch(&mut watch, MINUTE).await;
        scene.sandbox.faults().add(Fault::status(503).times(1_000)).unwrap();
        let failed = failures(&scene.watch(&mut watch, 20 * MINUTE).await);
        assert!((15..=25).contains(&failed), "{failed}");
        scene.sandbox.faults().clear();
        scene.say("hi").await;
        assert_eq!(texts(&scene.watch(&mut watch, 2 * MINUTE).await), ["hi"]);
    }
}

#[tokio::test(start_paused = true)]
async fn a_token_that_is_refused_ends_the_watch() {
    let scene = Scene::new(3).await;
    let builder = crate::support::builder(&scene.sandbox.base_url()).token("wrong");
    let client = builder.retry(RetryPolicy::off()).pacing(Pacing::off()).build().unwrap();
    for rooms in [Rooms::All, Rooms::from(room_id(0))] {
        let mut watch = client.watch(rooms).own_messages(false);
        let event = at_once(watch.next()).await;
        assert!(matches!(event, Some(Event::Failed { error, .. }) if error.is_unauthorized()));
        assert!(at_once(watch.next()).await.is_none());
    }
}

#[tokio::test(start_paused = true)]
async fn a_watch_of_no_room_ends_with_an_error_that_says_what_is_right() {
    let scene = Scene::new(3).await;
    let mut watch = scene.bot().watch(Rooms::from([]));
    let Some(Event::Failed { error, .. }) = watch.next().await else { panic!("no failure") };
    assert_eq!(error.to_string(), "not sent: `rooms` is empty: expected at least one");
    assert!(watch.next().await.is_none());
}

#[tokio::test(start_paused = true)]
async fn a_token_that_is_refused_on_the_way_ends_the_watch_and_keeps_the_state() {
    let scene = Scene::new(3).await;
    let mut watch = scene.bot().watch(Rooms::All);
    scene.watch(&mut watch, MINUTE).await;
    scene.say("hi").await;
    let refused = Fault::status(401).operation("listRoomMessages");
    scene.sandbox.faults().add(refused).unwrap();
    let events = tokio::time::timeout(MINUTE, collect(&scene, &mut watch)).await.unwrap();
    assert!(matches!(&events[..], [Event::Failed { error, .. }] if error.is_unauthorized()));
    let mut watch = scene.bot().watch(Rooms::All).resume(watch.state().clone());
    assert_eq!(texts(&scene.watch(&mut watch, MINUTE).await), ["hi"]);
}

#[tokio::test(start_paused = true)]
async fn rooms_that_may_not_be_listed_end_the_watch() {
    let scene = Scene::new(3).await;
    scene.sandbox.faults().add(Fault::status(403).operation("listRooms")).unwrap();
    let mut watch = scene.bot().watch(Rooms::All);
    let event = at_once(watch.next()).await;
    assert!(matches!(event, Some(Event::Failed { error, .. }) if error.is_forbidden()));
    assert!(at_once(watch.next()).await.is_none());
}

/// All events up to the end.
async fn collect(scene: &Scene, watch: &mut chatwork_sdk::watch::Watch) -> Vec<Event> {
    let mut events = Vec::new();
    loop {
        tokio::select! {
            biased;
            event = watch.next() => match event {
                Some(event) => events.push(event),
                None => return events,
            },
            () = super::scene::turns() => scene.pass(Duration::from_millis(250)).await,
        }
    }
}
