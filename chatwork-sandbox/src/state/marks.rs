//! Read and unread messages.

use chatwork_api::types::RoomId;

use super::message::MessageNumber;
use super::messages::find;
use super::refusal::texts;
use super::room::Member;
use super::{Actor, Refusal, State};

impl State {
    /// Marks messages as read, up to one message or all. Refused if all of these are read.
    pub(crate) fn mark_read(
        &mut self,
        actor: Actor,
        room_id: RoomId,
        up_to: Option<Option<MessageNumber>>,
    ) -> Result<&Member, Refusal> {
        let room = self.entered_mut(room_id, actor.account, |_| true, texts::MESSAGES_MARK)?;
        let last = match up_to {
            Some(id) => find(room, id)?.id,
            None => MessageNumber(u64::MAX),
        };
        let forbidden = Refusal::forbidden(texts::MESSAGES_MARK);
        let member = room.member_mut(actor.account).ok_or(forbidden)?;
        let before = member.unread.len();
        member.unread.retain(|id| *id > last);
        member.mentions.retain(|id| *id > last);
        if member.unread.len() == before {
            return Err(Refusal::invalid(texts::ALREADY_READ));
        }
        Ok(member)
    }

    /// Marks messages as unread, from one message on. Refused if all of these are unread.
    pub(crate) fn mark_unread(
        &mut self,
        actor: Actor,
        room_id: RoomId,
        from: Option<MessageNumber>,
    ) -> Result<&Member, Refusal> {
        let room = self.entered_mut(room_id, actor.account, |_| true, texts::MESSAGES_MARK)?;
        let first = find(room, from)?.id;
        let later = room.messages.partition_point(|message| message.id < first);
        let forbidden = Refusal::forbidden(texts::MESSAGES_MARK);
        let mut members = room.members.iter_mut();
        let member = members.find(|member| member.account == actor.account).ok_or(forbidden)?;
        let before = member.unread.len();
        let alive = room.messages.iter().skip(later).filter(|message| !message.deleted);
        for message in alive {
            member.leave_unread(message.id, &message.mentions, message.account);
        }
        if member.unread.len() == before {
            return Err(Refusal::invalid(texts::ALREADY_UNREAD));
        }
        Ok(member)
    }
}
