//! What keeps a webhook from being made.

use super::event_type::WebhookEventType;
use super::target::Target;
use super::token;
use crate::world::WebhookSeed;

/// The most webhooks of one account.
pub(super) const MOST: usize = 5;

/// What is wrong with a webhook in itself: each with its field.
pub(crate) fn faults(seed: &WebhookSeed) -> Vec<(&'static str, String)> {
    let mut faults = Vec::new();
    if let Err(text) = Target::read(&seed.url) {
        faults.push(("url", text));
    }
    if seed.token.as_deref().is_some_and(|token| !token::is_token(token)) {
        faults.push(("token", "a token is Base64 with padding, as of 32 bytes".to_owned()));
    }
    if seed.id.is_some_and(|id| id <= 0) {
        faults.push(("id", "an id is above 0".to_owned()));
    }
    faults.extend(event_fault(seed).map(|text| ("events", text.to_owned())));
    faults
}

fn event_fault(seed: &WebhookSeed) -> Option<&'static str> {
    let mentions = seed.events.contains(&WebhookEventType::MentionToMe);
    match (mentions, seed.room) {
        _ if seed.events.is_empty() => {
            Some("expected `message_created`, `message_updated` or both, or `mention_to_me`")
        }
        (true, _) if seed.events.len() > 1 => {
            Some("`mention_to_me` is of the account: it stands alone")
        }
        (true, Some(_)) => Some("`mention_to_me` is of the account: expected no `room`"),
        (false, None) => {
            Some("`message_created` and `message_updated` are of a `room`: expected one")
        }
        _ => None,
    }
}

/// What is said when an account has as many as it may.
pub(crate) fn too_many(key: &str) -> String {
    format!("`{key}` has {MOST} webhooks already, the most that an account may have")
}

/// Whether one more would be too many.
pub(crate) fn is_full(count: usize) -> bool {
    count >= MOST
}
