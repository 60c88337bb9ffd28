//! Failures of a consent (OAuth 2.0).

use chatwork_sdk::error::NetworkFault;
use chatwork_sdk::oauth::Error as OAuthError;

use super::{Failure, exit};
use crate::words;

impl From<&OAuthError> for Failure {
    fn from(error: &OAuthError) -> Self {
        let message = match error {
            error if error.is_consent_needed() => {
                let failure = Self::new("consent_needed", words::CONSENT_NEEDED.text());
                return failure.exit(exit::NOT_SIGNED_IN).hinted(words::NOT_SIGNED_IN_HINT);
            }
            error if error.is_denied() => words::OAUTH_DENIED.text().to_owned(),
            OAuthError::Config(what) => words::OAUTH_CONFIG.fill(&[("reason", what)]),
            OAuthError::State => words::OAUTH_STATE.text().to_owned(),
            OAuthError::Callback(_) => words::OAUTH_CALLBACK.text().to_owned(),
            OAuthError::Refused(refusal) => {
                let code = refusal.code().map(|code| code.as_str().to_owned());
                let status = || refusal.status().map(|status| status.as_u16().to_string());
                let reason = code.or_else(status).unwrap_or_default();
                words::OAUTH_REFUSED.fill(&[("reason", &chatwork_app::one_line(&reason))])
            }
            OAuthError::Network(error) => {
                let words = match error.fault() {
                    NetworkFault::Connect => words::OAUTH_UNREACHABLE,
                    NetworkFault::Timeout => words::OAUTH_TIMEOUT,
                    _ => words::OAUTH_NETWORK,
                };
                words.text().to_owned()
            }
            OAuthError::Reply(status, _) => {
                words::OAUTH_REPLY.fill(&[("status", &status.as_u16())])
            }
            OAuthError::Store(error) => words::OAUTH_STORE.fill(&[("reason", error)]),
            OAuthError::NoGrant | OAuthError::NoRefreshToken => {
                words::CONSENT_NEEDED.text().to_owned()
            }
            OAuthError::Runtime => words::OAUTH_RUNTIME.text().to_owned(),
            error => words::OTHER_FAILURE.fill(&[("reason", error)]),
        };
        Self::new("oauth", message).exit(exit::NOT_SIGNED_IN)
    }
}
