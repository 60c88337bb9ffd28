//! The requests of a watch, one at a time.

use chatwork_api::MessageLimitation;
use chatwork_api::reqwest::header::HeaderMap;
use chatwork_api::types::{AccountId, Message, RoomId, UnixTime};
use tokio::time::{Instant, timeout_at};

use super::doorbell::Bell;
use super::room::{RoomSummary, RoomVersion};
use super::unreadable::UnreadableMessage;
use crate::client::Client;
use crate::endpoint::SetAside;
use crate::error::{DecodeError, Error, Result};
use crate::pace::RateLimitHeaders;
use crate::pace::headers::{date, parse};

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PollRequest {
    /// Wait until then, or until the doorbell rings.
    Wait(Instant),
    /// Ask for the account, to know its own messages.
    Me,
    /// List all rooms.
    Rooms,
    /// Ask for one room.
    Room(RoomId),
    /// Ask for a room that the list does not show.
    Confirm(RoomId),
    /// Ask for the newest messages of a room.
    Messages(RoomId),
}

/// A request, and what came of it.
pub(super) struct PollResponse {
    pub(super) request: PollRequest,
    pub(super) result: Result<Found>,
    /// When the server answered, by its own clock; by this machine's without a `Date` header.
    pub(super) date: UnixTime,
    pub(super) limits: Option<RateLimitHeaders>,
}

/// The content of a reply.
pub(super) enum Found {
    Nothing,
    Me(AccountId),
    Rooms(Vec<RoomSummary>),
    Messages(RoomId, Shown),
}

/// The messages of a reply, the plan's notice, and the messages that cannot be read.
pub(super) struct Shown {
    pub(super) messages: Vec<Message>,
    pub(super) limitation: Option<MessageLimitation>,
    pub(super) unreadable: Vec<UnreadableMessage>,
}

/// Makes a request.
pub(super) async fn poll(client: Client, request: PollRequest, bell: Bell) -> PollResponse {
    let result = match request {
        PollRequest::Wait(until) => {
            // Either ends the wait, and the engine decides what follows.
            let _ = timeout_at(until, bell.rung()).await;
            Ok((Found::Nothing, HeaderMap::new()))
        }
        PollRequest::Me => me(&client).await,
        PollRequest::Rooms => rooms(&client).await,
        PollRequest::Room(id) | PollRequest::Confirm(id) => room(&client, id).await,
        PollRequest::Messages(id) => messages(&client, id).await,
    };
    let headers = match &result {
        Ok((_, headers)) => Some(headers),
        Err(error) => headers(error),
    };
    let date = headers.and_then(date).and_then(|date| UnixTime::try_from(date).ok());
    let limits = headers.and_then(parse);
    let result = result.map(|(found, _)| found);
    PollResponse { request, result, date: date.unwrap_or_else(UnixTime::now), limits }
}

async fn me(client: &Client) -> Result<(Found, HeaderMap)> {
    match client.me().with_meta().await {
        Ok((me, meta)) => Ok((Found::Me(me.account_id), meta.headers().clone())),
        Err(error) => read_fields(error, |reply| Some(Found::Me(reply.field("account_id")?))),
    }
}

async fn rooms(client: &Client) -> Result<(Found, HeaderMap)> {
    let (rooms, meta) = client.rooms().with_meta().await?;
    let read = rooms.iter().map(|room| RoomSummary {
        room_id: room.room_id,
        version: RoomVersion { updated: room.last_update_time, count: room.message_num },
    });
    let summaries = read.chain(rooms.set_aside().iter().filter_map(summary)).collect();
    Ok((Found::Rooms(summaries), meta.headers().clone()))
}

/// Reads the fields that the watch needs of a room that cannot be read as a whole. `None` if one
/// of them is unreadable. The watch then asks for the room by itself.
fn summary(item: &SetAside) -> Option<RoomSummary> {
    let (updated, count) = (item.get("last_update_time")?, item.get("message_num")?);
    let version = RoomVersion { updated, count };
    Some(RoomSummary { room_id: item.get("room_id")?, version })
}

async fn room(client: &Client, id: RoomId) -> Result<(Found, HeaderMap)> {
    let found = |updated, count| {
        let version = RoomVersion { updated, count };
        Found::Rooms(vec![RoomSummary { room_id: id, version }])
    };
    match client.room(id).get().with_meta().await {
        Ok((room, meta)) => {
            Ok((found(room.last_update_time, room.message_num), meta.headers().clone()))
        }
        Err(error) => read_fields(error, |reply| {
            Some(found(reply.field("last_update_time")?, reply.field("message_num")?))
        }),
    }
}

/// Reads the fields that the watch needs of a reply that cannot be read as a whole. Returns the error
/// if there is no such reply, or if one of these fields is unreadable.
fn read_fields(
    error: Error,
    read: impl Fn(&DecodeError) -> Option<Found>,
) -> Result<(Found, HeaderMap)> {
    let Error::Decode(reply) = &error else { return Err(error) };
    let Some(found) = read(reply) else { return Err(error) };
    // The error names the field.
    tracing::warn!(%error, "a reply cannot be read as a whole; the watch needs other fields");
    Ok((found, reply.headers().clone()))
}

async fn messages(client: &Client, id: RoomId) -> Result<(Found, HeaderMap)> {
    let (messages, meta) = client.room(id).latest_messages().with_meta().await?;
    let limitation = messages.limitation;
    let unreadable = messages.set_aside.iter().map(UnreadableMessage::from).collect();
    let shown = Shown { messages: messages.messages, limitation, unreadable };
    Ok((Found::Messages(id, shown), meta.headers().clone()))
}

fn headers(error: &Error) -> Option<&HeaderMap> {
    match error {
        Error::Api(error) => Some(error.headers()),
        Error::Decode(error) => Some(error.headers()),
        _ => None,
    }
}
