//! Unread messages of all rooms, and mentions that I have not answered.

use std::cmp::Reverse;
use std::time::Duration;

use chatwork_api::operations;
use chatwork_sdk::types::Room;
use serde_json::Value;
use tokio::time::Instant;

use super::message_row::{Above, MessageRow};
use super::messages::Window;
use super::written::unreadable;
use super::{Effect, Spec, Wants, params, unanswered};
use crate::call::Call;
use crate::fault::{Fault, Stop};
use crate::options::{Toolset, Words};
use crate::output::{Listing, People, Row};
use crate::schema::{Kind, Param};

pub(super) const ROOMS: usize = 10;
const PER_ROOM: usize = 20;
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
            Kind::Count { min: 1, max: 100 },
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

/// A message of a room of the list. The list goes on with the next room.
pub(super) struct Entry {
    pub(super) row: MessageRow,
    /// How many rooms of the order are behind this one, itself included.
    pub(super) place: usize,
}

impl Row for Entry {
    fn text(&self, people: &mut People, most: usize) -> String {
        self.row.text(people, most)
    }

    fn json(&self, most: usize) -> Value {
        self.row.json(most)
    }

    fn cursor(&self) -> String {
        format!("r{}.{}", self.place, self.row.id)
    }

    fn heading(&self) -> Option<String> {
        self.row.heading()
    }
}

async fn list_unread(call: Call) -> Result<String, Stop> {
    if call.arguments.is_set("unanswered") {
        return unanswered::list(&call).await;
    }
    let start = Start::of(&call)?;
    let me = call.me().await?.account_id;
    let mentions_only = call.arguments.is_set("mentions_only");
    let rooms = call.client().rooms().await?;
    let lost = unreadable(rooms.set_aside().len());
    let mut rooms = rooms.into_vec();
    rooms.retain(|room| if mentions_only { room.mention_num > 0 } else { room.unread_num > 0 });
    rooms.sort_by_key(|room| {
        (Reverse(room.mention_num.min(1)), Reverse(room.last_update_time), room.room_id)
    });
    let found = rooms.len();
    let picks = |row: &MessageRow| row.account != me && (!mentions_only || row.mentions(me));
    let read = read_rooms(&call, rooms, &start, picks).await?;
    let listing = Listing::new("unread messages", read.entries, usize::MAX)
        .fact(format!(
            "{found} rooms have {}",
            if mentions_only { "mentions" } else { "unread messages" }
        ))
        .fact("mentions first, then the latest activity")
        .missing(lost)
        .hidden(read.is_hidden)
        .continues(read.next);
    Ok(listing.render(call.style()))
}

/// Where the list of rooms begins.
#[derive(Default)]
pub(super) struct Start {
    /// How many rooms are skipped.
    skip: usize,
    /// The message of the next room up to which all were shown.
    message: Option<String>,
}

impl Start {
    /// Reads the cursor: `r3` begins behind three rooms, `r3.777` in the third one behind 777.
    pub(super) fn of(call: &Call) -> Result<Self, Fault> {
        let Some(cursor) = call.arguments.text("cursor") else { return Ok(Self::default()) };
        Self::parse(cursor).ok_or_else(super::written::invalid_cursor)
    }

    /// Returns how many rooms are skipped.
    pub(super) fn skip(&self) -> usize {
        self.skip
    }

    /// Drops the entries of the first room that were shown before.
    pub(super) fn behind(&self, entries: Vec<Entry>) -> Vec<Entry> {
        let is_last = |entry: &Entry| {
            entry.place == self.skip.saturating_add(1)
                && Some(&entry.row.id.0) == self.message.as_ref()
        };
        let seen = entries.iter().position(is_last).map_or(0, |at| at + 1);
        entries.into_iter().skip(seen).collect()
    }

    fn parse(cursor: &str) -> Option<Self> {
        let rest = cursor.strip_prefix('r')?;
        match rest.split_once('.') {
            None => Some(Self { skip: rest.parse().ok()?, message: None }),
            Some((place, message)) => {
                let place: usize = place.parse().ok()?;
                Some(Self { skip: place.checked_sub(1)?, message: Some(message.to_owned()) })
            }
        }
    }
}

/// What was read of rooms.
struct Read {
    entries: Vec<Entry>,
    is_hidden: bool,
    next: Option<String>,
}

/// Reads the newest messages of rooms, one room after the other.
async fn read_rooms(
    call: &Call,
    rooms: Vec<Room>,
    start: &Start,
    picks: impl Fn(&MessageRow) -> bool,
) -> Result<Read, Fault> {
    let most = call.arguments.count("rooms").unwrap_or(ROOMS);
    let per_room = call.arguments.count("per_room").unwrap_or(PER_ROOM);
    let began = Instant::now();
    let mut read = Read { entries: Vec::new(), is_hidden: false, next: None };
    for (index, room) in rooms.iter().enumerate().skip(start.skip) {
        let is_enough = index >= start.skip.saturating_add(most);
        if is_enough || (index > start.skip && began.elapsed() > READING) {
            read.next = Some(format!("r{index}"));
            break;
        }
        let window = Window::read(&call.client().room(room.room_id)).await?;
        read.is_hidden |= window.is_hidden;
        let rows = unread_of(room, window.rows, &picks);
        let all = rows.len();
        let mut rows: Vec<_> = rows.into_iter().take(per_room).collect();
        rows.reverse();
        let above = above(room, all, rows.len());
        read.entries.extend(rows.into_iter().map(|row| Entry {
            row: MessageRow { above: above.clone(), ..row },
            place: index + 1,
        }));
    }
    read.entries = start.behind(read.entries);
    Ok(read)
}

/// Returns the messages of a room that are picked, newest first.
fn unread_of(
    room: &Room,
    rows: Vec<MessageRow>,
    picks: impl Fn(&MessageRow) -> bool,
) -> Vec<MessageRow> {
    let unread = usize::try_from(room.unread_num).unwrap_or(0);
    let rows = rows.into_iter();
    match unread {
        0 => rows.filter(picks).collect(),
        unread => rows.take(unread).filter(picks).collect(),
    }
}

/// Returns what stands above the messages of a room.
fn above(room: &Room, all: usize, shown: usize) -> Above {
    let mut words = format!(" unread {}", room.unread_num);
    if room.mention_num > 0 {
        words.push_str(&format!(" mentions {}", room.mention_num));
    }
    if shown < all {
        words.push_str(&format!(" shown {shown} of {all}"));
    }
    Above::of_room(room.room_id, &words, &room.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_names_the_next_room_or_a_message_of_one() {
        let start = Start::parse("r3").unwrap();
        assert_eq!((start.skip, start.message), (3, None));
        let start = Start::parse("r3.777").unwrap();
        assert_eq!((start.skip, start.message.as_deref()), (2, Some("777")));
        assert!(Start::parse("r0.777").is_none() && Start::parse("3").is_none());
    }
}
