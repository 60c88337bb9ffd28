//! Who may have a webhook, and where to.

use chatwork_api::types::RoomId;
use chatwork_sandbox::{Sandbox, WebhookEventType, WebhookSeed};

use super::{add, deliveries, taking};
use crate::support::{PROJECT, act, sandbox, sandbox_of};

const URL: &str = "http://127.0.0.1:9/";

fn refused(sandbox: &Sandbox, seed: &WebhookSeed) -> String {
    sandbox.webhooks().add(seed).unwrap_err().to_string()
}

#[tokio::test]
async fn an_account_has_five() {
    let sandbox = sandbox().await;
    for _ in 0..5 {
        add(&sandbox, &WebhookSeed::mentions("bot", URL));
    }
    let error = refused(&sandbox, &WebhookSeed::mentions("bot", URL));
    assert!(error.contains("5 webhooks"), "{error}");
    add(&sandbox, &WebhookSeed::mentions("ken", URL));
    sandbox.webhooks().remove(1).unwrap();
    add(&sandbox, &WebhookSeed::mentions("bot", URL));
}

#[tokio::test]
async fn an_invalid_webhook_is_refused_with_its_field() {
    let sandbox = sandbox().await;
    let mut both = WebhookSeed::mentions("bot", URL);
    both.events.push(WebhookEventType::MessageCreated);
    let mut of_room = WebhookSeed::mentions("bot", URL);
    of_room.room = Some(PROJECT);
    for (seed, field) in [
        (WebhookSeed::mentions("nobody", URL), "account"),
        (WebhookSeed::mentions("bot", "https://example.com/"), "url"),
        (WebhookSeed::mentions("bot", "http://example.com/"), "url"),
        (WebhookSeed::mentions("bot", URL).token("no token"), "token"),
        (WebhookSeed::room("bot", RoomId(404_404), URL), "room"),
        (WebhookSeed::room("daichi", RoomId(PROJECT), URL), "room"),
        (both, "events"),
        (of_room, "events"),
    ] {
        let error = refused(&sandbox, &seed);
        assert!(error.contains(&format!("`{field}`: ")), "{field}: {error}");
    }
    assert!(sandbox.webhooks().all().is_empty());
}

#[tokio::test]
async fn each_has_an_id_and_a_token_of_its_own() {
    let sandbox = sandbox().await;
    let mut wished = WebhookSeed::mentions("bot", URL);
    wished.id = Some(581);
    let all = [
        add(&sandbox, &WebhookSeed::mentions("bot", URL)),
        add(&sandbox, &wished),
        add(&sandbox, &WebhookSeed::mentions("bot", URL)),
    ];
    assert_eq!(all.each_ref().map(|webhook| webhook.id), [1, 581, 582]);
    assert_ne!(all[0].token, all[2].token);
    assert!(refused(&sandbox, &wished).contains("581"));
}

#[tokio::test]
async fn a_webhook_of_a_world_without_an_id_gets_a_free_one() {
    let webhook = "account: anna, events: [mention_to_me], url: 'http://127.0.0.1:9/'";
    let people = "accounts: [{ key: anna, id: 11, name: Anna }]";
    let world = format!("{people}\nwebhooks: [{{ {webhook} }}, {{ id: 1, {webhook} }}]\n");
    let sandbox = sandbox_of(&world).await;
    let ids: Vec<_> = sandbox.webhooks().all().iter().map(|webhook| webhook.id).collect();
    assert_eq!(ids, [2, 1]);
}

#[tokio::test]
async fn a_world_may_have_them() {
    let receiver = taking().await;
    let world = format!(
        "accounts:
  - {{ key: anna, id: 11, name: Anna, token: anna-token }}
rooms:
  - {{ id: 21, name: G, type: group, members: {{ admin: [anna] }} }}
webhooks:
  - {{ id: 7, account: anna, url: '{}', events: [message_created], room: 21, name: Log }}
",
        receiver.url
    );
    let sandbox = sandbox_of(&world).await;
    act(&sandbox, "anna").say(21, "hi").await;
    assert!(deliveries(&sandbox).await[0].outcome.is_success());
    assert_eq!(receiver.got()[0].json()["webhook_setting_id"], "7");
    assert_eq!(sandbox.webhooks().all()[0].name, "Log");
}
