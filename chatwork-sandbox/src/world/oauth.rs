//! The behaviour of OAuth 2.0 where that of the service is not known.

use serde::{Deserialize, Serialize};

/// How OAuth 2.0 behaves where the service's behaviour is not known.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct OAuthSeed {
    /// What a refresh does to the refresh token.
    pub refresh_tokens: RefreshTokens,
}

/// What a refresh does to the refresh token.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RefreshTokens {
    /// A new refresh token, valid for 14 days, replaces the old one, which is refused from then on.
    #[default]
    Rotate,
    /// It stays valid until 14 days after the consent, or until it is revoked with
    /// `offline_access`. The reply has no refresh token.
    Keep,
}
