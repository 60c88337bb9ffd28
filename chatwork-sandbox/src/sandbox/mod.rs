//! A running sandbox.
//!
//! | module | what it holds |
//! |---|---|
//! | `announcement` | what a program in another process needs |
//! | `builder` | the options, and the start |
//! | `entries` | accounts, apps and rooms as a test needs them |
//! | `faults` | adds and removes faults |
//! | `file` | a file that is replaced at once |
//! | `keep` | a state that is kept in a file while a sandbox runs |
//! | `saved` | states that outlive a sandbox |
//! | `webhooks` | adds and removes webhooks, and lists deliveries |

mod announcement;
mod builder;
mod entries;
mod faults;
#[cfg(feature = "workbench")]
mod file;
#[cfg(feature = "workbench")]
mod keep;
#[cfg(feature = "workbench")]
mod saved;
mod webhooks;

use std::sync::Arc;

use chatwork_api::types::AccountId;
use tokio::sync::broadcast;
use tokio::task::JoinHandle;

pub use announcement::Announcement;
pub use builder::{SandboxBuilder, StartError};
pub use entries::{AccountEntry, AppEntry, RoomEntry};
pub use faults::Faults;
#[cfg(feature = "workbench")]
pub use saved::SavedState;
pub use webhooks::Webhooks;

use crate::clock::Clock;
use crate::http::{self, App, LoggedRequest, RequestFilter};
use crate::state::{Event, State};

/// A local Chatwork. Dropping it closes the port and every connection.
///
/// The sandbox runs in the tokio runtime that started it.
#[derive(Debug)]
pub struct Sandbox {
    app: Arc<App>,
    accounts: Vec<AccountEntry>,
    task: JoinHandle<()>,
    #[cfg(feature = "workbench")]
    keeper: Option<keep::Keeper>,
}

impl Sandbox {
    /// Starts a sandbox with the default world on a free port.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), chatwork_sandbox::StartError> {
    /// let sandbox = chatwork_sandbox::Sandbox::start().await?;
    /// assert!(sandbox.base_url().ends_with("/v2"));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`StartError::Listen`] if no port is free.
    pub async fn start() -> Result<Self, StartError> {
        Self::builder().start().await
    }

    /// Returns a builder, for another world, clock or port.
    pub fn builder() -> SandboxBuilder {
        SandboxBuilder::default()
    }

    /// Returns the base URL of the API: `http://127.0.0.1:PORT/v2`.
    pub fn base_url(&self) -> String {
        format!("{}/v2", self.app.origin)
    }

    /// Returns the address without a path: `http://127.0.0.1:PORT`. The control paths are below
    /// `/_sandbox`.
    pub fn origin(&self) -> &str {
        &self.app.origin
    }

    /// Returns the API token of an account, by its key in the world. Returns an empty text, which
    /// the sandbox answers with 401, if the account or its token does not exist.
    pub fn token(&self, key: &str) -> &str {
        self.account(key).and_then(|account| account.token.as_deref()).unwrap_or_default()
    }

    /// Returns all accounts in the order of the world.
    pub fn accounts(&self) -> &[AccountEntry] {
        &self.accounts
    }

    /// Returns an account by its key in the world.
    pub fn account(&self, key: &str) -> Option<&AccountEntry> {
        self.accounts.iter().find(|account| account.key == key)
    }

    /// Returns the address of the consent page (OAuth 2.0).
    ///
    /// The page decides by itself if the query has `auto=allow` or `auto=deny`. `account_id` names
    /// the account that decides. Without it, the account with the lowest id does.
    pub fn authorization_url(&self) -> String {
        format!("{}{}", self.app.origin, http::oauth::AUTHORIZE)
    }

    /// Returns the address of the token endpoint (OAuth 2.0).
    pub fn token_url(&self) -> String {
        format!("{}{}", self.app.origin, http::oauth::TOKEN)
    }

    /// Returns all registered apps in the order of the world.
    pub fn apps(&self) -> Vec<AppEntry> {
        self.app.core().state.apps().iter().map(AppEntry::new).collect()
    }

    /// Revokes everything that an account has granted to an app, with all tokens. Returns whether
    /// there was a grant.
    pub fn revoke(&self, client_id: &str, account: AccountId) -> bool {
        self.app.core().state.revoke(client_id, account)
    }

    /// Returns all rooms that exist now.
    pub fn rooms(&self) -> Vec<RoomEntry> {
        entries::rooms(&self.app.core().state)
    }

    /// Returns the sandbox's clock.
    pub fn clock(&self) -> &Clock {
        &self.app.clock
    }

    /// Returns the handle that adds and removes faults.
    pub fn faults(&self) -> Faults<'_> {
        Faults(&self.app)
    }

    /// Returns the newest 1,000 requests, oldest first.
    pub fn requests(&self) -> Vec<LoggedRequest> {
        self.app.core().log.all()
    }

    /// Returns those of the newest 1,000 requests that a filter lets through, oldest first.
    pub fn requests_of(&self, filter: &RequestFilter) -> Vec<LoggedRequest> {
        self.app.core().log.matching(filter)
    }

    /// Waits until the record has so many requests that a filter lets through, and returns them.
    ///
    /// The wait uses tokio's clock, which a test can pause.
    ///
    /// # Errors
    ///
    /// How many there are, if the time is over.
    pub async fn wait_for_requests(
        &self,
        filter: &RequestFilter,
        count: usize,
        wait: std::time::Duration,
    ) -> Result<Vec<LoggedRequest>, usize> {
        self.app.requests(filter, count, wait).await
    }

    /// Forgets all requests. The world stays as it is.
    pub fn clear_requests(&self) {
        self.app.core().log.clear();
    }

    /// Returns a copy of everything that the sandbox holds now.
    pub fn state(&self) -> State {
        self.app.core().state.clone()
    }

    /// Subscribes to messages that are posted or edited from now on.
    pub fn events(&self) -> broadcast::Receiver<Event> {
        self.app.listen()
    }

    /// Returns the handle that adds and removes webhooks.
    pub fn webhooks(&self) -> Webhooks<'_> {
        Webhooks(&self.app)
    }

    /// Resets the sandbox: the world and the clock are as at the start, and faults and logged
    /// requests are removed.
    pub fn reset(&self) {
        self.app.reset();
    }
}

impl Sandbox {
    /// Ends the sandbox. If it [keeps its state](SandboxBuilder::keep), saves it for the last time.
    ///
    /// # Errors
    ///
    /// [`StartError::Keep`] if the state cannot be saved.
    #[cfg(feature = "workbench")]
    pub async fn close(mut self) -> Result<(), StartError> {
        // First, so that no change comes after the last save.
        self.task.abort();
        let Some(keeper) = self.keeper.take() else {
            return Ok(());
        };
        let path = keeper.path().to_owned();
        let failed = |source| StartError::Keep { path, source };
        keeper.finish().await.map_err(failed)
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.task.abort();
        self.app.webhooks.stop();
    }
}
