//! Which accounts have which role in a room.

use std::collections::HashSet;

use super::prelude::*;
use crate::error::InputError;

/// The accounts of each role. Each list holds an account at most once.
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

    /// Refuses roles without an administrator, and accounts with two roles.
    pub(super) fn validate(&self) -> Result<()> {
        validate::not_empty("members_admin_ids", &self.admins)?;
        let lists = [
            ("members_admin_ids", self.admins.as_slice()),
            ("members_member_ids", self.members.as_slice()),
            ("members_readonly_ids", self.readonly.as_slice()),
        ];
        Ok(validate::disjoint(&lists)?)
    }

    /// The roles that members have now.
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

    /// Removes accounts from every list.
    pub(super) fn remove(&mut self, accounts: &[AccountId]) {
        let accounts: HashSet<AccountId> = accounts.iter().copied().collect();
        for list in [&mut self.admins, &mut self.members, &mut self.readonly] {
            list.retain(|id| !accounts.contains(id));
        }
    }

    /// Appends accounts that do not have the role yet, and removes their other role.
    pub(super) fn add(&mut self, role: &RoomRole, accounts: &[AccountId]) -> Result<()> {
        let there: HashSet<AccountId> = self.list(role)?.iter().copied().collect();
        let new: Vec<AccountId> =
            accounts.iter().filter(|id| !there.contains(id)).copied().collect();
        self.remove(&new);
        self.list(role)?.extend(new);
        Ok(())
    }
}
