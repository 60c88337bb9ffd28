//! Which accounts have which role in a room.

use super::prelude::*;
use crate::error::InputError;

/// Who is to have which role.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Roles {
    pub(super) admins: Vec<AccountId>,
    pub(super) members: Vec<AccountId>,
    pub(super) readonly: Vec<AccountId>,
}

impl Roles {
    pub(super) fn new(admins: impl IntoIterator<Item = AccountId>) -> Self {
        Self { admins: validate::unique(admins), members: Vec::new(), readonly: Vec::new() }
    }

    pub(super) fn check(&self) -> Result<()> {
        validate::not_empty("members_admin_ids", &self.admins)?;
        let lists = [
            ("members_admin_ids", self.admins.as_slice()),
            ("members_member_ids", self.members.as_slice()),
            ("members_readonly_ids", self.readonly.as_slice()),
        ];
        Ok(validate::disjoint(&lists)?)
    }

    /// The roles as they are.
    pub(super) fn of(members: &[RoomMember]) -> Result<Self> {
        let mut roles = Self::new([]);
        for member in members {
            roles.list(&member.role)?.push(member.account_id);
        }
        Ok(roles)
    }

    fn list(&mut self, role: &RoomRole) -> Result<&mut Vec<AccountId>> {
        match role {
            RoomRole::Admin => Ok(&mut self.admins),
            RoomRole::Member => Ok(&mut self.members),
            RoomRole::Readonly => Ok(&mut self.readonly),
            other => {
                let what = format!("is `{other}`, which cannot be set: expected a known role");
                Err(InputError::other("role", what).into())
            }
        }
    }

    /// Takes accounts out of every list.
    pub(super) fn remove(&mut self, accounts: &[AccountId]) {
        for list in [&mut self.admins, &mut self.members, &mut self.readonly] {
            list.retain(|id| !accounts.contains(id));
        }
    }

    /// Puts accounts that do not have the role yet at its end.
    pub(super) fn add(&mut self, role: &RoomRole, accounts: &[AccountId]) -> Result<()> {
        let list = self.list(role)?;
        let new: Vec<AccountId> =
            accounts.iter().filter(|id| !list.contains(id)).copied().collect();
        self.remove(&new);
        self.list(role)?.extend(new);
        Ok(())
    }
}
