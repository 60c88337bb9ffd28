//! Executes a call: acquire a permit, send, update the limits, retry where that is safe, and map
//! the error.
//!
//! Rare branches are boxed, so the future of a call that succeeds at once stays small.

mod dyn_endpoint;
mod fault;
mod learn;
pub(crate) mod rate_limit;
mod send;

use std::pin::pin;
use std::time::Duration;

use chatwork_api::reqwest::StatusCode;
use chatwork_api::{ClientInfo, Error as Fault, Operation, ResponseValue};
use tokio::time::{Instant, sleep};
use tracing::{Instrument, Span, debug, field};

use dyn_endpoint::{DynEndpoint, TypedEndpoint};

use crate::client::Client;
use crate::error::{Error, Result};
use crate::pace::Permit;
use crate::request::{Endpoint, SendError};
use crate::retry::RetryState;
use crate::token::{Token, Tokens};

/// Executes a call.
pub(crate) async fn run<E: Endpoint>(
    client: &Client,
    endpoint: &E,
    timeout: Option<Duration>,
) -> Result<ResponseValue<E::Reply>> {
    endpoint.validate()?;
    let mut attempt = TypedEndpoint::new(endpoint);
    make(client, &mut attempt, timeout).await?;
    attempt.into_reply()
}

/// Executes a call without knowing its types, so that the code is compiled once.
async fn make(
    client: &Client,
    attempt: &mut dyn DynEndpoint,
    timeout: Option<Duration>,
) -> Result<()> {
    let operation = attempt.operation();
    let _alone = match attempt.locks_room() {
        Some(room) => Some(client.shared().room_locks.lock(room).await),
        None => None,
    };
    let span = span(operation);
    let key = send::limit_key(attempt);
    let mut call = Call {
        client,
        attempt,
        operation,
        timeout,
        span: &span,
        permit: client.shared().pacer.permit(key),
        tries: RetryState::new(client.shared().retry),
        waited: Duration::ZERO,
    };
    // Pinned in place: the future is large, and `instrument` would move it twice.
    pin!(call.run()).instrument(span.clone()).await
}

/// The span of a call. It holds nothing private.
fn span(operation: &'static Operation) -> Span {
    tracing::debug_span!(
        "chatwork",
        operation = operation.id,
        attempt = field::Empty,
        status = field::Empty,
        duration_ms = field::Empty,
        wait_ms = field::Empty,
    )
}

/// One call, until it succeeds or fails for good.
struct Call<'a> {
    client: &'a Client,
    attempt: &'a mut dyn DynEndpoint,
    operation: &'static Operation,
    timeout: Option<Duration>,
    span: &'a Span,
    permit: Permit<'a>,
    tries: RetryState,
    waited: Duration,
}

/// What follows a failed attempt.
enum Next {
    /// Another attempt, after the delay and the permit.
    Again,
    /// The error for the caller.
    Fail(Error),
}

impl Call<'_> {
    async fn run(&mut self) -> Result<()> {
        loop {
            self.turn().await?;
            let token = match self.client.shared().tokens.current().await {
                Ok(token) => token,
                Err(error) => {
                    self.unsent();
                    return Err(error);
                }
            };
            let fault = match self.send(&token).await {
                Ok(()) => return Ok(()),
                Err(SendError::Local(error)) => {
                    self.unsent();
                    return Err(error);
                }
                Err(SendError::Api(fault)) => fault,
            };
            let held = self.learn(&fault);
            match Box::pin(self.next(fault, &token, held)).await? {
                Next::Again => {}
                Next::Fail(error) => return Err(error),
            }
        }
    }

    async fn next(&mut self, fault: Fault, token: &Token, held: bool) -> Result<Next> {
        if !self.attempt.is_repeatable() {
            return Ok(self.fail(fault));
        }
        if self.renew(&fault, token).await? {
            return Ok(Next::Again);
        }
        let safe = self.operation.retry.is_safe(|name| self.attempt.parameter(name));
        let failure =
            fault::classify(self.operation, &fault, self.client.shared().redirects_disabled);
        let Some(wait) = self.tries.next(failure, safe) else {
            return Ok(self.fail(fault));
        };
        let status = fault.status().map(|status| status.as_u16());
        debug!(status, wait_ms = millis(wait), "sending again");
        // The rate limiter waits for a limit that it knows, and keeps this call in front.
        if !(held && self.client.shared().pacer.is_on()) {
            let asked = timer(self.span);
            sleep(wait).await;
            self.waited(asked);
        }
        Ok(Next::Again)
    }

    /// Whether the call sends an access token, whose scopes may not suffice.
    fn bears(&self) -> bool {
        let shared = self.client.shared();
        matches!(shared.tokens, Tokens::Source(_)) || shared.api.inner().auth.is_bearer()
    }

    fn fail(&self, fault: Fault) -> Next {
        if let Some(status) = fault.status() {
            self.span.record("status", status.as_u16());
        }
        let error = fault::describe(self.operation, fault, self.bears());
        let shared = self.client.shared();
        Next::Fail(error.through(shared.proxy.as_ref(), shared.redirects_disabled))
    }

    /// Records the time that the call has waited for permits and between attempts.
    fn waited(&mut self, since: Option<Instant>) {
        if let Some(since) = since {
            self.waited += since.elapsed();
            self.span.record("wait_ms", millis(self.waited));
        }
    }

    /// A 401 means that the server did nothing, so even a write is sent again once with a new
    /// token.
    async fn renew(&mut self, fault: &Fault, token: &Token) -> Result<bool> {
        if fault.status() != Some(StatusCode::UNAUTHORIZED) || !self.tries.renew() {
            return Ok(false);
        }
        self.client.shared().tokens.renew(token).await
    }
}

/// Returns the time if the span records durations.
fn timer(span: &Span) -> Option<Instant> {
    (!span.is_disabled()).then(Instant::now)
}

/// Records the duration in the span.
fn record(span: &Span, field: &str, since: Option<Instant>) {
    if let Some(since) = since {
        span.record(field, millis(since.elapsed()));
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
