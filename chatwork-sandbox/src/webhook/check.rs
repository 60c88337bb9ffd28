//! Refuses invalid webhooks.

use super::event_type::WebhookEventType;
use super::target::Target;
use super::token;
use crate::world::WebhookSeed;

/// The highest id: every JSON parser reads it exactly.
pub(super) const HIGHEST_ID: i64 = (1 << 53) - 1;
/// The most webhooks of one account.
pub(super) const MOST: usize = 5;

/// The faults of a webhook, each with its field. Does not check accounts and rooms. `hosts` are
/// those to which webhooks may go besides this machine.
pub(crate) fn faults(seed: &WebhookSeed, hosts: &[String]) -> Vec<(&'static str, String)> {
    let mut faults = Vec::new();
    if let Err(text) = Target::read(&seed.url, hosts) {
        faults.push(("url", text));
    }
    if seed.token.as_deref().is_some_and(|token| !token::is_token(token)) {
        faults.push((
            "token",
            "invalid token: expected Base64 with padding, as of 32 bytes".to_owned(),
        ));
    }
    if seed.id.is_some_and(|id| !(1..=HIGHEST_ID).contains(&id)) {
        faults.push(("id", "invalid id: expected 1 to 9007199254740991 (2^53 - 1)".to_owned()));
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
            Some("`mention_to_me` belongs to the account: expected no other event beside it")
        }
        (true, Some(_)) => Some("`mention_to_me` belongs to the account: expected no `room`"),
        (false, None) => Some("`message_created` and `message_updated` need a `room`"),
        _ => None,
    }
}

/// The text for an account that has five webhooks.
pub(crate) fn too_many(key: &str) -> String {
    format!("`{key}` has {MOST} webhooks already, the most that an account may have")
}

/// Whether an account with this many webhooks may have no other.
pub(crate) fn is_full(count: usize) -> bool {
    count >= MOST
}
