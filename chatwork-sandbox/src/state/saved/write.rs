//! The state in the types of the format.

use std::collections::HashMap;

use serde::Serialize;

use super::people::{Account, ContactRequest};
use super::{Room, Saved, VERSION};
use crate::state::{self, State};
use crate::world::{LimitSeeds, OAuthSeed, WebhookSeed};

/// JSON up to the open list of rooms. The accounts come in the order of these keys, as programs may
/// take the first one.
pub(crate) fn head(
    state: &State,
    time: i64,
    limits: LimitSeeds,
    webhooks: Vec<WebhookSeed>,
    order: &[&str],
) -> String {
    let mut accounts: Vec<_> = state.accounts().map(Account::new).collect();
    let places: HashMap<_, _> = order.iter().zip(0_usize..).collect();
    accounts
        .sort_by_key(|account| places.get(&account.key.as_str()).copied().unwrap_or(usize::MAX));
    let saved = Saved {
        version: VERSION,
        time,
        next_ids: state.ids.next(),
        limits,
        accounts,
        tokens: state.credentials.saved(),
        oauth: OAuthSeed { refresh_tokens: state.oauth.refresh },
        apps: state.oauth.apps.clone(),
        grants: state.oauth.saved(),
        contact_requests: state.requests().map(ContactRequest::new).collect(),
        webhooks,
        rooms: Vec::new(),
    };
    opened(&saved, "]}")
}

/// A room up to the open list of its files.
pub(crate) fn room(room: &state::Room) -> String {
    opened(&Room::start(room), "],\"messages\":[]}")
}

/// The end of the list of files, and the start of that of messages.
pub(crate) const AFTER_FILES: &str = "],\"messages\":[";

pub(crate) fn json(value: &impl Serialize) -> String {
    // Strings and numbers can always be written.
    serde_json::to_string(value).unwrap_or_default()
}

/// JSON without its end.
fn opened(value: &impl Serialize, end: &str) -> String {
    let mut text = json(value);
    text.truncate(text.len().saturating_sub(end.len()));
    text
}
