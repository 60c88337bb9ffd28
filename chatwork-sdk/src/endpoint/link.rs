//! The invitation link of a room (招待リンク).

use super::edit_link::EditLink;
use super::prelude::*;
use super::rooms::RoomHandle;

impl RoomHandle {
    /// A handle to the room's invitation link. Asks nothing of the API.
    ///
    /// ```no_run
    /// # async fn example(room: chatwork_sdk::RoomHandle) -> Result<(), chatwork_sdk::Error> {
    /// let link = room.link();
    /// link.create().code("launch").needs_acceptance(false).description("Come in").await?;
    /// link.edit().description("Come in, everybody").await?;
    /// println!("{:?}", link.get().await?.url);
    /// link.delete().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn link(&self) -> LinkHandle {
        LinkHandle { room: self.clone() }
    }
}

/// A handle to a room's invitation link.
#[derive(Clone, Debug)]
pub struct LinkHandle {
    room: RoomHandle,
}

impl LinkHandle {
    /// Gets the link, open or not.
    ///
    /// Calls `GET /rooms/{room_id}/link`
    /// ([reference](https://developer.chatwork.com/reference/get-rooms-room_id-link)).
    ///
    /// # Errors
    ///
    /// 403 when you are not in the room, or there is none.
    pub fn get(&self) -> Request<GetRoomLink> {
        Request::new(&self.room.client, GetRoomLink(self.room.id))
    }

    /// Creates the link.
    ///
    /// Calls `POST /rooms/{room_id}/link`
    /// ([reference](https://developer.chatwork.com/reference/post-rooms-room_id-link)).
    ///
    /// # Errors
    ///
    /// [`Error::Input`](crate::Error::Input) before sending, when the code is not of 1 to 50
    /// characters out of `A-Z a-z 0-9 _ -`. 400 when there is a link, or the code is taken; 403
    /// when you are no administrator.
    pub fn create(&self) -> Request<CreateRoomLink> {
        let body = CreateRoomLinkBody::default();
        Request::new(&self.room.client, CreateRoomLink { room: self.room.id, body })
    }

    /// Replaces the link. What is left out is reset: the code becomes a new random one, and an
    /// administrator has to approve. See [`LinkHandle::edit`] to keep it.
    ///
    /// Calls `PUT /rooms/{room_id}/link`
    /// ([reference](https://developer.chatwork.com/reference/put-rooms-room_id-link)).
    ///
    /// # Errors
    ///
    /// As [`LinkHandle::create`]; 400 when there is no link.
    pub fn replace(&self) -> Request<ReplaceRoomLink> {
        let body = ReplaceRoomLinkBody::default();
        Request::new(
            &self.room.client,
            ReplaceRoomLink { room: self.room.id, body, in_turn: false },
        )
    }

    /// Changes the link: what is left out stays as it is.
    ///
    /// Calls `GET` and then `PUT /rooms/{room_id}/link`. Changes of the link by clones of this
    /// client wait for each other, those of the other methods too; what another program changes
    /// between the two calls is undone.
    ///
    /// # Errors
    ///
    /// As [`LinkHandle::replace`]; [`Error::Input`](crate::Error::Input) also when there is no open
    /// link, or its address does not show its code and none is set.
    pub fn edit(&self) -> EditLink {
        EditLink::new(self.room.clone())
    }

    /// Deletes the link. Gives it as it is now: closed.
    ///
    /// Calls `DELETE /rooms/{room_id}/link`
    /// ([reference](https://developer.chatwork.com/reference/delete-rooms-room_id-link)).
    ///
    /// # Errors
    ///
    /// 400 when there is no link, 403 when you are no administrator.
    pub fn delete(&self) -> Request<DeleteRoomLink> {
        Request::new(&self.room.client, DeleteRoomLink(self.room.id))
    }
}

/// The call of [`LinkHandle::get`].
pub struct GetRoomLink(pub(super) RoomId);

