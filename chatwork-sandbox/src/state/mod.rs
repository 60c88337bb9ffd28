//! The accounts, rooms and messages and their behaviour: synchronous, without HTTP and a clock.
//!
//! Every function that changes the state takes an [`Actor`]: the account, its token, and the time.

mod account;
mod build;
mod contacts;
mod credential;
#[cfg(feature = "workbench")]
mod edit;
mod event;
mod file;
mod files;
mod ids;
mod link;
mod links;
mod marks;
mod members;
mod mentions;
mod message;
mod messages;
mod notation;
mod oauth;
#[cfg(feature = "workbench")]
mod place;
mod post;
mod refusal;
mod room;
mod rooms;
pub(crate) mod saved;
mod status;
mod task;
mod tasks;
#[cfg(test)]
mod tests;

pub use account::Account;
pub(crate) use contacts::Contact;
pub use contacts::ContactRequest;
pub(crate) use credential::{Access, Credential, CredentialId};
pub use event::Event;
pub use file::StoredFile;
pub(crate) use files::{NAME_MAX_LENGTH, NewFile};
pub use link::Link;
pub(crate) use links::{NewLink, is_link_code};
pub(crate) use members::Roles;
pub use message::{Message, MessageNumber};
#[cfg(feature = "workbench")]
pub(crate) use oauth::random_text;
pub(crate) use oauth::{Ask, AskRefusal, Asked, CodeForm, Issued, OAuthRefusal, PresentedClient};
#[cfg(feature = "workbench")]
pub(crate) use place::MessageChange;
pub(crate) use refusal::{Refusal, RefusalKind, texts};
pub use room::{Member, Role, Room, RoomKind};
pub(crate) use rooms::{NewRoom, RoomChange};
pub(crate) use status::{Status, TaskFilter};
pub use task::{LimitType, Task, TaskStatus};
pub(crate) use tasks::NewTask;

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;

use chatwork_api::types::{AccountId, RequestId, RoomId};

/// The account that acts, and when.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Actor {
    /// The account.
    pub(crate) account: AccountId,
    /// The token, since each has a cursor of its own.
    pub(crate) credential: CredentialId,
    /// The time by the sandbox's clock, in Unix seconds.
    pub(crate) at: i64,
}

/// A copy of everything in a sandbox at one moment.
///
/// [`Sandbox::state`](crate::Sandbox::state) takes it; it does not change.
#[derive(Clone, Debug, Default)]
pub struct State {
    accounts: BTreeMap<AccountId, Account>,
    credentials: credential::Credentials,
    oauth: oauth::OAuth,
    /// Shared with copies of the state: a copy is cheap, and a change copies one room at most.
    rooms: BTreeMap<RoomId, Arc<Room>>,
    requests: BTreeMap<RequestId, ContactRequest>,
    ids: ids::Ids,
    events: Vec<Event>,
}

impl State {
    /// All accounts, in the order of their ids.
    pub fn accounts(&self) -> impl Iterator<Item = &Account> {
        self.accounts.values()
    }

    /// An account.
    pub fn account(&self, id: AccountId) -> Option<&Account> {
        self.accounts.get(&id)
    }

    /// All rooms, in the order of their ids.
    pub fn rooms(&self) -> impl Iterator<Item = &Room> {
        self.rooms.values().map(Arc::as_ref)
    }

    /// A room.
    pub fn room(&self, id: RoomId) -> Option<&Room> {
        self.rooms.get(&id).map(Arc::as_ref)
    }

    /// Returns the room to change.
    fn room_mut(&mut self, id: RoomId) -> Option<&mut Room> {
        self.rooms.get_mut(&id).map(Arc::make_mut)
    }

    fn add_room(&mut self, room: Room) {
        self.rooms.insert(room.id, Arc::new(room));
    }

    /// Returns the room with the next higher id, or the first room.
    pub(crate) fn room_after(&self, id: Option<RoomId>) -> Option<&Room> {
        let start = id.map_or(Bound::Unbounded, Bound::Excluded);
        self.rooms.range((start, Bound::Unbounded)).next().map(|(_, room)| room.as_ref())
    }

    /// The contact requests without an answer.
    pub fn requests(&self) -> impl Iterator<Item = &ContactRequest> {
        self.requests.values()
    }

    /// Takes the events since the last call.
    pub(crate) fn take_events(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.events)
    }

    pub(crate) fn credentials(&self) -> &credential::Credentials {
        &self.credentials
    }

    /// Returns the room if the account is in it. A room that does not exist is refused with the
    /// same text.
    fn entered(&self, id: RoomId, by: AccountId, text: &'static str) -> Result<&Room, Refusal> {
        self.room(id).filter(|room| room.role(by).is_some()).ok_or(Refusal::forbidden(text))
    }

    /// Returns the room to change if the account is in it with a role that may change it.
    fn entered_mut(
        &mut self,
        id: RoomId,
        by: AccountId,
        may: impl FnOnce(Role) -> bool,
        text: &'static str,
    ) -> Result<&mut Room, Refusal> {
        // Checked first: taking the room to change it may copy it.
        self.rooms
            .get_mut(&id)
            .filter(|room| room.role(by).is_some_and(may))
            .map(Arc::make_mut)
            .ok_or(Refusal::forbidden(text))
    }
}
