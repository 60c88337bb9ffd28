//! The settings of a client in the environment.

use std::env::{self, VarError};

use super::ClientBuilder;
use super::credential::Credential;
use crate::error::{Error, Result};

/// The environment variable that holds the API token.
pub const TOKEN_VARIABLE: &str = "CHATWORK_API_TOKEN";
/// The environment variable that holds another base URL, for example that of a sandbox.
pub const BASE_URL_VARIABLE: &str = "CHATWORK_API_BASE_URL";
/// The environment variable that, set to `1`, allows a base URL with `http://` to another machine:
/// see [`ClientBuilder::allow_insecure_http`].
pub const INSECURE_HTTP_VARIABLE: &str = "CHATWORK_API_ALLOW_INSECURE_HTTP";

impl ClientBuilder {
    /// Starts a builder with the settings in the environment.
    ///
    /// | variable | setting |
    /// |---|---|
    /// | `CHATWORK_API_TOKEN` | [`token`](ClientBuilder::token) |
    /// | `CHATWORK_API_BASE_URL` | [`base_url`](ClientBuilder::base_url) |
    /// | `CHATWORK_API_ALLOW_INSECURE_HTTP` | [`allow_insecure_http`](Self::allow_insecure_http) |
    ///
    /// Methods that are called afterwards win over the environment, and the environment wins over
    /// the defaults. A variable that is not set changes nothing. If no token is in the environment,
    /// a method can still set one.
    ///
    /// # Errors
    ///
    /// [`Error::Config`] if a variable is not UTF-8, or the third is not `1`, `true`, `0` or
    /// `false`.
    ///
    /// ```no_run
    /// use std::time::Duration;
    /// use chatwork_sdk::ClientBuilder;
    ///
    /// let chatwork = ClientBuilder::from_env()?.timeout(Duration::from_secs(20)).build()?;
    /// # Ok::<(), chatwork_sdk::Error>(())
    /// ```
    #[doc(alias = "CHATWORK_API_TOKEN")]
    #[doc(alias = "CHATWORK_API_BASE_URL")]
    #[doc(alias = "CHATWORK_API_ALLOW_INSECURE_HTTP")]
    pub fn from_env() -> Result<Self> {
        let mut builder = Self { token: Credential::NotInEnvironment, ..Self::default() };
        if let Some(token) = variable(TOKEN_VARIABLE)? {
            builder.token = Credential::Token(token.into());
        }
        if let Some(base_url) = variable(BASE_URL_VARIABLE)? {
            builder.base_url = base_url;
        }
        builder.allow_http = match variable(INSECURE_HTTP_VARIABLE)?.as_deref() {
            None | Some("0" | "false") => false,
            Some("1" | "true") => true,
            Some(_) => {
                let what = format!("invalid {INSECURE_HTTP_VARIABLE}: expected 1 or 0");
                return Err(Error::Config(what));
            }
        };
        Ok(builder)
    }
}

/// Reads an environment variable.
fn variable(name: &str) -> Result<Option<String>> {
    match env::var(name) {
        Ok(value) => Ok(Some(value)),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => {
            Err(Error::Config(format!("invalid {name}: expected UTF-8")))
        }
    }
}
