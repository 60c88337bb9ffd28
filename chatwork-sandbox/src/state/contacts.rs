//! Contacts, and requests to become one.

use chatwork_api::types::{AccountId, RequestId, RoomId};

use super::refusal::texts;
use super::room::{Member, Role, Room, RoomKind};
use super::status::MOST;
use super::{Account, Actor, Refusal, State, notation};

/// A contact request.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ContactRequest {
    /// The id.
    pub id: RequestId,
    /// The account that sent the request.
    pub from: AccountId,
    /// The account that received the request.
    pub to: AccountId,
    /// The text of the request.
    pub message: String,
}

/// A contact: an account in a direct chat with another one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Contact<'a> {
    pub(crate) account: &'a Account,
    pub(crate) room: RoomId,
}

impl State {
    /// All contacts of an account.
    pub(crate) fn contacts(&self, of: AccountId) -> Vec<Contact<'_>> {
        let partners = self.rooms().filter_map(|room| {
            room.role(of)?;
            let account = self.accounts.get(&room.partner(of)?)?;
            Some(Contact { account, room: room.id })
        });
        partners.collect()
    }

    /// Whether an account may add another to a room: itself, a colleague or a contact.
    pub(super) fn is_known(&self, of: AccountId, other: AccountId) -> bool {
        let (Some(me), Some(them)) = (self.accounts.get(&of), self.accounts.get(&other)) else {
            return false;
        };
        of == other || me.is_colleague(them) || self.direct_room(of, other).is_some()
    }

    fn direct_room(&self, of: AccountId, other: AccountId) -> Option<RoomId> {
        let mut rooms = self.rooms();
        let room = rooms.find(|room| room.role(of).is_some() && room.partner(of) == Some(other));
        room.map(|room| room.id)
    }

    /// The requests that await an account's answer, the oldest first, at most 100.
    pub(crate) fn incoming(&self, actor: Actor) -> Vec<(&ContactRequest, &Account)> {
        let mine = self.requests.values().filter(|request| request.to == actor.account);
        let known = mine.filter_map(|request| Some((request, self.accounts.get(&request.from)?)));
        known.take(MOST).collect()
    }

    /// Accepts a request: both accounts become contacts, with a direct chat.
    pub(crate) fn accept(&mut self, actor: Actor, id: RequestId) -> Result<Contact<'_>, Refusal> {
        let from = self.request(actor, id)?.from;
        let missing = Refusal::not_found(texts::REQUEST_NOT_FOUND);
        if self.is_full_for(actor.account, from) {
            return Err(Refusal::invalid(texts::CONTACT_LIMIT));
        }
        self.requests.remove(&id);
        let room = match self.direct_room(actor.account, from) {
            Some(room) => room,
            None => self.open_direct(actor, from),
        };
        let account = self.accounts.get(&from).ok_or(missing)?;
        Ok(Contact { account, room })
    }

    /// Declines a request.
    pub(crate) fn decline(&mut self, actor: Actor, id: RequestId) -> Result<(), Refusal> {
        self.request(actor, id)?;
        self.requests.remove(&id);
        Ok(())
    }

    fn request(&self, actor: Actor, id: RequestId) -> Result<&ContactRequest, Refusal> {
        let request = self.requests.get(&id).filter(|request| request.to == actor.account);
        request.ok_or(Refusal::not_found(texts::REQUEST_NOT_FOUND))
    }

    /// Whether one more contact outside the organization is too many.
    fn is_full_for(&self, of: AccountId, other: AccountId) -> bool {
        let (Some(me), Some(them)) = (self.accounts.get(&of), self.accounts.get(&other)) else {
            return false;
        };
        let Some(limit) = me.profile.outside_contact_limit else {
            return false;
        };
        let contacts = self.contacts(of);
        let outside = contacts.iter().filter(|contact| !me.is_colleague(contact.account)).count();
        let known = self.direct_room(of, other).is_some();
        !known && !me.is_colleague(them) && outside >= limit
    }

    fn open_direct(&mut self, actor: Actor, other: AccountId) -> RoomId {
        let id = RoomId(self.ids.room());
        let members =
            [actor.account, other].map(|account| Member::new(account, Role::Member)).into();
        self.add_room(Room::new(id, RoomKind::Direct, members, actor.at));
        self.announce(actor, id, notation::plain("chatroom_contact_added"));
        id
    }
}
