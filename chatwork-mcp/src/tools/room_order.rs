//! The order in which rooms are gone through, and the cursor in it.
//!
//! While a list is read page by page, rooms get new messages and are read elsewhere. A number of rooms
//! to skip would then skip others. So a cursor names the room that was shown last, by what orders it:
//!
//! | class | rooms | order |
//! |---|---|---|
//! | 0 | with mentions of me, if mentions come first | latest activity first, then by id |
//! | 1 | all others | latest activity first, then by id |
//! | 2 | with activity after the first page, or with mentions since then | earliest activity first, then by id |
//!
//! The cursor has the latest activity of all rooms at the first page, and which rooms had mentions then.
//! A room that moves up because something happened in it moves to the last class, so it is shown, maybe
//! once more. A room that was read leaves the list, and moves no other one.
//!
//! What happens in the second of the latest activity cannot be told from it. So activity of the last
//! seconds before the first page counts as later on the pages behind it.

use std::cmp::Ordering;

use chatwork_sdk::types::Room;
use chatwork_sdk::{MessageId, UnixTime};

use super::written::invalid_cursor;
use crate::call::Call;
use crate::fault::Fault;

/// The class of rooms with activity after the first page.
const NEWS: u8 = 2;

/// The place of a room in the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    class: u8,
    time: i64,
    room: i64,
    /// The latest activity of all rooms at the first page.
    started: i64,
    /// The rooms with mentions at the first page: a bit for each, of its id. Several rooms may share one.
    mentioned: u128,
}

/// Where a list of rooms begins: at a cursor, or with the first room.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Start {
    place: Option<Place>,
    /// The message of the room of the place up to which all were shown; all of the room without it.
    message: Option<MessageId>,
}

/// The order of rooms.
#[derive(Clone, Debug)]
pub(super) struct Order {
    list: List,
    start: Start,
    started: i64,
    mentioned: u128,
}

/// The lists of rooms. The cursor of one is none of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    /// By the latest activity.
    Rooms,
    /// Rooms with mentions first, and their unread messages.
    Unread,
    /// Rooms with mentions first, and the mentions without an answer.
    Unanswered,
}

impl List {
    /// The letter with which its cursors begin.
    fn letter(self) -> char {
        match self {
            Self::Rooms => 'r',
            Self::Unread => 'u',
            Self::Unanswered => 'm',
        }
    }

    fn puts_mentions_first(self) -> bool {
        self != Self::Rooms
    }
}

impl Start {
    /// Reads the argument `cursor`.
    pub(super) fn of(call: &Call, list: List) -> Result<Self, Fault> {
        let Some(cursor) = call.arguments.text("cursor") else { return Ok(Self::default()) };
        Self::parse(cursor, list).ok_or_else(invalid_cursor)
    }

    fn parse(cursor: &str, list: List) -> Option<Self> {
        let mut parts = cursor.strip_prefix(list.letter())?.splitn(6, '.');
        let class = parts.next()?.parse().ok().filter(|class| *class <= NEWS)?;
        let mut number = || parts.next()?.parse().ok();
        let (time, room, started) = (number()?, number()?, number()?);
        let mentioned = u128::from_str_radix(parts.next()?, 16).ok()?;
        let place = Place { class, time, room, started, mentioned };
        Some(Self { place: Some(place), message: parts.next().map(MessageId::from) })
    }

    /// Returns the order of a list. Give it all rooms.
    pub(super) fn order(self, list: List, rooms: &[Room], now: UnixTime) -> Order {
        let latest = rooms.iter().map(|room| room.last_update_time.0).max().unwrap_or(0);
        let fresh = || latest.min(now.0.saturating_sub(SETTLED));
        let mentioned = rooms.iter().filter(|room| room.mention_num > 0).map(bit);
        let mentioned = || mentioned.fold(0, |all, bit| all | bit);
        let (started, mentioned) = match self.place {
            Some(place) => (place.started, place.mentioned),
            None => (fresh(), mentioned()),
        };
        Order { list, start: self, started, mentioned }
    }
}

/// How many seconds before the first page activity may still get company of the same second, with a
/// clock that differs a little.
const SETTLED: i64 = 10;

