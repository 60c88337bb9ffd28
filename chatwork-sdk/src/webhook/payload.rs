//! Reads an event from a body whose signature is right.
//!
//! A delivery comes once, so a body in an unexpected shape must not be lost. Fields of another
//! JSON type, and missing fields that no receiver needs, are converted. What still does not fit
//! is kept as [`WebhookEvent::Unknown`], whole.

use chatwork_api::types::{
    MentionToMeEvent, MessageCreatedEvent, MessageUpdatedEvent, WebhookEvent,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::error::PayloadError;
use crate::error::json_path;

/// Reads a body whose signature is right.
pub(super) fn read(body: &[u8]) -> Result<WebhookEvent, PayloadError> {
    let json: Value = serde_json::from_slice(body)
        .map_err(|error| PayloadError::new(error.line(), error.column()))?;
    if let Ok(event) = WebhookEvent::deserialize(&json) {
        return Ok(event);
    }
    let place = place(&json, body);
    if let Ok(event) = WebhookEvent::deserialize(&converted(json.clone())) {
        tracing::debug!(place, "webhook event has an unexpected shape, and was converted");
        return Ok(event);
    }
    // serde's own text quotes the payload, so only the place of an error is logged.
    tracing::warn!(place, "webhook event has an unexpected shape, and is kept as unknown");
    Ok(WebhookEvent::Unknown(json))
}

/// Returns the place of the fault. Valid bodies need not pay for this second reading.
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
        Err(error) => json_path::find(body, error.line(), error.column()),
    }
}

/// Fields that hold text.
const TEXTS: [&str; 2] = ["webhook_setting_id", "message_id"];
/// Fields that hold an id as a number.
const IDS: [&str; 4] = ["room_id", "account_id", "from_account_id", "to_account_id"];
/// Fields that hold a time, for which 0 stands if it is missing.
const TIMES: [&str; 3] = ["webhook_event_time", "send_time", "update_time"];

/// Converts what can be converted without a guess.
fn converted(mut json: Value) -> Value {
    if let Some(event) = json.as_object_mut() {
        convert(event);
        add_missing(event, "webhook_setting_id", json!(""));
        add_missing(event, "webhook_event_time", json!(0));
        if let Some(message) = event.get_mut("webhook_event").and_then(Value::as_object_mut) {
            convert(message);
            add_missing(message, "send_time", json!(0));
            add_missing(message, "update_time", json!(0));
        }
    }
    json
}

fn convert(object: &mut Map<String, Value>) {
    for (key, value) in object {
        let new = match key.as_str() {
            key if TEXTS.contains(&key) => as_text(value),
            key if IDS.contains(&key) || TIMES.contains(&key) => as_number(value),
            _ => None,
        };
        if let Some(new) = new {
            *value = new;
        }
    }
}

/// A whole number as text. A float has lost digits of an id, so it is left alone.
fn as_text(value: &Value) -> Option<Value> {
    (value.is_i64() || value.is_u64()).then(|| Value::String(value.to_string()))
}

/// Text of digits as a number, and a float without a fraction as an integer.
fn as_number(value: &Value) -> Option<Value> {
    /// Above it, floats do not hold every integer.
    const MOST: f64 = 9_007_199_254_740_992.0;
    match value {
        Value::String(text) => text.parse::<i64>().ok().map(Value::from),
        Value::Number(number) if number.is_f64() => number
            .as_f64()
            .filter(|float| float.fract() == 0.0 && float.abs() < MOST)
            .and_then(|float| format!("{float:.0}").parse::<i64>().ok())
            .map(Value::from),
        _ => None,
    }
}

fn add_missing(object: &mut Map<String, Value>, key: &str, default: Value) {
    let value = object.entry(key).or_insert(Value::Null);
    if value.is_null() {
        *value = default;
    }
}
