//! Rooms (チャット): the list, a new one, and the handle to one of them.

use super::prelude::*;
use chatwork_api::reqwest::header::HeaderMap;

impl Client {
    /// Lists the rooms that you are in, all of them. Returns a [`List`] of
    /// [`Room`](crate::types::Room)s.
    ///
    /// Calls `GET /rooms` ([reference](https://developer.chatwork.com/reference/get-rooms)).
    #[doc(alias = "get_rooms")]
    #[doc(alias = "list_rooms")]
    #[doc(alias = "chats")]
    pub fn rooms(&self) -> Request<ListRooms> {
        Request::new(self, ListRooms)
    }

    /// Creates a group chat. Returns its [`RoomId`].
    ///
    /// The name has 1 to 255 characters. At least one administrator is needed. Every account must
    /// be your contact or in your organization.
    ///
    /// Calls `POST /rooms` ([reference](https://developer.chatwork.com/reference/post-rooms)).
    ///
    /// # Errors
    ///
    /// - [`Error::Input`](crate::Error::Input) before sending, if the name is empty or too long,
    ///   there is no administrator, an account is in two lists, or the link's code does not have 1
    ///   to 50 characters of `A-Z a-z 0-9 _ -`.
    /// - 400 if another room has the code, or an account cannot be added.
    ///
    /// ```no_run
    /// # async fn example(chatwork: chatwork_sdk::Client) -> Result<(), chatwork_sdk::Error> {
    /// # let [anna, bob, carol] = [1, 2, 3].map(chatwork_sdk::AccountId);
    /// use chatwork_sdk::IconPreset;
    ///
    /// let me = chatwork.me().await?;
    /// let room_id = chatwork
    ///     .create_room("Launch", [me.account_id])
    ///     .members([anna, bob])
    ///     .readonly([carol])
    ///     .description("Everything about the launch")
    ///     .icon(IconPreset::Project)
    ///     .invite_link(true)
    ///     .link_code("launch")
    ///     .link_needs_acceptance(false)
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "post_rooms")]
    #[doc(alias = "new_room")]
    #[doc(alias = "create_group")]
    pub fn create_room(
        &self,
        name: impl Into<String>,
        admins: impl IntoIterator<Item = AccountId>,
    ) -> Request<CreateRoom> {
        let body = CreateRoomBody::new(name, AccountIdList::from(""));
        let members = super::roles::Roles::new(admins);
        Request::new(self, CreateRoom { body, members })
    }

    /// Returns a handle to one room. Sends no request.
    pub fn room(&self, id: RoomId) -> RoomHandle {
        RoomHandle { client: self.clone(), id }
    }
}

/// A handle to one room, made by [`Client::room`].
///
/// It holds the room's id and a clone of the client, so clones are cheap.
///
/// ```no_run
/// # async fn example(chatwork: chatwork_sdk::Client) -> Result<(), chatwork_sdk::Error> {
/// use chatwork_sdk::RoomId;
///
/// let room = chatwork.room(RoomId(42));
/// room.post("Build is green").await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct RoomHandle {
    pub(crate) client: Client,
    pub(super) id: RoomId,
}

impl RoomHandle {
    /// Returns the id of the room.
    pub fn id(&self) -> RoomId {
        self.id
    }

    /// Gets name, type, counts and description of the room. Returns
    /// [`RoomDetails`](crate::types::RoomDetails).
    ///
    /// Calls `GET /rooms/{room_id}`
    /// ([reference](https://developer.chatwork.com/reference/get-rooms-room_id)).
    ///
    /// # Errors
    ///
    /// 403 if you are not in the room, or the room does not exist.
    #[doc(alias = "get_room")]
    pub fn get(&self) -> Request<GetRoom> {
        Request::new(&self.client, GetRoom(self.id))
    }

