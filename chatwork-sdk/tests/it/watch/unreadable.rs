//! Messages and rooms that cannot be read: they count, are not lost, and are not taken as gone.

use std::time::Duration;

use chatwork_sdk::watch::{Event, Rooms, Watch};
use serde_json::{Value, json};

use super::reader::{created, deleted, gaps, texts};
use super::unlike::{Service, by, events, id, messages};
use crate::support::ROOM;

const MINUTE: Duration = Duration::from_secs(60);

/// The message cannot be read, but its id can be.
fn odd(mut message: Value) -> Value {
    message["account"] = json!(null);
    message
}

async fn told(service: &Service, watch: &mut Watch, shown: &[Value]) -> Vec<Event> {
    service.show(shown);
    events(watch, 2 * MINUTE).await
}

#[tokio::test(start_paused = true)]
async fn a_look_counts_the_messages_that_cannot_be_read() {
    let [one, two, three] = messages(["1", "2", "3"]);
    let service = Service::new(&[one, odd(two), json!(null), three]).await;
    let mut watch = service.server.client().room(ROOM).watch_after(&id("0"));
    let window = loop {
        if let Some(window) = watch.next_look().await.and_then(|look| look.window) {
            break window;
        }
    };
    assert_eq!((window.messages.len(), window.unreadable), (2, 2));
}

#[tokio::test(start_paused = true)]
async fn a_message_that_cannot_be_read_any_more_has_not_vanished_and_hides_no_deletion() {
    let [one, two, three, four] = messages(["1", "2", "3", "4"]);
    let service = Service::new(&[one.clone(), two.clone(), three, four.clone()]).await;
    let mut watch = service.watch().await;
    let now = told(&service, &mut watch, &[one.clone(), odd(two.clone()), four.clone()]).await;
    assert_eq!((deleted(&now), now.len()), (vec![id("3")], 1));
    assert!(told(&service, &mut watch, &[one, two, four]).await.is_empty());
}

