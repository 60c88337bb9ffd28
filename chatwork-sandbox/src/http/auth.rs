//! Who is asking.
//!
//! OAuth 2.0 needs nothing here: the tokens that it grants are among the state's credentials.

use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use chatwork_api::headers::X_CHAT_WORK_TOKEN;

use super::reply::Reply;
use crate::state::{Access, Credential, State, texts};

/// What a request shows to say who it is.
#[derive(Clone, Eq, PartialEq)]
#[cfg_attr(test, derive(Debug))]
pub(super) enum Shown {
    Nothing,
    ApiToken(String),
    Bearer(String),
}

impl Shown {
    /// Reads the headers. The API token goes first if, against the rules, there are both.
    pub(super) fn read(headers: &HeaderMap) -> Self {
        let text = |name: &str| headers.get(name)?.to_str().ok().map(str::trim);
        if headers.contains_key(X_CHAT_WORK_TOKEN) {
            return Self::ApiToken(text(X_CHAT_WORK_TOKEN).unwrap_or_default().to_owned());
        }
        let Some(authorization) = text(AUTHORIZATION.as_str()) else {
            return Self::Nothing;
        };
        match authorization.split_once(' ') {
            Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => {
                Self::Bearer(token.trim().to_owned())
            }
            _ => Self::Nothing,
        }
    }

    /// Whose token it is, or the 401.
    pub(super) fn check<'a>(
        &self,
        state: &'a State,
        now: i64,
    ) -> Result<&'a Credential, Box<Reply>> {
        let known = state.credentials();
        match self {
            Self::Nothing => Err(bad_token()),
            Self::ApiToken(token) => known.api_token(token).ok_or_else(bad_token),
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
        // Three characters tell tokens apart; of a short one not even those are shown.
        let visible = if token.chars().count() > 8 { 3 } else { 0 };
        Some(token.chars().take(visible).chain(['…']).collect())
    }
}

fn is_expired(access: &Access, now: i64) -> bool {
    matches!(access, Access::Scopes { expires: Some(expires), .. } if *expires <= now)
}

fn bad_token() -> Box<Reply> {
    Box::new(Reply::error(401, texts::TOKEN))
}

fn bad_bearer(description: &str) -> Box<Reply> {
    let value = format!("Bearer error=\"invalid_token\", error_description=\"{description}\"");
    Box::new(Reply::error(401, texts::TOKEN).with(WWW_AUTHENTICATE, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn either_header_is_read() {
        let api = Shown::read(&headers(&[("X-ChatWorkToken", "abc")]));
        assert_eq!(api, Shown::ApiToken("abc".to_owned()));
        let bearer = Shown::read(&headers(&[("authorization", "bearer abc")]));
        assert_eq!(bearer, Shown::Bearer("abc".to_owned()));
        assert_eq!(Shown::read(&headers(&[("authorization", "Basic abc")])), Shown::Nothing);
    }

    #[test]
    fn a_log_shows_little_of_a_token() {
        let masked = |token: &str| Shown::ApiToken(token.to_owned()).masked().unwrap();
        assert_eq!(masked("hanako-token"), "han…");
        assert_eq!(masked("short"), "…");
    }
}
