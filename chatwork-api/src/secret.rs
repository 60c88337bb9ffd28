//! Tokens in replies.

use std::fmt;

/// A string that must not appear in a log. `Debug` shows three dots.
///
/// ```
/// let token = chatwork_api::Secret::from("abc".to_owned());
/// assert_eq!(format!("{token:?}"), "Secret(…)");
/// assert_eq!(token.expose(), "abc");
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schemars-1", schemars(transparent))]
pub struct Secret(String);

crate::wire::wire_newtype! { Secret }

impl Secret {
    /// The string itself.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(secret: String) -> Self {
        Self(secret)
    }
}

impl From<&str> for Secret {
    fn from(secret: &str) -> Self {
        Self(secret.to_owned())
    }
}

impl From<&String> for Secret {
    fn from(secret: &String) -> Self {
        Self(secret.clone())
    }
}

impl From<&Secret> for Secret {
    fn from(secret: &Secret) -> Self {
        secret.clone()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}
