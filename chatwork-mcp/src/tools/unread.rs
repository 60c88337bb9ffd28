//! Unread messages of all rooms, and mentions that I have not answered.

use std::time::Duration;

use chatwork_api::operations;
use chatwork_sdk::types::Room;
use chatwork_sdk::{AccountId, Error, UnixTime};
use serde_json::Value;
use tokio::time::Instant;

use super::lacks::{Lacks, MOST};
use super::message::{GET_ROOM_MESSAGE, READ_ON};
use super::message_row::{Above, MessageRow};
use super::messages::Window;
use super::room_order::{List, Order, Place, Start};
use super::written::unreadable;
use super::{Effect, Spec, Wants, advice, params, unanswered};
use crate::call::Call;
use crate::fault::{Fault, Stop};
use crate::options::{Toolset, Words};
use crate::output::{Form, Listing, People, Row};
use crate::schema::{Kind, Param};

pub(super) const ROOMS: usize = 10;
pub(super) const PER_ROOM: usize = 20;
/// How long rooms are read. The rest is for the last one of them.
pub(super) const READING: Duration = Duration::from_secs(20);

pub(super) const LIST_UNREAD: Spec = Spec {
    name: "list_unread",
    title: Words { en: "Unread messages", ja: "未読メッセージ" },
    about: "Unread messages of all rooms, or mentions of me that I have not answered. Marks \
            nothing as read.",
    toolset: Toolset::Read,
    effect: Effect::Read,
    wants: Wants::Nothing,
    aliases: &[],
    operations: &[operations::LIST_ROOMS.id, operations::LIST_ROOM_MESSAGES.id],
    params: &[
        Param::new(
            "rooms",
            Kind::Count { min: 1, max: 30 },
            "How many rooms; 10 without it. Each is a request.",
        ),
        Param::new(
            "per_room",
            Kind::Count { min: 1, max: MOST as u64 },
            "How many messages of each; 20 without it.",
        ),
        Param::new("mentions_only", Kind::Flag, "Only those that mention me."),
        Param::new(
            "unanswered",
            Kind::Flag,
            "Mentions of me, read or not, without an answer of mine.",
        ),
        Param { about: "For `unanswered`: from that day on.", ..params::SINCE },
        params::CURSOR,
        params::FORMAT,
    ],
    run: |call| Box::pin(list_unread(call)),
};

/// A message of a room of the list. The list goes on behind it, and then with the next room.
pub(super) struct Entry {
    pub(super) row: MessageRow,
    pub(super) place: Place,
    pub(super) list: List,
}

impl Row for Entry {
    fn text(&self, people: &mut People, most: usize) -> String {
        self.row.text(people, most)
    }

    fn json(&self, most: usize) -> Value {
        self.row.json(most)
    }

    fn cursor(&self) -> String {
        self.place.cursor(self.list, Some(&self.row.id))
    }

    fn heading(&self) -> Option<String> {
        self.row.heading()
    }

    fn group(&self) -> Option<Value> {
        self.row.group()
    }

    fn is_cut(&self, form: Form, most: usize) -> bool {
        self.row.is_cut(form, most)
    }
}

async fn list_unread(call: Call) -> Result<String, Stop> {
    if call.arguments.is_set("unanswered") {
        return unanswered::list(&call).await;
    }
    if call.arguments.text("since").is_some() {
        let what = "`since` is for `unanswered` alone";
        return Err(Fault::new(what, "Leave it out, or set `unanswered`.").into());
    }
    let start = Start::of(&call, List::Unread)?;
    let me = call.me().await?.account_id;
    let picks = Picks { me, mentions_only: call.arguments.is_set("mentions_only") };
    let rooms = call.client().rooms().await?;
    let lost = unreadable(rooms.set_aside().len());
    let mut rooms = rooms.into_vec();
    let order = start.order(List::Unread, &rooms, UnixTime::now());
    rooms.retain(|room| picks.counted(room) > 0);
    let found = rooms.len();
    order.sort(&mut rooms);
    let read = read_rooms(&call, &rooms, &order, picks).await?;
    let what = if picks.mentions_only { "mentions" } else { "unread messages" };
    let listing = Listing::new("unread messages", read.entries, usize::MAX)
        .fact(format!("{found} rooms have {what}"))
        .fact("mentions first, then the latest activity")
        .missing(lost)
        .missing(read.lacks.reasons())
        .hidden(read.is_hidden)
        .reads_on(advice(&call, &GET_ROOM_MESSAGE, READ_ON))
        .continues(read.next);
    Ok(listing.render(call.style()))
}

