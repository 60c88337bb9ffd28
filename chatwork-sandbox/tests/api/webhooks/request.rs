//! The request that a receiver gets, as the service makes it.

use chatwork_api::types::WebhookEvent;
use chatwork_codegen::document::{entries, get};
use chatwork_sandbox::WebhookSeed;
use hmac::{Hmac, Mac};
use percent_encoding::percent_decode_str;
use serde_json::Value;
use sha2::Sha256;

use super::{add, deliveries, of_mentions, of_room, taking};
use crate::support::{ALEX, Got, KEN, PROJECT, Receiver, START, act, answer, document, sandbox};

const PATH: &str = "/rooms/93207172/messages";

/// What is sent of a message.
async fn posted(body: &str) -> Got {
    let receiver = taking().await;
    let sandbox = of_room("bot", PROJECT, &receiver).await;
    act(&sandbox, "hanako").say(PROJECT, body).await;
    deliveries(&sandbox).await;
    receiver.got().remove(0)
}

#[tokio::test]
async fn a_request_has_the_headers_of_the_service() {
    let got = posted("hi").await;
    let names: Vec<_> = got.headers.keys().map(String::as_str).collect();
    let expected = [
        "connection",
        "content-length",
        "content-type",
        "host",
        "user-agent",
        "x-chatworkwebhooksignature",
    ];
    assert_eq!(names, expected);
    assert_eq!(got.headers["content-type"], "application/json");
    assert!(got.headers["user-agent"].starts_with("ChatWork-Webhook/"));
    assert!(got.line.starts_with("POST /webhook?chatwork_webhook_signature="), "{}", got.line);
    assert!(got.headers["host"].starts_with("127.0.0.1:"));
}

#[tokio::test]
async fn header_and_query_hold_the_same_signature() {
    let got = posted("hi").await;
    let value = got.line.split_once('=').unwrap().1.split_once(' ').unwrap().0;
    assert!(!value.contains(['+', '/', '=']), "{value}");
    let decoded = percent_decode_str(value).decode_utf8().unwrap();
    assert_eq!(decoded, got.headers["x-chatworkwebhooksignature"]);
}

#[tokio::test]
async fn the_signature_is_that_of_the_bytes() {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;

    let receiver = taking().await;
    let sandbox = sandbox().await;
    let webhook = add(&sandbox, &WebhookSeed::mentions("bot", &receiver.url).token("c2VjcmV0"));
    assert_eq!(webhook.token.expose(), "c2VjcmV0");
    act(&sandbox, "hanako").say(PROJECT, "[To:4520017] 日本語").await;
    deliveries(&sandbox).await;
    let got = receiver.got().remove(0);
    let mac = Hmac::<Sha256>::new_from_slice(b"secret").unwrap().chain_update(&got.body);
    let signature = STANDARD.encode(mac.finalize().into_bytes());
    assert_eq!(got.headers["x-chatworkwebhooksignature"], signature);
}

#[tokio::test]
async fn a_query_of_the_webhooks_own_is_kept() {
    let receiver = taking().await;
    let sandbox = sandbox().await;
    add(&sandbox, &WebhookSeed::mentions("bot", format!("{}?from=chatwork", receiver.url)));
    act(&sandbox, "hanako").say(PROJECT, "[To:4520017] hi").await;
    deliveries(&sandbox).await;
    let line = &receiver.got()[0].line;
    assert!(line.starts_with("POST /webhook?from=chatwork&chatwork_webhook_signature="), "{line}");
}

#[tokio::test]
async fn the_fields_of_a_new_message_are_in_the_order_of_the_service() {
    let receiver = taking().await;
    let sandbox = of_room("bot", PROJECT, &receiver).await;
    let id = act(&sandbox, "ken").say(PROJECT, "日報 \"1/2\"\n終").await;
    deliveries(&sandbox).await;
    let expected = format!(
        "{{\"webhook_setting_id\":\"1\",\"webhook_event_type\":\"message_created\",\
         \"webhook_event_time\":{START},\"webhook_event\":{{\"message_id\":\"{id}\",\
         \"room_id\":{PROJECT},\"account_id\":{KEN},\"body\":\"日報 \\\"1/2\\\"\\n終\",\
         \"send_time\":{START},\"update_time\":0}}}}"
    );
    assert_eq!(receiver.got()[0].body, expected);
}

#[tokio::test]
async fn an_edited_message_has_the_time_of_its_edit() {
    let receiver = taking().await;
    let sandbox = of_room("bot", PROJECT, &receiver).await;
    let ken = act(&sandbox, "ken");
    let id = ken.say(PROJECT, "one").await;
    sandbox.clock().set(START + 60);
    ken.put(&format!("{PATH}/{id}"), &[("body", "two")]).await;
    deliveries(&sandbox).await;
    let json = receiver.got()[1].json();
    assert_eq!(json["webhook_event_type"], "message_updated");
    let event = &json["webhook_event"];
    assert_eq!((&event["message_id"], &event["body"]), (&id.into(), &"two".into()));
    assert_eq!((&event["send_time"], &event["update_time"]), (&START.into(), &(START + 60).into()));
}

#[tokio::test]
async fn the_fields_of_a_mention_are_in_the_order_of_the_service() {
    let receiver = taking().await;
    let sandbox = of_mentions("alex", &receiver).await;
    let id = act(&sandbox, "ken").say(PROJECT, "[To:2861671] hi").await;
    deliveries(&sandbox).await;
    let expected = format!(
        "{{\"webhook_setting_id\":\"1\",\"webhook_event_type\":\"mention_to_me\",\
         \"webhook_event_time\":{START},\"webhook_event\":{{\"from_account_id\":{KEN},\
         \"to_account_id\":{ALEX},\"room_id\":{PROJECT},\"message_id\":\"{id}\",\
         \"body\":\"[To:2861671] hi\",\"send_time\":{START},\"update_time\":0}}}}"
    );
    assert_eq!(receiver.got()[0].body, expected);
}

/// What a webhook of the document sends: an example of it.
fn example(webhook: &str) -> Value {
    let path = format!("/x-webhooks/{webhook}/post/requestBody/content/application~1json/examples");
    let (_, example) = entries(document().at(&path)).next().unwrap();
    get(example, "value").clone()
}

fn fields(value: &Value) -> Vec<String> {
    let mut fields: Vec<_> = value.as_object().unwrap().keys().cloned().collect();
    fields.sort();
    fields
}

#[tokio::test]
async fn a_body_has_the_fields_of_the_document() {
    let receiver = Receiver::answering(answer(200, 0)).await;
    let sandbox = of_room("bot", PROJECT, &receiver).await;
    add(&sandbox, &WebhookSeed::mentions("alex", &receiver.url));
    let ken = act(&sandbox, "ken");
    let id = ken.say(PROJECT, "hi").await;
    ken.put(&format!("{PATH}/{id}"), &[("body", "[To:2861671] hi")]).await;
    deliveries(&sandbox).await;
    for (webhook, name) in [
        ("messageCreated", "message_created"),
        ("messageUpdated", "message_updated"),
        ("mentionToMe", "mention_to_me"),
    ] {
        let got = receiver.got();
        let sent = got.iter().find(|got| got.json()["webhook_event_type"] == name).unwrap().json();
        assert_eq!(fields(&sent), fields(&example(webhook)), "{name}");
        let event = "webhook_event";
        assert_eq!(fields(&sent[event]), fields(&example(webhook)[event]), "{name}");
        let typed: WebhookEvent = serde_json::from_value(sent).unwrap();
        assert!(!matches!(typed, WebhookEvent::Unknown(_)), "{name}");
    }
}
