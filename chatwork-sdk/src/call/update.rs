//! Updates the limits after an attempt, whether it succeeded or not.

use chatwork_api::{Error as Fault, RateLimit};
use tracing::Span;

use super::dyn_endpoint::ResponseHead;
use super::execute::Call;
use super::fault;
use super::rate_limit::refused_by;
use crate::client::Client;
use crate::pace::headers::{parse, parse_reset};
use crate::pace::{Outcome, Permit};

/// Records a successful attempt.
pub(super) fn succeed(
    client: &Client,
    span: &Span,
    permit: &mut Permit<'_>,
    reply: &ResponseHead<'_>,
) {
    span.record("status", reply.status.as_u16());
    let limit = RateLimit::from_headers(reply.headers);
    client.shared().note(limit);
    let account = limit.and_then(|limit| parse_reset(limit, reply.headers));
    permit.complete(&Outcome { account, answered: true, ..Outcome::default() });
}

impl Call<'_> {
    /// Records a failed attempt. Returns whether the rate limiter now waits for the limit that
    /// refused the call.
    pub(super) fn complete(&mut self, fault: &Fault) -> bool {
        if let Some(headers) = fault.headers() {
            self.client.shared().note(RateLimit::from_headers(headers));
        }
        self.permit.complete(&Outcome {
            account: fault.headers().and_then(parse),
            refused: refused_by(self.operation, fault),
            unsent: fault::is_unsent(fault, self.client.shared().redirects_disabled),
            answered: fault.headers().is_some(),
        })
    }

    /// Releases the permit: nothing was sent.
    pub(super) fn release(&mut self) {
        self.permit.complete(&Outcome { unsent: true, ..Outcome::default() });
    }
}
