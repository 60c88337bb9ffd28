//! Only the list of webhooks shows tokens.

use chatwork_sandbox::WebhookSeed;

use super::{add, deliveries, taking};
use crate::support::{PROJECT, act, sandbox};

const TOKEN: &str = "c2VjcmV0IHRva2Vu";

#[tokio::test]
async fn no_debug_shows_a_token() {
    let sandbox = sandbox().await;
    let seed = WebhookSeed::mentions("bot", "http://127.0.0.1:9/").token(TOKEN);
    let webhook = add(&sandbox, &seed);
    for shown in [format!("{seed:?}"), format!("{webhook:?}"), format!("{sandbox:?}")] {
        assert!(!shown.contains(TOKEN), "{shown}");
    }
}

#[tokio::test]
async fn a_token_that_is_refused_is_not_shown() {
    let sandbox = sandbox().await;
    let seed = WebhookSeed::mentions("bot", "http://127.0.0.1:9/").token("my token");
    let error = sandbox.webhooks().add(&seed).unwrap_err();
    assert!(!format!("{error} {error:?}").contains("my token"));
}

#[tokio::test]
async fn a_logged_delivery_has_neither_text_nor_signature() {
    let (receiver, sandbox) = (taking().await, sandbox().await);
    add(&sandbox, &WebhookSeed::mentions("bot", &receiver.url).token(TOKEN));
    act(&sandbox, "hanako").say(PROJECT, "[To:4520017] between us").await;
    let delivery = deliveries(&sandbox).await.remove(0);
    let shown = format!("{delivery:?}{}", serde_json::to_string(&delivery).unwrap());
    let signature = &receiver.got()[0].headers["x-chatworkwebhooksignature"];
    for secret in [TOKEN, signature, "between us"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}
