//! One attempt: acquires a permit, asks for the token, sends the request.

use std::future::poll_fn;
use std::task::Poll;
use std::time::Duration;

use chatwork_api::operations::RateLimitName;
use chatwork_api::reqwest::StatusCode;
use chatwork_api::{Client as Api, ClientInfo, Error as Fault, Secret};
use tokio::time::Instant;

use super::dyn_endpoint::DynEndpoint;
use super::endpoint::SendError;
use super::execute::Call;
use super::trace::{record, timer};
use super::update;
use super::wait::within;
#[cfg(feature = "limits")]
use crate::error::LimitStoreError;
use crate::error::{Error, RateLimitedError, Result, WaitedFor};
use crate::pace::{LimitKey, NoPermit};
use crate::token::{Token, TokenError, TokenFuture};

/// The room whose posting limit a call counts against.
pub(super) fn limit_key(endpoint: &dyn DynEndpoint) -> LimitKey {
    let posts = endpoint.operation().rate_limits.contains(&RateLimitName::RoomPosting);
    LimitKey { room: endpoint.room().filter(|_| posts) }
}

impl Call<'_> {
    /// Waits until both limits have capacity. `now` is when the attempt begins.
    pub(super) async fn acquire(&mut self, now: Instant) -> Result<()> {
        let asked = timer(self.span);
        let acquired = self.permit.acquire(now, self.attempts.deadline(), self.operation).await;
        self.waited(asked);
        acquired.map_err(|why| self.no_permit(why))
    }

    /// The error of a call that gets no permit in time. If the call is a retry, the error is that
    /// of the latest attempt, with a new wait if the attempt was refused with 429.
    #[cold]
    fn no_permit(&mut self, why: NoPermit) -> Error {
        let refusal = match self.failed.take() {
            Some(Fault::Refused(refusal)) if refusal.status() == StatusCode::TOO_MANY_REQUESTS => {
                Some(*refusal)
            }
            Some(fault) => return self.error(fault),
            None => None,
        };
        #[cfg_attr(
            not(feature = "limits"),
            expect(clippy::infallible_destructuring_match, reason = "a store adds a second arm")
        )]
        let held = match why {
            NoPermit::NotUntil(held) => held,
            #[cfg(feature = "limits")]
            NoPermit::Store(error) => {
                return Error::LimitStore(Box::new(LimitStoreError::new(self.operation, error)));
            }
        };
        let wait = held.until.map(|until| until.duration_since(Instant::now()));
        let wait = wait.unwrap_or(Duration::from_secs(held.limit.seconds()));
        let error = RateLimitedError::new(self.operation, held.limit, wait, refusal);
        Error::RateLimited(Box::new(error))
    }

    /// Returns the token of the attempt.
    pub(super) async fn token(&mut self) -> Result<Token> {
        let client = self.client;
        let Some(mut asked) = client.shared().tokens.ask() else { return Ok(Token::Fixed) };
        // Most sources answer from a cache. Then no timer is needed.
        match poll_fn(|context| Poll::Ready(asked.as_mut().poll(context))).await {
            Poll::Ready(answer) => bearer(answer, Duration::ZERO),
            Poll::Pending => Box::pin(self.wait_for_token(asked)).await,
        }
    }

    /// Waits for a source without the permit, so that other calls can be sent meanwhile. The call
    /// keeps its place in the queue.
    async fn wait_for_token(&mut self, asked: TokenFuture<'_, Secret>) -> Result<Token> {
        self.release();
        let (since, timer) = (Instant::now(), timer(self.span));
        let answer = within(self.time_limit(), asked, self.operation, WaitedFor::Token).await?;
        self.waited(timer);
        let token = bearer(answer, since.elapsed())?;
        self.acquire(Instant::now()).await?;
        Ok(token)
    }

    /// Sends the request once.
    pub(super) async fn send(&mut self, token: &Token) -> Result<(), SendError> {
        self.span.record("attempt", self.attempts.number());
        let began = timer(self.span);
        self.permit.mark_sent();
        let result = self.send_once(token).await;
        record(self.span, "duration_ms", began);
        result
    }

    /// Most calls share one low-level client; a token source or a time limit needs one of its own.
    async fn send_once(&mut self, token: &Token) -> Result<(), SendError> {
        if !matches!(token, Token::Fixed) || self.timeout.is_some() {
            return Box::pin(self.send_by_another(token)).await;
        }
        self.send_by(&self.client.shared().api).await
    }

    async fn send_by_another(&mut self, token: &Token) -> Result<(), SendError> {
        let shared = self.client.shared();
        let mut settings = shared.api.inner().clone();
        settings.timeout = self.time_limit();
        if let Token::Bearer { auth, waited, .. } = token {
            settings.auth = auth.clone();
            // The time limit of the attempt includes the wait for the token.
            settings.timeout = settings.timeout.map(|limit| limit.saturating_sub(*waited));
        }
        let api = shared.api.with_settings(settings);
        self.send_by(&api).await
    }

    async fn send_by(&mut self, api: &Api) -> Result<(), SendError> {
        let head = self.endpoint.send(api).await?;
        update::succeed(self.client, self.span, &mut self.permit, &head);
        Ok(())
    }

    /// Returns the time limit of one attempt.
    pub(super) fn time_limit(&self) -> Option<Duration> {
        self.timeout.or(self.client.shared().timeout)
    }
}

/// The token of an attempt that waited so long for it.
fn bearer(answer: Result<Secret, TokenError>, waited: Duration) -> Result<Token> {
    Token::bearer(answer.map_err(Error::Token)?, waited)
}
