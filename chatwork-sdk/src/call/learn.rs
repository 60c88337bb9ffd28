//! Reading the limits out of every reply, good or bad.

use std::time::Duration;

use chatwork_api::operations::RateLimitName;
use chatwork_api::reqwest::StatusCode;
use chatwork_api::reqwest::header::HeaderMap;
use chatwork_api::{Error as Fault, RateLimit, Refusal};
use tracing::Span;

use super::attempt::Arrived;
use super::{Call, fault};
use crate::client::Client;
use crate::meta::{report, report_of};
use crate::pace::{Outcome, Place, SOON};

/// A try has succeeded.
pub(super) fn succeed(client: &Client, span: &Span, place: &mut Place<'_>, reply: &Arrived<'_>) {
    span.record("status", reply.status.as_u16());
    let limit = RateLimit::from_headers(reply.headers);
    client.shared().note(limit);
    let account = limit.and_then(|limit| report_of(limit, reply.headers));
    place.settle(&Outcome { account, ..Outcome::default() });
}

impl Call<'_> {
    pub(super) fn learn(&mut self, fault: &Fault) {
        if let Some(headers) = fault.headers() {
            self.client.shared().note(RateLimit::from_headers(headers));
        }
        self.place.settle(&Outcome {
            account: fault.headers().and_then(report),
            refused: refused_by(fault),
            unsent: fault::is_unsent(fault, self.client.shared().keeps_target),
        });
    }

    /// The call failed on this machine, before anything was sent.
    pub(super) fn unsent(&mut self) {
        self.place.settle(&Outcome { unsent: true, ..Outcome::default() });
    }
}

/// The limit that a 429 speaks of.
pub(super) fn refused_by(fault: &Fault) -> Option<RateLimitName> {
    match fault {
        Fault::Refused(refusal) => limit_of(refusal),
        _ => None,
    }
}

/// The limit that a 429 speaks of: the room's has a text of its own.
pub(super) fn limit_of(refusal: &Refusal) -> Option<RateLimitName> {
    if refusal.status() != StatusCode::TOO_MANY_REQUESTS {
        return None;
    }
    let text = RateLimitName::RoomPosting.error();
    match refusal.errors().iter().any(|error| Some(error.as_str()) == text) {
        true => Some(RateLimitName::RoomPosting),
        false => Some(RateLimitName::Account),
    }
}

/// How long a limit demands to wait: until the account's reset, or a window for a room. The reset
/// in the headers of a room's 429 belongs to the other limit. A reset that should be over, and is
/// not, is soon: tries without any wait would be used up before the second is over.
pub(super) fn wait_for(limit: RateLimitName, headers: &HeaderMap) -> Duration {
    let window = Duration::from_secs(limit.seconds());
    match limit {
        RateLimitName::Account => {
            report(headers).map_or(window, |report| report.reset_in.max(SOON))
        }
        _ => window,
    }
}
