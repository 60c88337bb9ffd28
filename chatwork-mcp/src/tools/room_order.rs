//! The order in which rooms are gone through, and the cursor in it.
//!
//! While a list is read page by page, rooms get new messages and are read elsewhere. A number of rooms
//! to skip would then skip others. So a cursor names the room that was shown last, by what orders it:
//!
//! | class | rooms | order |
//! |---|---|---|
//! | 0 | with mentions of me, if mentions come first | latest activity first, then by id |
//! | 1 | all others | latest activity first, then by id |
//! | 2 | with activity after the first page | earliest activity first, then by id |
//!
//! The cursor has the latest activity of all rooms at the first page. A room that moves up because
//! something happened in it moves to the last class, so it is shown, maybe once more. A room that was
//! read leaves the list, and moves no other one.

use std::cmp::Ordering;

use chatwork_sdk::MessageId;
use chatwork_sdk::types::Room;

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
    start: Start,
    started: i64,
    mentions_first: bool,
}

impl Start {
    /// Reads the argument `cursor`.
    pub(super) fn of(call: &Call) -> Result<Self, Fault> {
        let Some(cursor) = call.arguments.text("cursor") else { return Ok(Self::default()) };
        Self::parse(cursor).ok_or_else(invalid_cursor)
    }

    fn parse(cursor: &str) -> Option<Self> {
        let mut parts = cursor.strip_prefix('u')?.splitn(5, '.');
        let class = parts.next()?.parse().ok().filter(|class| *class <= NEWS)?;
        let mut number = || parts.next()?.parse().ok();
        let place = Place { class, time: number()?, room: number()?, started: number()? };
        Some(Self { place: Some(place), message: parts.next().map(MessageId::from) })
    }

    /// Returns the order by the latest activity. Give it all rooms.
    pub(super) fn order_by_activity(self, rooms: &[Room]) -> Order {
        let latest = rooms.iter().map(|room| room.last_update_time.0).max().unwrap_or(0);
        let started = self.place.map_or(latest, |place| place.started);
        Order { start: self, started, mentions_first: false }
    }

    /// Returns the order in which rooms with mentions come first. Give it all rooms.
    pub(super) fn order_by_mentions(self, rooms: &[Room]) -> Order {
        Order { mentions_first: true, ..self.order_by_activity(rooms) }
    }
}

impl Order {
    /// Returns the place of a room.
    pub(super) fn place(&self, room: &Room) -> Place {
        let time = room.last_update_time.0;
        let class = match self.mentions_first && room.mention_num > 0 {
            _ if time > self.started => NEWS,
            true => 0,
            false => 1,
        };
        Place { class, time, room: room.room_id.0, started: self.started }
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
    pub(super) fn cursor(&self, message: Option<&MessageId>) -> String {
        let Self { class, time, room, started } = self;
        let message = message.map(|id| format!(".{id}")).unwrap_or_default();
        format!("u{class}.{time}.{room}.{started}{message}")
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
        let start = cursor.map_or_else(Start::default, |cursor| Start::parse(cursor).unwrap());
        let order = start.order_by_mentions(&rooms);
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
        let cursor = order.place(&room(2, 40, 1)).cursor(None);
        assert_eq!(list(Some(&cursor), rooms()).0, [4, 1, 3]);
        // The room itself and the one before it were read, and are not in the list any more.
        let rest = rooms().into_iter().filter(|room| ![5, 2].contains(&room.room_id.0));
        assert_eq!(list(Some(&cursor), rest.collect()).0, [4, 1, 3]);
    }

    #[test]
    fn a_room_that_moved_up_meanwhile_comes_last_and_is_not_skipped() {
        let (_, order) = list(None, rooms());
        let cursor = order.place(&room(4, 60, 0)).cursor(None);
        let moved = || vec![room(4, 60, 0), room(1, 99, 3), room(3, 50, 0), room(6, 70, 0)];
        let (rest, order) = list(Some(&cursor), moved());
        assert_eq!(rest, [3, 6, 1]);
        // The list goes on among those, and ends.
        let cursor = order.place(&room(6, 70, 0)).cursor(None);
        assert_eq!(list(Some(&cursor), moved()).0, [1]);
        let cursor = order.place(&room(1, 99, 3)).cursor(None);
        assert_eq!(list(Some(&cursor), moved()).0, [0_i64; 0]);
    }

    #[test]
    fn a_cursor_in_a_room_goes_on_behind_its_message() {
        let (_, order) = list(None, rooms());
        let place = order.place(&room(4, 60, 0));
        let cursor = place.cursor(Some(&MessageId::from("77")));
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
        for text in ["", "r3", "u0.1.2", "u3.1.2.3", "u0.1.2.x", "u0.1.2.9223372036854775808"] {
            assert_eq!(Start::parse(text), None, "{text}");
        }
    }
}
