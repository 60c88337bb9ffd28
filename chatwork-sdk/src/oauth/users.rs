//! One app, many people.

use std::collections::HashMap;
use std::fmt;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{App, Error, Grant, GrantSource, TokenStore};
use crate::{Client, ClientBuilder};

/// The clients of the people who have consented to one app, by the program's own key.
///
/// Each person has one [`Client`], with separate rate limits, and one [`GrantSource`], so refreshes
/// of one person are single-flight. All clients share one HTTP client. Each person takes some
/// kilobytes of memory until [`Users::forget`].
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

/// Returns the store of a person.
type MakeStore<K> = dyn Fn(&K) -> Box<dyn TokenStore> + Send + Sync;

#[derive(Clone)]
struct User {
    source: GrantSource,
    client: Client,
}

impl<K: Clone + Eq + Hash> Users<K> {
    /// Returns the clients of an app. They are built by `client`, whose token is replaced. `store`
    /// returns the store of a person.
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

    /// Stores the grant of a person, in place of an older one. Returns the client that acts for
    /// that person.
    ///
    /// # Errors
    ///
    /// [`Error::Store`] if it cannot be stored; [`Error::Config`] as [`Users::new`].
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

    /// Signs a person out: removes the grant from the store and the person from memory. Existing
    /// clients of that person fail as after [`GrantSource::clear`].
    ///
    /// # Errors
    ///
    /// [`Error::Store`] if it cannot be removed: then the person stays signed in;
    /// [`Error::Config`] as [`Users::new`].
    pub async fn sign_out(&self, key: &K) -> Result<(), Error> {
        let user = self.user(key).map_err(|error| Error::config(error.to_string()))?;
        user.source.clear().await?;
        self.forget(key);
        Ok(())
    }

    /// Waits for the refreshes that are running, until their grants are saved: see
    /// [`GrantSource::settle`]. Call it before the program or the runtime ends.
    ///
    /// # Errors
    ///
    /// The first error of a [`GrantSource::settle`], after all others have settled, too.
    pub async fn settle(&self) -> Result<(), Error> {
        let sources: Vec<_> = self.known().values().map(|user| user.source.clone()).collect();
        let mut result = Ok(());
        for source in sources {
            result = result.and(source.settle().await);
        }
        result
    }

    /// Removes a person from memory. Existing clients keep working. The store is not changed.
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
        // Another call may have inserted the user first: use that one.
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
