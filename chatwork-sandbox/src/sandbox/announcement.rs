//! What a program in another process needs to use a sandbox.

use serde::Serialize;

use super::{AccountEntry, AppEntry, RoomEntry, Sandbox};
use crate::webhook::Webhook;

/// The addresses, accounts, apps, rooms and webhooks of a sandbox, with their tokens and secrets:
/// what [`Sandbox::announcement`] returns. `Debug` shows neither.
///
/// As JSON it is the first line on stdout of the program `chatwork-sandbox` and of `chatwork
/// sandbox`. A later version adds fields and removes none. A struct keeps the order of the keys:
/// that of a JSON value would depend on the features of serde_json in the build.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Announcement<'a> {
    /// The base URL of the API.
    pub base_url: String,
    /// The address of the consent page (OAuth 2.0).
    pub authorization_url: String,
    /// The address of the token endpoint (OAuth 2.0).
    pub token_url: String,
    /// The key of the control API, if it needs one.
    #[cfg(feature = "workbench")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub control_key: Option<chatwork_api::Secret>,
    /// All accounts in the order of the world.
    pub accounts: &'a [AccountEntry],
    /// All registered apps in the order of the world.
    pub apps: Vec<AppEntry>,
    /// All rooms that exist now.
    pub rooms: Vec<RoomEntry>,
    /// All webhooks in the order in which they were added.
    pub webhooks: Vec<Webhook>,
}

impl Sandbox {
    /// Returns what a program in another process needs to use the sandbox.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), chatwork_sandbox::StartError> {
    /// let sandbox = chatwork_sandbox::Sandbox::start().await?;
    /// let line = serde_json::to_string(&sandbox.announcement()).unwrap_or_default();
    /// assert!(line.starts_with("{\"base_url\":\"http://127.0.0.1:"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn announcement(&self) -> Announcement<'_> {
        Announcement {
            base_url: self.base_url(),
            authorization_url: self.authorization_url(),
            token_url: self.token_url(),
            #[cfg(feature = "workbench")]
            control_key: self.app.key.clone(),
            accounts: self.accounts(),
            apps: self.apps(),
            rooms: self.rooms(),
            webhooks: self.webhooks().all(),
        }
    }
}
