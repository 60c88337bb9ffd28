//! The members of a room.

use chatwork_api::reqwest::header::HeaderMap;
use std::future::IntoFuture;
use std::time::Duration;

use super::prelude::*;
use super::roles::Roles;
use super::rooms::RoomHandle;
use crate::call::lock_room;
use crate::meta::Meta;
use crate::request::BoxFuture;
use crate::room_locks::RoomLock;

impl RoomHandle {
    /// Lists the members of the room, all of them. Returns a [`List`] of
    /// [`RoomMember`](crate::types::RoomMember)s.
    ///
    /// Calls `GET /rooms/{room_id}/members`
    /// ([reference](https://developer.chatwork.com/reference/get-rooms-room_id-members)).
    ///
    /// # Errors
    ///
    /// 403 if you are not in the room, or the room does not exist.
    #[doc(alias = "get_members")]
    #[doc(alias = "list_members")]
    #[doc(alias = "list_room_members")]
    pub fn members(&self) -> Request<ListRoomMembers> {
        Request::new(&self.client, ListRoomMembers { room: self.id, strict: false })
    }

    /// Replaces all members of the room. Returns [`RoomMemberIds`](crate::types::RoomMemberIds).
    ///
    /// An account that no list names is removed. At least one administrator is needed. To change a
    /// few members, use [`RoomHandle::add_members`] and [`RoomHandle::remove_members`].
    ///
    /// Calls `PUT /rooms/{room_id}/members`
    /// ([reference](https://developer.chatwork.com/reference/put-rooms-room_id-members)).
    ///
    /// # Errors
    ///
    /// - [`Error::Input`](crate::Error::Input) before sending, if there is no administrator or an
    ///   account is in two lists.
    /// - 403 if you may not change the members.
    ///
    /// ```no_run
    /// # async fn example(room: chatwork_sdk::RoomHandle) -> Result<(), chatwork_sdk::Error> {
    /// # let [admin, anna, carol] = [1, 2, 3].map(chatwork_sdk::AccountId);
    /// room.replace_members([admin]).members([anna]).readonly([carol]).await?;
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "update_members")]
    #[doc(alias = "put_members")]
    #[doc(alias = "set_members")]
    #[doc(alias = "replace_room_members")]
    pub fn replace_members(
        &self,
        admins: impl IntoIterator<Item = AccountId>,
    ) -> Request<ReplaceRoomMembers> {
        let roles = Roles::new(admins);
        let endpoint = ReplaceRoomMembers { room: self.id, roles, holds_lock: false };
        Request::new(&self.client, endpoint)
    }

    /// Adds members with a role, or gives existing members that role. Returns
    /// [`RoomMemberIds`](crate::types::RoomMemberIds). All other members stay.
    ///
    /// Calls `GET` and then `PUT /rooms/{room_id}/members`. If the accounts have the role already,
    /// only `GET` is called. Changes of one room by clones of this client wait for each other. If another
    /// program changes the members between the two calls, its change is lost.
    ///
    /// # Errors
    ///
    /// - As [`RoomHandle::replace_members`].
    /// - [`Error::Decode`](crate::Error::Decode) if a member cannot be read, and
    ///   [`Error::Input`](crate::Error::Input) if a member has a role that this version does not
    ///   know. No member is changed then, since the unknown one would be removed.
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
    #[doc(alias = "add_member")]
    #[doc(alias = "invite")]
    pub fn add_members(
        &self,
        role: RoomRole,
        accounts: impl IntoIterator<Item = AccountId>,
    ) -> ChangeMembers {
        let accounts = validate::unique(accounts);
        ChangeMembers { room: self.clone(), role: Some(role), accounts, timeout: None }
    }

    /// Removes members. Returns [`RoomMemberIds`](crate::types::RoomMemberIds). All other members
    /// stay. An account that is not a member is ignored.
    ///
    /// Calls `GET` and then `PUT /rooms/{room_id}/members`, as [`RoomHandle::add_members`].
    ///
    /// # Errors
    ///
    /// As [`RoomHandle::add_members`]. The last administrator cannot be removed.
    #[doc(alias = "remove_member")]
    #[doc(alias = "kick")]
    pub fn remove_members(&self, accounts: impl IntoIterator<Item = AccountId>) -> ChangeMembers {
        let accounts = validate::unique(accounts);
        ChangeMembers { room: self.clone(), role: None, accounts, timeout: None }
    }
}

