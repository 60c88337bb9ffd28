//! A token source over one stored grant.

use std::fmt;
use std::sync::Arc;

use chatwork_api::Secret;

use super::state::Shared;
use super::{App, Error, Grant, TokenStore};
use crate::token::{TokenFuture, TokenSource};

/// Returns the access tokens of one grant, and refreshes them by itself.
///
/// Clones share one grant and one refresh. A source belongs to one person: a client built on it
/// acts for that person. It refreshes a minute before the access token expires (a tenth of a short
/// lifetime), and once for a call that the API answers with 401.
///
/// Refreshes are single-flight: if several calls and clones need a new token, one request is sent,
/// and every call gets its result. With a store that locks, this holds across processes.
///
/// A new grant is [saved](TokenStore::save) before any call uses it. If the call that started a
/// refresh is dropped, the refresh continues. A refresh that may have reached the server is never
/// repeated: see [what a source promises](super#what-a-source-promises).
///
/// ```
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// use chatwork_sdk::Client;
/// use chatwork_sdk::oauth::{App, FileStore};
///
/// let app = App::builder("the client id").secret("the client secret").build()?;
/// let source = app.source(FileStore::new("tokens.json"));
/// let chatwork = Client::builder().token_source(source).build()?;
/// println!("acting for {}", chatwork.me().await?.name);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct GrantSource {
    shared: Arc<Shared>,
}

impl GrantSource {
    pub(super) fn new(app: App, store: Box<dyn TokenStore>) -> Self {
        Self { shared: Arc::new(Shared::new(app, store)) }
    }

    /// Returns a valid access token. Refreshes it first if that is needed.
    ///
    /// # Errors
    ///
    /// Any [`Error`] of the store and of [`App::refresh`]; [`Error::NoGrant`] if the store is
    /// empty. If a refresh fails and the old access token is still valid, the old one is returned.
    pub async fn access_token(&self) -> Result<Secret, Error> {
        self.shared.token(None).await
    }

    /// Replaces the grant, here and in the store, after a new consent. If the caller is dropped,
    /// the replacement continues: a web server drops a handler if the browser disconnects.
    ///
    /// # Errors
    ///
    /// [`Error::Store`], and the old grant stays; [`Error::Runtime`] outside of tokio.
    pub async fn replace(&self, grant: Grant) -> Result<(), Error> {
        self.shared.replace(grant).await
    }
}

impl TokenSource for GrantSource {
    fn token(&self) -> TokenFuture<'_, Secret> {
        Box::pin(async { Ok(self.access_token().await?) })
    }

    fn renew<'a>(&'a self, refused: &'a Secret) -> TokenFuture<'a, bool> {
        Box::pin(async {
            self.shared.token(Some(refused)).await?;
            Ok(true)
        })
    }
}

impl fmt::Debug for GrantSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("GrantSource")
    }
}
