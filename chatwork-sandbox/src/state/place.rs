//! Places messages at any time, and changes them without an actor.

use chatwork_api::types::{AccountId, RoomId};

use super::event::Event;
use super::mentions::Mentions;
use super::message::MessageNumber;
use super::post::Draft;
use super::room::Room;
use super::{State, build};
use crate::world::{self, MessageSeed};

/// A change of a message.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct MessageChange {
    pub(crate) body: Option<String>,
    pub(crate) deleted: bool,
    pub(crate) unread_for: Option<Vec<AccountId>>,
}

impl State {
    /// Adds messages to a room, each with whether its `unread_for` counts. Returns their ids in the
    /// same order. A room lists messages by their ids, so a message of an earlier time gets an id
    /// between those of its neighbours.
    pub(crate) fn place_messages(
        &mut self,
        room_id: RoomId,
        seeds: &[(MessageSeed, bool)],
        now: i64,
    ) -> Result<Vec<MessageNumber>, String> {
        let moment = |seed: &MessageSeed| build::moment(seed.ago.as_deref(), seed.at, now);
        let mut order: Vec<_> = (0..seeds.len()).collect();
        order.sort_by_key(|index| seeds.get(*index).map(|(seed, _)| moment(seed)));
        // One message changes nothing if it is refused.
        let before = (seeds.len() > 1).then(|| self.clone());
        let mut ids = vec![MessageNumber(0); seeds.len()];
        for index in order {
            let Some((seed, marks)) = seeds.get(index) else {
                continue;
            };
            let placed = self.place_message(room_id, seed, *marks, (moment(seed), now));
            match (placed, ids.get_mut(index)) {
                (Ok(id), Some(slot)) => *slot = id,
                (Err(text), _) => {
                    if let Some(before) = before {
                        *self = before;
                    }
                    return Err(text);
                }
                (Ok(_), None) => {}
            }
        }
        Ok(ids)
    }

    fn place_message(
        &mut self,
        room_id: RoomId,
        seed: &MessageSeed,
        marks: bool,
        (at, now): (i64, i64),
    ) -> Result<MessageNumber, String> {
        let unknown = || "The room or the account does not exist".to_owned();
        let accounts = || self.accounts.values();
        let of_key = |key: &String| accounts().find(|it| it.profile.key == *key).map(|it| it.id);
        let by = of_key(&seed.from).ok_or_else(unknown)?;
        let unread: Vec<_> = seed.unread_for.iter().filter_map(of_key).collect();
        let id = self.id_at(room_id, at)?;
        let room = self.room_mut(room_id).ok_or_else(unknown)?;
        let updated = room.updated;
        let draft = Draft { by, at, body: seed.body.clone(), system: false, self_unread: false };
        room.add(id, draft);
        room.updated = updated.max(at);
        if marks {
            room.mark_unread(id, &unread);
        }
        if let Some(edited) = seed.edited_ago.as_deref().and_then(world::seconds) {
            room.rewrite(id, seed.body.clone(), now.saturating_sub(edited).max(0));
        }
        if seed.deleted {
            room.blank(id, at);
        }
        let comes_now = seed.ago.is_none() && seed.at.is_none() && !seed.deleted;
        if comes_now {
            let mentioned = room.message(id).map(|message| room.mentioned(message));
            let mentioned = mentioned.unwrap_or_default();
            self.events.push(Event::MessageCreated { room_id, message_id: id, mentioned });
        }
        Ok(id)
    }

    /// An id for a message of this time: the next one, or one between two messages.
    fn id_at(&mut self, room_id: RoomId, at: i64) -> Result<MessageNumber, String> {
        let messages = self.room(room_id).map_or(&[][..], |room| &room.messages);
        let Some(index) = messages.iter().position(|message| message.sent > at) else {
            return Ok(self.ids.message());
        };
        let next = messages.get(index).map_or(u64::MAX, |message| message.id.0);
        let last = index.checked_sub(1).and_then(|index| messages.get(index));
        let last = last.map_or(0, |message| message.id.0);
        // Near the message before, so that there is space for later ones in between. Before the first
        // message there is no such neighbour.
        let taken = |id: &u64| self.rooms().any(|room| room.message(MessageNumber(*id)).is_some());
        let free = match last {
            0 => (1..next).rev().find(|id| !taken(id)),
            last => (last + 1..next).find(|id| !taken(id)),
        };
        free.map(MessageNumber).ok_or_else(|| {
            "No message id is free between the two messages around this time".to_owned()
        })
    }

    /// Changes a message of a room. Webhooks get an edit.
    pub(crate) fn change_message_as(
        &mut self,
        room_id: RoomId,
        id: MessageNumber,
        change: MessageChange,
        now: i64,
    ) {
        let Some(room) = self.room_mut(room_id) else {
            return;
        };
        let mut edited = None;
        if let Some(body) = change.body {
            edited = Some(room.rewrite(id, body, now).1);
        }
        if change.deleted {
            room.blank(id, now);
        }
        if let Some(unread) = change.unread_for {
            room.mark_unread(id, &unread);
        }
        if let Some(mentioned) = edited.filter(|_| !change.deleted) {
            self.events.push(Event::MessageUpdated { room_id, message_id: id, mentioned });
        }
    }
}

impl Room {
    /// Makes a message unread for these members, and read for the others.
    fn mark_unread(&mut self, id: MessageNumber, accounts: &[AccountId]) {
        let Some((mentions, author)) = self.message(id).map(mentions) else {
            return;
        };
        for member in &mut self.members {
            member.has_read(id);
            if accounts.contains(&member.account) {
                member.leave_unread(id, &mentions, author);
            }
        }
    }
}

fn mentions(message: &super::Message) -> (Mentions, AccountId) {
    (message.mentions.clone(), message.account)
}
