//! One app, many people.

use std::collections::HashMap;
use std::fmt;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{App, Error, Grant, GrantSource, TokenStore};
use crate::{Client, ClientBuilder};

/// The clients of many people who have allowed one app to act for them, by a key that the program
/// knows them by.
///
/// Each person has one [`Client`], with rate limits of their own, and one [`GrantSource`]; so two
/// requests for one person refresh once, not twice. All share one HTTP client. A person is kept in
/// memory, some kilobytes, until [`Users::forget`].
///
/// ```
/// # async fn example(app: chatwork_sdk::oauth::App, grant: chatwork_sdk::oauth::Grant)
/// # -> Result<(), Box<dyn std::error::Error>> {
/// use chatwork_sdk::Client;
/// use chatwork_sdk::oauth::{FileStore, Users};
///
/// let users = Users::new(app, Client::builder(), |name: &String| {
///     FileStore::for_user("tokens", name)
/// })?;
///
/// let anna = "anna".to_owned();
/// users.sign_in(&anna, grant).await?; // after her consent
/// println!("{}", users.client(&anna)?.me().await?.name); // from then on, restarts included
/// # Ok(())
/// # }
/// ```
pub struct Users<K> {
    app: App,
    client: ClientBuilder,
    store: Box<MakeStore<K>>,
    known: Mutex<HashMap<K, User>>,
}

/// Gives the store of a person.
type MakeStore<K> = dyn Fn(&K) -> Box<dyn TokenStore> + Send + Sync;

#[derive(Clone)]
struct User {
    source: GrantSource,
    client: Client,
}

impl<K: Clone + Eq + Hash> Users<K> {
    /// People of an app. The builder says how their clients are to be, but for the token; the
    /// function gives the store of a person.
    ///
    /// # Errors
    ///
    /// [`Error::Config`](crate::Error::Config), as [`ClientBuilder::build`].
    pub fn new<S: TokenStore>(
        app: App,
        client: ClientBuilder,
        store: impl Fn(&K) -> S + Send + Sync + 'static,
    ) -> crate::Result<Self> {
        let client = client.with_one_http_client()?;
        let store = Box::new(move |key: &K| Box::new(store(key)) as Box<dyn TokenStore>);
        Ok(Self { app, client, store, known: Mutex::default() })
    }

    /// Stores what a person's consent gave, in the place of what there was, and gives the client
    /// that acts for them.
    ///
    /// # Errors
    ///
    /// [`Error::Store`] when it cannot be stored; [`Error::Config`] as [`Users::new`].
    pub async fn sign_in(&self, key: &K, grant: Grant) -> Result<Client, Error> {
        let user = self.user(key).map_err(|error| Error::config(error.to_string()))?;
        user.source.replace(grant).await?;
        Ok(user.client)
    }

    /// Returns the client that acts for a person. Without their consent, its first call fails with
    /// an error for which [`is_consent_needed`](crate::Error::is_consent_needed) is `true`.
    ///
    /// # Errors
    ///
    /// [`Error::Config`](crate::Error::Config), as [`Users::new`].
    pub fn client(&self, key: &K) -> crate::Result<Client> {
        self.user(key).map(|user| user.client)
    }

    /// Keeps a person in memory no longer. Clients that are there go on; the store is not touched.
    pub fn forget(&self, key: &K) {
        self.known().remove(key);
    }

    fn user(&self, key: &K) -> crate::Result<User> {
        if let Some(user) = self.known().get(key) {
            return Ok(user.clone());
        }
        let source = GrantSource::new(self.app.clone(), (self.store)(key));
        let client = self.client.clone().token_source(source.clone()).build()?;
        let user = User { source, client };
        // Somebody else may have been quicker; then theirs counts.
        Ok(self.known().entry(key.clone()).or_insert(user).clone())
    }

    fn known(&self) -> MutexGuard<'_, HashMap<K, User>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K> fmt::Debug for Users<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Users").field("app", &self.app).finish_non_exhaustive()
    }
}
