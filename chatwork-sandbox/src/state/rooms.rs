//! Rooms: reading, making, changing, leaving, deleting.

use chatwork_api::types::{AccountId, IconPreset, RoomId};

use super::links::NewLink;
use super::members::Roles;
use super::refusal::texts;
use super::room::{Member, Role, RoomKind};
use super::{Actor, Refusal, Room, State, notation};

/// A group to be made.
#[derive(Clone, Debug)]
pub(crate) struct NewRoom {
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) icon: Option<IconPreset>,
    pub(crate) roles: Roles,
    pub(crate) link: Option<NewLink>,
}

/// What is to change of a group.
#[derive(Clone, Debug, Default)]
pub(crate) struct RoomChange {
    pub(crate) name: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) icon: Option<IconPreset>,
}

impl State {
    /// All rooms of an account: the pinned first, then those in which something changed last.
    pub(crate) fn my_rooms(&self, actor: Actor) -> Vec<(&Room, &Member)> {
        let rooms = self.rooms();
        let mut mine: Vec<_> =
            rooms.filter_map(|room| Some((room, room.member(actor.account)?))).collect();
        mine.sort_by_key(|(room, member)| (!member.sticky, -room.updated, room.id));
        mine
    }

    /// One room, with one's own membership.
    pub(crate) fn my_room(&self, actor: Actor, id: RoomId) -> Result<(&Room, &Member), Refusal> {
        let room = self.entered(id, actor.account, texts::ROOM_GET)?;
        let member = room.member(actor.account).ok_or(Refusal::forbidden(texts::ROOM_GET))?;
        Ok((room, member))
    }

    /// Makes a group. Who makes it and is in no list becomes an administrator.
    pub(crate) fn create_room(&mut self, actor: Actor, new: NewRoom) -> Result<RoomId, Refusal> {
        let mut roles = new.roles;
        self.check_roles(actor, &roles, None)?;
        if !roles.has(actor.account) {
            roles.admin.push(actor.account);
        }
        let link = match new.link {
            Some(link) => Some(self.make_link(None, "link_code", link)?),
            None => None,
        };
        let id = RoomId(self.ids.room());
        let mut room = Room::new(id, RoomKind::Group, roles.members(), actor.at);
        room.name = new.name;
        room.description = new.description;
        room.link = link;
        if let Some(icon) = new.icon {
            room.icon = icon.to_string();
        }
        self.add_room(room);
        self.announce(actor, id, notation::plain("chatroom_groupchat_created"));
        Ok(id)
    }

    /// Changes name, description or icon of a group, with a message for each that is another now.
    pub(crate) fn change_room(
        &mut self,
        actor: Actor,
        id: RoomId,
        change: RoomChange,
    ) -> Result<(), Refusal> {
        let text = texts::ROOM_UPDATE;
        let room = self.entered_mut(id, actor.account, Role::may_manage, text)?;
        if room.kind != RoomKind::Group {
            return Err(Refusal::forbidden(text));
        }
        for body in room.apply(change) {
            self.announce(actor, id, body);
        }
        Ok(())
    }

    /// Leaves a group. One's tasks and files go along, as the service warns before one leaves.
    pub(crate) fn leave_room(&mut self, actor: Actor, id: RoomId) -> Result<(), Refusal> {
        let me = actor.account;
        let room = self.group_mut(actor, id, |_| true)?;
        room.members.retain(|member| member.account != me);
        room.cursors.remove(&actor.credential);
        room.tasks.retain(|_, task| task.assignee != me);
        room.files.retain(|_, file| file.account != me);
        if room.members.is_empty() {
            self.rooms.remove(&id);
            return Ok(());
        }
        room.ensure_admin();
        self.announce(actor, id, notation::members(&[me], "chatroom_leaved"));
        Ok(())
    }

    /// Deletes a group with its messages, tasks and files, for all members.
    pub(crate) fn delete_room(&mut self, actor: Actor, id: RoomId) -> Result<(), Refusal> {
        self.group_mut(actor, id, Role::may_manage)?;
        self.rooms.remove(&id);
        Ok(())
    }

    /// Returns the group to leave or delete. Refuses My Chats and direct chats.
    fn group_mut(
        &mut self,
        actor: Actor,
        id: RoomId,
        may: impl FnOnce(Role) -> bool,
    ) -> Result<&mut Room, Refusal> {
        let kind = self.entered(id, actor.account, texts::ROOM_LEAVE)?.kind;
        if kind != RoomKind::Group {
            return Err(Refusal::forbidden(texts::ROOM_KIND));
        }
        self.entered_mut(id, actor.account, may, texts::ROOM_LEAVE)
    }

    /// The name of a room as one of its members sees it.
    pub(crate) fn room_name(&self, room: &Room, viewer: AccountId) -> String {
        match room.kind {
            RoomKind::My => "マイチャット".to_owned(),
            RoomKind::Group => room.name.clone(),
            RoomKind::Direct => self.partner_of(room, viewer, |partner| partner.name().to_owned()),
        }
    }

    /// The icon of a room as one of its members sees it: in a direct chat, the picture of the other
    /// account.
    pub(crate) fn room_icon(&self, room: &Room, viewer: AccountId) -> String {
        const ICONS: &str = "https://appdata.chatwork.com/icon/";
        match room.kind {
            RoomKind::My => format!("{ICONS}ico_default_mychat.png"),
            RoomKind::Group => format!("{ICONS}ico_{}.png", room.icon),
            RoomKind::Direct => self.partner_of(room, viewer, |partner| partner.avatar.clone()),
        }
    }

    fn partner_of(
        &self,
        room: &Room,
        viewer: AccountId,
        of: impl FnOnce(&super::Account) -> String,
    ) -> String {
        let partner = room.partner(viewer).and_then(|id| self.accounts.get(&id));
        partner.map_or_else(String::new, of)
    }
}

impl Room {
    /// Applies a change. Returns the system's texts about what differs.
    fn apply(&mut self, change: RoomChange) -> Vec<String> {
        let mut said = Vec::new();
        if let Some(name) = change.name.filter(|name| *name != self.name) {
            said.push(notation::renamed(&name));
            self.name = name;
        }
        if let Some(text) = change.description.filter(|text| *text != self.description) {
            said.push(notation::described(&text));
            self.description = text;
        }
        let icon = change.icon.map(|icon| icon.to_string());
        if let Some(icon) = icon.filter(|icon| *icon != self.icon) {
            said.push(notation::plain("chatroom_chat_edited"));
            self.icon = icon;
        }
        said
    }

    /// A group always has an administrator: the first who may write, else the first.
    fn ensure_admin(&mut self) {
        if self.members.iter().any(|member| member.role == Role::Admin) {
            return;
        }
        let writer = self.members.iter().position(|member| member.role.may_write());
        if let Some(member) = self.members.get_mut(writer.unwrap_or(0)) {
            member.role = Role::Admin;
        }
    }
}