    /// Changes the room's name, description or icon. Returns `()`. What is not set stays as it is.
    ///
    /// Calls `PUT /rooms/{room_id}`
    /// ([reference](https://developer.chatwork.com/reference/put-rooms-room_id)).
    ///
    /// # Errors
    ///
    /// - [`Error::Input`](crate::Error::Input) before sending, if no option is set or the name does
    ///   not have 1 to 255 characters.
    /// - 403 if you may not change the room.
    ///
    /// ```no_run
    /// # async fn example(room: chatwork_sdk::RoomHandle) -> Result<(), chatwork_sdk::Error> {
    /// use chatwork_sdk::IconPreset;
    ///
    /// room.update().name("Launch!").icon(IconPreset::Star).await?;
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "update_room")]
    #[doc(alias = "edit_room")]
    #[doc(alias = "put_room")]
    pub fn update(&self) -> Request<UpdateRoom> {
        Request::new(&self.client, UpdateRoom { room: self.id, body: UpdateRoomOptions::default() })
    }

    /// Leaves the group chat. Returns `()`. The other members stay.
    ///
    /// Calls `DELETE /rooms/{room_id}` with `action_type=leave`
    /// ([reference](https://developer.chatwork.com/reference/delete-rooms-room_id)).
    ///
    /// # Errors
    ///
    /// 403 if the room is a direct chat or your own chat, or you are not in the room.
    #[doc(alias = "leave_room")]
    #[doc(alias = "delete_or_leave_room")]
    pub fn leave(&self) -> Request<DeleteOrLeaveRoom> {
        self.end(RoomActionType::Leave)
    }

    /// Deletes the group chat with all its messages, tasks and files, for all members. Returns `()`.
    ///
    /// Calls `DELETE /rooms/{room_id}` with `action_type=delete`
    /// ([reference](https://developer.chatwork.com/reference/delete-rooms-room_id)).
    ///
    /// # Errors
    ///
    /// 403 if you may not delete the room.
    #[doc(alias = "delete_room")]
    #[doc(alias = "delete_or_leave_room")]
    pub fn delete(&self) -> Request<DeleteOrLeaveRoom> {
        self.end(RoomActionType::Delete)
    }

    fn end(&self, action_type: RoomActionType) -> Request<DeleteOrLeaveRoom> {
        let body = DeleteOrLeaveRoomBody::new(action_type);
        Request::new(&self.client, DeleteOrLeaveRoom { room: self.id, body })
    }
}

/// `GET /rooms`: the request of [`Client::rooms`].
///
/// Returns a [`List`] of [`Room`](crate::types::Room)s. Options: those of every [`Request`].
pub struct ListRooms;

impl Endpoint for ListRooms {
    type Reply = List<Room>;
    type Output = List<Room>;
    const OPERATION: &'static Operation = &operations::LIST_ROOMS;

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        list::read(Self::OPERATION, api.list_rooms().await)
    }

    fn output(rooms: Self::Reply, _: &HeaderMap) -> Self::Output {
        rooms
    }
}

/// `POST /rooms`: the request of [`Client::create_room`].
///
/// Returns the [`RoomId`]. Options: [`members`, `readonly`, `description`, `icon`, `invite_link`,
/// `link_code`, `link_needs_acceptance`](Request#impl-Request%3CCreateRoom%3E), and those of every
/// [`Request`].
pub struct CreateRoom {
    body: CreateRoomBody,
    members: super::roles::Roles,
}

impl Request<CreateRoom> {
    /// Sets the ordinary members (メンバー).
    pub fn members(mut self, members: impl IntoIterator<Item = AccountId>) -> Self {
        self.endpoint.members.members = validate::unique(members);
        self
    }

    /// Sets the members who may only read (閲覧のみ).
    pub fn readonly(mut self, readonly: impl IntoIterator<Item = AccountId>) -> Self {
        self.endpoint.members.readonly = validate::unique(readonly);
        self
    }

    /// Sets the description.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.endpoint.body.description = Some(description.into());
        self
    }

    /// Sets the icon.
    pub fn icon(mut self, icon: IconPreset) -> Self {
        self.endpoint.body.icon_preset = Some(icon);
        self
    }

    /// Sets whether the room has an invitation link (招待リンク). Default: no.
    pub fn invite_link(mut self, link: bool) -> Self {
        self.endpoint.body.link = Some(link.into());
        self
    }

    /// Sets the last part of the link's address. Default: a random one.
    pub fn link_code(mut self, code: impl Into<String>) -> Self {
        self.endpoint.body.link_code = Some(code.into());
        self
    }

    /// Sets whether an administrator has to approve members who come by the link. Default: yes.
    #[doc(alias = "link_need_acceptance")]
    pub fn link_needs_acceptance(mut self, needs_acceptance: bool) -> Self {
        self.endpoint.body.link_need_acceptance = Some(needs_acceptance.into());
        self
    }
}

