//! The messages of a room.

use chatwork_api::reqwest::header::HeaderMap;
use std::ops::Deref;

use super::list::SetAside;
use super::prelude::*;
use super::rooms::RoomHandle;

impl RoomHandle {
    /// Posts a message of 1 to 65535 characters. Returns its [`MessageId`].
    ///
    /// For longer texts use [`RoomHandle::post_all`].
    ///
    /// A string is sent unchanged, so a tag in it takes effect. Put text from elsewhere into a
    /// [`MessageText`](crate::notation::MessageText), which escapes tags, and builds messages with
    /// tags, too.
    ///
    /// A room accepts 10 messages and tasks together in 10 seconds. If the limit is reached, the
    /// request waits (see [`Pacing`](crate::Pacing)).
    ///
    /// Calls `POST /rooms/{room_id}/messages`
    /// ([reference](https://developer.chatwork.com/reference/post-rooms-room_id-messages)).
    ///
    /// # Errors
    ///
    /// - [`Error::Input`](crate::Error::Input) before sending, if the text is empty or too long.
    /// - 403 if you are not in the room or may only read.
    ///
    /// ```no_run
    /// use chatwork_sdk::notation::MessageText;
    ///
    /// # async fn example(
    /// #     room: chatwork_sdk::RoomHandle,
    /// #     log: &str,
    /// # ) -> Result<(), chatwork_sdk::Error> {
    /// let id = room.post("Build is green").await?;
    /// room.post("note to self").unread(true).await?;
    /// room.post(MessageText::new().titled_info("Log", log)).await?;
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "post_message")]
    #[doc(alias = "send_message")]
    #[doc(alias = "create_message")]
    #[doc(alias = "create_room_message")]
    #[doc(alias = "say")]
    pub fn post(&self, body: impl Into<String>) -> Request<CreateRoomMessage> {
        let body = CreateRoomMessageBody::new(body);
        Request::new(&self.client, CreateRoomMessage { room: self.id, body })
    }

    /// Gets the messages since the last call of this method. Returns at most 100 [`Messages`],
    /// oldest first.
    ///
    /// The server stores how far a token has read. So two programs with one token take messages
    /// from each other. A lost reply cannot be asked for again, so this request is never retried.
    /// [`RoomHandle::latest_messages`] has neither problem.
    ///
    /// Calls `GET /rooms/{room_id}/messages` with `force=0`
    /// ([reference](https://developer.chatwork.com/reference/get-rooms-room_id-messages)).
    ///
    /// # Errors
    ///
    /// 403 if you are not in the room, or the room does not exist.
    #[doc(alias = "get_messages")]
    #[doc(alias = "list_messages")]
    #[doc(alias = "list_room_messages")]
    #[doc(alias = "force")]
    pub fn new_messages(&self) -> Request<ListRoomMessages> {
        Request::new(&self.client, ListRoomMessages { room: self.id, force: false })
    }

    /// Gets the newest messages of the room. Returns at most 100 [`Messages`], oldest first.
    ///
    /// Calls `GET /rooms/{room_id}/messages` with `force=1`
    /// ([reference](https://developer.chatwork.com/reference/get-rooms-room_id-messages)).
    ///
    /// # Errors
    ///
    /// 403 if you are not in the room, or the room does not exist.
    ///
    /// ```no_run
    /// # async fn example(room: chatwork_sdk::RoomHandle) -> Result<(), chatwork_sdk::Error> {
    /// let messages = room.latest_messages().await?;
    /// for message in &messages {
    ///     println!("{}: {}", message.account.name, message.body);
    /// }
    /// if messages.limitation.is_some() {
    ///     println!("older messages are hidden by the plan");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "get_messages")]
    #[doc(alias = "list_messages")]
    #[doc(alias = "list_room_messages")]
    #[doc(alias = "history")]
    pub fn latest_messages(&self) -> Request<ListRoomMessages> {
        Request::new(&self.client, ListRoomMessages { room: self.id, force: true })
    }

    /// Returns a handle to one message. Sends no request.
    ///
    /// ```no_run
    /// # async fn example(room: chatwork_sdk::RoomHandle) -> Result<(), chatwork_sdk::Error> {
    /// let id = room.post("Build is red").await?;
    /// room.message(&id).edit("Build is green").await?;
    /// room.message("1928374655918273645").delete().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn message(&self, id: impl Into<MessageId>) -> MessageHandle {
        MessageHandle { room: self.clone(), id: id.into() }
    }
}

