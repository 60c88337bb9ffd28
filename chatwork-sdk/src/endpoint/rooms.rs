//! Rooms (チャット): the list, a new one, and the handle to one of them.

use super::prelude::*;

impl Client {
    /// Lists the rooms that you are in, all of them.
    ///
    /// Calls `GET /rooms` ([reference](https://developer.chatwork.com/reference/get-rooms)).
    pub fn rooms(&self) -> Request<ListRooms> {
        Request::new(self, ListRooms)
    }

    /// Creates a group chat, of 1 to 255 characters in its name and at least one administrator.
    /// Gives its id.
    ///
    /// Everybody named must be a contact of yours or in your organization.
    ///
    /// Calls `POST /rooms` ([reference](https://developer.chatwork.com/reference/post-rooms)).
    ///
    /// # Errors
    ///
    /// [`Error::Input`](crate::Error::Input) before sending, when the name is too long or empty,
    /// nobody is administrator, somebody stands in two lists, or the link's code is not of 1 to 50
    /// characters out of `A-Z a-z 0-9 _ -`. 400 when the code is taken or somebody cannot be
    /// added.
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
    pub fn create_room(
        &self,
        name: impl Into<String>,
        admins: impl IntoIterator<Item = AccountId>,
    ) -> Request<CreateRoom> {
        let body = CreateRoomBody {
            description: None,
            icon_preset: None,
            link: None,
            link_code: None,
            link_need_acceptance: None,
            members_admin_ids: AccountIdList::from(String::new()),
            members_member_ids: None,
            members_readonly_ids: None,
            name: name.into(),
        };
        let members = super::roles::Roles::new(admins);
        Request::new(self, CreateRoom { body, members })
    }

    /// A handle to one room. Asks nothing of the API.
    pub fn room(&self, id: RoomId) -> RoomHandle {
        RoomHandle { client: self.clone(), id }
    }
}

/// A handle to one room. It is cheap to clone, and knows nothing of the room but its id.
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
    /// The id of the room.
    pub fn id(&self) -> RoomId {
        self.id
    }

    /// Gets what is known of the room.
    ///
    /// Calls `GET /rooms/{room_id}`
    /// ([reference](https://developer.chatwork.com/reference/get-rooms-room_id)).
    ///
    /// # Errors
    ///
    /// 403 when you are not in the room, or there is none.
    pub fn get(&self) -> Request<GetRoom> {
        Request::new(&self.client, GetRoom(self.id))
    }

    /// Changes the room's name, description or icon: what is set, and nothing else.
    ///
    /// Calls `PUT /rooms/{room_id}`
    /// ([reference](https://developer.chatwork.com/reference/put-rooms-room_id)).
    ///
    /// # Errors
    ///
    /// [`Error::Input`](crate::Error::Input) before sending, when nothing is set or the name is
    /// not of 1 to 255 characters. 403 when you may not change the room.
    ///
    /// ```no_run
    /// # async fn example(room: chatwork_sdk::RoomHandle) -> Result<(), chatwork_sdk::Error> {
    /// use chatwork_sdk::IconPreset;
    ///
    /// room.update().name("Launch!").icon(IconPreset::Star).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn update(&self) -> Request<UpdateRoom> {
        Request::new(&self.client, UpdateRoom { room: self.id, body: UpdateRoomBody::default() })
    }

    /// Leaves the group chat, which goes on without you.
    ///
    /// Calls `DELETE /rooms/{room_id}` with `action_type=leave`
    /// ([reference](https://developer.chatwork.com/reference/delete-rooms-room_id)).
    ///
    /// # Errors
    ///
    /// 403 for a direct chat, for your own chat, and when you are not in the room.
    pub fn leave(&self) -> Request<DeleteOrLeaveRoom> {
        self.go(RoomActionType::Leave)
    }

    /// Deletes the group chat with everything in it, for everybody.
    ///
    /// Calls `DELETE /rooms/{room_id}` with `action_type=delete`
    /// ([reference](https://developer.chatwork.com/reference/delete-rooms-room_id)).
    ///
    /// # Errors
    ///
    /// 403 when you may not delete it.
    pub fn delete(&self) -> Request<DeleteOrLeaveRoom> {
        self.go(RoomActionType::Delete)
    }

    fn go(&self, action_type: RoomActionType) -> Request<DeleteOrLeaveRoom> {
        let body = DeleteOrLeaveRoomBody { action_type };
        Request::new(&self.client, DeleteOrLeaveRoom { room: self.id, body })
    }
}

/// The call of [`Client::rooms`].
pub struct ListRooms;

impl Endpoint for ListRooms {
    type Reply = Vec<chatwork_api::types::Room>;
    type Output = Vec<chatwork_api::types::Room>;
    const OPERATION: &'static Operation = &operations::LIST_ROOMS;

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        Ok(api.list_rooms().await?)
    }

    fn output(rooms: Self::Reply, _: Option<MessageLimitation>) -> Self::Output {
        rooms
    }
}

