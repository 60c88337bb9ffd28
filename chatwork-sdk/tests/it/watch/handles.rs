//! What can be sent, saved and observed.

use std::time::Duration;

use chatwork_sandbox::Fault;
use chatwork_sdk::RoomId;
use chatwork_sdk::watch::{
    Doorbell, Event, FileStore, Rooms, Watch, WatchError, WatchErrorKind, WatchHealth, WatchState,
};
#[cfg(feature = "oauth")]
use chatwork_sdk::{TokenError, TokenFuture, TokenSource};
use serde_json::{Value, json};

use super::reader::texts;
use super::scene::{Scene, at_once, room_id};

const MINUTE: Duration = Duration::from_secs(60);

#[test]
fn a_watch_and_its_handles_are_send_and_sync_and_events_can_be_cloned() {
    fn shared<T: Send + Sync>() {}
    fn cloned<T: Send + Sync + Clone>() {}
    shared::<Watch>();
    cloned::<Event>();
    cloned::<WatchError>();
    cloned::<WatchState>();
    cloned::<Doorbell>();
    cloned::<WatchHealth>();
    cloned::<FileStore>();
}

/// What an event is as JSON; it must be the same after it was read.
fn json_of(event: &Event) -> Value {
    let value = serde_json::to_value(event).unwrap();
    let text = serde_json::to_string(event).unwrap();
    let read: Event = serde_json::from_str(&text).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), value);
    value
}

#[tokio::test(start_paused = true)]
async fn an_event_has_the_documented_json_form_and_can_be_read_again() {
    let scene = Scene::new(2).await;
    let mut watch = scene.person("bot").watch(Rooms::All);
    scene.watch(&mut watch, MINUTE).await;
    let id = scene.say("hi").await;
    let told = scene.watch(&mut watch, MINUTE).await;
    let value = json_of(&told[0]);
    assert_eq!((&value["event"], &value["room_id"]), (&json!("message_created"), &json!(1000)));
    assert_eq!(
        (&value["message"]["message_id"], &value["message"]["body"]),
        (&json!(id), &json!("hi"))
    );
    scene.say_times(102).await;
    let told = scene.watch(&mut watch, 2 * MINUTE).await;
    assert_eq!(
        (&json_of(&told[0])["event"], &json_of(&told[0])["missing"]),
        (&json!("gap"), &json!(2))
    );
    let left = json!({ "event": "left", "room_id": 42 });
    let event: Event = serde_json::from_value(left.clone()).unwrap();
    assert!(matches!(event, Event::Left { room_id: RoomId(42) }));
    assert_eq!(json_of(&event), left);
    scene.sandbox.faults().add(Fault::status(503).operation("listRooms")).unwrap();
    let told = scene.watch(&mut watch, 2 * MINUTE).await;
    let value = json_of(&told[0]);
    assert_eq!((&value["event"], &value["error"]["status"]), (&json!("failed"), &json!(503)));
}

#[test]
fn a_kind_of_failure_that_is_not_known_yet_can_be_read() {
    let later = json!({ "kind": "moon_phase", "message": "x", "more": 1 });
    let error: WatchError = serde_json::from_value(later).unwrap();
    assert_eq!((error.kind(), error.to_string()), (WatchErrorKind::Other, "x".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn what_is_said_after_the_start_is_told() {
    let scene = Scene::new(3).await;
    // The room is busy at the very moment, so that its first look decides what is old.
    scene.say("old").await;
    let mut watch = scene.bot().watch(Rooms::All);
    at_once(watch.started()).await.unwrap();
    scene.say("new").await;
    assert_eq!(texts(&scene.watch(&mut watch, 2 * MINUTE).await), ["new"]);
}

#[tokio::test(start_paused = true)]
async fn a_start_that_fails_says_why_and_tells_it_as_an_event_too() {
    let scene = Scene::new(1).await;
    scene.sandbox.faults().add(Fault::status(403).operation("listRooms")).unwrap();
    let mut watch = scene.bot().watch(Rooms::All);
    let error = at_once(watch.started()).await.unwrap_err();
    assert!(error.is_forbidden());
    assert_eq!(error.status(), Some(403));
    assert!(matches!(at_once(watch.next()).await, Some(Event::Failed { .. })));
    assert!(at_once(watch.next()).await.is_none());
}

#[tokio::test(start_paused = true)]
async fn a_failure_has_the_error_of_its_request() {
    let scene = Scene::new(1).await;
    scene.sandbox.faults().add(Fault::status(403).operation("listRooms")).unwrap();
    let mut watch = scene.bot().watch(Rooms::All);
    let error = at_once(watch.started()).await.unwrap_err();
    assert!(error.error().is_some_and(chatwork_sdk::Error::is_forbidden));
}

#[tokio::test(start_paused = true)]
async fn health_counts_rounds_failures_and_lag_and_knows_the_start() {
    let scene = Scene::new(2).await;
    let mut watch = scene.person("bot").watch(Rooms::All);
    let health = watch.health();
    assert!(!health.has_started() && health.last_round().is_none());
    scene.watch(&mut watch, MINUTE).await;
    assert!(health.has_started() && at_once(health.started()).await);
    let rounds = health.rounds();
    assert!(rounds > 1 && health.failures() == 0 && health.lag().is_none());
    scene.sandbox.faults().add(Fault::status(500).operation("listRooms").times(2)).unwrap();
    scene.watch(&mut watch, 2 * MINUTE).await;
    assert_eq!(health.failures(), 2);
    scene.say("hi").await;
    scene.pass(Duration::from_secs(7)).await;
    scene.watch(&mut watch, 2 * MINUTE).await;
    assert!(health.rounds() > rounds);
    assert!(health.lag().unwrap() >= Duration::from_secs(7), "{:?}", health.lag());
    assert!(health.last_round().unwrap().requests >= 1);
}

#[tokio::test(start_paused = true)]
async fn health_counts_waits_for_the_rate_limit() {
    let scene = Scene::new(2).await;
    let mut watch = scene.bot().watch(Rooms::All).reserve(296);
    scene.watch(&mut watch, MINUTE).await;
    assert!(watch.health().waits() > 0);
}

/// A token source whose consent was revoked.
#[cfg(feature = "oauth")]
struct Revoked;

#[cfg(feature = "oauth")]
impl TokenSource for Revoked {
    fn token(&self) -> TokenFuture<'_, chatwork_sdk::Secret> {
        let error = chatwork_sdk::oauth::Error::NoGrant;
        Box::pin(async { Err(TokenError::from(error)) })
    }
}

#[cfg(feature = "oauth")]
#[tokio::test(start_paused = true)]
async fn a_revoked_consent_ends_the_watch() {
    let scene = Scene::new(1).await;
    let builder = chatwork_sdk::Client::builder().base_url(scene.sandbox.base_url());
    let client = builder.token_source(Revoked).build().unwrap();
    let mut watch = client.watch(Rooms::from(room_id(0)));
    let event = at_once(watch.next()).await;
    let is_consent = |error: &WatchError| error.is_consent_needed();
    assert!(matches!(&event, Some(Event::Failed { error, .. }) if is_consent(error)), "{event:?}");
    assert!(at_once(watch.next()).await.is_none());
}
