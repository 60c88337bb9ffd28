//! New, edited and deleted messages.

use std::time::Duration;

use chatwork_sdk::watch::{Event, Rooms};

use super::reader::{created, deleted, ids, texts, updated};
use super::scene::{Scene, at_once, room_id};

const MINUTE: Duration = Duration::from_secs(60);

#[tokio::test(start_paused = true)]
async fn a_new_message_comes_once() {
    let scene = Scene::new(3).await;
    let mut watch = scene.bot().watch(Rooms::All);
    assert!(scene.watch(&mut watch, MINUTE).await.is_empty());
    let id = scene.say("hi").await;
    let events = scene.watch(&mut watch, 5 * MINUTE).await;
    assert_eq!(ids(&created(&events)), [id]);
    assert_eq!((texts(&events), events.len()), (vec!["hi".to_owned()], 1));
    assert_eq!(events[0].room_id(), Some(room_id(0)));
}

#[tokio::test(start_paused = true)]
async fn messages_come_in_the_order_in_which_they_were_posted() {
    let scene = Scene::new(3).await;
    let mut watch = scene.bot().watch(Rooms::All);
    scene.watch(&mut watch, MINUTE).await;
    scene.say_times(99).await;
    let events = scene.watch(&mut watch, MINUTE).await;
    let expected: Vec<_> = (0..99).map(|index| index.to_string()).collect();
    assert_eq!((texts(&events), events.len()), (expected, 99));
}

#[tokio::test(start_paused = true)]
async fn an_edit_comes_once_with_the_new_text() {
    let scene = Scene::new(3).await;
    let mut watch = scene.bot().watch(Rooms::All);
    scene.watch(&mut watch, MINUTE).await;
    let id = scene.say("hi").await;
    scene.watch(&mut watch, MINUTE).await;
    let message = scene.anna(room_id(0)).message(&id);
    at_once(async { message.edit("ho").await }).await.unwrap();
    let events = scene.watch(&mut watch, 5 * MINUTE).await;
    assert_eq!((ids(&updated(&events)), events.len()), (vec![id], 1));
    assert_eq!(texts(&events), ["ho"]);
}

#[tokio::test(start_paused = true)]
async fn a_message_from_before_the_watch_can_be_edited_and_deleted() {
    let scene = Scene::new(3).await;
    let id = scene.say("hi").await;
    scene.pass(MINUTE).await;
    let mut watch = scene.bot().watch(Rooms::All);
    assert!(scene.watch(&mut watch, MINUTE).await.is_empty());
    let message = scene.anna(room_id(0)).message(&id);
    at_once(async { message.edit("ho").await }).await.unwrap();
    let events = scene.watch(&mut watch, MINUTE).await;
    assert_eq!((ids(&updated(&events)), events.len()), (vec![id.clone()], 1));
    at_once(async { message.delete().await }).await.unwrap();
    let events = scene.watch(&mut watch, 5 * MINUTE).await;
    assert_eq!((deleted(&events), events.len()), (vec![id], 1));
}

#[tokio::test(start_paused = true)]
async fn a_message_that_was_edited_before_it_was_seen_is_new_and_nothing_else() {
    let scene = Scene::new(3).await;
    let mut watch = scene.bot().watch(Rooms::All);
    scene.watch(&mut watch, MINUTE).await;
    let id = scene.say("hi").await;
    let message = scene.anna(room_id(0)).message(&id);
    at_once(async { message.edit("ho").await }).await.unwrap();
    let events = scene.watch(&mut watch, 5 * MINUTE).await;
    assert_eq!((texts(&events), created(&events).len()), (vec!["ho".to_owned()], 1));
    assert_eq!(events.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_message_that_was_deleted_before_it_was_seen_is_deleted_and_nothing_else() {
    let scene = Scene::new(3).await;
    let mut watch = scene.bot().watch(Rooms::All);
    scene.watch(&mut watch, MINUTE).await;
    let id = scene.say("hi").await;
    let message = scene.anna(room_id(0)).message(&id);
    at_once(async { message.delete().await }).await.unwrap();
    let events = scene.watch(&mut watch, 5 * MINUTE).await;
    assert_eq!((deleted(&events), events.len()), (vec![id], 1));
}

#[tokio::test(start_paused = true)]
async fn ones_own_messages_can_be_left_out() {
    let scene = Scene::new(3).await;
    let anna = scene.person("anna");
    let mut watch = anna.watch(Rooms::All).own_messages(false);
    scene.watch(&mut watch, MINUTE).await;
    let id = scene.say("from me").await;
    let bob = scene.person("bob").room(room_id(0));
    at_once(async { bob.post("from bob").await }).await.unwrap();
    let message = scene.anna(room_id(0)).message(&id);
    let events = scene.watch(&mut watch, MINUTE).await;
    assert_eq!((texts(&events), events.len()), (vec!["from bob".to_owned()], 1));
    at_once(async { message.edit("again from me").await }).await.unwrap();
    assert!(scene.watch(&mut watch, MINUTE).await.is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_watch_competes_with_nobody_for_new_messages() {
    let scene = Scene::new(3).await;
    let bot = scene.bot();
    let mut watch = bot.watch(Rooms::All);
    scene.watch(&mut watch, MINUTE).await;
    scene.say("hi").await;
    scene.watch(&mut watch, MINUTE).await;
    let forced = |query: &str| query.contains("force=1");
    let asked = scene.asked();
    let mut looks = asked.iter().filter(|it| it.operation.as_deref() == Some("listRoomMessages"));
    assert!(looks.all(|look| forced(&look.query)));
}

#[tokio::test(start_paused = true)]
async fn no_event_shows_a_text_in_debug() {
    let scene = Scene::new(3).await;
    let mut watch = scene.bot().watch(Rooms::All);
    scene.watch(&mut watch, MINUTE).await;
    scene.say("a secret").await;
    let events = scene.watch(&mut watch, MINUTE).await;
    assert!(matches!(events[..], [Event::MessageCreated { .. }]));
    let shown = format!("{events:?} {watch:?} {:?}", watch.state());
    assert!(!shown.contains("secret") && !shown.contains("anna"), "{shown}");
}
