//! Messages marked as read and unread.

use chatwork_api::reqwest::header::HeaderMap;
use std::future::IntoFuture;
use std::time::Duration;

use super::prelude::*;
use super::rooms::RoomHandle;
use crate::error::{DecodeError, Error};
use crate::meta::Meta;
use crate::request::BoxFuture;

impl RoomHandle {
    /// Marks all messages of the room as read, or those [up to](Request::up_to) a message. Returns
    /// [`UnreadCounts`](crate::types::UnreadCounts): what is left unread.
    ///
    /// Calls `PUT /rooms/{room_id}/messages/read`
    /// ([reference](https://developer.chatwork.com/reference/put-rooms-room_id-messages-read)).
    ///
    /// # Errors
    ///
    /// - 400 if the messages are read already ([`Error::is_already_read`]).
    /// - 404 if there is no such message.
    ///
    /// ```no_run
    /// # async fn example(
    /// #     room: chatwork_sdk::RoomHandle,
    /// #     id: chatwork_sdk::MessageId,
    /// # ) -> Result<(), chatwork_sdk::Error> {
    /// match room.mark_read().await {
    ///     Err(error) if error.is_already_read() => println!("read already"),
    ///     done => println!("{} unread", done?.unread_num),
    /// }
    /// room.mark_read().up_to(&id).await?;
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "mark_as_read")]
    #[doc(alias = "read_messages")]
    #[doc(alias = "mark_room_messages_read")]
    pub fn mark_read(&self) -> Request<MarkRoomMessagesRead> {
        let body = MarkRoomMessagesReadOptions::default();
        Request::new(&self.client, MarkRoomMessagesRead { room: self.id, body })
    }

    /// Marks a message and all later ones as unread. Returns
    /// [`UnreadCounts`](crate::types::UnreadCounts).
    ///
    /// Calls `PUT /rooms/{room_id}/messages/unread`
    /// ([reference](https://developer.chatwork.com/reference/put-rooms-room_id-messages-unread)).
    ///
    /// # Errors
    ///
    /// - 400 if the messages are unread already ([`Error::is_already_unread`]).
    /// - 404 if there is no such message.
    #[doc(alias = "mark_as_unread")]
    #[doc(alias = "mark_unread")]
    #[doc(alias = "mark_room_messages_unread")]
    pub fn mark_unread_from(&self, id: impl Into<MessageId>) -> Request<MarkRoomMessagesUnread> {
        let body = MarkRoomMessagesUnreadBody::new(id);
        Request::new(&self.client, MarkRoomMessagesUnread { room: self.id, body })
    }
}

impl Client {
    /// Marks all messages of all rooms as read. Returns a [`Vec`] of the [`RoomId`]s that had unread
    /// messages.
    ///
    /// Calls `GET /rooms`, then `PUT /rooms/{room_id}/messages/read` for each room with unread
    /// messages. If another program marks a room in the meantime, that room counts as marked. A room
    /// with a field that cannot be read is marked too; if the field is the number of its unread
    /// messages, the room is marked to be sure.
    ///
    /// The call is safe to repeat: after an error, call it again, and it continues with the rooms
    /// that are left.
    ///
    /// # Errors
    ///
    /// - The error of the first request that fails. The rooms before it stay marked.
    /// - [`Error::Decode`], before any room is marked, if the id of a room cannot be read.
    ///
    /// ```no_run
    /// # async fn example(chatwork: chatwork_sdk::Client) -> Result<(), chatwork_sdk::Error> {
    /// let rooms = chatwork.mark_all_read().await?;
    /// println!("{} rooms had unread messages", rooms.len());
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "mark_all_as_read")]
    #[doc(alias = "read_all")]
    pub fn mark_all_read(&self) -> MarkAllRead {
        MarkAllRead { client: self.clone(), timeout: None }
    }
}

impl Error {
    /// Returns `true` if [`mark_read`](RoomHandle::mark_read) failed because the messages are read
    /// already.
    ///
    /// Chatwork documents the status 400 for this, but no error text. So every 400 of that
    /// operation with an error text of the API counts, unless the text names a parameter as missing
    /// or invalid. A 400 without one, such as the HTML of a gateway, does not count.
    pub fn is_already_read(&self) -> bool {
        self.is_already_marked(&operations::MARK_ROOM_MESSAGES_READ)
    }

    /// Returns `true` if [`mark_unread_from`](RoomHandle::mark_unread_from) failed because the
    /// messages are unread already. It decides like [`is_already_read`](Error::is_already_read).
    pub fn is_already_unread(&self) -> bool {
        self.is_already_marked(&operations::MARK_ROOM_MESSAGES_UNREAD)
    }

    fn is_already_marked(&self, operation: &Operation) -> bool {
        let Self::Api(error) = self else { return false };
        let of_parameter = |text: &String| text.to_ascii_lowercase().contains("parameter");
        error.operation().id == operation.id
            && error.status() == chatwork_api::reqwest::StatusCode::BAD_REQUEST
            && !error.errors().is_empty()
            && !error.errors().iter().any(of_parameter)
    }
}