/// Which messages of a room are listed.
#[derive(Clone, Copy)]
struct Picks {
    me: AccountId,
    mentions_only: bool,
}

impl Picks {
    /// Returns how many there are as Chatwork counts.
    fn counted(self, room: &Room) -> i64 {
        if self.mentions_only { room.mention_num } else { room.unread_num }
    }

    /// Returns them, newest first. The newest messages of others are the unread ones, as many as
    /// Chatwork counts. A deleted message is not among them.
    fn of(self, room: &Room, rows: Vec<MessageRow>) -> Vec<MessageRow> {
        let unread = usize::try_from(room.unread_num).ok().filter(|unread| *unread > 0);
        let others = rows.into_iter().filter(|row| row.account != self.me && !row.is_deleted());
        let unread = others.take(unread.unwrap_or(usize::MAX));
        unread.filter(|row| !self.mentions_only || row.notifies(self.me)).collect()
    }
}

/// Returns whether a request failed for its room alone.
pub(super) fn is_of_room(error: &Error) -> bool {
    error.is_forbidden() || error.is_not_found()
}

/// Returns whether a request may have failed for its room alone: the service failed, or its reply cannot
/// be read.
pub(super) fn may_be_of_room(error: &Error) -> bool {
    matches!(error, Error::Decode(_)) || error.status().is_some_and(|it| it.is_server_error())
}

/// What was read of rooms.
#[derive(Default)]
struct Read {
    entries: Vec<Entry>,
    is_hidden: bool,
    lacks: Lacks,
    next: Option<String>,
}

/// Reads the newest messages of rooms, one room after the other.
async fn read_rooms(
    call: &Call,
    rooms: &[Room],
    order: &Order,
    picks: Picks,
) -> Result<Read, Fault> {
    let most = call.arguments.count("rooms").unwrap_or(ROOMS);
    let per_room = call.arguments.count("per_room").unwrap_or(PER_ROOM);
    let began = Instant::now();
    let mut read = Read { lacks: Lacks::of(per_room), ..Read::default() };
    // Whether the room before this one failed: two in a row are no fault of a room.
    let (mut last, mut fails) = (None, false);
    for (index, room) in rooms.iter().enumerate() {
        if index >= most || (index > 0 && began.elapsed() > READING) {
            read.next = last.map(|place: Place| place.cursor(List::Unread, None));
            break;
        }
        let place = order.place(room);
        let window = match Window::read(&call.client().room(room.room_id)).await {
            Ok(window) => window,
            Err(error) if is_of_room(&error) => {
                read.lacks.refused.push(room.room_id);
                last = Some(place);
                continue;
            }
            // A room that always fails must not hide those behind it.
            Err(error) if may_be_of_room(&error) && !fails => {
                read.lacks.failed.push(room.room_id);
                (last, fails) = (Some(place), true);
                continue;
            }
            // What was read so far is not lost.
            Err(error) if last.is_some() => {
                read.lacks.stopped = Some(Fault::from(error).text());
                read.next = last.map(|place: Place| place.cursor(List::Unread, None));
                break;
            }
            Err(error) => return Err(error.into()),
        };
        (last, fails) = (Some(place), false);
        read.is_hidden |= window.is_hidden;
        read.lacks.unreadable += window.unreadable;
        let mut rows = picks.of(room, window.rows);
        let found = rows.len();
        rows.truncate(per_room);
        rows.reverse();
        let shown = i64::try_from(rows.len()).unwrap_or(i64::MAX);
        read.lacks.compare(room.room_id, (shown, found), picks.counted(room));
        let counts =
            [("unread", room.unread_num), ("mentions", room.mention_num), ("shown", shown)];
        let above = Above::of_room(room.room_id, &counts, &room.name);
        let rows = order.behind(place, rows, |row| &row.id).into_iter();
        read.entries.extend(rows.map(|row| {
            let row = MessageRow { above: above.clone(), ..row };
            Entry { row, place, list: List::Unread }
        }));
    }
    Ok(read)
}
