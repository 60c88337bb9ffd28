//! What all clones of a client share.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use chatwork_api::RateLimit;

use super::http::{ProxyHint, ProxyUse};
use crate::pace::RateLimiter;
use crate::retry::RetryPolicy;
use crate::room_locks::RoomLocks;
use crate::token::Tokens;

pub(crate) struct Shared {
    pub(crate) api: chatwork_api::Client,
    pub(crate) tokens: Tokens,
    /// The time limit of one attempt.
    pub(crate) timeout: Option<Duration>,
    pub(crate) retry: RetryPolicy,
    pub(crate) rate_limiter: RateLimiter,
    /// The longest wait for another change of the same room, if `timeout` is not longer.
    pub(crate) max_wait: Duration,
    pub(crate) room_locks: RoomLocks,
    /// The HTTP client is known to follow no redirect from the API.
    pub(crate) redirects_disabled: bool,
    /// The proxy between this machine and the base URL, as far as it is known.
    pub(crate) proxy: Option<ProxyHint>,
    /// Whether the HTTP client uses the proxies of the environment, for the hosts of files.
    pub(crate) proxy_use: ProxyUse,
    pub(crate) rate_limit: Mutex<Option<RateLimit>>,
}

impl Shared {
    /// Stores the account's limit that a reply reported.
    pub(crate) fn note(&self, rate_limit: Option<RateLimit>) {
        if rate_limit.is_some() {
            *self.rate_limit.lock().unwrap_or_else(PoisonError::into_inner) = rate_limit;
        }
    }
}