/// The requests of [`Client::mark_all_read`].
///
/// Returns a [`Vec`] of the [`RoomId`]s that had unread messages.
#[derive(Debug)]
#[must_use = "a request does nothing until it is awaited"]
pub struct MarkAllRead {
    client: Client,
    timeout: Option<Duration>,
}

impl MarkAllRead {
    /// Sets the time limit of each attempt of each request.
    pub fn timeout(self, timeout: Duration) -> Self {
        Self { timeout: Some(timeout), ..self }
    }

    /// Returns the rooms that it would mark, and marks none: for a program that marks them one by one,
    /// and shows how far it is. Calls `GET /rooms`.
    ///
    /// # Errors
    ///
    /// The request fails. [`Error::Decode`] if the id of a room cannot be read.
    ///
    /// ```no_run
    /// # async fn example(chatwork: chatwork_sdk::Client) -> Result<(), chatwork_sdk::Error> {
    /// for id in chatwork.mark_all_read().rooms().await? {
    ///     match chatwork.room(id).mark_read().await {
    ///         Err(error) if !error.is_already_read() => return Err(error),
    ///         _ => println!("{id} is read"),
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn rooms(self) -> Result<Vec<RoomId>> {
        let (rooms, meta) = self.client.rooms().within(self.timeout).with_meta().await?;
        Ok(unread(rooms, &meta)?.into_iter().map(|unread| unread.room).collect())
    }

    /// Sends the requests, as `.await` does. The future can be spawned and joined.
    pub fn send(self) -> BoxFuture<Result<Vec<RoomId>>> {
        Box::pin(async move { Ok(self.with_meta().await?.0) })
    }

    /// Sends the requests. Returns the [`Meta`] of the last reply that was a success, too.
    ///
    /// # Errors
    ///
    /// As [`Client::mark_all_read`].
    pub async fn with_meta(self) -> Result<(Vec<RoomId>, Meta)> {
        let (rooms, mut last) = self.client.rooms().within(self.timeout).with_meta().await?;
        let mut marked = Vec::new();
        for Unread { room, is_certain } in unread(rooms, &last)? {
            let mark = self.client.room(room).mark_read().within(self.timeout);
            match mark.with_meta().await {
                Ok((_, meta)) => last = meta,
                Err(error) if error.is_already_read() && is_certain => {}
                Err(error) if error.is_already_read() => continue,
                Err(error) => return Err(error),
            }
            marked.push(room);
        }
        Ok((marked, last))
    }
}

/// A room to mark.
struct Unread {
    room: RoomId,
    /// Whether it has unread messages. If its counts cannot be read, it may have some.
    is_certain: bool,
}

/// Returns the rooms that have unread messages, or may have some.
fn unread(rooms: List<Room>, meta: &Meta) -> Result<Vec<Unread>> {
    let (rooms, set_aside) = rooms.into_parts();
    let is_unread = |room: &Room| room.unread_num != 0 || room.mention_num != 0;
    let certain = |room: Room| Unread { room: room.room_id, is_certain: true };
    let mut unread: Vec<_> = rooms.into_iter().filter(is_unread).map(certain).collect();
    for item in set_aside {
        let Some(room) = item.get::<RoomId>("room_id") else {
            let path = format!("[{}].room_id", item.index());
            let (status, headers) = (meta.status(), meta.headers().clone());
            let error = DecodeError::at(&operations::LIST_ROOMS, path, status, headers);
            return Err(Error::Decode(Box::new(error)));
        };
        let counts = ["unread_num", "mention_num"].map(|name| item.get::<i64>(name));
        if counts != [Some(0), Some(0)] {
            let is_certain = counts.into_iter().flatten().any(|count| count != 0);
            unread.push(Unread { room, is_certain });
        }
    }
    Ok(unread)
}

impl IntoFuture for MarkAllRead {
    type Output = Result<Vec<RoomId>>;
    type IntoFuture = BoxFuture<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}

/// `PUT /rooms/{room_id}/messages/read`: the request of [`RoomHandle::mark_read`].
///
/// Returns [`UnreadCounts`](crate::types::UnreadCounts). Options:
/// [`up_to`](Request#impl-Request%3CMarkRoomMessagesRead%3E), and those of every [`Request`].
pub struct MarkRoomMessagesRead {
    room: RoomId,
    body: MarkRoomMessagesReadOptions,
}

impl Request<MarkRoomMessagesRead> {
    /// Marks only messages up to this one, this one included.
    pub fn up_to(mut self, id: impl Into<MessageId>) -> Self {
        self.endpoint.body.message_id = Some(id.into());
        self
    }
}

impl Endpoint for MarkRoomMessagesRead {
    type Reply = UnreadCounts;
    type Output = UnreadCounts;
    const OPERATION: &'static Operation = &operations::MARK_ROOM_MESSAGES_READ;

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        Ok(api.mark_room_messages_read_with(self.room, &self.body).await?)
    }

    fn output(counts: UnreadCounts, _: &HeaderMap) -> UnreadCounts {
        counts
    }
}

/// `PUT /rooms/{room_id}/messages/unread`: the request of [`RoomHandle::mark_unread_from`].
///
/// Returns [`UnreadCounts`](crate::types::UnreadCounts). Options: those of every [`Request`].
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

    fn output(counts: UnreadCounts, _: &HeaderMap) -> UnreadCounts {
        counts
    }
}
