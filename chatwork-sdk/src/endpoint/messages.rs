//! The messages of a room.

use std::ops::Deref;

use super::prelude::*;
use super::rooms::RoomHandle;

impl RoomHandle {
    /// Posts a message of 1 to 65535 characters. Gives its id. For more there is
    /// [`RoomHandle::post_all`].
    ///
    /// A string is sent as it is, and what looks like a tag in it is one. Text from elsewhere goes
    /// into a [`MessageText`](crate::notation::MessageText), which builds messages with tags, too.
    ///
    /// At most 10 messages and tasks together fit into 10 seconds for a room; the client waits for
    /// its turn (see [`Pacing`](crate::Pacing)).
    ///
    /// Calls `POST /rooms/{room_id}/messages`
    /// ([reference](https://developer.chatwork.com/reference/post-rooms-room_id-messages)).
    ///
    /// # Errors
    ///
    /// [`Error::Input`](crate::Error::Input) before sending, when the text is empty or too long.
    /// 403 when you are not in the room or may only read.
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
    pub fn post(&self, body: impl Into<String>) -> Request<CreateRoomMessage> {
        let body = CreateRoomMessageBody { body: body.into(), self_unread: None };
        Request::new(&self.client, CreateRoomMessage { room: self.id, body })
    }

    /// Gets the messages that this call has not given before, oldest first, at most 100.
    ///
    /// The server remembers where the token stands. So two programs that use one token take
    /// messages away from each other, and the call is never sent again after a failure, for what a
    /// lost reply held is not given again. [`RoomHandle::latest_messages`] has neither trouble.
    ///
    /// Calls `GET /rooms/{room_id}/messages` with `force=0`
    /// ([reference](https://developer.chatwork.com/reference/get-rooms-room_id-messages)).
    ///
    /// # Errors
    ///
    /// 403 when you are not in the room, or there is none.
    pub fn new_messages(&self) -> Request<ListRoomMessages> {
        Request::new(&self.client, ListRoomMessages { room: self.id, force: false })
    }

    /// Gets the newest messages, oldest first, at most 100.
    ///
    /// Calls `GET /rooms/{room_id}/messages` with `force=1`
    /// ([reference](https://developer.chatwork.com/reference/get-rooms-room_id-messages)).
    ///
    /// # Errors
    ///
    /// 403 when you are not in the room, or there is none.
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
    pub fn latest_messages(&self) -> Request<ListRoomMessages> {
        Request::new(&self.client, ListRoomMessages { room: self.id, force: true })
    }

    /// A handle to one message. Asks nothing of the API.
    pub fn message(&self, id: &MessageId) -> MessageHandle {
        MessageHandle { room: self.clone(), id: id.clone() }
    }

    /// Marks messages as read, all of them unless a last one is set.
    ///
    /// Calls `PUT /rooms/{room_id}/messages/read`
    /// ([reference](https://developer.chatwork.com/reference/put-rooms-room_id-messages-read)).
    ///
    /// # Errors
    ///
    /// 400 when they are read already, 404 when there is no such message.
    ///
    /// ```no_run
    /// # async fn example(
    /// #     room: chatwork_sdk::RoomHandle,
    /// #     id: chatwork_sdk::MessageId,
    /// # ) -> Result<(), chatwork_sdk::Error> {
    /// room.mark_read().up_to(&id).await?;
    /// let left = room.mark_unread_from(&id).await?;
    /// println!("{} unread", left.unread_num);
    /// # Ok(())
    /// # }
    /// ```
    pub fn mark_read(&self) -> Request<MarkRoomMessagesRead> {
        let body = MarkRoomMessagesReadBody::default();
        Request::new(&self.client, MarkRoomMessagesRead { room: self.id, body })
    }

    /// Marks a message and all after it as unread.
    ///
    /// Calls `PUT /rooms/{room_id}/messages/unread`
    /// ([reference](https://developer.chatwork.com/reference/put-rooms-room_id-messages-unread)).
    ///
    /// # Errors
    ///
    /// 400 when they are unread already, 404 when there is no such message.
    pub fn mark_unread_from(&self, id: &MessageId) -> Request<MarkRoomMessagesUnread> {
        let body = MarkRoomMessagesUnreadBody { message_id: id.clone() };
        Request::new(&self.client, MarkRoomMessagesUnread { room: self.id, body })
    }
}

/// A handle to one message.
#[derive(Clone, Debug)]
pub struct MessageHandle {
    room: RoomHandle,
    id: MessageId,
}

impl MessageHandle {
    /// Gets the message.
    ///
    /// Calls `GET /rooms/{room_id}/messages/{message_id}`
    /// ([reference](https://developer.chatwork.com/reference/get-rooms-room_id-messages-message_id)).
    ///
    /// # Errors
    ///
    /// 404 when there is no such message, or when the free plan hides it
    /// ([`Error::is_hidden`](crate::Error::is_hidden)).
    pub fn get(&self) -> Request<GetRoomMessage> {
        let (room, id) = (self.room.id, self.id.clone());
        Request::new(&self.room.client, GetRoomMessage { room, id })
    }

