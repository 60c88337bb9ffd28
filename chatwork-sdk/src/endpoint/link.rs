//! The invitation link of a room (招待リンク).

use super::edit_link::EditLink;
use super::prelude::*;
use super::rooms::RoomHandle;
use crate::room_locks::RoomLock;
use chatwork_api::reqwest::header::HeaderMap;

impl RoomHandle {
    /// Returns a handle to the room's invitation link. Sends no request.
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
    #[doc(alias = "invitation")]
    #[doc(alias = "invite_link")]
    pub fn link(&self) -> LinkHandle {
        LinkHandle { room: self.clone() }
    }
}

/// A handle to a room's invitation link, made by [`RoomHandle::link`].
#[derive(Clone, Debug)]
pub struct LinkHandle {
    room: RoomHandle,
}

impl LinkHandle {
    /// Gets the link, whether it is open or closed. Returns a
    /// [`RoomLink`](crate::types::RoomLink).
    ///
    /// Calls `GET /rooms/{room_id}/link`
    /// ([reference](https://developer.chatwork.com/reference/get-rooms-room_id-link)).
    ///
    /// # Errors
    ///
    /// 403 if you are not in the room, or the room does not exist.
    #[doc(alias = "get_link")]
    #[doc(alias = "get_room_link")]
    pub fn get(&self) -> Request<GetRoomLink> {
        Request::new(&self.room.client, GetRoomLink(self.room.id))
    }

    /// Creates the link. Returns the [`RoomLink`](crate::types::RoomLink).
    ///
    /// Calls `POST /rooms/{room_id}/link`
    /// ([reference](https://developer.chatwork.com/reference/post-rooms-room_id-link)).
    ///
    /// # Errors
    ///
    /// - [`Error::Input`](crate::Error::Input) before sending, if the code does not have 1 to 50
    ///   characters of `A-Z a-z 0-9 _ -`.
    /// - 400 if the room has a link, or another room has the code.
    /// - 403 if you are not an administrator.
    #[doc(alias = "create_link")]
    #[doc(alias = "create_room_link")]
    #[doc(alias = "post_link")]
    pub fn create(&self) -> Request<CreateRoomLink> {
        let body = CreateRoomLinkOptions::default();
        Request::new(&self.room.client, CreateRoomLink { room: self.room.id, body })
    }

    /// Replaces the link. Returns the new [`RoomLink`](crate::types::RoomLink).
    ///
    /// What is not set is reset: the code becomes a new random one, and an administrator has to
    /// approve new members. To keep what is not set, use [`LinkHandle::edit`].
    ///
    /// Calls `PUT /rooms/{room_id}/link`
    /// ([reference](https://developer.chatwork.com/reference/put-rooms-room_id-link)).
    ///
    /// # Errors
    ///
    /// As [`LinkHandle::create`]. 400 if there is no link.
    #[doc(alias = "replace_room_link")]
    #[doc(alias = "update_link")]
    #[doc(alias = "put_link")]
    pub fn replace(&self) -> Request<ReplaceRoomLink> {
        let body = ReplaceRoomLinkOptions::default();
        let endpoint = ReplaceRoomLink { room: self.room.id, body, holds_lock: false };
        Request::new(&self.room.client, endpoint)
    }

    /// Changes the link. Returns the changed [`RoomLink`](crate::types::RoomLink). What is not set
    /// stays as it is.
    ///
    /// Calls `GET` and then `PUT /rooms/{room_id}/link`. Changes of one link by clones of this
    /// client wait for each other. If another program changes the link between the two calls, its
    /// change is lost.
    ///
    /// # Errors
    ///
    /// - As [`LinkHandle::replace`].
    /// - [`Error::Input`](crate::Error::Input) if the link is not open, or if the reply does not
    ///   hold a value that is not set, such as a code in an address that ends in `/g/<code>`. The link
    ///   is not changed then, since that value would be reset.
    #[doc(alias = "edit_link")]
    #[doc(alias = "update_link")]
    pub fn edit(&self) -> EditLink {
        EditLink::new(self.room.clone())
    }

    /// Deletes the link. Returns the [`RoomLink`](crate::types::RoomLink), which is closed now.
    ///
    /// Calls `DELETE /rooms/{room_id}/link`
    /// ([reference](https://developer.chatwork.com/reference/delete-rooms-room_id-link)).
    ///
    /// # Errors
    ///
    /// 400 if there is no link. 403 if you are not an administrator.
    #[doc(alias = "delete_link")]
    #[doc(alias = "delete_room_link")]
    pub fn delete(&self) -> Request<DeleteRoomLink> {
        Request::new(&self.room.client, DeleteRoomLink(self.room.id))
    }
}

/// `GET /rooms/{room_id}/link`: the request of [`LinkHandle::get`].
///
/// Returns a [`RoomLink`](crate::types::RoomLink). Options: those of every [`Request`].
pub struct GetRoomLink(pub(super) RoomId);

