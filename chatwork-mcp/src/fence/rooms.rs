//! The rooms that can be written to.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use chatwork_sdk::RoomId;

use crate::error::InvalidPostRooms;

/// The rooms that messages, tasks and files can be written to.
///
/// ```
/// use chatwork_mcp::PostRooms;
/// use chatwork_sdk::RoomId;
///
/// let these: PostRooms = "93310055,93310056".parse()?;
/// assert!(these.contains(RoomId(93310055)) && !these.contains(RoomId(1)));
///
/// let all_but: PostRooms = "!93310055".parse()?;
/// assert!(!all_but.contains(RoomId(93310055)) && all_but.contains(RoomId(1)));
/// # Ok::<(), chatwork_mcp::InvalidPostRooms>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum PostRooms {
    /// All rooms.
    #[default]
    All,
    /// These rooms alone.
    Only(BTreeSet<RoomId>),
    /// All rooms but these.
    Except(BTreeSet<RoomId>),
}

impl PostRooms {
    /// Returns whether the room can be written to.
    pub fn contains(&self, room: RoomId) -> bool {
        match self {
            Self::All => true,
            Self::Only(rooms) => rooms.contains(&room),
            Self::Except(rooms) => !rooms.contains(&room),
        }
    }
}

/// Ids with commas; a `!` at the start means all rooms but these.
impl FromStr for PostRooms {
    type Err = InvalidPostRooms;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let fault = || InvalidPostRooms(text.to_owned());
        let (is_except, ids) = match text.trim().strip_prefix('!') {
            Some(ids) => (true, ids),
            None => (false, text),
        };
        let id = |id: &str| id.trim().parse().ok().filter(|id| *id > 0).map(RoomId);
        let rooms: Option<BTreeSet<_>> = ids.split(',').map(id).collect();
        let rooms = rooms.ok_or_else(fault)?;
        Ok(if is_except { Self::Except(rooms) } else { Self::Only(rooms) })
    }
}

/// As it is parsed.
impl fmt::Display for PostRooms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (mark, rooms) = match self {
            Self::All => return f.write_str("all"),
            Self::Only(rooms) => ("", rooms),
            Self::Except(rooms) => ("!", rooms),
        };
        let ids: Vec<_> = rooms.iter().map(|room| room.0.to_string()).collect();
        write!(f, "{mark}{}", ids.join(","))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_of_ids_and_may_be_turned_round() {
        let rooms = |text: &str| text.parse::<PostRooms>();
        assert_eq!(rooms(" 2, 1"), Ok(PostRooms::Only([RoomId(1), RoomId(2)].into())));
        assert_eq!(rooms("!3").unwrap().to_string(), "!3");
        for text in ["", "!", "1,,2", "!1,!2", "x", "-1", "0", "1;2"] {
            assert_eq!(rooms(text), Err(InvalidPostRooms(text.to_owned())), "{text}");
        }
    }
}