/// A handle to one message, made by [`RoomHandle::message`].
#[derive(Clone, Debug)]
pub struct MessageHandle {
    room: RoomHandle,
    id: MessageId,
}

impl MessageHandle {
    /// Gets the message. Returns a [`Message`](crate::types::Message).
    ///
    /// Calls `GET /rooms/{room_id}/messages/{message_id}`
    /// ([reference](https://developer.chatwork.com/reference/get-rooms-room_id-messages-message_id)).
    ///
    /// # Errors
    ///
    /// 404 if there is no such message, or if the free plan hides it
    /// ([`Error::is_hidden`](crate::Error::is_hidden)).
    #[doc(alias = "get_message")]
    #[doc(alias = "get_room_message")]
    pub fn get(&self) -> Request<GetRoomMessage> {
        let (room, id) = (self.room.id, self.id.clone());
        Request::new(&self.room.client, GetRoomMessage { room, id })
    }

    /// Replaces the text of your own message by one of 1 to 65535 characters. Returns `()`.
    ///
    /// Calls `PUT /rooms/{room_id}/messages/{message_id}`
    /// ([reference](https://developer.chatwork.com/reference/put-rooms-room_id-messages-message_id)).
    ///
    /// # Errors
    ///
    /// - [`Error::Input`](crate::Error::Input) before sending, if the text is empty or too long.
    /// - 403 if the message is a system message or that of another account.
    /// - 404 if there is no such message.
    #[doc(alias = "edit_message")]
    #[doc(alias = "update_message")]
    #[doc(alias = "update_room_message")]
    pub fn edit(&self, body: impl Into<String>) -> Request<UpdateRoomMessage> {
        let body = UpdateRoomMessageBody::new(body);
        let (room, id) = (self.room.id, self.id.clone());
        Request::new(&self.room.client, UpdateRoomMessage { room, id, body })
    }

    /// Deletes your own message. Returns `()`. The text `[deleted]` stays in its place.
    ///
    /// Calls `DELETE /rooms/{room_id}/messages/{message_id}`
    /// ([reference](https://developer.chatwork.com/reference/delete-rooms-room_id-messages-message_id)).
    ///
    /// # Errors
    ///
    /// - 403 if the message is a system message or that of another account.
    /// - 404 if there is no such message.
    #[doc(alias = "delete_message")]
    #[doc(alias = "delete_room_message")]
    pub fn delete(&self) -> Request<DeleteRoomMessage> {
        let (room, id) = (self.room.id, self.id.clone());
        Request::new(&self.room.client, DeleteRoomMessage { room, id })
    }
}

/// Messages of a room, oldest first.
///
/// By [`Deref`] and [`IntoIterator`] it is used like a [`Vec`]. Messages are read one by one, as in
/// a [`List`]: a message that cannot be read is in [`set_aside`](Messages::set_aside).
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Messages {
    /// The messages, oldest first.
    pub messages: Vec<Message>,
    /// The notice that the plan hides older messages, or `None` if it hides none.
    pub limitation: Option<MessageLimitation>,
    /// The messages that cannot be read. They count among the 100.
    pub set_aside: Vec<SetAside>,
}

impl Deref for Messages {
    type Target = Vec<Message>;

    fn deref(&self) -> &Self::Target {
        &self.messages
    }
}

impl IntoIterator for Messages {
    type Item = Message;
    type IntoIter = std::vec::IntoIter<Message>;

    fn into_iter(self) -> Self::IntoIter {
        self.messages.into_iter()
    }
}

impl<'a> IntoIterator for &'a Messages {
    type Item = &'a Message;
    type IntoIter = std::slice::Iter<'a, Message>;

    fn into_iter(self) -> Self::IntoIter {
        self.messages.iter()
    }
}

/// `GET /rooms/{room_id}/messages`: the request of [`RoomHandle::new_messages`] and
/// [`RoomHandle::latest_messages`].
///
/// Returns [`Messages`]. Options: those of every [`Request`].
pub struct ListRoomMessages {
    room: RoomId,
    force: bool,
}

