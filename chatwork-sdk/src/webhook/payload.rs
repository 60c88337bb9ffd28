//! From a body to an event.

use chatwork_api::types::{
    MentionToMeEvent, MessageCreatedEvent, MessageUpdatedEvent, WebhookEvent,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::error::PayloadError;
use crate::error::place;

/// Reads a body whose signature is good.
pub(super) fn read(body: &[u8]) -> Result<WebhookEvent, PayloadError> {
    let json: Value = serde_json::from_slice(body).map_err(|_| PayloadError::new(String::new()))?;
    // serde's own text quotes the payload, so of an error only the place is kept.
    WebhookEvent::deserialize(&json).map_err(|_| PayloadError::new(place(&json, body)))
}

/// The place of the fault. It is looked for only now: good bodies need not take the time.
fn place(json: &Value, body: &[u8]) -> String {
    match json.get("webhook_event_type").and_then(Value::as_str) {
        Some("message_created") => place_in::<MessageCreatedEvent>(body),
        Some("message_updated") => place_in::<MessageUpdatedEvent>(body),
        Some("mention_to_me") => place_in::<MentionToMeEvent>(body),
        _ if json.is_object() => "webhook_event_type".to_owned(),
        _ => ".".to_owned(),
    }
}

fn place_in<T: DeserializeOwned>(body: &[u8]) -> String {
    match serde_json::from_slice::<T>(body) {
        Ok(_) => ".".to_owned(),
        Err(error) => place::path(body, error.line(), error.column()),
    }
}
