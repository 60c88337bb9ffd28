//! A webhook that hurries the watch.

use std::time::Duration;

use chatwork_sdk::watch::{Rooms, Watch};
use chatwork_sdk::{MessageId, RoomId};

use super::reader::texts;
use super::scene::{Scene, room_id};
use super::unlike::{Service, events, id, messages};
use crate::support::ROOM;

const SECOND: Duration = Duration::from_secs(1);
const HOUR: Duration = Duration::from_secs(3_600);

/// A watch that makes its next round in an hour.
async fn waiting(scene: &Scene) -> Watch {
    let mut watch = scene.bot().watch(Rooms::All).interval(HOUR, HOUR).recheck(Duration::MAX);
    assert!(scene.watch(&mut watch, 60 * SECOND).await.is_empty());
    watch
}

#[tokio::test(start_paused = true)]
async fn a_ring_cuts_a_wait_short() {
    let scene = Scene::new(3).await;
    let mut watch = waiting(&scene).await;
    let doorbell = watch.doorbell();
    let id = scene.say("hi").await;
    assert!(scene.watch(&mut watch, 60 * SECOND).await.is_empty());
    doorbell.ring_for(room_id(0), &id);
    assert_eq!(texts(&scene.watch(&mut watch, 3 * SECOND).await), ["hi"]);
    assert_eq!(scene.count("listRoomMessages"), 1);
}

#[tokio::test(start_paused = true)]
async fn rings_within_a_second_are_one_look() {
    let scene = Scene::new(3).await;
    let mut watch = waiting(&scene).await;
    let doorbell = watch.doorbell();
    for index in 0..5 {
        let id = scene.say(&index.to_string()).await;
        doorbell.clone().ring_for(room_id(0), &id);
        doorbell.ring(room_id(0));
    }
    let told = scene.watch(&mut watch, 4 * SECOND).await;
    assert_eq!(texts(&told), ["0", "1", "2", "3", "4"]);
    assert_eq!(scene.count("listRoomMessages"), 1);
}

#[tokio::test(start_paused = true)]
async fn a_room_is_read_again_until_it_shows_the_rung_message() {
    let service = Service::new(&messages(["1", "2"])).await;
    let watch = service.server.client().watch(Rooms::All).after(ROOM, &id("1"));
    let mut watch = watch.interval(HOUR, HOUR).recheck(Duration::MAX);
    assert_eq!(texts(&events(&mut watch, 60 * SECOND).await), ["2"]);
    watch.doorbell().ring_for(ROOM, &id("3"));
    assert!(events(&mut watch, 8 * SECOND).await.is_empty());
    service.show(&messages(["1", "2", "3"]));
    assert_eq!(texts(&events(&mut watch, 12 * SECOND).await), ["3"]);
}

#[tokio::test(start_paused = true)]
async fn a_ring_for_what_never_comes_ends_after_a_few_looks() {
    let scene = Scene::new(3).await;
    let mut watch = waiting(&scene).await;
    let never = MessageId("99999999999999999999".to_owned());
    watch.doorbell().ring_for(room_id(0), &never);
    assert!(scene.watch(&mut watch, 600 * SECOND).await.is_empty());
    let looks = scene.count("listRoomMessages");
    assert!((3..=7).contains(&looks), "{looks}");
}

#[tokio::test(start_paused = true)]
async fn a_ring_for_a_room_that_is_not_watched_costs_nothing() {
    let scene = Scene::new(3).await;
    let watch = scene.bot().watch([room_id(0), room_id(1)]);
    let mut watch = watch.interval(HOUR, HOUR).recheck(Duration::MAX);
    scene.watch(&mut watch, 60 * SECOND).await;
    let asked = scene.asked().len();
    watch.doorbell().ring(room_id(2));
    watch.doorbell().ring(RoomId(5));
    scene.watch(&mut watch, 60 * SECOND).await;
    assert_eq!(scene.asked().len(), asked);
}

#[tokio::test(start_paused = true)]
async fn a_message_that_a_ring_and_a_round_find_comes_once() {
    let scene = Scene::new(3).await;
    let mut watch = scene.bot().watch(Rooms::All);
    scene.watch(&mut watch, 60 * SECOND).await;
    let doorbell = watch.doorbell();
    let mut told = Vec::new();
    for index in 0..20 {
        let id = scene.say(&index.to_string()).await;
        doorbell.ring_for(room_id(0), &id);
        told.extend(scene.watch(&mut watch, 3 * SECOND).await);
    }
    told.extend(scene.watch(&mut watch, 120 * SECOND).await);
    assert_eq!(texts(&told), (0..20).map(|it| it.to_string()).collect::<Vec<_>>());
}

#[cfg(feature = "webhooks")]
#[tokio::test(start_paused = true)]
async fn an_event_of_a_webhook_has_its_room_read_at_once() {
    use chatwork_sdk::types::MessageCreatedEvent;
    use chatwork_sdk::webhook::WebhookEvent;

    let scene = Scene::new(3).await;
    let mut watch = waiting(&scene).await;
    let doorbell = watch.doorbell();
    let mut event = MessageCreatedEvent::default();
    event.webhook_event.room_id = room_id(0);
    event.webhook_event.message_id = scene.say("hi").await;
    assert!(doorbell.ring_event(&WebhookEvent::from(event)));
    assert_eq!(texts(&scene.watch(&mut watch, 3 * SECOND).await), ["hi"]);
    assert!(!doorbell.ring_event(&WebhookEvent::Unknown(serde_json::json!({}))));
}
