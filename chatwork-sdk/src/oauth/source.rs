//! A token source over one stored grant.

use std::fmt;
use std::sync::Arc;

use chatwork_api::Secret;

use super::refresh::release;
use super::state::Shared;
use super::{App, AuthorizationCode, Error, Grant, TokenStore};
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
        self.shared.token().await
    }

    /// Exchanges the code of a new consent for a grant, by [`App::exchange`], and
    /// [replaces](GrantSource::replace) the grant by it. Returns the new grant.
    ///
    /// It locks the store first: if the store could not save the grant, nothing is sent, and the
    /// old grant stays.
    ///
    /// # Errors
    ///
    /// [`Error::Store`]; those of [`App::exchange`]. The code has one use: ask the person again.
    pub async fn exchange(&self, code: AuthorizationCode) -> Result<Grant, Error> {
        release(self.shared.store.lock().await?).await;
        let grant = self.shared.app.exchange(code).await?;
        self.replace(grant.clone()).await?;
        Ok(grant)
    }

    /// Replaces the grant, here and in the store, after a new consent. A refresh of the old grant
    /// that is running does not undo that. If the caller is dropped, the replacement continues: a
    /// web server drops a handler if the browser disconnects.
    ///
    /// # Errors
    ///
    /// [`Error::Store`], and the old grant stays; [`Error::Runtime`] outside of tokio.
    pub async fn replace(&self, grant: Grant) -> Result<(), Error> {
        self.shared.replace(Some(grant)).await
    }

    /// Signs the person out: removes the grant, here and from the store. Then calls fail with an
    /// error for which [`is_consent_needed`](crate::Error::is_consent_needed) is `true`, until
    /// [`GrantSource::replace`].
    ///
    /// A refresh that is running does not bring the grant back, also not in another process. If the
    /// caller is dropped, the removal continues. A call that has its access token already continues
    /// with it, and another process may use its cached access token until that expires.
    ///
    /// The consent itself stays with Chatwork, which documents no request to revoke it. The person
    /// revokes it in Chatwork's own pages.
    ///
    /// # Errors
    ///
    /// [`Error::Store`], and the grant stays; [`Error::Runtime`] outside of tokio.
    pub async fn clear(&self) -> Result<(), Error> {
        self.shared.replace(None).await
    }

    /// Waits for the refresh that is running, until its grant is saved. Call it before the program
    /// or the runtime ends: a refresh that is cut off can cost the consent.
    ///
    /// If a grant of an earlier refresh could not be saved, this makes another attempt. It sends no
    /// request to Chatwork. It returns at once if there is nothing to do. It has no time limit of
    /// its own: a refresh has 30 seconds for the request, and the store the limits of
    /// [`TokenStore`].
    ///
    /// ```
    /// # async fn example(source: chatwork_sdk::oauth::GrantSource) {
    /// # let work = async {};
    /// tokio::select! {
    ///     () = work => {}
    ///     _ = tokio::time::sleep(std::time::Duration::from_secs(10)) => {}
    /// }
    /// if let Err(error) = source.settle().await {
    ///     eprintln!("the tokens are not saved: {error}");
    /// }
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Store`] if a refreshed grant cannot be saved; [`Error::Runtime`] outside of tokio.
    pub async fn settle(&self) -> Result<(), Error> {
        self.shared.settle().await
    }
}

impl TokenSource for GrantSource {
    fn token(&self) -> TokenFuture<'_, Secret> {
        Box::pin(async { Ok(self.access_token().await?) })
    }

    fn refresh<'a>(&'a self, refused: &'a Secret) -> TokenFuture<'a, bool> {
        Box::pin(async { Ok(self.shared.replace_rejected(refused).await?) })
    }
}

impl fmt::Debug for GrantSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("GrantSource")
    }
}
