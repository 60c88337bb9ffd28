//! Access tokens of one grant, again and again.

use std::fmt;
use std::sync::Arc;

use chatwork_api::Secret;

use super::state::Shared;
use super::{App, Error, Grant, TokenStore};
use crate::token::{TokenFuture, TokenSource};

/// Gives the access tokens of one grant, and refreshes them by itself.
///
/// Clones are the same source. One source belongs to one person: a client built on it acts for
/// them. It is refreshed a minute before the access token ends (a tenth of its life, if it is
/// short), and once for a call that the API answers with 401. However many calls and clones need a
/// new token at once, one refresh goes out, and all get what it gave; with a store that locks, so
/// it is for all processes.
///
/// What a refresh gives is [saved](TokenStore::save) before anybody gets it. The refresh goes on if
/// the call that began it is dropped. It is never repeated when it may have reached the server: see
/// [what goes wrong](super#what-goes-wrong-in-practice).
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

    /// An access token that is good for a while yet.
    ///
    /// # Errors
    ///
    /// Any [`Error`] of the store and of [`App::refresh`]; [`Error::NoGrant`] when the store is
    /// empty. When a refresh fails and the access token has not ended yet, it is given anyway.
    pub async fn access_token(&self) -> Result<Secret, Error> {
        self.shared.token(None).await
    }

    /// Puts a new grant in the place of the old one, in the store as well: after a new consent. It
    /// goes on if the caller stops waiting, as a web server does when a browser goes away.
    ///
    /// # Errors
    ///
    /// [`Error::Store`], and nothing has changed then; [`Error::Runtime`] outside of tokio.
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