/// The bit of a room.
fn bit(room: &Room) -> u128 {
    // Ids of rooms are spread by a multiplication, since their low bits may be alike.
    let spread = room.room_id.0.unsigned_abs().wrapping_mul(0x9E37_79B9_7F4A_7C15);
    1 << (spread >> 57)
}

impl Order {
    /// Returns the place of a room.
    pub(super) fn place(&self, room: &Room) -> Place {
        let time = room.last_update_time.0;
        let is_first = self.list.puts_mentions_first() && room.mention_num > 0;
        let goes_on = self.start.place.is_some();
        let class = match is_first {
            _ if goes_on && time > self.started => NEWS,
            true if goes_on && self.mentioned & bit(room) == 0 => NEWS,
            true => 0,
            false => 1,
        };
        let (started, mentioned) = (self.started, self.mentioned);
        Place { class, time, room: room.room_id.0, started, mentioned }
    }

    /// Drops the rooms that were shown, and puts the others in order.
    pub(super) fn sort(&self, rooms: &mut Vec<Room>) {
        if let Some(start) = self.start.place {
            let least =
                if self.start.message.is_some() { Ordering::Equal } else { Ordering::Greater };
            rooms.retain(|room| self.place(room).order(&start) >= least);
        }
        rooms.sort_by(|a, b| self.place(a).order(&self.place(b)));
    }

    /// Returns the rows of a room that were not shown yet. `id` returns the message of a row. If the
    /// message of the cursor is gone, all of them are shown.
    pub(super) fn behind<T>(
        &self,
        place: Place,
        rows: Vec<T>,
        id: impl Fn(&T) -> &MessageId,
    ) -> Vec<T> {
        let Some(message) = self.start.message.as_ref().filter(|_| self.start.place == Some(place))
        else {
            return rows;
        };
        let shown = rows.iter().position(|row| id(row) == message).map_or(0, |at| at + 1);
        rows.into_iter().skip(shown).collect()
    }
}

impl Place {
    fn order(&self, other: &Self) -> Ordering {
        let by_time = self.time.cmp(&other.time);
        let by_time = if self.class == NEWS { by_time } else { by_time.reverse() };
        let by_class = self.class.cmp(&other.class);
        by_class.then(by_time).then(self.room.cmp(&other.room))
    }

    /// Writes the cursor that goes on behind the room, or behind a message of it.
    pub(super) fn cursor(&self, list: List, message: Option<&MessageId>) -> String {
        let Self { class, time, room, started, mentioned } = self;
        let message = message.map(|id| format!(".{id}")).unwrap_or_default();
        format!("{}{class}.{time}.{room}.{started}.{mentioned:x}{message}", list.letter())
    }
}

#[cfg(test)]
mod tests {
    use chatwork_sdk::{RoomId, UnixTime};

    use super::*;

    fn room(id: i64, time: i64, mentions: i64) -> Room {
        let mut room = Room::default();
        (room.room_id, room.last_update_time) = (RoomId(id), UnixTime(time));
        room.mention_num = mentions;
        room
    }

    /// The rooms behind a cursor, in order.
    fn list(cursor: Option<&str>, mut rooms: Vec<Room>) -> (Vec<i64>, Order) {
        let parse = |cursor| Start::parse(cursor, List::Unread).unwrap();
        let start = cursor.map_or_else(Start::default, parse);
        let order = start.order(List::Unread, &rooms, UnixTime(1_000));
        order.sort(&mut rooms);
        (rooms.iter().map(|room| room.room_id.0).collect(), order)
    }

    fn rooms() -> Vec<Room> {
        vec![room(1, 50, 0), room(2, 40, 1), room(3, 50, 0), room(4, 60, 0), room(5, 45, 2)]
    }

    #[test]
    fn rooms_with_mentions_come_first_then_the_latest_activity() {
        assert_eq!(list(None, rooms()).0, [5, 2, 4, 1, 3]);
    }

