//! The body of a delivery, with its fields in the order of the service.

use chatwork_api::types::{AccountId, RoomId};
use serde::Serialize;

use super::event_type::WebhookEventType;
use crate::state::Message;

/// The fields that all events have.
#[derive(Serialize)]
struct Envelope<T> {
    webhook_setting_id: String,
    webhook_event_type: WebhookEventType,
    webhook_event_time: i64,
    webhook_event: T,
}

/// `message_created` and `message_updated`.
#[derive(Serialize)]
struct Posted<'a> {
    message_id: String,
    room_id: RoomId,
    account_id: AccountId,
    body: &'a str,
    send_time: i64,
    update_time: i64,
}

/// `mention_to_me`.
#[derive(Serialize)]
struct Mentioned<'a> {
    from_account_id: AccountId,
    to_account_id: AccountId,
    room_id: RoomId,
    message_id: String,
    body: &'a str,
    send_time: i64,
    update_time: i64,
}

/// A message and the webhook that sends it.
pub(super) struct Occasion<'a> {
    pub(super) webhook: i64,
    pub(super) owner: AccountId,
    pub(super) event_type: WebhookEventType,
    pub(super) at: i64,
    pub(super) room_id: RoomId,
    pub(super) message: &'a Message,
}

impl Occasion<'_> {
    /// JSON in one line. Unlike in the API's replies, characters outside ASCII are not escaped.
    pub(super) fn body(&self) -> Vec<u8> {
        match self.event_type {
            WebhookEventType::MentionToMe => self.write(self.mentioned()),
            WebhookEventType::MessageCreated | WebhookEventType::MessageUpdated => {
                self.write(self.posted())
            }
        }
    }

    fn write(&self, webhook_event: impl Serialize) -> Vec<u8> {
        let envelope = Envelope {
            webhook_setting_id: self.webhook.to_string(),
            webhook_event_type: self.event_type,
            webhook_event_time: self.at,
            webhook_event,
        };
        // Strings and numbers can always be written.
        serde_json::to_vec(&envelope).unwrap_or_default()
    }

    fn posted(&self) -> impl Serialize {
        Posted {
            message_id: self.message.id.to_string(),
            room_id: self.room_id,
            account_id: self.message.account,
            body: &self.message.body,
            send_time: self.message.sent,
            update_time: self.message.updated,
        }
    }

    fn mentioned(&self) -> impl Serialize {
        Mentioned {
            from_account_id: self.message.account,
            to_account_id: self.owner,
            room_id: self.room_id,
            message_id: self.message.id.to_string(),
            body: &self.message.body,
            send_time: self.message.sent,
            update_time: self.message.updated,
        }
    }
}
