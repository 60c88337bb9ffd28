//! The invitation link of a room (招待リンク).

use std::fmt;
use std::future::IntoFuture;
use std::time::Duration;

use super::prelude::*;
use super::rooms::RoomHandle;
use crate::error::InputError;
use crate::meta::Meta;
use crate::request::BoxFuture;

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
        let body = ReplaceRoomLinkBody::default();
        EditLink { room: self.room.clone(), body, timeout: None }
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
pub struct GetRoomLink(RoomId);

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
    room: RoomId,
    body: ReplaceRoomLinkBody,
    /// It is part of an edit whose turn it is.
    in_turn: bool,
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

/// The calls of [`LinkHandle::edit`].
#[must_use = "a request does nothing until it is awaited"]
pub struct EditLink {
    room: RoomHandle,
    body: ReplaceRoomLinkBody,
    timeout: Option<Duration>,
}

impl EditLink {
    /// The last part of the address.
    pub fn code(mut self, code: impl Into<String>) -> Self {
        self.body.code = Some(code.into());
        self
    }

    /// Whether an administrator has to approve whoever comes.
    pub fn needs_acceptance(mut self, needs_acceptance: bool) -> Self {
        self.body.need_acceptance = Some(needs_acceptance.into());
        self
    }

    /// The text shown with the link.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.body.description = Some(description.into());
        self
    }

    /// The most time that one try of each of its calls may take.
    pub fn timeout(self, timeout: Duration) -> Self {
        Self { timeout: Some(timeout), ..self }
    }

    /// Makes the change, and gives what the last reply says besides its body, too.
    ///
    /// # Errors
    ///
    /// As [`LinkHandle::edit`].
    pub async fn with_meta(self) -> Result<(RoomLink, Meta)> {
        let RoomHandle { id: room, client } = self.room;
        check_code(self.body.code.as_deref())?;
        let _turn = client.shared().edits.turn(room).await;
        let link = Request::new(&client, GetRoomLink(room)).within(self.timeout).await?;
        let body = merge(self.body, link)?;
        let replace = Request::new(&client, ReplaceRoomLink { room, body, in_turn: true });
        replace.within(self.timeout).with_meta().await
    }
}

impl IntoFuture for EditLink {
    type Output = Result<RoomLink>;
    type IntoFuture = BoxFuture<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { Ok(self.with_meta().await?.0) })
    }
}

impl fmt::Debug for EditLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EditLink").field("room", &self.room).finish_non_exhaustive()
    }
}

/// What is set, and what is there for the rest.
fn merge(set: ReplaceRoomLinkBody, there: RoomLink) -> Result<ReplaceRoomLinkBody> {
    if !there.public {
        let what = "is not open: expected a link that was created before";
        return Err(InputError::other("link", what).into());
    }
    let code = set.code.or_else(|| there.url.as_deref().and_then(code_of).map(str::to_owned));
    if code.is_none() {
        let what = "cannot be told from the link's address: expected it to be set";
        return Err(InputError::other("code", what).into());
    }
    let need_acceptance = set.need_acceptance.or(there.need_acceptance.map(Into::into));
    if need_acceptance.is_none() {
        let what = "is not in the reply: expected it to be set, since it would be reset";
        return Err(InputError::other("need_acceptance", what).into());
    }
    Ok(ReplaceRoomLinkBody {
        code,
        need_acceptance,
        description: set.description.or(there.description),
    })
}

/// The code in the address of a link: its last part.
fn code_of(url: &str) -> Option<&str> {
    let path = url.split(['?', '#']).next()?;
    let code = path.trim_end_matches('/').rsplit('/').next()?;
    check_code(Some(code)).is_ok().then_some(code)
}

fn check_code(code: Option<&str>) -> Result<()> {
    use limits::create_room_link::{CODE_MAX_LENGTH, CODE_MIN_LENGTH, CODE_PATTERN};
    if let Some(code) = code {
        check::length("code", code, CODE_MIN_LENGTH, CODE_MAX_LENGTH)?;
        check::characters("code", code, CODE_PATTERN)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(url: &str) -> RoomLink {
        RoomLink {
            public: true,
            url: Some(url.to_owned()),
            need_acceptance: Some(false),
            description: Some("old".to_owned()),
        }
    }

    #[test]
    fn what_is_not_set_stays_as_it_is() {
        let there = open("https://www.chatwork.com/g/launch");
        let merged = merge(ReplaceRoomLinkBody::default(), there).unwrap();
        assert_eq!(merged.code.as_deref(), Some("launch"));
        assert_eq!(merged.need_acceptance, Some(false.into()));
        assert_eq!(merged.description.as_deref(), Some("old"));
    }

    #[test]
    fn what_is_set_wins() {
        let set = ReplaceRoomLinkBody { description: Some("new".into()), ..Default::default() };
        let merged = merge(set, open("https://www.chatwork.com/g/launch")).unwrap();
        assert_eq!(merged.description.as_deref(), Some("new"));
    }

    #[test]
    fn a_link_that_is_not_open_cannot_be_edited() {
        let closed =
            RoomLink { public: false, url: None, need_acceptance: None, description: None };
        assert!(merge(ReplaceRoomLinkBody::default(), closed).is_err());
    }

    #[test]
    fn an_address_without_a_code_is_no_guess() {
        assert!(merge(ReplaceRoomLinkBody::default(), open("https://host/%20")).is_err());
    }
}
