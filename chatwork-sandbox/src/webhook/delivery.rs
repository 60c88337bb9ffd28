//! The result of a delivery.

use std::time::Duration;

use chatwork_api::types::RoomId;
use serde::Serialize;

use super::event_type::WebhookEventType;

/// How long a receiver may take.
pub(super) const TIMEOUT: Duration = Duration::from_secs(5);

/// A delivery as [`Webhooks::deliveries`](crate::Webhooks::deliveries) and
/// `GET /_sandbox/webhooks/deliveries` show it: without its body and its signature.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Delivery {
    /// The number, counted from 1 since the start or the last reset.
    pub number: u64,
    /// When the event happened, in Unix seconds by the sandbox's clock.
    pub at: i64,
    /// The id of the webhook.
    pub webhook: i64,
    /// The type of the event.
    pub event_type: WebhookEventType,
    /// The room.
    pub room_id: RoomId,
    /// The message.
    pub message_id: String,
    /// The address of the receiver.
    pub url: String,
    /// The result.
    pub outcome: DeliveryOutcome,
    /// The status of the answer; `None` without an answer.
    pub status: Option<u16>,
    /// The first 200 characters of an answer that counts as a failure.
    pub answer: Option<String>,
    /// How long the delivery took, in milliseconds of tokio's clock.
    pub duration_ms: u64,
    /// Whether the failure switched the webhook off.
    pub switched_off: bool,
    /// What the outcome means, and what to do.
    pub note: String,
}

/// How a delivery ended.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DeliveryOutcome {
    /// The receiver answered 200, with at most 2,048 bytes.
    Delivered,
    /// The receiver answered with another status.
    Refused,
    /// The receiver answered 200, with more bytes.
    AnswerTooLong,
    /// The receiver had not answered after five seconds.
    TimedOut,
    /// No program listens at the address.
    NotConnected,
    /// The connection ended before the answer did, or the answer was not HTTP.
    Broken,
    /// It was not sent because the webhook was switched off.
    SwitchedOff,
}

impl DeliveryOutcome {
    /// Whether the receiver accepted the event.
    pub fn is_success(self) -> bool {
        self == Self::Delivered
    }

    /// What the outcome means, and what to do.
    pub(super) fn note(self, status: Option<u16>) -> String {
        let text = match self {
            Self::Delivered => "the receiver accepted it",
            Self::Refused => return refused(status.unwrap_or_default()),
            Self::AnswerTooLong => "the answer has more than 2,048 bytes: answer with none",
            Self::TimedOut => return timed_out(),
            Self::NotConnected => "no program listens at the address: is the receiver running?",
            Self::Broken => {
                "the connection ended before the answer did, or the answer was not HTTP"
            }
            Self::SwitchedOff => "not sent: the webhook is switched off; switch it on again",
        };
        text.to_owned()
    }
}

fn refused(status: u16) -> String {
    let hint = match status {
        201..=299 => "answer with 200 itself",
        300..=399 => "redirects are not followed: give the webhook the final address",
        401 | 403 => {
            "if the signature was wrong: does the receiver have this webhook's token, and does it \
             verify the raw body, before it parses JSON?"
        }
        404 | 405 => "does the path of the webhook accept POST?",
        413 => "the receiver refuses a body of this length",
        _ => "look at the receiver's log",
    };
    format!("answered {status}, and only 200 counts: {hint}")
}

fn timed_out() -> String {
    let seconds = TIMEOUT.as_secs();
    format!("no answer within {seconds} s: answer first, then do the work")
}