    #[test]
    fn a_cursor_goes_on_behind_its_room_whatever_was_read_before_it() {
        let (_, order) = list(None, rooms());
        let cursor = order.place(&room(2, 40, 1)).cursor(List::Unread, None);
        assert_eq!(list(Some(&cursor), rooms()).0, [4, 1, 3]);
        // The room itself and the one before it were read, and are not in the list any more.
        let rest = rooms().into_iter().filter(|room| ![5, 2].contains(&room.room_id.0));
        assert_eq!(list(Some(&cursor), rest.collect()).0, [4, 1, 3]);
    }

    #[test]
    fn a_room_that_moved_up_meanwhile_comes_last_and_is_not_skipped() {
        let (_, order) = list(None, rooms());
        let cursor = order.place(&room(4, 60, 0)).cursor(List::Unread, None);
        let moved = || vec![room(4, 60, 0), room(1, 99, 3), room(3, 50, 0), room(6, 70, 0)];
        let (rest, order) = list(Some(&cursor), moved());
        assert_eq!(rest, [3, 6, 1]);
        // The list goes on among those, and ends.
        let cursor = order.place(&room(6, 70, 0)).cursor(List::Unread, None);
        assert_eq!(list(Some(&cursor), moved()).0, [1]);
        let cursor = order.place(&room(1, 99, 3)).cursor(List::Unread, None);
        assert_eq!(list(Some(&cursor), moved()).0, [0_i64; 0]);
    }

    #[test]
    fn a_cursor_in_a_room_goes_on_behind_its_message() {
        let (_, order) = list(None, rooms());
        let place = order.place(&room(4, 60, 0));
        let cursor = place.cursor(List::Unread, Some(&MessageId::from("77")));
        let (rest, order) = list(Some(&cursor), rooms());
        assert_eq!(rest, [4, 1, 3]);
        let rows = |ids: &[&str]| ids.iter().map(|id| MessageId::from(*id)).collect::<Vec<_>>();
        let behind = |place, ids: &[&str]| order.behind(place, rows(ids), |id| id);
        assert_eq!(behind(place, &["76", "77", "78"]), rows(&["78"]));
        assert_eq!(behind(place, &["78", "79"]), rows(&["78", "79"]));
        assert_eq!(behind(order.place(&room(1, 50, 0)), &["77", "78"]), rows(&["77", "78"]));
    }

    #[test]
    fn what_is_no_cursor_is_refused() {
        for text in ["", "r3", "u0.1.2", "u3.1.2.3.0", "u0.1.2.x.0", "u0.1.2.3", "u0.1.2.3.y"] {
            assert_eq!(Start::parse(text, List::Unread), None, "{text}");
        }
    }

    #[test]
    fn a_cursor_is_of_one_list() {
        let all = [List::Rooms, List::Unread, List::Unanswered];
        for list in all {
            let order = Start::default().order(list, &rooms(), UnixTime(1_000));
            let cursor = order.place(&room(2, 40, 1)).cursor(list, None);
            for other in all {
                assert_eq!(Start::parse(&cursor, other).is_some(), other == list, "{cursor}");
            }
        }
    }

    /// Something happens in the second of the first page, in a room that comes behind its cursor.
    #[test]
    fn a_room_that_moves_up_within_the_second_of_the_first_page_is_not_skipped() {
        let now = UnixTime(60);
        let order = Start::default().order(List::Unread, &rooms(), now);
        let cursor = order.place(&room(4, 60, 0)).cursor(List::Unread, None);
        let start = Start::parse(&cursor, List::Unread).unwrap();
        let moved = vec![room(4, 60, 0), room(1, 60, 0), room(3, 50, 0)];
        let order = start.order(List::Unread, &moved, now);
        let mut rest = moved;
        order.sort(&mut rest);
        assert!(rest.iter().any(|room| room.room_id.0 == 1), "{rest:?}");
    }

    /// Messages were marked as unread: that is no activity.
    #[test]
    fn a_room_that_gets_mentions_without_activity_is_not_skipped() {
        let (_, order) = list(None, rooms());
        let cursor = order.place(&room(4, 60, 0)).cursor(List::Unread, None);
        let rooms = vec![room(2, 40, 1), room(3, 50, 1), room(1, 50, 0)];
        assert_eq!(list(Some(&cursor), rooms).0, [1, 3]);
    }
}
