//! What a watch asks of the API, one thing at a time.

use chatwork_api::reqwest::header::HeaderMap;
use chatwork_api::types::{AccountId, Message, RoomId, UnixTime};
use tokio::time::{Instant, sleep_until};

use super::memory::{Head, Mark};
use crate::client::Client;
use crate::error::{Error, Result};
use crate::meta::{date, report};
use crate::pace::Report;

/// What comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ask {
    /// Nothing, until then.
    Wait(Instant),
    /// Whose messages are one's own.
    Me,
    /// All rooms.
    Rooms,
    /// One room.
    Room(RoomId),
    /// The newest messages of a room.
    Messages(RoomId),
}

/// What came of it.
pub(super) struct Answer {
    pub(super) ask: Ask,
    pub(super) result: Result<Found>,
    /// When the server answered, by its own clock; by this machine's where it does not say.
    pub(super) date: UnixTime,
    pub(super) report: Option<Report>,
}

/// What was found.
pub(super) enum Found {
    Nothing,
    Me(AccountId),
    Rooms(Vec<Head>),
    /// And whether the plan hides others.
    Messages(RoomId, Vec<Message>, bool),
}

/// Asks.
pub(super) async fn ask(client: Client, ask: Ask) -> Answer {
    let result = match ask {
        Ask::Wait(until) => {
            sleep_until(until).await;
            Ok((Found::Nothing, HeaderMap::new()))
        }
        Ask::Me => me(&client).await,
        Ask::Rooms => rooms(&client).await,
        Ask::Room(id) => room(&client, id).await,
        Ask::Messages(id) => messages(&client, id).await,
    };
    let headers = match &result {
        Ok((_, headers)) => Some(headers),
        Err(error) => headers(error),
    };
    let date = headers.and_then(date).and_then(|date| UnixTime::try_from(date).ok());
    let report = headers.and_then(report);
    let result = result.map(|(found, _)| found);
    Answer { ask, result, date: date.unwrap_or_else(UnixTime::now), report }
}

async fn me(client: &Client) -> Result<(Found, HeaderMap)> {
    let (me, meta) = client.me().with_meta().await?;
    Ok((Found::Me(me.account_id), meta.headers().clone()))
}

async fn rooms(client: &Client) -> Result<(Found, HeaderMap)> {
    let (rooms, meta) = client.rooms().with_meta().await?;
    let heads = rooms.iter().map(|room| Head {
        room_id: room.room_id,
        mark: Mark { updated: room.last_update_time, count: room.message_num },
    });
    Ok((Found::Rooms(heads.collect()), meta.headers().clone()))
}

async fn room(client: &Client, id: RoomId) -> Result<(Found, HeaderMap)> {
    let (room, meta) = client.room(id).get().with_meta().await?;
    let mark = Mark { updated: room.last_update_time, count: room.message_num };
    Ok((Found::Rooms(vec![Head { room_id: id, mark }]), meta.headers().clone()))
}

async fn messages(client: &Client, id: RoomId) -> Result<(Found, HeaderMap)> {
    let (messages, meta) = client.room(id).latest_messages().with_meta().await?;
    let hidden = messages.limitation.is_some();
    Ok((Found::Messages(id, messages.messages, hidden), meta.headers().clone()))
}

fn headers(error: &Error) -> Option<&HeaderMap> {
    match error {
        Error::Api(error) => Some(error.headers()),
        Error::Decode(error) => Some(error.headers()),
        _ => None,
    }
}
