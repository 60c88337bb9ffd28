//! The accounts that a server acts for.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use chatwork_app::{Aliases, Origin, Session};
use chatwork_sdk::Client;

use crate::error::ServerError;

/// An account that the server acts for. `Debug` shows no token.
#[derive(Clone)]
#[must_use]
pub struct Account {
    pub(crate) name: String,
    pub(crate) client: Client,
    pub(crate) session: Option<Session>,
    pub(crate) rooms: Aliases,
    pub(crate) people: Aliases,
    pub(crate) archive: Option<PathBuf>,
}

impl Account {
    /// Returns the account of a client. Build it with
    /// [`Pacing::max_wait`](chatwork_sdk::Pacing::max_wait) of [`MAX_WAIT`](crate::MAX_WAIT).
    pub fn new(name: impl Into<String>, client: Client) -> Self {
        let (rooms, people) = (Aliases::new(), Aliases::new());
        Self { name: name.into(), client, session: None, rooms, people, archive: None }
    }

    /// Returns the account of a session, under the name of its profile, or `environment`. Open it
    /// with [`Settings::with_max_wait`](chatwork_app::Settings::with_max_wait) of
    /// [`MAX_WAIT`](crate::MAX_WAIT). [`Server::settle`](crate::Server::settle) settles it.
    pub fn of_session(session: Session) -> Self {
        let name = match session.origin() {
            Origin::Profile { name, .. } => name.clone(),
            _ => "environment".to_owned(),
        };
        let client = session.client().clone();
        Self { session: Some(session), ..Self::new(name, client) }
    }

    /// Sets the person's own names for rooms and people.
    pub fn aliases(self, rooms: Aliases, people: Aliases) -> Self {
        Self { rooms, people, ..self }
    }

    /// Sets the archive of this account, which tools read. It needs the feature `archive`; without
    /// it, the archive is not read.
    pub fn archive(self, path: impl Into<PathBuf>) -> Self {
        Self { archive: Some(path.into()), ..self }
    }

    /// Returns the name.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account")
            .field("name", &self.name)
            .field("archive", &self.archive)
            .finish_non_exhaustive()
    }
}

/// The accounts of a server. The first one is used where nothing names another.
///
/// With several accounts, each tool has an argument `account`. Over HTTP a request can name its
/// account by a header, too.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct Accounts(Vec<Account>);

impl Accounts {
    /// Returns one account.
    pub fn one(account: Account) -> Self {
        Self(vec![account])
    }

    /// Adds an account.
    pub fn with(mut self, account: Account) -> Self {
        self.0.push(account);
        self
    }

    /// Returns the accounts, the first one first.
    pub(crate) fn into_vec(self) -> Result<Vec<Account>, ServerError> {
        let mut names = BTreeMap::new();
        for account in &self.0 {
            if !is_name(&account.name) {
                return Err(ServerError::AccountName(account.name.clone()));
            }
            if names.insert(account.name.clone(), ()).is_some() {
                return Err(ServerError::SameName(account.name.clone()));
            }
        }
        if self.0.is_empty() { Err(ServerError::NoAccount) } else { Ok(self.0) }
    }
}

impl FromIterator<Account> for Accounts {
    fn from_iter<I: IntoIterator<Item = Account>>(accounts: I) -> Self {
        Self(accounts.into_iter().collect())
    }
}

/// Names stand in schemas and headers, so they are kept simple.
fn is_name(name: &str) -> bool {
    let allowed = |it: char| it.is_ascii_alphanumeric() || "-_.@".contains(it);
    (1..=64).contains(&name.len()) && name.chars().all(allowed)
}