/// `GET /rooms/{room_id}/members`: the request of [`RoomHandle::members`].
///
/// Returns a [`List`] of [`RoomMember`](crate::types::RoomMember)s. Options: those of every
/// [`Request`].
pub struct ListRoomMembers {
    room: RoomId,
    /// Fails if a member cannot be read: a change would remove such a member.
    strict: bool,
}

impl Endpoint for ListRoomMembers {
    type Reply = List<RoomMember>;
    type Output = List<RoomMember>;
    const OPERATION: &'static Operation = &operations::LIST_ROOM_MEMBERS;

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        let sent = api.list_room_members(self.room).await;
        if self.strict { list::read_all(sent) } else { list::read(Self::OPERATION, sent) }
    }

    fn output(members: Self::Reply, _: &HeaderMap) -> Self::Output {
        members
    }
}

/// `PUT /rooms/{room_id}/members`: the request of [`RoomHandle::replace_members`].
///
/// Returns [`RoomMemberIds`](crate::types::RoomMemberIds). Options:
/// [`members`, `readonly`](Request#impl-Request%3CReplaceRoomMembers%3E), and those of every
/// [`Request`].
pub struct ReplaceRoomMembers {
    room: RoomId,
    roles: Roles,
    /// Whether the caller holds the lock of the room, as `add_members` does.
    holds_lock: bool,
}

impl Request<ReplaceRoomMembers> {
    /// Sets the ordinary members (メンバー).
    pub fn members(mut self, members: impl IntoIterator<Item = AccountId>) -> Self {
        self.endpoint.roles.members = validate::unique(members);
        self
    }

    /// Sets the members who may only read (閲覧のみ).
    pub fn readonly(mut self, readonly: impl IntoIterator<Item = AccountId>) -> Self {
        self.endpoint.roles.readonly = validate::unique(readonly);
        self
    }
}

impl Endpoint for ReplaceRoomMembers {
    type Reply = RoomMemberIds;
    type Output = RoomMemberIds;
    const OPERATION: &'static Operation = &operations::REPLACE_ROOM_MEMBERS;

    fn validate(&self) -> Result<()> {
        self.roles.validate()
    }

    fn locks_room(&self) -> Option<RoomLock> {
        (!self.holds_lock).then_some(RoomLock::Members(self.room))
    }

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        let admins: AccountIdList = self.roles.admins.iter().copied().collect();
        let mut body = ReplaceRoomMembersBody::new(admins);
        body.members_member_ids = validate::optional_list(&self.roles.members);
        body.members_readonly_ids = validate::optional_list(&self.roles.readonly);
        Ok(api.replace_room_members(self.room, &body).await?)
    }

    fn output(members: RoomMemberIds, _: &HeaderMap) -> RoomMemberIds {
        members
    }
}

/// The requests of [`RoomHandle::add_members`] and [`RoomHandle::remove_members`].
///
/// Returns [`RoomMemberIds`](crate::types::RoomMemberIds).
#[derive(Debug)]
#[must_use = "a request does nothing until it is awaited"]
pub struct ChangeMembers {
    room: RoomHandle,
    role: Option<RoomRole>,
    accounts: Vec<AccountId>,
    timeout: Option<Duration>,
}

impl ChangeMembers {
    /// Sets the time limit of each attempt of each request.
    pub fn timeout(self, timeout: Duration) -> Self {
        Self { timeout: Some(timeout), ..self }
    }

    /// Sends the requests, as `.await` does. The future can be spawned and joined.
    pub fn send(self) -> BoxFuture<Result<RoomMemberIds>> {
        Box::pin(async move { Ok(self.with_meta().await?.0) })
    }

    /// Sends the requests. Returns the [`Meta`] of the last reply, too.
    ///
    /// # Errors
    ///
    /// As [`RoomHandle::add_members`].
    pub async fn with_meta(self) -> Result<(RoomMemberIds, Meta)> {
        let room = &self.room;
        let lock = RoomLock::Members(room.id);
        let _lock =
            lock_room(&room.client, lock, ReplaceRoomMembers::OPERATION, self.timeout).await?;
        let list = Request::new(&room.client, ListRoomMembers { room: room.id, strict: true });
        let (members, meta) = list.within(self.timeout).with_meta().await?;
        let before = Roles::of(&members)?;
        let after = self.change(before.clone())?;
        let Roles { admins, members, readonly } = after.clone();
        if after == before {
            let mut there = RoomMemberIds::default();
            (there.admin, there.member, there.readonly) = (admins, members, readonly);
            return Ok((there, meta));
        }
        let mut replace = room.replace_members(admins).members(members).readonly(readonly);
        replace.endpoint.holds_lock = true;
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
        self.send()
    }
}
