//! Acquires a permit, and makes one attempt.

use std::time::Duration;

use chatwork_api::operations::RateLimitName;
use chatwork_api::{Client as Api, ClientInfo};
use tokio::time::Instant;

use super::dyn_endpoint::DynEndpoint;
use super::{Call, learn, record, timer};
use crate::error::{Error, RateLimitedError, Result};
use crate::pace::{LimitKey, NotUntil};
use crate::request::SendError;
use crate::token::Token;

/// The room whose posting limit a call counts against.
pub(super) fn limit_key(attempt: &dyn DynEndpoint) -> LimitKey {
    let posts = attempt.operation().rate_limits.contains(&RateLimitName::RoomPosting);
    LimitKey { room: attempt.room().filter(|_| posts) }
}

impl Call<'_> {
    pub(super) async fn turn(&mut self) -> Result<()> {
        let asked = timer(self.span);
        let turn = self.permit.acquire(self.tries.asks_at(), self.tries.deadline()).await;
        self.waited(asked);
        turn.map_err(|NotUntil { limit, until }| {
            let wait = until.map(|until| until.duration_since(Instant::now()));
            let wait = wait.unwrap_or(Duration::from_secs(limit.seconds()));
            let error = RateLimitedError::new(self.operation, limit, wait, None);
            Error::RateLimited(Box::new(error))
        })
    }

    pub(super) async fn send(&mut self, token: &Token) -> Result<(), SendError> {
        self.span.record("attempt", self.tries.number());
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
        let auth = token.auth(&shared.api);
        let timeout = self.timeout.or(shared.timeout);
        let mut settings = shared.api.inner().clone();
        (settings.auth, settings.timeout) = (auth, timeout);
        let api = shared.api.with_settings(settings);
        self.send_by(&api).await
    }

    async fn send_by(&mut self, api: &Api) -> Result<(), SendError> {
        let arrived = self.attempt.send(api).await?;
        learn::succeed(self.client, self.span, &mut self.permit, &arrived);
        Ok(())
    }
}
