//! The loop over the attempts of a call.

use std::pin::pin;
use std::time::Duration;

use chatwork_api::reqwest::StatusCode;
use chatwork_api::{ClientInfo, Error as Fault, Operation, ResponseValue};
use tokio::time::{Instant, sleep};
use tracing::{Instrument, Span, debug};

use super::attempt::limit_key;
use super::dyn_endpoint::{DynEndpoint, TypedEndpoint};
use super::endpoint::{Endpoint, SendError};
use super::fault;
use super::rate_limit::refused_by;
use super::trace::{millis, span, timer};
use super::wait::{lock_room, within};
use crate::client::Client;
use crate::error::{Error, Result, WaitedFor};
use crate::pace::{Permit, Wait};
use crate::retry::RetryState;
use crate::token::{Token, Tokens};

/// Executes a call.
pub(crate) async fn run<E: Endpoint>(
    client: &Client,
    endpoint: &E,
    timeout: Option<Duration>,
) -> Result<ResponseValue<E::Reply>> {
    endpoint.validate()?;
    let mut endpoint = TypedEndpoint::new(endpoint);
    execute(client, &mut endpoint, timeout).await?;
    endpoint.into_reply()
}

/// Executes a call without its types, so that the code is compiled once.
async fn execute(
    client: &Client,
    endpoint: &mut dyn DynEndpoint,
    timeout: Option<Duration>,
) -> Result<()> {
    let operation = endpoint.operation();
    let _lock = match endpoint.locks_room() {
        Some(lock) => Some(lock_room(client, lock, operation, timeout).await?),
        None => None,
    };
    let span = span(operation);
    let key = limit_key(endpoint);
    let mut call = Call {
        client,
        endpoint,
        operation,
        timeout,
        span: &span,
        permit: client.shared().rate_limiter.permit(key),
        attempts: RetryState::new(&client.shared().retry),
        failed: None,
        waited: Duration::ZERO,
    };
    // Pinned in place: the future is large, and `instrument` would move it twice.
    pin!(call.run()).instrument(span.clone()).await
}

/// One call with its retries.
pub(super) struct Call<'a> {
    pub(super) client: &'a Client,
    pub(super) endpoint: &'a mut dyn DynEndpoint,
    pub(super) operation: &'static Operation,
    /// The time limit of one attempt, if the call has one of its own.
    pub(super) timeout: Option<Duration>,
    pub(super) span: &'a Span,
    pub(super) permit: Permit<'a>,
    pub(super) attempts: RetryState<'a>,
    /// Why the latest attempt failed, if it is retried.
    pub(super) failed: Option<Fault>,
    /// How long the call has waited in all.
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
            self.acquire(self.attempts.asks_at()).await?;
            let token = self.token().await?;
            let fault = match self.send(&token).await {
                Ok(()) => return Ok(()),
                Err(SendError::Local(error)) => {
                    self.release();
                    return Err(error);
                }
                Err(SendError::Api(fault)) => fault,
            };
            let held = self.complete(&fault);
            match Box::pin(self.next(fault, &token, held)).await? {
                Next::Again => {}
                Next::Fail(error) => return Err(error),
            }
        }
    }

    async fn next(&mut self, fault: Fault, token: &Token, held: bool) -> Result<Next> {
        if !self.endpoint.is_repeatable() {
            return Ok(Next::Fail(self.error(fault)));
        }
        if self.refresh_token(&fault, token).await? {
            self.failed = None;
            return Ok(Next::Again);
        }
        let safe = self.operation.retry.is_safe(|name| self.endpoint.parameter(name));
        let failure =
            fault::classify(self.operation, &fault, self.client.shared().redirects_disabled);
        let Some(wait) = self.attempts.next(failure, safe) else {
            return Ok(Next::Fail(self.error(fault)));
        };
        let status = fault.status().map(|status| status.as_u16());
        debug!(status, wait_ms = millis(wait), "sending again");
        // The rate limiter waits for a limit that it knows, and keeps this call in front.
        if !(held && self.client.shared().rate_limiter.is_on()) {
            self.report_wait(&fault, wait);
            let asked = timer(self.span);
            sleep(wait).await;
            self.waited(asked);
        }
        self.failed = Some(fault);
        Ok(Next::Again)
    }

    /// A 401 means that the server did nothing, so even a write is sent again once with a new
    /// token.
    async fn refresh_token(&mut self, fault: &Fault, token: &Token) -> Result<bool> {
        if fault.status() != Some(StatusCode::UNAUTHORIZED) || !self.attempts.may_refresh() {
            return Ok(false);
        }
        let refreshed = self.client.shared().tokens.refresh(token);
        within(self.time_limit(), refreshed, self.operation, WaitedFor::Token).await?
    }

    /// Tells the program of a wait after a 429 that the rate limiter does not keep.
    fn report_wait(&self, fault: &Fault, wait: Duration) {
        let Some(on_wait) = &self.client.shared().rate_limiter.on_wait else { return };
        let Some(refused) = refused_by(self.operation, fault) else { return };
        let (operation, limit) = (self.operation, refused.limit);
        let room = limit_key(self.endpoint).room;
        on_wait.report(&Wait { operation, limit, room, expected: Some(wait) });
    }

    /// The error for the caller.
    pub(super) fn error(&self, fault: Fault) -> Error {
        if let Some(status) = fault.status() {
            self.span.record("status", status.as_u16());
        }
        let error = fault::describe(self.operation, fault, self.bears());
        let shared = self.client.shared();
        error.through(shared.proxy.as_ref(), shared.redirects_disabled)
    }

    /// Whether the call sends an access token, whose scopes may not suffice.
    fn bears(&self) -> bool {
        let shared = self.client.shared();
        matches!(shared.tokens, Tokens::Source(_)) || shared.api.inner().auth.is_bearer()
    }

    /// Records that the call has waited since then.
    pub(super) fn waited(&mut self, since: Option<Instant>) {
        if let Some(since) = since {
            self.waited += since.elapsed();
            self.span.record("wait_ms", millis(self.waited));
        }
    }
}
