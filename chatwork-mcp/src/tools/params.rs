//! Arguments that several tools have.

use chatwork_api::limits::create_room_message::{BODY_MAX_LENGTH, BODY_MIN_LENGTH};

use crate::arguments::OFF;
use crate::schema::{Kind, Param};

/// A room.
pub(super) const ROOM: Param =
    Param::new("room", Kind::Id, "Id, address, exact name, or `my`.").required();
/// A room that can be left out.
pub(super) const SOME_ROOM: Param = Param { required: false, ..ROOM };
/// A message, which says its room or is beside one.
pub(super) const MESSAGE: Param =
    Param::new("message", Kind::Id, "ROOM-MESSAGE, its address, or its id with `room`.").required();
/// The room of a message that is given by its id.
pub(super) const MESSAGE_ROOM: Param =
    Param::new("room", Kind::Id, "Only if `message` is an id alone.");
/// The form of the answer.
pub(super) const FORMAT: Param =
    Param::new("format", Kind::Choice(&["text", "json"]), "").default("text");
/// Where a list goes on.
pub(super) const CURSOR: Param =
    Param::new("cursor", Kind::Text { min: 1, max: 200 }, "`next cursor` of the last answer.");
/// A part of a name.
pub(super) const QUERY: Param =
    Param::new("query", Kind::Text { min: 1, max: 255 }, "Part of the name.");
/// A person.
pub(super) const SENDER: Param = Param::new("sender", Kind::Id, "Account id, exact name, or `me`.");
/// From when on.
pub(super) const SINCE: Param = Param::new(
    "since",
    Kind::Text { min: 1, max: 60 },
    "Day or time in Japan: 2026-12-01, yesterday, -7d, RFC 3339.",
);
/// Until when.
pub(super) const UNTIL: Param =
    Param::new("until", Kind::Text { min: 1, max: 60 }, "As `since`; that day is included.");
/// Whether only those that mention me are listed.
pub(super) const MENTIONS_ME: Param =
    Param::new("mentions_me", Kind::Flag, "Only those that mention me by To or reply.");

/// How many rows a list has.
pub(super) const fn limit(max: u64, about: &'static str) -> Param {
    Param::new("limit", Kind::Count { min: 1, max }, about)
}

/// Whether nothing is written.
pub(super) const DRY_RUN: Param =
    Param::new(crate::call::DRY_RUN, Kind::Flag, "Show what would be done, and do nothing.")
        .default(OFF);
/// Whether a write is done once more.
pub(super) const AGAIN: Param = Param::new(
    crate::call::AGAIN,
    Kind::Flag,
    "Do it although the same was done within ten minutes.",
)
.default(OFF);
/// A text to write.
pub(super) const TEXT: Param =
    Param::new("text", Kind::Text { min: BODY_MIN_LENGTH, max: BODY_MAX_LENGTH }, "The text.")
        .required();
/// How a text to write is read.
pub(super) const TEXT_FORMAT: Param = Param::new(
    "format",
    Kind::Choice(&["plain", "markdown", "notation"]),
    "`plain` without it: tags stay text. `notation`: Chatwork's tags work.",
)
.default("plain");
