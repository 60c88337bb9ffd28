//! What came of a delivery.

use chatwork_api::types::RoomId;
use serde::Serialize;

use super::event_type::WebhookEventType;
use super::post::TIMEOUT;

/// A delivery as [`Webhooks::deliveries`](crate::Webhooks::deliveries) and
/// `GET /_sandbox/webhooks/deliveries` show it: without its body and its signature.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Delivery {
    /// Counted from 1 since the start, or since the last reset.
    pub number: u64,
    /// When it happened what is told, in Unix seconds by the sandbox's clock.
    pub at: i64,
    /// The id of the webhook.
    pub webhook: i64,
    /// What happened.
    pub event_type: WebhookEventType,
    /// The room.
    pub room_id: RoomId,
    /// The message.
    pub message_id: String,
    /// Where it went.
    pub url: String,
    /// How it ended.
    pub outcome: DeliveryOutcome,
    /// The status of the answer, if there was one.
    pub status: Option<u16>,
    /// The first 200 characters of an answer that was not taken.
    pub answer: Option<String>,
    /// How long it took, in real milliseconds.
    pub duration_ms: u64,
    /// Whether the webhook was switched off by it.
    pub switched_off: bool,
    /// What somebody who tests a receiver may want to know.
    pub note: String,
}

/// How a delivery ended.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DeliveryOutcome {
    /// The receiver answered 200, with at most 2,048 bytes.
    Delivered,
    /// It answered with another status.
    Refused,
    /// It answered 200, with more bytes.
    AnswerTooLong,
    /// It had not answered after five seconds.
    TimedOut,
    /// There was nobody at the address.
    NotConnected,
    /// The connection ended before the answer did, or that was no HTTP.
    Broken,
    /// It was not sent, since the webhook was switched off.
    SwitchedOff,
}

impl DeliveryOutcome {
    /// Whether the receiver has taken the event.
    pub fn is_success(self) -> bool {
        self == Self::Delivered
    }

    /// What it means, and what to do.
    pub(super) fn note(self, status: Option<u16>) -> String {
        let text = match self {
            Self::Delivered => "the receiver has taken it",
            Self::Refused => return refused(status.unwrap_or_default()),
            Self::AnswerTooLong => "the answer has more than 2,048 bytes: answer with none",
            Self::TimedOut => return timed_out(),
            Self::NotConnected => "nobody listens at the address: is the receiver running?",
            Self::Broken => "the connection ended before the answer did, or that was no HTTP",
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
            "if the signature was wrong: has the receiver this webhook's token, and does it \
             verify the body as it came, before it is read as JSON?"
        }
        404 | 405 => "is the path of the webhook one that takes POST?",
        413 => "the receiver takes no body as long as that",
        _ => "look at the receiver's log",
    };
    format!("answered {status}, and only 200 counts: {hint}")
}

fn timed_out() -> String {
    let seconds = TIMEOUT.as_secs();
    format!("no answer within {seconds} s: answer at once, and do the work afterwards")
}
