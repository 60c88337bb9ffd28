//! What people ask of webhook events.

use serde_json::Value;

use crate::types::{
    AccountId, MentionEventBody, MessageEventBody, MessageId, RoomId, UnixTime, WebhookEvent,
};

/// What all known events have in common.
struct Told<'a> {
    kind: &'a str,
    time: UnixTime,
    message: Message<'a>,
}

/// The message of an event, of either shape.
enum Message<'a> {
    Room(&'a MessageEventBody),
    Mention(&'a MentionEventBody),
}

/// A field that both shapes of a message have.
macro_rules! of_message {
    ($event:expr, $message:ident => $field:expr) => {
        match $event.told()?.message {
            Message::Room($message) => Some($field),
            Message::Mention($message) => Some($field),
        }
    };
}

impl WebhookEvent {
    /// What happened, by the service's name for it, as in `mention_to_me`.
    pub fn event_type(&self) -> Option<&str> {
        match self {
            Self::Unknown(json) => json.get("webhook_event_type").and_then(Value::as_str),
            known => known.told().map(|told| told.kind),
        }
    }

    /// When the event was sent.
    pub fn event_time(&self) -> Option<UnixTime> {
        match self {
            Self::Unknown(json) => json.get("webhook_event_time")?.as_i64().map(UnixTime),
            known => known.told().map(|told| told.time),
        }
    }

    /// Who posted or edited the message; `None` for an event of an unknown kind.
    pub fn author(&self) -> Option<AccountId> {
        match self.told()?.message {
            Message::Room(message) => Some(message.account_id),
            Message::Mention(message) => Some(message.from_account_id),
        }
    }

    /// Whether the message is by an account. What a bot posts comes back to it as
    /// `message_created`, and an answer to that would be answered again.
    ///
    /// ```
    /// # use chatwork_api::types::{AccountId, WebhookEvent};
    /// # fn example(event: WebhookEvent, me: AccountId) {
    /// if event.is_by(me) {
    ///     return;
    /// }
    /// # }
    /// ```
    pub fn is_by(&self, account: AccountId) -> bool {
        self.author() == Some(account)
    }

    /// The room of the message; `None` for an event of an unknown kind.
    pub fn room_id(&self) -> Option<RoomId> {
        of_message!(self, message => message.room_id)
    }

    /// The id of the message; `None` for an event of an unknown kind.
    pub fn message_id(&self) -> Option<&MessageId> {
        of_message!(self, message => &message.message_id)
    }

    /// The text of the message, with its notation; `None` for an event of an unknown kind.
    pub fn body(&self) -> Option<&str> {
        of_message!(self, message => message.body.as_str())
    }

    /// When the message was last edited, 0 for never; `None` for an event of an unknown kind.
    pub fn update_time(&self) -> Option<UnixTime> {
        of_message!(self, message => message.update_time)
    }

    fn told(&self) -> Option<Told<'_>> {
        let (kind, time, message) = match self {
            Self::MessageCreated(event) => (
                &event.webhook_event_type,
                event.webhook_event_time,
                Message::Room(&event.webhook_event),
            ),
            Self::MessageUpdated(event) => (
                &event.webhook_event_type,
                event.webhook_event_time,
                Message::Room(&event.webhook_event),
            ),
            Self::MentionToMe(event) => (
                &event.webhook_event_type,
                event.webhook_event_time,
                Message::Mention(&event.webhook_event),
            ),
            Self::Unknown(_) => return None,
        };
        Some(Told { kind, time, message })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn event(json: Value) -> WebhookEvent {
        serde_json::from_value(json).unwrap()
    }

    fn of_room(kind: &str) -> WebhookEvent {
        event(json!({
            "webhook_setting_id": "1", "webhook_event_type": kind, "webhook_event_time": 100,
            "webhook_event": {
                "message_id": "9", "room_id": 42, "account_id": 11, "body": "hi",
                "send_time": 99, "update_time": 7
            }
        }))
    }

    fn mention() -> WebhookEvent {
        event(json!({
            "webhook_setting_id": "1", "webhook_event_type": "mention_to_me",
            "webhook_event_time": 100,
            "webhook_event": {
                "from_account_id": 11, "to_account_id": 22, "message_id": "9", "room_id": 42,
                "body": "hi", "send_time": 99, "update_time": 7
            }
        }))
    }

    #[test]
    fn every_known_event_answers_the_same_questions() {
        for event in [of_room("message_created"), of_room("message_updated"), mention()] {
            assert_eq!(event.event_time(), Some(UnixTime(100)));
            assert_eq!((event.author(), event.room_id()), (Some(AccountId(11)), Some(RoomId(42))));
            assert_eq!(event.message_id().map(|id| id.as_str()), Some("9"));
            assert_eq!((event.body(), event.update_time()), (Some("hi"), Some(UnixTime(7))));
        }
    }

    #[test]
    fn an_event_tells_its_type() {
        assert_eq!(of_room("message_updated").event_type(), Some("message_updated"));
        assert_eq!(mention().event_type(), Some("mention_to_me"));
    }

    #[test]
    fn a_mention_is_by_who_wrote_it_and_not_by_who_is_mentioned() {
        assert!(mention().is_by(AccountId(11)));
        assert!(!mention().is_by(AccountId(22)));
    }

    #[test]
    fn an_unknown_event_has_its_type_and_time_only() {
        let unknown = event(json!({
            "webhook_event_type": "room_archived", "webhook_event_time": 5,
            "webhook_event": { "account_id": 11, "body": "hi" }
        }));
        assert_eq!(unknown.event_type(), Some("room_archived"));
        assert_eq!(unknown.event_time(), Some(UnixTime(5)));
        assert_eq!((unknown.author(), unknown.body()), (None, None));
        assert!(!unknown.is_by(AccountId(11)));
    }
}