/// The call of [`Client::create_room`].
pub struct CreateRoom {
    body: CreateRoomBody,
    members: super::roles::Roles,
}

impl Request<CreateRoom> {
    /// The ordinary members (メンバー).
    pub fn members(mut self, members: impl IntoIterator<Item = AccountId>) -> Self {
        self.endpoint.members.members = validate::unique(members);
        self
    }

    /// The members who may only read (閲覧のみ).
    pub fn readonly(mut self, readonly: impl IntoIterator<Item = AccountId>) -> Self {
        self.endpoint.members.readonly = validate::unique(readonly);
        self
    }

    /// What the room is about.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.endpoint.body.description = Some(description.into());
        self
    }

    /// The icon.
    pub fn icon(mut self, icon: IconPreset) -> Self {
        self.endpoint.body.icon_preset = Some(icon);
        self
    }

    /// Whether there is an invitation link (招待リンク). There is none unless this says so.
    pub fn invite_link(mut self, link: bool) -> Self {
        self.endpoint.body.link = Some(link.into());
        self
    }

    /// The last part of the link's address; a random one when not set.
    pub fn link_code(mut self, code: impl Into<String>) -> Self {
        self.endpoint.body.link_code = Some(code.into());
        self
    }

    /// Whether an administrator has to approve whoever comes by the link. One has to unless this
    /// says otherwise.
    pub fn link_needs_acceptance(mut self, needs_acceptance: bool) -> Self {
        self.endpoint.body.link_need_acceptance = Some(needs_acceptance.into());
        self
    }
}

impl Endpoint for CreateRoom {
    type Reply = RoomRef;
    type Output = RoomId;
    const OPERATION: &'static Operation = &operations::CREATE_ROOM;

    fn check(&self) -> Result<()> {
        use limits::create_room::*;
        validate::length("name", &self.body.name, NAME_MIN_LENGTH, NAME_MAX_LENGTH)?;
        if let Some(code) = &self.body.link_code {
            validate::length("link_code", code, LINK_CODE_MIN_LENGTH, LINK_CODE_MAX_LENGTH)?;
            validate::characters("link_code", code, LINK_CODE_PATTERN)?;
        }
        self.members.check()
    }

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        let body = CreateRoomBody {
            members_admin_ids: self.members.admins.iter().copied().collect(),
            members_member_ids: validate::optional_list(&self.members.members),
            members_readonly_ids: validate::optional_list(&self.members.readonly),
            ..self.body.clone()
        };
        Ok(api.create_room(&body).await?)
    }

    fn output(room: RoomRef, _: Option<MessageLimitation>) -> RoomId {
        room.room_id
    }
}

/// The call of [`RoomHandle::get`].
pub struct GetRoom(RoomId);

impl Endpoint for GetRoom {
    type Reply = RoomDetails;
    type Output = RoomDetails;
    const OPERATION: &'static Operation = &operations::GET_ROOM;

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        Ok(api.get_room(self.0).await?)
    }

    fn output(room: RoomDetails, _: Option<MessageLimitation>) -> RoomDetails {
        room
    }
}

/// The call of [`RoomHandle::update`].
pub struct UpdateRoom {
    room: RoomId,
    body: UpdateRoomBody,
}

impl Request<UpdateRoom> {
    /// The new name, of 1 to 255 characters.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.endpoint.body.name = Some(name.into());
        self
    }

    /// The new description.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.endpoint.body.description = Some(description.into());
        self
    }

    /// The new icon.
    pub fn icon(mut self, icon: IconPreset) -> Self {
        self.endpoint.body.icon_preset = Some(icon);
        self
    }
}

impl Endpoint for UpdateRoom {
    type Reply = RoomRef;
    type Output = ();
    const OPERATION: &'static Operation = &operations::UPDATE_ROOM;

    fn check(&self) -> Result<()> {
        use limits::update_room::{NAME_MAX_LENGTH, NAME_MIN_LENGTH};
        if self.body == UpdateRoomBody::default() {
            let what = "has nothing to change: expected a name, a description or an icon";
            return Err(crate::error::InputError::other("update", what).into());
        }
        match &self.body.name {
            Some(name) => Ok(validate::length("name", name, NAME_MIN_LENGTH, NAME_MAX_LENGTH)?),
            None => Ok(()),
        }
    }

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        Ok(api.update_room(self.room, &self.body).await?)
    }

    fn output(_: RoomRef, _: Option<MessageLimitation>) {}
}

/// The call of [`RoomHandle::leave`] and [`RoomHandle::delete`].
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

    fn output((): (), _: Option<MessageLimitation>) {}
}