impl Endpoint for CreateRoom {
    type Reply = RoomRef;
    type Output = RoomId;
    const OPERATION: &'static Operation = &operations::CREATE_ROOM;

    fn validate(&self) -> Result<()> {
        use limits::create_room::*;
        validate::length("name", &self.body.name, NAME_MIN_LENGTH, NAME_MAX_LENGTH)?;
        if let Some(code) = &self.body.link_code {
            validate::length("link_code", code, LINK_CODE_MIN_LENGTH, LINK_CODE_MAX_LENGTH)?;
            validate::characters("link_code", code, LINK_CODE_PATTERN)?;
        }
        self.members.validate()
    }

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        let mut body = self.body.clone();
        body.members_admin_ids = self.members.admins.iter().copied().collect();
        body.members_member_ids = validate::optional_list(&self.members.members);
        body.members_readonly_ids = validate::optional_list(&self.members.readonly);
        Ok(api.create_room(&body).await?)
    }

    fn output(room: RoomRef, _: &HeaderMap) -> RoomId {
        room.room_id
    }
}

/// `GET /rooms/{room_id}`: the request of [`RoomHandle::get`].
///
/// Returns [`RoomDetails`](crate::types::RoomDetails). Options: those of every [`Request`].
pub struct GetRoom(RoomId);

impl Endpoint for GetRoom {
    type Reply = RoomDetails;
    type Output = RoomDetails;
    const OPERATION: &'static Operation = &operations::GET_ROOM;

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        Ok(api.get_room(self.0).await?)
    }

    fn output(room: RoomDetails, _: &HeaderMap) -> RoomDetails {
        room
    }
}

/// `PUT /rooms/{room_id}`: the request of [`RoomHandle::update`].
///
/// Returns `()`. Options: [`name`, `description`, `icon`](Request#impl-Request%3CUpdateRoom%3E), and
/// those of every [`Request`].
pub struct UpdateRoom {
    room: RoomId,
    body: UpdateRoomOptions,
}

impl Request<UpdateRoom> {
    /// Sets the name, of 1 to 255 characters.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.endpoint.body.name = Some(name.into());
        self
    }

    /// Sets the description.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.endpoint.body.description = Some(description.into());
        self
    }

    /// Sets the icon.
    pub fn icon(mut self, icon: IconPreset) -> Self {
        self.endpoint.body.icon_preset = Some(icon);
        self
    }
}

impl Endpoint for UpdateRoom {
    type Reply = RoomRef;
    type Output = ();
    const OPERATION: &'static Operation = &operations::UPDATE_ROOM;

    fn validate(&self) -> Result<()> {
        use limits::update_room::{NAME_MAX_LENGTH, NAME_MIN_LENGTH};
        if self.body == UpdateRoomOptions::default() {
            let what = "has nothing to change: expected a name, a description or an icon";
            return Err(crate::error::InputError::other("update", what).into());
        }
        match &self.body.name {
            Some(name) => Ok(validate::length("name", name, NAME_MIN_LENGTH, NAME_MAX_LENGTH)?),
            None => Ok(()),
        }
    }

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        Ok(api.update_room_with(self.room, &self.body).await?)
    }

    fn output(_: RoomRef, _: &HeaderMap) {}
}

/// `DELETE /rooms/{room_id}`: the request of [`RoomHandle::leave`] and [`RoomHandle::delete`].
///
/// Returns `()`. Options: those of every [`Request`].
pub struct DeleteOrLeaveRoom {
    room: RoomId,
    body: DeleteOrLeaveRoomBody,
}

impl Endpoint for DeleteOrLeaveRoom {
    type Reply = ();
    type Output = ();
    const OPERATION: &'static Operation = &operations::DELETE_OR_LEAVE_ROOM;

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        Ok(api.delete_or_leave_room(self.room, &self.body).await?)
    }

    fn output((): (), _: &HeaderMap) {}
}
