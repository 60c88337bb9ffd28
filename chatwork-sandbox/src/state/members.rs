//! The members of rooms.

use std::collections::HashSet;

use chatwork_api::types::{AccountId, RoomId};

use super::refusal::texts;
use super::room::{Member, Role, RoomKind};
use super::{Actor, Refusal, Room, State, notation};

/// A whole membership, by role, each list without repeats.
#[derive(Clone, Debug, Default)]
pub(crate) struct Roles {
    pub(crate) admin: Vec<AccountId>,
    pub(crate) member: Vec<AccountId>,
    pub(crate) readonly: Vec<AccountId>,
}

impl Roles {
    /// Each account with its role and with the name of its parameter.
    fn all(&self) -> impl Iterator<Item = (AccountId, Role, &'static str)> {
        let admin = self.admin.iter().map(|id| (*id, Role::Admin, "members_admin_ids"));
        let member = self.member.iter().map(|id| (*id, Role::Member, "members_member_ids"));
        let readonly = self.readonly.iter();
        let readonly = readonly.map(|id| (*id, Role::Readonly, "members_readonly_ids"));
        admin.chain(member).chain(readonly)
    }

    pub(super) fn members(&self) -> Vec<Member> {
        self.all().map(|(account, role, _)| Member::new(account, role)).collect()
    }

    pub(super) fn has(&self, account: AccountId) -> bool {
        self.all().any(|(id, ..)| id == account)
    }
}

impl State {
    /// The members of a room.
    pub(crate) fn list_members(&self, actor: Actor, id: RoomId) -> Result<&[Member], Refusal> {
        self.entered(id, actor.account, texts::MEMBERS_GET).map(|room| room.members.as_slice())
    }

    /// Refuses accounts that the actor may not add to a room. Members of the room are always
    /// allowed: another account may have added them.
    pub(super) fn check_roles(
        &self,
        actor: Actor,
        roles: &Roles,
        room: Option<&Room>,
    ) -> Result<(), Refusal> {
        let mut seen = HashSet::new();
        for (account, _, parameter) in roles.all() {
            let inside = room.is_some_and(|room| room.role(account).is_some());
            if !inside && !self.is_known(actor.account, account) {
                let text = format!(
                    "Parameter '{parameter}' is invalid: account {account} is neither a contact \
                     of yours nor in your organization"
                );
                return Err(Refusal::invalid(text));
            }
            if !seen.insert(account) {
                let text =
                    format!("Parameter '{parameter}' is invalid: account {account} has two roles");
                return Err(Refusal::invalid(text));
            }
        }
        Ok(())
    }

    /// Replaces the members of a group as a whole.
    pub(crate) fn replace_members(
        &mut self,
        actor: Actor,
        id: RoomId,
        roles: &Roles,
    ) -> Result<&Room, Refusal> {
        let forbidden = || Refusal::forbidden(texts::MEMBERS_UPDATE);
        let room = self.entered(id, actor.account, texts::MEMBERS_UPDATE)?;
        let manages = room.role(actor.account).is_some_and(Role::may_manage);
        if !manages || room.kind != RoomKind::Group {
            return Err(forbidden());
        }
        self.check_roles(actor, roles, Some(room))?;
        let room = self.room_mut(id).ok_or_else(forbidden)?;
        for text in room.set_members(roles, actor.at) {
            self.announce(actor, id, text);
        }
        self.room(id).ok_or_else(forbidden)
    }
}

impl Room {
    /// Sets the members and returns what changed. Members who stay keep their unread messages and pins.
    fn set_members(&mut self, roles: &Roles, at: i64) -> Vec<String> {
        let mut new = roles.members();
        let (mut added, mut changed) = (Vec::new(), Vec::new());
        for member in &mut new {
            match self.member(member.account) {
                None => added.push(member.account),
                Some(old) => {
                    if old.role != member.role {
                        changed.push(member.account);
                    }
                    let role = member.role;
                    *member = Member { role, ..old.clone() };
                }
            }
        }
        let old = self.members.iter().map(|member| member.account);
        let removed: Vec<_> = old.filter(|account| !roles.has(*account)).collect();
        self.members = new;
        self.updated = at;
        [
            (added, "chatroom_added"),
            (removed, "chatroom_removed"),
            (changed, "chatroom_priv_changed"),
        ]
        .into_iter()
        .filter(|(accounts, _)| !accounts.is_empty())
        .map(|(accounts, key)| notation::members(&accounts, key))
        .collect()
    }
}
