//! What all calls of a server share.

use std::path::Path;
use std::sync::Arc;

use chatwork_app::{Aliases, Session};
use chatwork_sdk::Client;
use chatwork_sdk::types::Me;
use tokio::sync::OnceCell;

use crate::accounts::{Account, Accounts};
use crate::error::ServerError;
use crate::fence::consent::Questions;
use crate::fence::folders::Folders;
use crate::options::{MIN_CHARS, Options};
use crate::repeat::Writes;
use crate::tools;

/// What all calls of a server share.
pub(crate) struct Shared {
    pub(crate) options: Options,
    pub(crate) accounts: Vec<Arc<AccountState>>,
    pub(crate) folders: Folders,
    pub(crate) writes: Writes,
    pub(crate) questions: Questions,
}

/// An account, with what is remembered of it. Nothing of one account is used for another.
pub(crate) struct AccountState {
    pub(crate) name: String,
    pub(crate) client: Client,
    pub(crate) rooms: Aliases,
    pub(crate) people: Aliases,
    #[cfg_attr(not(feature = "archive"), allow(dead_code))]
    pub(crate) archive: Option<Box<Path>>,
    pub(crate) me: OnceCell<Me>,
    session: Option<Session>,
}

impl Shared {
    pub(crate) fn new(options: Options, accounts: Accounts) -> Result<Self, ServerError> {
        tools::check_names(&options)?;
        if options.max_chars < MIN_CHARS {
            return Err(ServerError::MaxChars(options.max_chars));
        }
        let folders =
            Folders::open(options.upload_dir.as_deref(), options.download_dir.as_deref())?;
        let accounts = accounts.into_vec()?.into_iter();
        let accounts: Result<_, _> =
            accounts.map(|account| AccountState::new(account).map(Arc::new)).collect();
        Ok(Self {
            options,
            accounts: accounts?,
            folders,
            writes: Writes::default(),
            questions: Questions::default(),
        })
    }

    /// Returns whether any account has an archive.
    pub(crate) fn has_archive(&self) -> bool {
        self.accounts.iter().any(|account| account.has_archive())
    }

    /// Waits for the writes that are under way, and settles all sessions.
    pub(crate) async fn settle(&self) {
        self.writes.settle().await;
        for account in &self.accounts {
            match &account.session {
                Some(session) => session.settle().await,
                None => account.client.settle_limits().await,
            }
        }
    }
}

impl AccountState {
    fn new(account: Account) -> Result<Self, ServerError> {
        let Account { name, client, session, rooms, people, archive } = account;
        #[cfg(feature = "archive")]
        if let Some(path) = &archive {
            chatwork_archive::Reader::open(path).map_err(|source| ServerError::Archive {
                account: name.clone(),
                source: Box::new(source),
            })?;
        }
        let archive = archive.map(Into::into);
        Ok(Self { name, client, rooms, people, archive, me: OnceCell::new(), session })
    }

    /// Returns whether the account has an archive that can be read.
    pub(crate) fn has_archive(&self) -> bool {
        cfg!(feature = "archive") && self.archive.is_some()
    }
}