impl Endpoint for ListRoomMessages {
    type Reply = List<Message>;
    type Output = Messages;
    const OPERATION: &'static Operation = &operations::LIST_ROOM_MESSAGES;

    fn parameter(&self, name: &str) -> Option<&str> {
        (name == "force").then_some(if self.force { "1" } else { "0" })
    }

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        let options = ListRoomMessagesOptions::new().force(self.force);
        list::read(Self::OPERATION, api.list_room_messages_with(self.room, &options).await)
    }

    fn output(messages: Self::Reply, headers: &HeaderMap) -> Messages {
        let (messages, set_aside) = messages.into_parts();
        let limitation = MessageLimitation::from_headers(headers);
        Messages { messages, limitation, set_aside }
    }
}

/// `POST /rooms/{room_id}/messages`: the request of [`RoomHandle::post`].
///
/// Returns the [`MessageId`]. Options: [`unread`](Request#impl-Request%3CCreateRoomMessage%3E), and
/// those of every [`Request`].
pub struct CreateRoomMessage {
    room: RoomId,
    body: CreateRoomMessageBody,
}

impl Request<CreateRoomMessage> {
    /// Sets whether the message stays unread for yourself. Default: it does not.
    #[doc(alias = "self_unread")]
    pub fn unread(mut self, unread: bool) -> Self {
        self.endpoint.body.self_unread = Some(unread.into());
        self
    }
}

impl Endpoint for CreateRoomMessage {
    type Reply = MessageRef;
    type Output = MessageId;
    const OPERATION: &'static Operation = &operations::CREATE_ROOM_MESSAGE;

    fn validate(&self) -> Result<()> {
        use limits::create_room_message::{BODY_MAX_LENGTH, BODY_MIN_LENGTH};
        Ok(validate::length("body", &self.body.body, BODY_MIN_LENGTH, BODY_MAX_LENGTH)?)
    }

    fn room(&self) -> Option<RoomId> {
        Some(self.room)
    }

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        Ok(api.create_room_message(self.room, &self.body).await?)
    }

    fn output(message: MessageRef, _: &HeaderMap) -> MessageId {
        message.message_id
    }
}

/// `GET /rooms/{room_id}/messages/{message_id}`: the request of [`MessageHandle::get`].
///
/// Returns a [`Message`](crate::types::Message). Options: those of every [`Request`].
pub struct GetRoomMessage {
    room: RoomId,
    id: MessageId,
}

impl Endpoint for GetRoomMessage {
    type Reply = Message;
    type Output = Message;
    const OPERATION: &'static Operation = &operations::GET_ROOM_MESSAGE;

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        Ok(api.get_room_message(self.room, &self.id).await?)
    }

    fn output(message: Message, _: &HeaderMap) -> Message {
        message
    }
}

/// `PUT /rooms/{room_id}/messages/{message_id}`: the request of [`MessageHandle::edit`].
///
/// Returns `()`. Options: those of every [`Request`].
pub struct UpdateRoomMessage {
    room: RoomId,
    id: MessageId,
    body: UpdateRoomMessageBody,
}

impl Endpoint for UpdateRoomMessage {
    type Reply = MessageRef;
    type Output = ();
    const OPERATION: &'static Operation = &operations::UPDATE_ROOM_MESSAGE;

    fn validate(&self) -> Result<()> {
        use limits::update_room_message::{BODY_MAX_LENGTH, BODY_MIN_LENGTH};
        Ok(validate::length("body", &self.body.body, BODY_MIN_LENGTH, BODY_MAX_LENGTH)?)
    }

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        Ok(api.update_room_message(self.room, &self.id, &self.body).await?)
    }

    fn output(_: MessageRef, _: &HeaderMap) {}
}

/// `DELETE /rooms/{room_id}/messages/{message_id}`: the request of [`MessageHandle::delete`].
///
/// Returns `()`. Options: those of every [`Request`].
pub struct DeleteRoomMessage {
    room: RoomId,
    id: MessageId,
}

impl Endpoint for DeleteRoomMessage {
    type Reply = MessageRef;
    type Output = ();
    const OPERATION: &'static Operation = &operations::DELETE_ROOM_MESSAGE;

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        Ok(api.delete_room_message(self.room, &self.id).await?)
    }

    fn output(_: MessageRef, _: &HeaderMap) {}
}
