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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn grant(expires_in: i64) -> Grant {
        let mut grant = Grant::from_refresh_token(Secret::from("refresh".to_owned()));
        let now = UnixTime::now().0;
        (grant.obtained_at, grant.expires_at) = (UnixTime(now), UnixTime(now + expires_in));
        grant
    }

    #[test]
    fn a_token_that_expired_while_the_machine_slept_is_not_fresh() {
        let mut cached = CachedGrant::new(grant(1800));
        assert!(cached.is_fresh());
        // The monotonic clock stood still, and the wall clock went on.
        cached.grant = grant(0);
        assert!(!cached.is_fresh() && cached.is_valid());
    }

    #[test]
    fn a_token_that_expired_by_the_monotonic_clock_is_not_fresh() {
        let mut cached = CachedGrant::new(grant(1800));
        cached.fresh_until = Instant::now().checked_sub(Duration::from_secs(1));
        assert!(!cached.is_fresh());
    }

    #[tokio::test(start_paused = true)]
    async fn a_token_is_no_longer_valid_at_the_moment_when_it_expires() {
        let mut cached = CachedGrant::new(grant(1800));
        cached.expires = Some(Instant::now() + Duration::from_secs(1));
        assert!(cached.is_valid());
        tokio::time::advance(Duration::from_secs(1)).await;
        assert!(!cached.is_valid());
    }
}