#[tokio::test(start_paused = true)]
async fn beside_a_message_without_an_id_no_message_counts_as_vanished() {
    let [one, two, three] = messages(["1", "2", "3"]);
    let service = Service::new(&[one.clone(), two, three.clone()]).await;
    let mut watch = service.watch().await;
    assert!(told(&service, &mut watch, &[one, json!(null), three]).await.is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_new_message_that_cannot_be_read_comes_once_it_can_be() {
    for place in 0..3 {
        let shown = messages(["2", "3", "4"]);
        let service = Service::new(&messages(["1"])).await;
        let mut watch = service.watch().await;
        let mut broken = shown.to_vec();
        broken[place] = odd(broken[place].clone());
        assert_eq!(created(&told(&service, &mut watch, &broken).await).len(), 2);
        let number = (place + 2).to_string();
        assert_eq!(texts(&told(&service, &mut watch, &shown).await), [number]);
        assert!(told(&service, &mut watch, &shown).await.is_empty());
    }
}

#[tokio::test(start_paused = true)]
async fn an_old_message_that_could_not_be_read_at_the_start_is_not_new_later() {
    let [one, two, three] = messages(["1", "2", "3"]);
    let service = Service::new(&[one.clone(), odd(two.clone())]).await;
    let mut watch = service.server.client().room(ROOM).watch();
    assert!(events(&mut watch, MINUTE).await.is_empty());
    assert_eq!(texts(&told(&service, &mut watch, &[one, two, three]).await), ["3"]);
}

/// A hundred messages, of which the first cannot be read.
fn page(first: usize) -> Vec<Value> {
    let all = first..first + 100;
    let mut page: Vec<_> =
        all.map(|number| messages([number.to_string().as_str()])[0].clone()).collect();
    page[0] = odd(page[0].clone());
    page
}

#[tokio::test(start_paused = true)]
async fn a_message_that_cannot_be_read_counts_among_the_hundred() {
    for (count, missing) in [(101, vec![]), (103, vec![Some(2)])] {
        let service = Service::new(&messages(["1"])).await;
        let mut watch = service.watch().await;
        service.show(&page(2));
        service.count(count);
        let told = events(&mut watch, 2 * MINUTE).await;
        assert_eq!(gaps(&told).iter().map(|gap| gap.missing).collect::<Vec<_>>(), missing);
        assert_eq!(created(&told).len(), 99);
    }
}

#[tokio::test(start_paused = true)]
async fn a_room_that_the_list_shows_unreadably_is_not_left_and_its_messages_come() {
    for field in ["name", "message_num", "room_id"] {
        let service = Service::new(&messages(["1", "2"])).await;
        let mut watch = service.server.client().watch(Rooms::All).after(ROOM, &id("1"));
        assert_eq!(texts(&events(&mut watch, MINUTE).await), ["2"]);
        service.spoil_list(field);
        let told = told(&service, &mut watch, &messages(["1", "2", "3"])).await;
        assert_eq!((texts(&told), told.len()), (vec!["3".to_owned()], 1), "{field}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_room_watched_alone_begins_though_a_field_of_it_is_odd() {
    for field in ["name", "icon_path", "description"] {
        let service = Service::new(&messages(["1"])).await;
        service.spoil_room(field);
        let mut watch = service.server.client().room(ROOM).watch_after(&id("0"));
        let told = events(&mut watch, MINUTE).await;
        assert_eq!((texts(&told), told.len()), (vec!["1".to_owned()], 1), "{field}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_gap_is_exact_though_a_field_of_the_room_is_odd() {
    let service = Service::new(&messages(["1"])).await;
    let mut watch = service.watch().await;
    service.spoil_room("description");
    service.show(&page(5));
    service.count(104);
    let told = events(&mut watch, 2 * MINUTE).await;
    assert_eq!(gaps(&told).iter().map(|gap| gap.missing).collect::<Vec<_>>(), [Some(3)]);
}

#[tokio::test(start_paused = true)]
async fn a_room_that_list_and_room_show_oddly_is_not_left_and_its_messages_come() {
    let service = Service::new(&messages(["1", "2"])).await;
    let mut watch = service.server.client().watch(Rooms::All).after(ROOM, &id("1"));
    assert_eq!(texts(&events(&mut watch, MINUTE).await), ["2"]);
    service.spoil_list("room_id");
    service.spoil_room("name");
    let told = told(&service, &mut watch, &messages(["1", "2", "3"])).await;
    assert_eq!((texts(&told), told.len()), (vec!["3".to_owned()], 1));
}

#[tokio::test(start_paused = true)]
async fn a_watch_without_own_messages_starts_though_a_field_of_the_account_is_odd() {
    let service = Service::new(&messages(["1"])).await;
    service.spoil_me("avatar_image_url");
    let watch = service.server.client().watch(Rooms::All).own_messages(false);
    let mut watch = watch.after(ROOM, &id("1"));
    assert!(events(&mut watch, MINUTE).await.is_empty());
    let [one, two, three] = messages(["1", "2", "3"]);
    let now = [one, by(two, true), by(three, false)];
    assert_eq!(texts(&told(&service, &mut watch, &now).await), ["3"]);
}

#[tokio::test(start_paused = true)]
async fn a_field_that_the_watch_needs_and_cannot_read_is_a_failure_that_names_it() {
    let service = Service::new(&messages(["1"])).await;
    service.spoil_me("account_id");
    let mut watch = service.server.client().watch(Rooms::All).own_messages(false);
    assert!(first_failure(&events(&mut watch, MINUTE).await).contains("account_id"));
    let service = Service::new(&messages(["1"])).await;
    service.spoil_room("message_num");
    let mut watch = service.server.client().room(ROOM).watch();
    assert!(first_failure(&events(&mut watch, MINUTE).await).contains("message_num"));
}

fn first_failure(events: &[Event]) -> String {
    match events.first() {
        Some(Event::Failed { error, .. }) => error.to_string(),
        other => panic!("{other:?}"),
    }
}
