//! Adds messages to rooms: those of accounts and those of the system.

use std::sync::Arc;

use chatwork_api::types::{AccountId, RoomId};

use super::event::Event;
use super::mentions::Mentions;
use super::message::{Message, MessageNumber};
use super::room::{Member, Room};
use super::{Actor, State};

/// A message to add to a room.
pub(super) struct Draft {
    pub(super) by: AccountId,
    pub(super) at: i64,
    pub(super) body: String,
    pub(super) system: bool,
    pub(super) self_unread: bool,
}

impl Draft {
    /// A message that the system writes about an action of an account.
    pub(super) fn system(actor: Actor, body: String) -> Self {
        Self { by: actor.account, at: actor.at, body, system: true, self_unread: false }
    }
}

impl Room {
    /// Adds a message. It is unread for every member except its author.
    pub(super) fn add(&mut self, id: MessageNumber, draft: Draft) {
        let mentions = match draft.system {
            true => Mentions::default(),
            false => Mentions::read(&draft.body),
        };
        for member in &mut self.members {
            if member.account != draft.by || draft.self_unread {
                member.leave_unread(id, &mentions, draft.by);
            }
        }
        self.updated = draft.at;
        let index = self.messages.partition_point(|message| message.id < id);
        self.messages.insert(
            index,
            Message {
                id,
                account: draft.by,
                body: draft.body,
                sent: draft.at,
                updated: 0,
                system: draft.system,
                deleted: false,
                mentions,
            },
        );
    }

    /// The members whom a message mentions.
    pub(super) fn mentioned(&self, message: &Message) -> Vec<AccountId> {
        let accounts = self.members.iter().map(|member| member.account);
        accounts.filter(|account| message.mentions.include(*account, message.account)).collect()
    }
}

impl Member {
    pub(super) fn leave_unread(&mut self, id: MessageNumber, of: &Mentions, author: AccountId) {
        self.unread.insert(id);
        if of.include(self.account, author) {
            self.mentions.insert(id);
        }
    }

    pub(super) fn has_read(&mut self, id: MessageNumber) {
        self.unread.remove(&id);
        self.mentions.remove(&id);
    }
}

impl State {
    /// Adds a message to a room that exists, and announces it.
    pub(super) fn post(&mut self, room_id: RoomId, draft: Draft) -> Option<MessageNumber> {
        let room = self.rooms.get_mut(&room_id).map(Arc::make_mut)?;
        let id = self.ids.message();
        room.add(id, draft);
        let mentioned = room.message(id).map(|message| room.mentioned(message));
        self.events.push(Event::MessageCreated {
            room_id,
            message_id: id,
            mentioned: mentioned.unwrap_or_default(),
        });
        Some(id)
    }

    /// Adds a message that the system writes.
    pub(super) fn announce(&mut self, actor: Actor, room_id: RoomId, body: String) {
        self.post(room_id, Draft::system(actor, body));
    }
}
