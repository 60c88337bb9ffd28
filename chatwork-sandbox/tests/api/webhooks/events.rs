//! Who hears of what.

use std::time::Duration;

use chatwork_api::types::RoomId;
use chatwork_sandbox::{Sandbox, WebhookEventType, WebhookSeed};

use super::{add, deliveries, of_mentions, of_room, taking};
use crate::support::{DIRECT, Got, PROJECT, Receiver, SALES, act, answer, sandbox};

use WebhookEventType::{MentionToMe, MessageCreated, MessageUpdated};

/// The delivered events, in their order.
async fn delivered(sandbox: &Sandbox) -> Vec<WebhookEventType> {
    deliveries(sandbox).await.iter().map(|delivery| delivery.event_type).collect()
}

#[tokio::test]
async fn a_webhook_of_a_room_receives_its_posts_and_edits() {
    let receiver = taking().await;
    let sandbox = of_room("bot", PROJECT, &receiver).await;
    let hanako = act(&sandbox, "hanako");
    let id = hanako.say(PROJECT, "hi").await;
    hanako.say(SALES, "elsewhere").await;
    let path = format!("/rooms/{PROJECT}/messages/{id}");
    hanako.put(&path, &[("body", "ho")]).await;
    hanako.send(hanako.request(reqwest::Method::DELETE, &path)).await;
    assert_eq!(delivered(&sandbox).await, [MessageCreated, MessageUpdated]);
}

#[tokio::test]
async fn a_webhook_receives_only_its_events() {
    let (receiver, sandbox) = (taking().await, sandbox().await);
    let mut seed = WebhookSeed::room("bot", RoomId(PROJECT), &receiver.url);
    seed.events = vec![MessageUpdated];
    add(&sandbox, &seed);
    let hanako = act(&sandbox, "hanako");
    let id = hanako.say(PROJECT, "[To:4520017] hi").await;
    hanako.put(&format!("/rooms/{PROJECT}/messages/{id}"), &[("body", "ho")]).await;
    assert_eq!(delivered(&sandbox).await, [MessageUpdated]);
}

#[tokio::test]
async fn ones_own_posts_come_back() {
    let receiver = taking().await;
    let sandbox = of_room("bot", PROJECT, &receiver).await;
    act(&sandbox, "bot").say(PROJECT, "it is me").await;
    assert_eq!(delivered(&sandbox).await, [MessageCreated]);
}

#[tokio::test]
async fn messages_of_the_system_are_delivered() {
    let receiver = taking().await;
    let sandbox = of_room("bot", PROJECT, &receiver).await;
    act(&sandbox, "hanako").upload(PROJECT, "a.txt", b"a", None).await;
    assert_eq!(delivered(&sandbox).await, [MessageCreated]);
}

#[tokio::test]
async fn mentions_are_delivered_from_every_room_of_the_account() {
    let receiver = taking().await;
    let sandbox = of_mentions("ken", &receiver).await;
    let hanako = act(&sandbox, "hanako");
    hanako.say(PROJECT, "[To:2739132] hi").await;
    hanako.say(DIRECT, "[rp aid=2739132 to=1-2] hi").await;
    hanako.say(SALES, "[toall] hi").await;
    hanako.say(PROJECT, "hi").await;
    hanako.say(PROJECT, "[To:4520017] to another").await;
    hanako.say(PROJECT, "[code][To:2739132][/code]").await;
    assert_eq!(delivered(&sandbox).await, [MentionToMe; 3]);
}

#[tokio::test]
async fn an_edit_that_mentions_is_delivered() {
    let receiver = taking().await;
    let sandbox = of_mentions("ken", &receiver).await;
    let hanako = act(&sandbox, "hanako");
    let id = hanako.say(PROJECT, "hi").await;
    let path = format!("/rooms/{PROJECT}/messages/{id}");
    hanako.put(&path, &[("body", "[To:2739132] hi")]).await;
    assert_eq!(delivered(&sandbox).await, [MentionToMe]);
}

#[tokio::test]
async fn an_account_that_left_the_room_receives_no_event_of_it() {
    let receiver = taking().await;
    let sandbox = of_room("misaki", PROJECT, &receiver).await;
    add(&sandbox, &WebhookSeed::mentions("misaki", &receiver.url));
    act(&sandbox, "misaki").part(PROJECT, "leave").await;
    deliveries(&sandbox).await;
    let before = delivered(&sandbox).await.len();
    act(&sandbox, "hanako").say(PROJECT, "[To:3318824] are you there?").await;
    assert_eq!(delivered(&sandbox).await.len(), before);
}

#[tokio::test]
async fn a_mention_in_a_room_with_a_webhook_is_delivered_to_both_webhooks() {
    let receiver = taking().await;
    let sandbox = of_room("bot", PROJECT, &receiver).await;
    add(&sandbox, &WebhookSeed::mentions("bot", &receiver.url));
    act(&sandbox, "hanako").say(PROJECT, "[To:4520017] hi").await;
    let mut told = delivered(&sandbox).await;
    told.sort_by_key(|kind| kind.as_str());
    assert_eq!(told, [MentionToMe, MessageCreated]);
}

#[tokio::test]
async fn waiting_events_are_delivered_in_their_order() {
    let mut receiver = Receiver::script([String::new(), answer(200, 0)]).await;
    let sandbox = of_room("bot", PROJECT, &receiver).await;
    let hanako = act(&sandbox, "hanako");
    let mut ids = vec![hanako.say(PROJECT, "it waits for its time to be over").await];
    assert_eq!(receiver.happened().await, "got");
    for _ in 0..5 {
        ids.push(hanako.say(PROJECT, "and this for that").await);
    }
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(5)).await;
    tokio::time::resume();
    deliveries(&sandbox).await;
    let id = |got: &Got| got.json()["webhook_event"]["message_id"].as_str().unwrap().to_owned();
    assert_eq!(receiver.got().iter().map(id).collect::<Vec<_>>(), ids);
}

#[tokio::test]
async fn messages_before_the_webhook_are_not_delivered() {
    let receiver = taking().await;
    let sandbox = sandbox().await;
    act(&sandbox, "hanako").say(PROJECT, "before").await;
    add(&sandbox, &WebhookSeed::room("bot", RoomId(PROJECT), &receiver.url));
    assert!(delivered(&sandbox).await.is_empty());
}
