//! A grant: the tokens of one person's consent.

use std::time::Duration;

use chatwork_api::Secret;
use chatwork_api::operations::Scope;
use chatwork_api::types::{OAuthToken, UnixTime};
use serde::{Deserialize, Serialize};

use super::scopes;
use crate::Operation;

/// How many seconds before its expiry an access token is refreshed. For a short lifetime, a tenth
/// of it.
const MARGIN: i64 = 60;
/// The shortest lifetime of an access token in seconds that is believed.
const SHORTEST_LIFE: i64 = 10;
/// The assumed lifetime in seconds, if the server names a shorter one than [`SHORTEST_LIFE`].
/// Otherwise nearly each call would cost a refresh. A 401 corrects it.
const ASSUMED_LIFE: i64 = 60;

/// A person's consent: an access token, and the refresh token for the next one.
///
/// Store it, for example as JSON (with serde). `Debug` shows no token.
///
/// To make one in a test or from the tokens of another program, read it from JSON, or change the
/// fields of [`Grant::from_refresh_token`]. Only `access_token` is required; times are Unix times
/// in seconds:
///
/// ```
/// use chatwork_sdk::oauth::Grant;
///
/// let grant: Grant = serde_json::from_str(
///     r#"{
///         "access_token": "the access token",
///         "refresh_token": "the refresh token",
///         "obtained_at": 1893456000,
///         "expires_at": 1893457800,
///         "scope": "rooms.all:read offline_access"
///     }"#,
/// )?;
/// assert_eq!(grant.scopes().len(), 2);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Grant {
    /// The access token.
    pub access_token: Secret,
    /// The refresh token. `None`: the grant ends with the access token.
    #[serde(default)]
    pub refresh_token: Option<Secret>,
    /// When the access token was requested, by this machine's clock.
    #[serde(default = "never")]
    pub obtained_at: UnixTime,
    /// When the access token expires, by this machine's clock.
    #[serde(default = "never")]
    pub expires_at: UnixTime,
    /// The granted scopes, separated by spaces, as the server names them.
    #[serde(default)]
    pub scope: String,
}

fn never() -> UnixTime {
    UnixTime(0)
}

impl Grant {
    /// Returns a grant with only a refresh token, for example from another program. The first call
    /// refreshes it.
    ///
    /// ```
    /// use chatwork_sdk::{Secret, oauth::Grant};
    ///
    /// let grant = Grant::from_refresh_token(Secret::from("from the old program".to_owned()));
    /// assert!(grant.refresh_token.is_some() && grant.expires_at.is_zero());
    /// ```
    pub fn from_refresh_token(refresh_token: Secret) -> Self {
        Self {
            access_token: Secret::from(String::new()),
            refresh_token: Some(refresh_token),
            obtained_at: never(),
            expires_at: never(),
            scope: String::new(),
        }
    }

    /// Returns the granted scopes that this version knows. [`Grant::scope`] holds all of them.
    pub fn scopes(&self) -> Vec<Scope> {
        self.scope.split(' ').filter_map(|name| name.parse().ok()).collect()
    }

    /// Returns those of the given operations that this grant does not allow. An operation that the
    /// API document does not list counts as allowed.
    ///
    /// ```
    /// # use chatwork_sdk::{Secret, oauth::Grant};
    /// # let mut grant = Grant::from_refresh_token(Secret::from("x".to_owned()));
    /// # grant.scope = "rooms.all:read".to_owned();
    /// use chatwork_sdk::oauth::operations;
    ///
    /// let missing = grant.missing([operations::LIST_ROOMS, operations::GET_ME]);
    /// for operation in &missing {
    ///     println!("{} needs one of {:?}", operation.id, operation.scopes);
    /// }
    /// # assert_eq!(missing, [operations::GET_ME]);
    /// ```
    pub fn missing(&self, operations: impl IntoIterator<Item = Operation>) -> Vec<Operation> {
        let granted = self.scopes();
        let lacks = |operation: &Operation| !scopes::allow(&granted, operation);
        operations.into_iter().filter(lacks).collect()
    }

