//! The token of a request.
//!
//! Access tokens of OAuth 2.0 are checked here as well: they are among the credentials of the state.

use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use chatwork_api::headers::X_CHAT_WORK_TOKEN;

use super::reply::Reply;
use crate::state::{Access, Credential, State, texts};

/// The token that a request presents. If there are two, the API token counts.
#[derive(Clone, Eq, PartialEq)]
#[cfg_attr(test, derive(Debug))]
pub(super) enum PresentedToken {
    None,
    ApiToken(String),
    Bearer(String),
}

impl PresentedToken {
    pub(super) fn read(headers: &HeaderMap) -> Self {
        let text = |name: &str| headers.get(name)?.to_str().ok().map(str::trim);
        if headers.contains_key(X_CHAT_WORK_TOKEN) {
            return Self::ApiToken(text(X_CHAT_WORK_TOKEN).unwrap_or_default().to_owned());
        }
        let Some(authorization) = text(AUTHORIZATION.as_str()) else {
            return Self::None;
        };
        match authorization.split_once(' ') {
            Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => {
                Self::Bearer(token.trim().to_owned())
            }
            _ => Self::None,
        }
    }

    /// The note in the log if a header is ignored.
    pub(super) fn ignored(headers: &HeaderMap) -> Option<&'static str> {
        let both = headers.contains_key(X_CHAT_WORK_TOKEN) && headers.contains_key(AUTHORIZATION);
        both.then_some("Authorization is ignored: the request has X-ChatWorkToken as well")
    }

    /// Returns the credential of the token, or the 401.
    pub(super) fn check<'a>(
        &self,
        state: &'a State,
        now: i64,
    ) -> Result<&'a Credential, Box<Reply>> {
        let known = state.credentials();
        match self {
            Self::None => Err(bad_token(
                "no token: expected the header X-ChatWorkToken, or Authorization: Bearer",
            )),
            Self::ApiToken(token) => known.api_token(token).ok_or_else(|| {
                bad_token(match known.bearer(token) {
                    Some(_) => "an OAuth access token in X-ChatWorkToken: expected Bearer",
                    None => "unknown API token: the first line on stdout lists the tokens",
                })
            }),
            Self::Bearer(token) => match known.bearer(token) {
                Some(credential) if is_expired(&credential.access, now) => {
                    Err(bad_bearer("The access token expired"))
                }
                Some(credential) => Ok(credential),
                None => Err(bad_bearer("The access token is invalid")),
            },
        }
    }

    /// The token as a log may show it.
    pub(super) fn masked(&self) -> Option<String> {
        let (Self::ApiToken(token) | Self::Bearer(token)) = self else {
            return None;
        };
        // Three characters distinguish tokens. A short token would be guessable from three.
        let visible = if token.chars().count() > 8 { 3 } else { 0 };
        Some(token.chars().take(visible).chain(['…']).collect())
    }
}

fn is_expired(access: &Access, now: i64) -> bool {
    matches!(access, Access::Scopes { expires: Some(expires), .. } if *expires <= now)
}

fn bad_token(reason: &str) -> Box<Reply> {
    Box::new(Reply::error(401, texts::TOKEN).because(reason))
}

fn bad_bearer(description: &str) -> Box<Reply> {
    let value = format!("Bearer error=\"invalid_token\", error_description=\"{description}\"");
    let reply = Reply::error(401, texts::TOKEN).because(description);
    Box::new(reply.with(WWW_AUTHENTICATE, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn either_header_is_read() {
        let read = |name, value| PresentedToken::read(&headers(&[(name, value)]));
        assert_eq!(read("X-ChatWorkToken", "abc"), PresentedToken::ApiToken("abc".to_owned()));
        assert_eq!(read("authorization", "bearer abc"), PresentedToken::Bearer("abc".to_owned()));
        assert_eq!(read("authorization", "Basic abc"), PresentedToken::None);
    }

    #[test]
    fn a_log_shows_little_of_a_token() {
        let masked = |token: &str| PresentedToken::ApiToken(token.to_owned()).masked().unwrap();
        assert_eq!(masked("hanako-token"), "han…");
        assert_eq!(masked("short"), "…");
    }
}
