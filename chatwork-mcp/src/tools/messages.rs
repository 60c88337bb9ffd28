//! The messages of a room.

use chatwork_api::operations;
use chatwork_app::Nearest;
use chatwork_sdk::{AccountId, Error, RoomHandle, RoomId, UnixTime};

use super::message::{GET_ROOM_MESSAGE, READ_ON};
use super::message_row::{MessageRow, Place};
use super::written::{invalid_cursor, unreadable};
use super::{Effect, Spec, Wants, older, params};
use crate::call::Call;
use crate::fault::{Fault, Stop};
use crate::options::{Toolset, Words};
use crate::output::{Listing, Row};

/// How many messages the API shows of a room.
pub(super) const WINDOW: usize = 100;
const LIMIT: usize = 50;

pub(super) const LIST_ROOM_MESSAGES: Spec = Spec {
    name: "list_room_messages",
    title: Words { en: "List messages", ja: "メッセージ一覧" },
    about: "Messages of a room, the newest ones, in the order of time. The API has the newest 100 \
            only; an archive has older ones. Marks nothing as read.",
    toolset: Toolset::Read,
    effect: Effect::Read,
    wants: Wants::Nothing,
    aliases: &[],
    operations: &[operations::LIST_ROOM_MESSAGES.id],
    params: &[
        params::ROOM,
        params::SINCE,
        params::UNTIL,
        params::SENDER,
        params::MENTIONS_ME,
        params::limit(200, "50 without it."),
        params::CURSOR,
        params::FORMAT,
    ],
    run: |call| Box::pin(list_room_messages(call)),
};

/// Which messages are listed.
#[derive(Clone, Default)]
pub(super) struct Filter {
    pub(super) since: Option<UnixTime>,
    /// The first second that is too late.
    pub(super) until: Option<UnixTime>,
    pub(super) sender: Option<AccountId>,
    /// The account that has to be mentioned.
    pub(super) mentions: Option<AccountId>,
}

impl Filter {
    fn lets_through(&self, row: &MessageRow) -> bool {
        self.since.is_none_or(|since| row.time >= since)
            && self.until.is_none_or(|until| row.time < until)
            && self.sender.is_none_or(|sender| row.account == sender)
            && self.mentions.is_none_or(|account| row.mentions(account))
    }
}

/// The newest messages of a room, as the API shows them.
pub(super) struct Window {
    /// The messages, newest first.
    pub(super) rows: Vec<MessageRow>,
    pub(super) is_hidden: bool,
    pub(super) unreadable: usize,
}

impl Window {
    /// Reads the newest messages. Moves no mark.
    pub(super) async fn read(room: &RoomHandle) -> Result<Self, Error> {
        let messages = room.latest_messages().await?;
        let is_hidden = messages.limitation.is_some();
        let unreadable = messages.set_aside.len();
        let id = room.id();
        let rows = messages.into_iter().rev().map(|message| MessageRow::new(id, message));
        Ok(Self { rows: rows.collect(), is_hidden, unreadable })
    }

    /// Returns whether the room may have older messages.
    pub(super) fn is_full(&self) -> bool {
        self.is_hidden || self.rows.len() + self.unreadable >= WINDOW
    }

    /// Returns whether it has a message that is older than a time.
    pub(super) fn reaches(&self, time: Option<UnixTime>) -> bool {
        let oldest = self.rows.last().map(|row| row.time);
        oldest.zip(time).is_some_and(|(oldest, time)| oldest < time)
    }
}

async fn list_room_messages(call: Call) -> Result<String, Stop> {
    let place =
        call.arguments.text("cursor").map(|text| Place::parse(text).ok_or_else(invalid_cursor));
    let place = place.transpose()?;
    let room = call.room().await?;
    let filter = filter(&call, room.id()).await?;
    let limit = call.arguments.count("limit").unwrap_or(LIMIT);
    let found = find(&call, &room, &filter, place, limit).await?;
    let mut listing = Listing::new("messages", found.rows, limit)
        .fact(format!("room {}", room.id().0))
        .fact("oldest first")
        .missing(found.missing)
        .reads_on(super::advice(&call, &GET_ROOM_MESSAGE, READ_ON))
        .reversed();
    if let Some(is_hidden) = found.is_hidden {
        listing = listing.hidden(is_hidden);
    }
    Ok(listing.render(call.style()))
}

/// What was found of a room.
#[derive(Default)]
struct Found {
    /// The messages, newest first, one more than the limit if there are more.
    rows: Vec<MessageRow>,
    /// Whether the plan hides messages; `None` if the API was not asked.
    is_hidden: Option<bool>,
    /// What may be missing among them and behind the oldest one.
    missing: Vec<String>,
}

/// Finds messages behind a place: among the newest ones of the API, then in the archive.
async fn find(
    call: &Call,
    room: &RoomHandle,
    filter: &Filter,
    place: Option<Place>,
    limit: usize,
) -> Result<Found, Fault> {
    let mut found = Found::default();
    let (mut start, mut may_have_older, mut shown) = (place.clone(), true, Vec::new());
    let mut is_blind = false;
    if !place.as_ref().is_some_and(|place| place.is_archive) {
        let window = Window::read(room).await?;
        found.is_hidden = Some(window.is_hidden);
        found.missing.extend(unreadable(window.unreadable));
        // Nothing older than `since` is asked for.
        may_have_older = window.is_full() && !window.reaches(filter.since);
        shown = window.rows.iter().map(|row| row.id.clone()).collect();
        start = further(start, window.rows.last());
        is_blind = window.rows.is_empty();
        let rows = behind(window.rows, place.as_ref()).into_iter();
        found.rows.extend(rows.filter(|row| filter.lets_through(row)));
    }
    if !may_have_older {
        return Ok(found);
    }
    if !call.account.has_archive() {
        found.missing.push("the API shows the newest 100 of the room only".to_owned());
    } else if let Some(most) = (limit + 1).checked_sub(found.rows.len()).filter(|most| *most > 0) {
        let behind = older::Behind { place: start, shown, is_blind };
        let older = older::read(call, room.id(), filter, behind, most).await?;
        found.rows.extend(older.rows);
        found.missing.extend(older.missing);
    }
    Ok(found)
}

/// Returns where what is older begins: behind the oldest message of the API, or behind the place if
/// the newest messages have moved on past it.
fn further(place: Option<Place>, oldest: Option<&MessageRow>) -> Option<Place> {
    let Some(oldest) = oldest else { return place };
    let is_past = place.as_ref().is_some_and(|place| place.time < oldest.time);
    if is_past { place } else { Place::parse(&oldest.cursor()) }
}

async fn filter(call: &Call, room: RoomId) -> Result<Filter, Fault> {
    let mentions = match call.arguments.is_set("mentions_me") {
        true => Some(call.me().await?.account_id),
        false => None,
    };
    Ok(Filter {
        since: call.when("since", Nearest::Past)?.map(|when| when.start()),
        until: call.when("until", Nearest::Past)?.map(|when| when.end()),
        sender: call.person("sender", Some(room)).await?,
        mentions,
    })
}

/// Returns the messages behind a place, towards older ones. If its message is gone, those that were
/// sent before it.
fn behind(rows: Vec<MessageRow>, place: Option<&Place>) -> Vec<MessageRow> {
    let Some(place) = place else { return rows };
    match rows.iter().position(|row| row.id == place.message) {
        Some(at) => rows.into_iter().skip(at + 1).collect(),
        None => rows.into_iter().filter(|row| row.time < place.time).collect(),
    }
}