    /// Returns the grant of a reply. `asked_at` is the time before the request, so the grant never
    /// seems valid for too long. What the reply leaves out is taken from `old`, the refreshed
    /// grant.
    pub(super) fn new(token: OAuthToken, asked_at: UnixTime, old: Option<&Self>) -> Self {
        let old_token = old.and_then(|old| old.refresh_token.clone());
        let given = token.refresh_token.filter(|token| !token.expose().is_empty());
        let scope = match old {
            Some(old) if token.scope.trim().is_empty() => old.scope.clone(),
            _ => token.scope,
        };
        let is_believed = token.expires_in >= SHORTEST_LIFE;
        let life = if is_believed { token.expires_in } else { ASSUMED_LIFE };
        Self {
            access_token: token.access_token,
            refresh_token: given.or(old_token),
            obtained_at: asked_at,
            expires_at: UnixTime(asked_at.0.saturating_add(life)),
            scope,
        }
    }

    /// Returns the lifetime of the access token in seconds.
    fn life(&self) -> i64 {
        self.expires_at.0.saturating_sub(self.obtained_at.0).max(0)
    }

    /// Returns how long the access token is valid after `now`. That is at most its lifetime: the
    /// clock may have been set back.
    pub(super) fn left(&self, now: UnixTime) -> Duration {
        let left = self.expires_at.0.saturating_sub(now.0).clamp(0, self.life());
        Duration::from_secs(u64::try_from(left).unwrap_or_default())
    }

    /// Returns how long before its expiry the access token is refreshed.
    pub(super) fn margin(&self) -> Duration {
        let margin = MARGIN.min(self.life() / 10);
        Duration::from_secs(u64::try_from(margin).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grant(obtained_at: i64, expires_in: i64) -> Grant {
        let mut token = OAuthToken::default();
        token.access_token = Secret::from("access".to_owned());
        token.expires_in = expires_in;
        token.scope = " ".to_owned();
        token.token_type = "Bearer".to_owned();
        let old = Grant { scope: "rooms.all:read new:one".into(), ..old() };
        Grant::new(token, UnixTime(obtained_at), Some(&old))
    }

    fn old() -> Grant {
        Grant::from_refresh_token(Secret::from("refresh".to_owned()))
    }

    #[test]
    fn what_a_refresh_leaves_out_stays() {
        let grant = grant(0, 1800);
        assert_eq!(grant.refresh_token, old().refresh_token);
        assert_eq!(grant.scopes(), [Scope::RoomsAllRead]);
    }

    #[test]
    fn the_margin_is_a_minute_and_of_a_short_life_a_tenth() {
        let margins = [1800, 100, 10].map(|life| grant(0, life).margin().as_secs());
        assert_eq!(margins, [60, 10, 1]);
    }

    #[test]
    fn a_clock_that_was_set_back_lengthens_no_life() {
        let left = [500, 1000, 1900, 2800, 9999].map(|now| grant(1000, 1800).left(UnixTime(now)));
        assert_eq!(left.map(|left| left.as_secs()), [1800, 1800, 900, 0, 0]);
    }

    #[test]
    fn no_figure_is_too_large() {
        assert_eq!(grant(i64::MAX, i64::MAX).expires_at, UnixTime(i64::MAX));
    }

    #[test]
    fn a_lifetime_below_ten_seconds_is_taken_for_a_minute() {
        for life in [9, 1, 0, -5, i64::MIN] {
            assert_eq!(grant(1000, life).expires_at, UnixTime(1060));
        }
        assert_eq!(grant(1000, 10).expires_at, UnixTime(1010));
    }

    #[test]
    fn a_grant_of_another_version_can_be_read() {
        let grant: Grant = serde_json::from_str(r#"{"access_token": "a", "new": 1}"#).unwrap();
        assert_eq!((grant.refresh_token, grant.expires_at), (None, UnixTime(0)));
    }
}
