//! Webhooks: what is verified, what becomes of it, and what never is.

mod age;
mod bytes;
mod delivered;
mod duplicates;
mod places;
mod private;
mod tokens;

use chatwork_sdk::webhook::{Signer, Verifier, WebhookError, WebhookEvent};
use serde_json::{Value, json};

/// A delivery that was seen and published, with its token.
pub(crate) const TOKEN: &str = "iY/hmitgwCBlc5DnjAZ8pyRG1HF0zFflfmKmtCDg1wk=";
pub(crate) const SIGNATURE: &str = "NTIUzbXiwLvM7C/MT3Kd75Lw1w2N5tyWtcEieKiqhY0=";
pub(crate) const BODY: &str = concat!(
    r#"{"webhook_setting_id":"581","webhook_event_type":"mention_to_me","#,
    r#""webhook_event_time":1516629767,"webhook_event":{"from_account_id":2861671,"#,
    r#""to_account_id":2739132,"room_id":93207172,"message_id":"1007287971738591232","#,
    r#""body":"[rp aid=2739132 to=93207172-1007287785163345920] sue445\ntest","#,
    r#""send_time":1516629766,"update_time":0}}"#,
);

/// When it was sent.
pub(crate) const SENT: i64 = 1_516_629_767;

pub(crate) fn verifier() -> Verifier {
    Verifier::new(TOKEN).unwrap()
}

pub(crate) fn sign(body: &[u8]) -> String {
    Signer::new(TOKEN).unwrap().sign(body)
}

/// What becomes of a body that is signed.
fn signed(body: &[u8]) -> Result<WebhookEvent, WebhookError> {
    verifier().verify(body, &sign(body))
}

fn signed_json(body: &Value) -> Result<WebhookEvent, WebhookError> {
    signed(body.to_string().as_bytes())
}

/// A new message.
pub(crate) fn created() -> Value {
    json!({
        "webhook_setting_id": "12345",
        "webhook_event_type": "message_created",
        "webhook_event_time": 1_750_831_201,
        "webhook_event": {
            "message_id": "1928374655918273645", "room_id": 42, "account_id": 11,
            "body": "the text of a message", "send_time": 1_750_831_200, "update_time": 0
        }
    })
}
