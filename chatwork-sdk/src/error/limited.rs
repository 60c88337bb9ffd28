//! A rate limit delays the call too long.

use std::fmt;
use std::time::{Duration, SystemTime};

use chatwork_api::operations::RateLimitName;
use chatwork_api::reqwest::StatusCode;
use chatwork_api::{Operation, RateLimit, Refusal};

/// A call that a rate limit delays: the API answered 429 too often, or waiting for a permit would
/// take longer than [`Pacing::max_wait`](crate::Pacing::max_wait) allows.
#[derive(Debug)]
pub struct RateLimitedError {
    operation: &'static Operation,
    limit: RateLimitName,
    retry_after: Duration,
    until: SystemTime,
    refusal: Option<Refusal>,
}

impl RateLimitedError {
    pub(crate) fn new(
        operation: &'static Operation,
        limit: RateLimitName,
        retry_after: Duration,
        refusal: Option<Refusal>,
    ) -> Self {
        let now = SystemTime::now();
        let until = now.checked_add(retry_after).unwrap_or(now);
        Self { operation, limit, retry_after, until, refusal }
    }

    /// Returns the operation.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// Returns which of the two limits it is.
    pub fn limit(&self) -> RateLimitName {
        self.limit
    }

    /// Returns how long to wait before the call can be sent.
    pub fn retry_after(&self) -> Duration {
        self.retry_after
    }

    /// Returns when the call can be sent, by this machine's clock.
    pub fn until(&self) -> SystemTime {
        self.until
    }

    /// Returns `Some(429)` if the API refused the call, `None` if the client did.
    pub fn status(&self) -> Option<StatusCode> {
        self.refusal.as_ref().map(Refusal::status)
    }

    /// Returns the error texts of the API.
    pub fn errors(&self) -> &[String] {
        self.refusal.as_ref().map(Refusal::errors).unwrap_or_default()
    }

    /// Returns the account's rate limit, as the reply reported it.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        self.refusal.as_ref().and_then(Refusal::rate_limit)
    }
}

impl fmt::Display for RateLimitedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let limit = match self.limit.per() {
            "account" => "the account's rate limit is used up",
            _ => "the room's rate limit for posting is used up",
        };
        let seconds = self.retry_after.as_secs_f32().ceil();
        write!(f, "{}: {limit}, it could go in {seconds} s", self.operation.id)
    }
}

impl std::error::Error for RateLimitedError {}

#[cfg(test)]
mod tests {
    use chatwork_api::operations::GET_ME;

    use super::*;

    #[test]
    fn a_part_of_a_second_is_told_as_a_whole_one() {
        let wait = Duration::from_millis(4200);
        let error = RateLimitedError::new(&GET_ME, RateLimitName::Account, wait, None);
        assert!(error.to_string().ends_with("it could go in 5 s"), "{error}");
    }
}
