//! The token of a call.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use chatwork_api::{Auth, Secret};

use crate::error::{Error, Result};

/// The error of a [`TokenSource`].
pub type TokenError = Box<dyn std::error::Error + Send + Sync>;

/// The future of a [`TokenSource`].
pub type TokenFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, TokenError>> + Send + 'a>>;

/// Returns access tokens, and new ones when the old ones expire: an OAuth 2.0 grant, for example.
///
/// The client asks before every attempt, so answer from a cache while the token is valid.
///
/// ```
/// use chatwork_sdk::{Secret, TokenFuture, TokenSource};
///
/// struct FromVault;
///
/// impl TokenSource for FromVault {
///     fn token(&self) -> TokenFuture<'_, Secret> {
///         Box::pin(async { Ok(Secret::from("an access token".to_owned())) })
///     }
/// }
///
/// let chatwork = chatwork_sdk::Client::builder().token_source(FromVault).build()?;
/// # Ok::<(), chatwork_sdk::Error>(())
/// ```
pub trait TokenSource: Send + Sync + 'static {
    /// Returns the access token to send.
    ///
    /// The wait counts towards the [`timeout`](crate::ClientBuilder::timeout) of the attempt. If it
    /// takes longer, the future is dropped and the call fails with
    /// [`Error::Wait`](crate::Error::Wait). The call holds no permit of the rate limits meanwhile.
    fn token(&self) -> TokenFuture<'_, Secret>;

    /// Handles a 401: the API has refused the token. Returns `true` if there is another token now;
    /// the call is then sent once more. The default returns `false`.
    ///
    /// The time limit is that of [`token`](TokenSource::token).
    fn refresh<'a>(&'a self, refused: &'a Secret) -> TokenFuture<'a, bool> {
        let _ = refused;
        Box::pin(async { Ok(false) })
    }
}

/// The tokens of a client.
#[derive(Clone)]
pub(crate) enum Tokens {
    /// One token, which the low-level client holds.
    Fixed,
    /// A source of tokens.
    Source(Arc<dyn TokenSource>),
}

/// The token of one attempt.
pub(crate) enum Token {
    Fixed,
    Bearer {
        auth: Auth,
        secret: Secret,
        /// How long the attempt has waited for the source.
        waited: Duration,
    },
}

impl Tokens {
    /// Asks the source for the token of an attempt. Returns `None` if there is no source.
    pub(crate) fn ask(&self) -> Option<TokenFuture<'_, Secret>> {
        match self {
            Self::Fixed => None,
            Self::Source(source) => Some(source.token()),
        }
    }

    pub(crate) async fn refresh(&self, refused: &Token) -> Result<bool> {
        match (self, refused) {
            (Self::Source(source), Token::Bearer { secret, .. }) => {
                source.refresh(secret).await.map_err(Error::Token)
            }
            _ => Ok(false),
        }
    }
}

impl Token {
    pub(crate) fn bearer(secret: Secret, waited: Duration) -> Result<Self> {
        let auth = Auth::bearer(secret.expose());
        let auth = auth.map_err(|error| Error::Token(Box::new(error)))?;
        Ok(Self::Bearer { auth, secret, waited })
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Fixed => "Tokens(fixed)",
            Self::Source(_) => "Tokens(source)",
        })
    }
}
