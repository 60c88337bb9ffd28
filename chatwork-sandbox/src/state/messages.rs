//! Messages: reading, posting, editing, deleting.

use chatwork_api::types::{AccountId, RoomId};

use super::event::Event;
use super::mentions::Mentions;
use super::message::{Message, MessageNumber};
use super::post::Draft;
use super::refusal::texts;
use super::{Actor, Refusal, Role, Room, State};

/// The most messages that one reply holds.
const MOST: usize = 100;

/// The result of listing messages.
pub(crate) struct Listing {
    /// The messages, oldest first.
    pub(crate) messages: Vec<Message>,
    /// Whether the plan hides older ones.
    pub(crate) limited: bool,
}

impl State {
    /// Returns the messages of a room that this token has not read yet, or with `force` the newest,
    /// at most 100. Moves the cursor of the token in both cases.
    pub(crate) fn list_messages(
        &mut self,
        actor: Actor,
        room_id: RoomId,
        force: bool,
    ) -> Result<Listing, Refusal> {
        let horizon = self.horizon(actor);
        let any = |_: Role| true;
        let room = self.entered_mut(room_id, actor.account, any, texts::MESSAGES_GET)?;
        let cursor = room.cursors.get(&actor.credential).copied();
        let after = cursor.filter(|_| !force).unwrap_or(MessageNumber(0));
        let fresh = room.messages.iter().rev().take_while(|message| message.id > after);
        let shown = fresh.filter(|message| message.sent >= horizon);
        let mut messages: Vec<_> = shown.take(MOST).cloned().collect();
        messages.reverse();
        if let Some(last) = room.messages.last() {
            room.cursors.insert(actor.credential, last.id);
        }
        let limited = room.messages.iter().any(|message| message.sent < horizon);
        Ok(Listing { messages, limited })
    }

    /// One message.
    pub(crate) fn get_message(
        &self,
        actor: Actor,
        room_id: RoomId,
        id: Option<MessageNumber>,
    ) -> Result<&Message, Refusal> {
        let room = self.entered(room_id, actor.account, texts::MESSAGES_GET)?;
        let message = find(room, id)?;
        if message.sent < self.horizon(actor) {
            return Err(Refusal::hidden());
        }
        Ok(message)
    }

    /// Messages sent before this time are hidden from the account.
    fn horizon(&self, actor: Actor) -> i64 {
        let account = self.accounts.get(&actor.account);
        account.and_then(|account| account.horizon(actor.at)).unwrap_or(i64::MIN)
    }

    /// Whether the account may post to the room.
    pub(crate) fn may_post(&self, actor: Actor, room_id: RoomId) -> Result<(), Refusal> {
        let room = self.entered(room_id, actor.account, texts::MESSAGES_POST)?;
        let role = room.role(actor.account).filter(|role| role.may_write());
        role.map(|_| ()).ok_or(Refusal::forbidden(texts::MESSAGES_POST))
    }

    /// Posts a message.
    pub(crate) fn post_message(
        &mut self,
        actor: Actor,
        room_id: RoomId,
        body: String,
        self_unread: bool,
    ) -> Result<MessageNumber, Refusal> {
        self.may_post(actor, room_id)?;
        let draft = Draft { by: actor.account, at: actor.at, body, system: false, self_unread };
        self.post(room_id, draft).ok_or(Refusal::forbidden(texts::MESSAGES_POST))
    }

    /// Replaces the text of a message of the actor.
    pub(crate) fn edit_message(
        &mut self,
        actor: Actor,
        room_id: RoomId,
        id: Option<MessageNumber>,
        body: String,
    ) -> Result<MessageNumber, Refusal> {
        let room =
            self.entered_mut(room_id, actor.account, Role::may_write, texts::MESSAGES_UPDATE)?;
        let message = find(room, id)?;
        own(message, actor.account, texts::MESSAGE_UPDATE_SYSTEM, texts::MESSAGE_UPDATE)?;
        if message.deleted {
            return Err(Refusal::not_found(texts::MESSAGE_NOT_FOUND));
        }
        let (id, mentioned) = room.rewrite(message.id, body, actor.at);
        self.events.push(Event::MessageUpdated { room_id, message_id: id, mentioned });
        Ok(id)
    }

    /// Deletes a message of the actor. Its text becomes `[deleted]`.
    pub(crate) fn delete_message(
        &mut self,
        actor: Actor,
        room_id: RoomId,
        id: Option<MessageNumber>,
    ) -> Result<MessageNumber, Refusal> {
        let any = |_: Role| true;
        let room = self.entered_mut(room_id, actor.account, any, texts::MESSAGE_DELETE)?;
        let message = find(room, id)?;
        own(message, actor.account, texts::MESSAGE_DELETE_SYSTEM, texts::MESSAGE_DELETE)?;
        if message.deleted {
            return Err(Refusal::not_found(texts::MESSAGE_NOT_FOUND));
        }
        let id = message.id;
        room.blank(id, actor.at);
        Ok(id)
    }
}

/// Returns the message of an id, if the id is valid and the message exists.
pub(super) fn find(room: &Room, id: Option<MessageNumber>) -> Result<&Message, Refusal> {
    id.and_then(|id| room.message(id)).ok_or(Refusal::not_found(texts::MESSAGE_NOT_FOUND))
}

fn own(
    message: &Message,
    account: AccountId,
    system: &'static str,
    others: &'static str,
) -> Result<(), Refusal> {
    match (message.system, message.account == account) {
        (true, _) => Err(Refusal::forbidden(system)),
        (false, false) => Err(Refusal::forbidden(others)),
        (false, true) => Ok(()),
    }
}

impl Room {
    /// Replaces the text of a message. The mentions of members who have not read it follow the new
    /// text. The message stays read for members who have read it.
    pub(super) fn rewrite(
        &mut self,
        id: MessageNumber,
        body: String,
        at: i64,
    ) -> (MessageNumber, Vec<AccountId>) {
        let mentions = Mentions::read(&body);
        let Some(message) = self.message_mut(id) else {
            return (id, Vec::new());
        };
        let author = message.account;
        message.body = body;
        message.updated = at;
        message.mentions = mentions.clone();
        for member in &mut self.members {
            if member.unread.contains(&id) {
                member.has_read(id);
                member.leave_unread(id, &mentions, author);
            }
        }
        self.updated = at;
        let mentioned = self.message(id).map(|message| self.mentioned(message));
        (id, mentioned.unwrap_or_default())
    }

    /// Replaces the text of a message with `[deleted]`, and removes it from every list of unread
    /// messages.
    pub(super) fn blank(&mut self, id: MessageNumber, at: i64) {
        if let Some(message) = self.message_mut(id) {
            message.body = "[deleted]".to_owned();
            message.updated = at;
            message.deleted = true;
            message.mentions = Mentions::default();
        }
        for member in &mut self.members {
            member.has_read(id);
        }
        self.updated = at;
    }
}
