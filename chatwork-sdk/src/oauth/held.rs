//! A grant with its times by the clock that never goes back.

use std::time::Duration;

use chatwork_api::Secret;
use chatwork_api::types::UnixTime;
use tokio::time::Instant;

use super::{Error, Grant};

/// The longest that an attempt is put off.
const LONGEST_REST: Duration = Duration::from_secs(300);
/// How long the first one is.
const REST: Duration = Duration::from_secs(5);

/// A grant in memory.
#[derive(Clone)]
pub(super) struct Held {
    pub(super) grant: Grant,
    /// When to refresh it.
    fresh_until: Option<Instant>,
    /// When the access token ends.
    ends: Option<Instant>,
}

impl Held {
    /// A grant whose access token still lives as long as this machine's clock says.
    pub(super) fn of(grant: Grant) -> Self {
        let (left, now) = (grant.left(UnixTime::now()), Instant::now());
        let fresh = left.saturating_sub(grant.margin());
        // An instant that cannot be said is further away than anybody lives.
        let (fresh_until, ends) = (now.checked_add(fresh), now.checked_add(left));
        Self { grant, fresh_until, ends }
    }

    /// Whether there is no need to refresh it, by both clocks: the one that never goes back stands
    /// still while a machine sleeps.
    pub(super) fn is_fresh(&self) -> bool {
        self.fresh_until.is_none_or(|until| Instant::now() < until)
            && self.grant.left(UnixTime::now()) > self.grant.margin()
    }

    /// Whether its access token is good, though perhaps not for long.
    pub(super) fn lives(&self) -> bool {
        self.ends.is_none_or(|ends| Instant::now() < ends)
    }

    /// Whether its access token is none that was refused.
    pub(super) fn is_not(&self, refused: Option<&Secret>) -> bool {
        refused != Some(&self.grant.access_token)
    }
}

/// A time in which nothing is tried, after something that failed.
#[derive(Clone)]
pub(super) struct Rest {
    pub(super) error: Error,
    until: Instant,
    length: Duration,
}

impl Rest {
    /// The rest after an attempt that failed: twice as long as the one before, within limits.
    pub(super) fn after(error: Error, before: Option<&Self>) -> Self {
        let length = before.map_or(REST, |before| (before.length * 2).min(LONGEST_REST));
        Self { error, until: Instant::now() + length, length }
    }

    pub(super) fn lasts(&self) -> bool {
        Instant::now() < self.until
    }
}
