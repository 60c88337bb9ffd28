//! The invitation link of a room.

use chatwork_api::types::RoomId;

use super::link::Link;
use super::refusal::texts;
use super::room::RoomKind;
use super::{Actor, Refusal, Role, Room, State};

/// A new link.
#[derive(Clone, Debug, Default)]
pub(crate) struct NewLink {
    /// `None` makes a random code.
    pub(crate) code: Option<String>,
    /// `None` means that approval is needed.
    pub(crate) need_acceptance: Option<bool>,
    pub(crate) description: Option<String>,
}

/// Whether a text can be the code of a link: 1 to 50 of `A-Z a-z 0-9 _ -`.
pub(crate) fn is_link_code(code: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    (1..=50).contains(&code.len()) && code.bytes().all(allowed)
}

impl State {
    /// Returns the open link of a room.
    pub(crate) fn get_link(&self, actor: Actor, id: RoomId) -> Result<Option<&Link>, Refusal> {
        let room = self.entered(id, actor.account, texts::ROOM_GET)?;
        Ok(room.open_link())
    }

    /// Opens a link. Refused if a link is open.
    pub(crate) fn create_link(
        &mut self,
        actor: Actor,
        id: RoomId,
        new: NewLink,
    ) -> Result<&Link, Refusal> {
        match self.manage_link(actor, id)?.open_link() {
            Some(_) => Err(Refusal::invalid(texts::LINK_EXISTS)),
            None => self.set_link(id, new),
        }
    }

    /// Replaces the open link as a whole.
    pub(crate) fn replace_link(
        &mut self,
        actor: Actor,
        id: RoomId,
        new: NewLink,
    ) -> Result<&Link, Refusal> {
        match self.manage_link(actor, id)?.open_link() {
            None => Err(Refusal::invalid(texts::LINK_MISSING)),
            Some(_) => self.set_link(id, new),
        }
    }

    /// Closes the link; its code is free again.
    pub(crate) fn delete_link(&mut self, actor: Actor, id: RoomId) -> Result<(), Refusal> {
        let room = self.manage_link(actor, id)?;
        match room.open_link() {
            None => Err(Refusal::invalid(texts::LINK_MISSING)),
            Some(_) => {
                room.link = None;
                Ok(())
            }
        }
    }

    fn manage_link(&mut self, actor: Actor, id: RoomId) -> Result<&mut Room, Refusal> {
        let text = texts::LINK_CHANGE;
        let room = self.entered_mut(id, actor.account, Role::may_manage, text)?;
        match room.kind {
            RoomKind::Group => Ok(room),
            _ => Err(Refusal::forbidden(text)),
        }
    }

    fn set_link(&mut self, id: RoomId, new: NewLink) -> Result<&Link, Refusal> {
        let link = self.make_link(Some(id), "code", new)?;
        let room = self.room_mut(id).ok_or(Refusal::forbidden(texts::LINK_CHANGE))?;
        Ok(room.link.insert(link))
    }

    /// A link for a room, with a code that no other room has.
    pub(super) fn make_link(
        &mut self,
        room: Option<RoomId>,
        parameter: &'static str,
        new: NewLink,
    ) -> Result<Link, Refusal> {
        let code = match new.code {
            Some(code) if self.is_taken(&code, room) => {
                let text = format!("Parameter '{parameter}' is taken by another room");
                return Err(Refusal::invalid(text));
            }
            Some(code) => code,
            None => self.unused_code(),
        };
        Ok(Link {
            code,
            public: true,
            need_acceptance: new.need_acceptance.unwrap_or(true),
            description: new.description.unwrap_or_default(),
        })
    }

    fn is_taken(&self, code: &str, by_other_than: Option<RoomId>) -> bool {
        let others = self.rooms().filter(|room| Some(room.id) != by_other_than);
        others.into_iter().any(|room| room.link.as_ref().is_some_and(|link| link.code == code))
    }

    /// Returns a code that looks random. It comes from a counter, so two runs make the same codes.
    fn unused_code(&mut self) -> String {
        loop {
            let mixed = self.ids.code().wrapping_mul(0x9e37_79b9_7f4a_7c15);
            let code = format!("{mixed:016x}");
            if !self.is_taken(&code, None) {
                return code;
            }
        }
    }
}
