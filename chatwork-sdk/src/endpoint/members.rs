//! The members of a room.

use std::future::IntoFuture;
use std::time::Duration;

use super::prelude::*;
use super::roles::Roles;
use super::rooms::RoomHandle;
use crate::meta::Meta;
use crate::request::BoxFuture;

impl RoomHandle {
    /// Lists the members, all of them.
    ///
    /// Calls `GET /rooms/{room_id}/members`
    /// ([reference](https://developer.chatwork.com/reference/get-rooms-room_id-members)).
    ///
    /// # Errors
    ///
    /// 403 when you are not in the room, or there is none.
    pub fn members(&self) -> Request<ListRoomMembers> {
        Request::new(&self.client, ListRoomMembers(self.id))
    }

    /// Replaces all members: whoever is not named here is removed. At least one administrator is
    /// needed. See [`RoomHandle::add_members`] to change a few.
    ///
    /// Calls `PUT /rooms/{room_id}/members`
    /// ([reference](https://developer.chatwork.com/reference/put-rooms-room_id-members)).
    ///
    /// # Errors
    ///
    /// [`Error::Input`](crate::Error::Input) before sending, when nobody is administrator or
    /// somebody stands in two lists. 403 when you may not change the members.
    ///
    /// ```no_run
    /// # async fn example(room: chatwork_sdk::RoomHandle) -> Result<(), chatwork_sdk::Error> {
    /// # let [admin, anna, carol] = [1, 2, 3].map(chatwork_sdk::AccountId);
    /// room.replace_members([admin]).members([anna]).readonly([carol]).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn replace_members(
        &self,
        admins: impl IntoIterator<Item = AccountId>,
    ) -> Request<ReplaceRoomMembers> {
        let roles = Roles::new(admins);
        let endpoint = ReplaceRoomMembers { room: self.id, roles, in_turn: false };
        Request::new(&self.client, endpoint)
    }

    /// Adds members with a role, or gives it to members who have another; all others stay as they
    /// are.
    ///
    /// Calls `GET` and then `PUT /rooms/{room_id}/members`; only `GET` when there is nothing to
    /// change. Changes of the members by clones of this client wait for each other,
    /// [`RoomHandle::replace_members`] too; somebody whom another program adds between the two calls is
    /// removed again.
    ///
    /// # Errors
    ///
    /// As [`RoomHandle::replace_members`]; also when a member has a role that this version does not know,
    /// since it could not be kept.
    ///
    /// ```no_run
    /// # async fn example(room: chatwork_sdk::RoomHandle) -> Result<(), chatwork_sdk::Error> {
    /// # let dave = chatwork_sdk::AccountId(1);
    /// use chatwork_sdk::Role;
    ///
    /// room.add_members(Role::Member, [dave]).await?;
    /// room.remove_members([dave]).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn add_members(
        &self,
        role: RoomRole,
        accounts: impl IntoIterator<Item = AccountId>,
    ) -> ChangeMembers {
        let accounts = validate::unique(accounts);
        ChangeMembers { room: self.clone(), role: Some(role), accounts, timeout: None }
    }

    /// Removes members; all others stay as they are. Somebody who is no member is passed over.
    ///
    /// Calls `GET` and then `PUT /rooms/{room_id}/members`, as [`RoomHandle::add_members`].
    ///
    /// # Errors
    ///
    /// As [`RoomHandle::add_members`]: the last administrator cannot be removed.
    pub fn remove_members(&self, accounts: impl IntoIterator<Item = AccountId>) -> ChangeMembers {
        let accounts = validate::unique(accounts);
        ChangeMembers { room: self.clone(), role: None, accounts, timeout: None }
    }
}

/// The call of [`RoomHandle::members`].
pub struct ListRoomMembers(RoomId);

impl Endpoint for ListRoomMembers {
    type Reply = Vec<RoomMember>;
    type Output = Vec<RoomMember>;
    const OPERATION: &'static Operation = &operations::LIST_ROOM_MEMBERS;

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        Ok(api.list_room_members(self.0).await?)
    }

    fn output(members: Self::Reply, _: Option<MessageLimitation>) -> Self::Output {
        members
    }
}

/// The call of [`RoomHandle::replace_members`].
pub struct ReplaceRoomMembers {
    room: RoomId,
    roles: Roles,
    /// It is part of a change whose turn it is.
    in_turn: bool,
}

impl Request<ReplaceRoomMembers> {
    /// The ordinary members (メンバー).
    pub fn members(mut self, members: impl IntoIterator<Item = AccountId>) -> Self {
        self.endpoint.roles.members = validate::unique(members);
        self
    }

    /// The members who may only read (閲覧のみ).
    pub fn readonly(mut self, readonly: impl IntoIterator<Item = AccountId>) -> Self {
        self.endpoint.roles.readonly = validate::unique(readonly);
        self
    }
}

impl Endpoint for ReplaceRoomMembers {
    type Reply = RoomMemberIds;
    type Output = RoomMemberIds;
    const OPERATION: &'static Operation = &operations::REPLACE_ROOM_MEMBERS;

    fn check(&self) -> Result<()> {
        self.roles.check()
    }

    fn changes(&self) -> Option<RoomId> {
        (!self.in_turn).then_some(self.room)
    }

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        let body = ReplaceRoomMembersBody {
            members_admin_ids: self.roles.admins.iter().copied().collect(),
            members_member_ids: validate::optional_list(&self.roles.members),
            members_readonly_ids: validate::optional_list(&self.roles.readonly),
        };
        Ok(api.replace_room_members(self.room, &body).await?)
    }

    fn output(members: RoomMemberIds, _: Option<MessageLimitation>) -> RoomMemberIds {
        members
    }
}

/// The calls of [`RoomHandle::add_members`] and [`RoomHandle::remove_members`].
#[derive(Debug)]
#[must_use = "a request does nothing until it is awaited"]
pub struct ChangeMembers {
    room: RoomHandle,
    role: Option<RoomRole>,
    accounts: Vec<AccountId>,
    timeout: Option<Duration>,
}

impl ChangeMembers {
    /// The most time that one try of each of its calls may take.
    pub fn timeout(self, timeout: Duration) -> Self {
        Self { timeout: Some(timeout), ..self }
    }

    /// Makes the change, and gives what the last reply says besides its body, too.
    ///
    /// # Errors
    ///
    /// As [`RoomHandle::add_members`].
    pub async fn with_meta(self) -> Result<(RoomMemberIds, Meta)> {
        let room = &self.room;
        let _turn = room.client.shared().edits.turn(room.id).await;
        let list = room.members().within(self.timeout).with_meta();
        let (members, meta) = list.await?;
        let before = Roles::of(&members)?;
        let after = self.change(before.clone())?;
        let Roles { admins, members, readonly } = after.clone();
        if after == before {
            return Ok((RoomMemberIds { admin: admins, member: members, readonly }, meta));
        }
        let mut replace = room.replace_members(admins).members(members).readonly(readonly);
        replace.endpoint.in_turn = true;
        replace.within(self.timeout).with_meta().await
    }

    fn change(&self, mut roles: Roles) -> Result<Roles> {
        match &self.role {
            Some(role) => roles.add(role, &self.accounts)?,
            None => roles.remove(&self.accounts),
        }
        Ok(roles)
    }
}

impl IntoFuture for ChangeMembers {
    type Output = Result<RoomMemberIds>;
    type IntoFuture = BoxFuture<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { Ok(self.with_meta().await?.0) })
    }
}