impl Endpoint for GetRoomLink {
    type Reply = RoomLink;
    type Output = RoomLink;
    const OPERATION: &'static Operation = &operations::GET_ROOM_LINK;

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        Ok(api.get_room_link(self.0).await?)
    }

    fn output(link: RoomLink, _: Option<MessageLimitation>) -> RoomLink {
        link
    }
}

/// The call of [`LinkHandle::create`].
pub struct CreateRoomLink {
    room: RoomId,
    body: CreateRoomLinkBody,
}

impl Request<CreateRoomLink> {
    /// The last part of the address; a random one when not set.
    pub fn code(mut self, code: impl Into<String>) -> Self {
        self.endpoint.body.code = Some(code.into());
        self
    }

    /// Whether an administrator has to approve whoever comes; one has to when not set.
    pub fn needs_acceptance(mut self, needs_acceptance: bool) -> Self {
        self.endpoint.body.need_acceptance = Some(needs_acceptance.into());
        self
    }

    /// The text shown with the link.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.endpoint.body.description = Some(description.into());
        self
    }
}

impl Endpoint for CreateRoomLink {
    type Reply = RoomLink;
    type Output = RoomLink;
    const OPERATION: &'static Operation = &operations::CREATE_ROOM_LINK;

    fn check(&self) -> Result<()> {
        check_code(self.body.code.as_deref())
    }

    fn changes(&self) -> Option<RoomId> {
        Some(self.room)
    }

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        Ok(api.create_room_link(self.room, &self.body).await?)
    }

    fn output(link: RoomLink, _: Option<MessageLimitation>) -> RoomLink {
        link
    }
}

/// The call of [`LinkHandle::replace`].
pub struct ReplaceRoomLink {
    pub(super) room: RoomId,
    pub(super) body: ReplaceRoomLinkBody,
    /// It is part of an edit whose turn it is.
    pub(super) in_turn: bool,
}

impl Request<ReplaceRoomLink> {
    /// The last part of the address; a new random one when not set.
    pub fn code(mut self, code: impl Into<String>) -> Self {
        self.endpoint.body.code = Some(code.into());
        self
    }

    /// Whether an administrator has to approve whoever comes; one has to when not set.
    pub fn needs_acceptance(mut self, needs_acceptance: bool) -> Self {
        self.endpoint.body.need_acceptance = Some(needs_acceptance.into());
        self
    }

    /// The text shown with the link.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.endpoint.body.description = Some(description.into());
        self
    }
}

impl Endpoint for ReplaceRoomLink {
    type Reply = RoomLink;
    type Output = RoomLink;
    const OPERATION: &'static Operation = &operations::REPLACE_ROOM_LINK;

    fn check(&self) -> Result<()> {
        check_code(self.body.code.as_deref())
    }

    fn changes(&self) -> Option<RoomId> {
        (!self.in_turn).then_some(self.room)
    }

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        Ok(api.replace_room_link(self.room, &self.body).await?)
    }

    fn output(link: RoomLink, _: Option<MessageLimitation>) -> RoomLink {
        link
    }
}

/// The call of [`LinkHandle::delete`].
pub struct DeleteRoomLink(RoomId);

impl Endpoint for DeleteRoomLink {
    type Reply = RoomLink;
    type Output = RoomLink;
    const OPERATION: &'static Operation = &operations::DELETE_ROOM_LINK;

    fn changes(&self) -> Option<RoomId> {
        Some(self.0)
    }

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        Ok(api.delete_room_link(self.0).await?)
    }

    fn output(link: RoomLink, _: Option<MessageLimitation>) -> RoomLink {
        link
    }
}

pub(super) fn check_code(code: Option<&str>) -> Result<()> {
    use limits::create_room_link::{CODE_MAX_LENGTH, CODE_MIN_LENGTH, CODE_PATTERN};
    if let Some(code) = code {
        validate::length("code", code, CODE_MIN_LENGTH, CODE_MAX_LENGTH)?;
        validate::characters("code", code, CODE_PATTERN)?;
    }
    Ok(())
}
