//! A grant in memory, with its deadlines by the monotonic clock.

use chatwork_api::Secret;
use chatwork_api::types::UnixTime;
use tokio::time::Instant;

use super::Grant;

/// A grant in memory.
#[derive(Clone)]
pub(super) struct CachedGrant {
    pub(super) grant: Grant,
    /// When to refresh the grant. `None` if that is too far away for an `Instant`.
    fresh_until: Option<Instant>,
    /// When the access token expires. `None` if that is too far away for an `Instant`.
    expires: Option<Instant>,
}

impl CachedGrant {
    /// Computes the deadlines from the time that is left by this machine's clock.
    pub(super) fn new(grant: Grant) -> Self {
        let (left, now) = (grant.left(UnixTime::now()), Instant::now());
        let fresh = left.saturating_sub(grant.margin());
        let (fresh_until, expires) = (now.checked_add(fresh), now.checked_add(left));
        Self { grant, fresh_until, expires }
    }

    /// Returns `true` if no refresh is needed by both clocks. The monotonic clock may stand still
    /// while the machine sleeps; the wall clock may be set back.
    pub(super) fn is_fresh(&self) -> bool {
        self.fresh_until.is_none_or(|until| Instant::now() < until)
            && self.grant.left(UnixTime::now()) > self.grant.margin()
    }

    /// Returns `true` until the access token expires.
    pub(super) fn is_valid(&self) -> bool {
        self.expires.is_none_or(|expires| Instant::now() < expires)
    }

    /// Returns `true` if the API did not reject this access token.
    pub(super) fn is_not(&self, rejected: Option<&Secret>) -> bool {
        rejected != Some(&self.grant.access_token)
    }
}
