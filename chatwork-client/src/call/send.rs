//! Waiting for a turn, and one try.

use std::time::Duration;

use chatwork_api::operations::RateLimitName;
use chatwork_api::{ClientInfo, ResponseValue, Settings};
use tokio::time::Instant;

use super::{Call, record, timer};
use crate::error::{Error, RateLimitedError, Result};
use crate::pace::{Counts, Held};
use crate::request::{Endpoint, SendError};
use crate::token::Token;

/// The room whose posting limit a call counts against.
pub(super) fn counts<E: Endpoint>(endpoint: &E) -> Counts {
    let posts = endpoint.operation().rate_limits.contains(&RateLimitName::RoomPosting);
    Counts { room: endpoint.room().filter(|_| posts) }
}

impl<E: Endpoint> Call<'_, E> {
    pub(super) async fn turn(&mut self) -> Result<()> {
        let asked = timer(self.span);
        let turn = self.place.turn(self.tries.latest()).await;
        self.waited(asked);
        turn.map_err(|Held { limit, until }| {
            let wait = until.map(|until| until.duration_since(Instant::now()));
            let wait = wait.unwrap_or(Duration::from_secs(limit.seconds()));
            let error = RateLimitedError::new(self.operation, limit, wait, None);
            Error::RateLimited(Box::new(error))
        })
    }

    pub(super) async fn send(&self, token: &Token) -> Result<ResponseValue<E::Reply>, SendError> {
        self.span.record("attempt", self.tries.number());
        let began = timer(self.span);
        let result = self.send_once(token).await;
        record(self.span, "duration_ms", began);
        result
    }

    /// Most calls share one low-level client; a token source or a time limit needs one of its own.
    async fn send_once(&self, token: &Token) -> Result<ResponseValue<E::Reply>, SendError> {
        let shared = self.client.shared();
        if matches!(token, Token::Fixed) && self.timeout.is_none() {
            return self.endpoint.send(&shared.api).await;
        }
        let auth = token.auth(&shared.api);
        let timeout = self.timeout.or(shared.timeout);
        let settings = Settings { auth, timeout, ..shared.api.inner().clone() };
        self.endpoint.send(&shared.api.with_settings(settings)).await
    }
}
