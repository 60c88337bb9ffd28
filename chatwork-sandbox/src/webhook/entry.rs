//! A webhook and its waiting deliveries.

use std::collections::VecDeque;

use bytes::Bytes;
use chatwork_api::types::{AccountId, RoomId};
use tokio::task::AbortHandle;

use super::event_type::WebhookEventType;
use super::payload::Occasion;
use super::target::Target;
use super::token;
use super::view::Webhook;
use crate::state::{Event, MessageNumber, State};
use crate::world::WebhookSeed;

/// A webhook and its waiting deliveries.
pub(super) struct Entry {
    pub(super) id: i64,
    pub(super) owner: AccountId,
    key: String,
    name: String,
    pub(super) url: String,
    pub(super) target: Target,
    pub(super) token: String,
    events: Vec<WebhookEventType>,
    room: Option<RoomId>,
    pub(super) enabled: bool,
    pub(super) failures: u32,
    pub(super) queue: VecDeque<Job>,
    pub(super) worker: Option<Worker>,
}

/// A delivery that waits.
#[derive(Clone)]
pub(super) struct Job {
    pub(super) at: i64,
    pub(super) event_type: WebhookEventType,
    pub(super) room_id: RoomId,
    pub(super) message_id: MessageNumber,
    pub(super) body: Bytes,
}

/// The task that sends the deliveries. Dropping this aborts it.
pub(super) struct Worker(pub(super) AbortHandle);

impl Drop for Worker {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Entry {
    pub(super) fn new(seed: &WebhookSeed, id: i64, owner: AccountId, target: Target) -> Self {
        Self {
            id,
            owner,
            key: seed.account.clone(),
            name: seed.name.clone(),
            url: seed.url.clone(),
            target,
            token: seed.token.clone().unwrap_or_else(|| token::of_id(id)),
            events: seed.events.clone(),
            room: seed.room.map(RoomId),
            enabled: seed.enabled,
            failures: 0,
            queue: VecDeque::new(),
            worker: None,
        }
    }

    pub(super) fn view(&self) -> Webhook {
        Webhook {
            id: self.id,
            account: self.key.clone(),
            account_id: self.owner,
            name: self.name.clone(),
            url: self.url.clone(),
            token: self.token.clone().into(),
            events: self.events.clone(),
            room: self.room,
            enabled: self.enabled,
            failures: self.failures,
            waiting: self.queue.len(),
        }
    }

    pub(super) fn seed(&self) -> WebhookSeed {
        WebhookSeed {
            id: Some(self.id),
            account: self.key.clone(),
            name: self.name.clone(),
            url: self.url.clone(),
            token: Some(self.token.clone()),
            events: self.events.clone(),
            room: self.room.map(|room| room.0),
            enabled: self.enabled,
        }
    }

    /// The delivery of an event; `None` if the webhook does not subscribe to it.
    pub(super) fn job(&self, event: &Event, state: &State, at: i64) -> Option<Job> {
        let (event_type, room_id, message_id, mentioned) = parts(event);
        let event_type = match self.room {
            Some(room) if room == room_id && is_in(state, self.owner, room) => event_type,
            None if mentioned.contains(&self.owner) => WebhookEventType::MentionToMe,
            _ => return None,
        };
        if !self.events.contains(&event_type) {
            return None;
        }
        let message = state.room(room_id)?.message(message_id)?;
        let (webhook, owner) = (self.id, self.owner);
        let body = Occasion { webhook, owner, event_type, at, room_id, message }.body().into();
        Some(Job { at, event_type, room_id, message_id, body })
    }

    /// Whether a delivery waits and no worker runs.
    pub(super) fn needs_worker(&self) -> bool {
        !self.queue.is_empty() && self.worker.is_none()
    }
}

fn parts(event: &Event) -> (WebhookEventType, RoomId, MessageNumber, &[AccountId]) {
    match event {
        Event::MessageCreated { room_id, message_id, mentioned } => {
            (WebhookEventType::MessageCreated, *room_id, *message_id, mentioned)
        }
        Event::MessageUpdated { room_id, message_id, mentioned } => {
            (WebhookEventType::MessageUpdated, *room_id, *message_id, mentioned)
        }
    }
}

/// Whether an account is in a room.
pub(super) fn is_in(state: &State, account: AccountId, room: RoomId) -> bool {
    state.room(room).is_some_and(|room| room.role(account).is_some())
}
