//! What was given as a token.

use std::fmt;
use std::sync::Arc;

use chatwork_api::{Auth, Secret};

use super::environment::TOKEN_VARIABLE;
use crate::error::{Error, Result};
use crate::token::{TokenSource, Tokens};

/// What was given as a token; checked by `build`.
#[derive(Clone)]
pub(super) enum Credential {
    None,
    /// The environment was asked and holds no token.
    NotInEnvironment,
    Token(Secret),
    Bearer(Secret),
    Source(Arc<dyn TokenSource>),
}

impl Credential {
    /// Returns the token, if it is fixed.
    #[cfg(feature = "limits")]
    pub(super) fn secret(&self) -> Option<Secret> {
        match self {
            Self::Token(secret) | Self::Bearer(secret) => Some(secret.clone()),
            Self::None | Self::NotInEnvironment | Self::Source(_) => None,
        }
    }

    pub(super) fn check(&self) -> Result<(Auth, Tokens)> {
        let fixed = |auth: std::result::Result<Auth, chatwork_api::Error>| match auth {
            Ok(auth) => Ok((auth, Tokens::Fixed)),
            Err(chatwork_api::Error::Invalid(what)) => Err(Error::Config(what)),
            Err(other) => Err(Error::Config(other.to_string())),
        };
        match self {
            Self::None => Err(Error::Config(format!(
                "there is no token: expected `token`, `bearer` or `token_source`, \
                 or {TOKEN_VARIABLE} in the environment with `Client::from_env`"
            ))),
            Self::NotInEnvironment => {
                Err(Error::Config(format!("{TOKEN_VARIABLE} is not set: expected an API token")))
            }
            Self::Token(token) => fixed(Auth::api_token(token.expose())),
            Self::Bearer(token) => fixed(Auth::bearer(token.expose())),
            Self::Source(source) => Ok((Auth::none(), Tokens::Source(source.clone()))),
        }
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None | Self::NotInEnvironment => "none",
            Self::Token(_) => "API token",
            Self::Bearer(_) => "bearer",
            Self::Source(_) => "source",
        })
    }
}