    /// Replaces the text of the message, which must be your own, by one of 1 to 65535 characters.
    ///
    /// Calls `PUT /rooms/{room_id}/messages/{message_id}`
    /// ([reference](https://developer.chatwork.com/reference/put-rooms-room_id-messages-message_id)).
    ///
    /// # Errors
    ///
    /// [`Error::Input`](crate::Error::Input) before sending, when the text is empty or too long.
    /// 403 for others' and for system messages, 404 when there is no such message.
    pub fn edit(&self, body: impl Into<String>) -> Request<UpdateRoomMessage> {
        let body = UpdateRoomMessageBody { body: body.into() };
        let (room, id) = (self.room.id, self.id.clone());
        Request::new(&self.room.client, UpdateRoomMessage { room, id, body })
    }

    /// Deletes the message, which must be your own. `[deleted]` stays in its place.
    ///
    /// Calls `DELETE /rooms/{room_id}/messages/{message_id}`
    /// ([reference](https://developer.chatwork.com/reference/delete-rooms-room_id-messages-message_id)).
    ///
    /// # Errors
    ///
    /// 403 for others' and for system messages, 404 when there is no such message.
    pub fn delete(&self) -> Request<DeleteRoomMessage> {
        let (room, id) = (self.room.id, self.id.clone());
        Request::new(&self.room.client, DeleteRoomMessage { room, id })
    }
}

/// Messages, and whether the plan hides others.
///
/// It is a list of messages in all that matters, by [`Deref`] and [`IntoIterator`].
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Messages {
    /// The messages, oldest first.
    pub messages: Vec<Message>,
    /// The notice that older messages are hidden by the plan, when there is one.
    pub limitation: Option<MessageLimitation>,
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

/// The call of [`RoomHandle::new_messages`] and [`RoomHandle::latest_messages`].
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
        Ok(api.list_room_messages(self.room, Some(self.force.into())).await?)
    }

    fn output(messages: Self::Reply, limitation: Option<MessageLimitation>) -> Messages {
        Messages { messages: messages.unwrap_or_default(), limitation }
    }
}

/// The call of [`RoomHandle::post`].
pub struct CreateRoomMessage {
    room: RoomId,
    body: CreateRoomMessageBody,
}

impl Request<CreateRoomMessage> {
    /// Whether the message stays unread for yourself. It does not unless this says so.
    pub fn unread(mut self, unread: bool) -> Self {
        self.endpoint.body.self_unread = Some(unread.into());
        self
    }
}

impl Endpoint for CreateRoomMessage {
    type Reply = MessageRef;
    type Output = MessageId;
    const OPERATION: &'static Operation = &operations::CREATE_ROOM_MESSAGE;

    fn check(&self) -> Result<()> {
        use limits::create_room_message::{BODY_MAX_LENGTH, BODY_MIN_LENGTH};
        Ok(validate::length("body", &self.body.body, BODY_MIN_LENGTH, BODY_MAX_LENGTH)?)
    }

    fn room(&self) -> Option<RoomId> {
        Some(self.room)
    }

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        Ok(api.create_room_message(self.room, &self.body).await?)
    }

    fn output(message: MessageRef, _: Option<MessageLimitation>) -> MessageId {
        message.message_id
    }
}

/// The call of [`MessageHandle::get`].
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

    fn output(message: Message, _: Option<MessageLimitation>) -> Message {
        message
    }
}

/// The call of [`MessageHandle::edit`].
pub struct UpdateRoomMessage {
    room: RoomId,
    id: MessageId,
    body: UpdateRoomMessageBody,
}

impl Endpoint for UpdateRoomMessage {
    type Reply = MessageRef;
    type Output = ();
    const OPERATION: &'static Operation = &operations::UPDATE_ROOM_MESSAGE;

    fn check(&self) -> Result<()> {
        use limits::update_room_message::{BODY_MAX_LENGTH, BODY_MIN_LENGTH};
        Ok(validate::length("body", &self.body.body, BODY_MIN_LENGTH, BODY_MAX_LENGTH)?)
    }

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        Ok(api.update_room_message(self.room, &self.id, &self.body).await?)
    }

    fn output(_: MessageRef, _: Option<MessageLimitation>) {}
}

/// The call of [`MessageHandle::delete`].
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

    fn output(_: MessageRef, _: Option<MessageLimitation>) {}
}

/// The call of [`RoomHandle::mark_read`].
pub struct MarkRoomMessagesRead {
    room: RoomId,
    body: MarkRoomMessagesReadBody,
}

impl Request<MarkRoomMessagesRead> {
    /// The last message to mark as read.
    pub fn up_to(mut self, id: &MessageId) -> Self {
        self.endpoint.body.message_id = Some(id.clone());
        self
    }
}

impl Endpoint for MarkRoomMessagesRead {
    type Reply = UnreadCounts;
    type Output = UnreadCounts;
    const OPERATION: &'static Operation = &operations::MARK_ROOM_MESSAGES_READ;

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        Ok(api.mark_room_messages_read(self.room, &self.body).await?)
    }

    fn output(counts: UnreadCounts, _: Option<MessageLimitation>) -> UnreadCounts {
        counts
    }
}

/// The call of [`RoomHandle::mark_unread_from`].
pub struct MarkRoomMessagesUnread {
    room: RoomId,
    body: MarkRoomMessagesUnreadBody,
}

impl Endpoint for MarkRoomMessagesUnread {
    type Reply = UnreadCounts;
    type Output = UnreadCounts;
    const OPERATION: &'static Operation = &operations::MARK_ROOM_MESSAGES_UNREAD;

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        Ok(api.mark_room_messages_unread(self.room, &self.body).await?)
    }

    fn output(counts: UnreadCounts, _: Option<MessageLimitation>) -> UnreadCounts {
        counts
    }
}
