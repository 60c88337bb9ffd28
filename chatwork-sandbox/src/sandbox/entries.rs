//! Accounts, apps and rooms as a test needs them.

use std::collections::HashMap;
use std::fmt;

use chatwork_api::types::{AccountId, RoomId};
use serde::Serialize;

use crate::http::Start;
use crate::state::{Room, RoomKind, State};
use crate::world::AppSeed;

/// An account, with what a program needs to act for it. `Debug` does not show the token.
#[derive(Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct AccountEntry {
    /// The key in the world.
    pub key: String,
    /// The name shown to others.
    pub name: String,
    /// The account id.
    pub account_id: AccountId,
    /// The room id of the account's My Chat.
    pub room_id: RoomId,
    /// The API token, if the account has one.
    pub token: Option<String>,
}

impl fmt::Debug for AccountEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccountEntry")
            .field("key", &self.key)
            .field("name", &self.name)
            .field("account_id", &self.account_id)
            .field("room_id", &self.room_id)
            .finish_non_exhaustive()
    }
}

/// A registered app (OAuth 2.0 client). `Debug` does not show the secret.
#[derive(Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct AppEntry {
    /// The name.
    pub name: String,
    /// The client id.
    pub client_id: String,
    /// The client secret; `None` for a public client.
    pub client_secret: Option<String>,
    /// The redirect addresses that the service would register.
    pub redirect_uris: Vec<String>,
    /// The redirect addresses that only the sandbox allows, with any port.
    pub test_redirect_uris: Vec<String>,
}

impl AppEntry {
    pub(super) fn new(app: &AppSeed) -> Self {
        Self {
            name: app.name.clone(),
            client_id: app.client_id.clone(),
            client_secret: app.client_secret.clone(),
            redirect_uris: app.redirect_uris.clone(),
            test_redirect_uris: app.test_redirect_uris.clone(),
        }
    }
}

impl fmt::Debug for AppEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AppEntry")
            .field("name", &self.name)
            .field("client_id", &self.client_id)
            .field("redirect_uris", &self.redirect_uris)
            .finish_non_exhaustive()
    }
}

/// A room, with what a program needs to find it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RoomEntry {
    /// The room id.
    pub room_id: RoomId,
    /// `my`, `direct` or `group`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The name of a group; the names of the members of the two other kinds.
    pub name: String,
}

/// All accounts, in the order of the start.
pub(super) fn accounts(state: &State, start: &Start) -> Vec<AccountEntry> {
    let known: HashMap<_, _> =
        state.accounts().map(|account| (account.profile.key.as_str(), account)).collect();
    let tokens = state.credentials().api_tokens();
    let entries = start.keys().into_iter().filter_map(|key| {
        let account = known.get(key)?;
        Some(AccountEntry {
            key: key.to_owned(),
            name: account.name().to_owned(),
            account_id: account.id,
            room_id: account.own_room,
            token: tokens.get(&account.id).map(|token| (*token).to_owned()),
        })
    });
    entries.collect()
}

/// All rooms, in the order of their ids.
pub(super) fn rooms(state: &State) -> Vec<RoomEntry> {
    let entries = state.rooms().map(|room| RoomEntry {
        room_id: room.id,
        kind: room.kind.as_str(),
        name: match room.kind {
            RoomKind::Group => room.name.clone(),
            RoomKind::My | RoomKind::Direct => names(state, room).join(", "),
        },
    });
    entries.collect()
}

fn names<'a>(state: &'a State, room: &Room) -> Vec<&'a str> {
    let members = room.members.iter();
    members.filter_map(|member| state.account(member.account)).map(|known| known.name()).collect()
}