impl Endpoint for GetRoomLink {
    type Reply = RoomLink;
    type Output = RoomLink;
    const OPERATION: &'static Operation = &operations::GET_ROOM_LINK;

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        Ok(api.get_room_link(self.0).await?)
    }

    fn output(link: RoomLink, _: &HeaderMap) -> RoomLink {
        link
    }
}

/// `POST /rooms/{room_id}/link`: the request of [`LinkHandle::create`].
///
/// Returns a [`RoomLink`](crate::types::RoomLink). Options:
/// [`code`, `needs_acceptance`, `description`](Request#impl-Request%3CCreateRoomLink%3E), and those
/// of every [`Request`].
pub struct CreateRoomLink {
    room: RoomId,
    body: CreateRoomLinkOptions,
}

impl Request<CreateRoomLink> {
    /// Sets the last part of the address. Default: a random one.
    pub fn code(mut self, code: impl Into<String>) -> Self {
        self.endpoint.body.code = Some(code.into());
        self
    }

    /// Sets whether an administrator has to approve new members. Default: yes.
    #[doc(alias = "need_acceptance")]
    pub fn needs_acceptance(mut self, needs_acceptance: bool) -> Self {
        self.endpoint.body.need_acceptance = Some(needs_acceptance.into());
        self
    }

    /// Sets the text that is shown with the link.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.endpoint.body.description = Some(description.into());
        self
    }
}

impl Endpoint for CreateRoomLink {
    type Reply = RoomLink;
    type Output = RoomLink;
    const OPERATION: &'static Operation = &operations::CREATE_ROOM_LINK;

    fn validate(&self) -> Result<()> {
        validate_code(self.body.code.as_deref())
    }

    fn locks_room(&self) -> Option<RoomLock> {
        Some(RoomLock::Link(self.room))
    }

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        Ok(api.create_room_link_with(self.room, &self.body).await?)
    }

    fn output(link: RoomLink, _: &HeaderMap) -> RoomLink {
        link
    }
}

/// `PUT /rooms/{room_id}/link`: the request of [`LinkHandle::replace`].
///
/// Returns a [`RoomLink`](crate::types::RoomLink). Options:
/// [`code`, `needs_acceptance`, `description`](Request#impl-Request%3CReplaceRoomLink%3E), and those
/// of every [`Request`].
pub struct ReplaceRoomLink {
    pub(super) room: RoomId,
    pub(super) body: ReplaceRoomLinkOptions,
    /// The call is part of an edit that holds the lock of the room.
    pub(super) holds_lock: bool,
}

impl Request<ReplaceRoomLink> {
    /// Sets the last part of the address. Default: a new random one.
    pub fn code(mut self, code: impl Into<String>) -> Self {
        self.endpoint.body.code = Some(code.into());
        self
    }

    /// Sets whether an administrator has to approve new members. Default: yes.
    #[doc(alias = "need_acceptance")]
    pub fn needs_acceptance(mut self, needs_acceptance: bool) -> Self {
        self.endpoint.body.need_acceptance = Some(needs_acceptance.into());
        self
    }

    /// Sets the text that is shown with the link.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.endpoint.body.description = Some(description.into());
        self
    }
}

impl Endpoint for ReplaceRoomLink {
    type Reply = RoomLink;
    type Output = RoomLink;
    const OPERATION: &'static Operation = &operations::REPLACE_ROOM_LINK;

    fn validate(&self) -> Result<()> {
        validate_code(self.body.code.as_deref())
    }

    fn locks_room(&self) -> Option<RoomLock> {
        (!self.holds_lock).then_some(RoomLock::Link(self.room))
    }

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        Ok(api.replace_room_link_with(self.room, &self.body).await?)
    }

    fn output(link: RoomLink, _: &HeaderMap) -> RoomLink {
        link
    }
}

/// `DELETE /rooms/{room_id}/link`: the request of [`LinkHandle::delete`].
///
/// Returns a [`RoomLink`](crate::types::RoomLink), which is closed. Options: those of every
/// [`Request`].
pub struct DeleteRoomLink(RoomId);

impl Endpoint for DeleteRoomLink {
    type Reply = RoomLink;
    type Output = RoomLink;
    const OPERATION: &'static Operation = &operations::DELETE_ROOM_LINK;

    fn locks_room(&self) -> Option<RoomLock> {
        Some(RoomLock::Link(self.0))
    }

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        Ok(api.delete_room_link(self.0).await?)
    }

    fn output(link: RoomLink, _: &HeaderMap) -> RoomLink {
        link
    }
}

/// Refuses a code that the API would refuse.
pub(super) fn validate_code(code: Option<&str>) -> Result<()> {
    use limits::create_room_link::{CODE_MAX_LENGTH, CODE_MIN_LENGTH, CODE_PATTERN};
    if let Some(code) = code {
        validate::length("code", code, CODE_MIN_LENGTH, CODE_MAX_LENGTH)?;
        validate::characters("code", code, CODE_PATTERN)?;
    }
    Ok(())
}
