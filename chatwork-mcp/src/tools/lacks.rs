//! Why a list over several rooms is not complete.

use chatwork_sdk::RoomId;

/// The most messages of a room that can be asked for.
pub(super) const MOST: usize = 100;
/// How many rooms are named.
const NAMED: usize = 5;

/// What a list over several rooms lacks.
#[derive(Debug, Default)]
pub(super) struct Lacks {
    /// How many messages cannot be read.
    pub(super) unreadable: usize,
    /// How many messages were asked for of each room.
    per_room: usize,
    /// Rooms for which Chatwork failed.
    pub(super) failed: Vec<RoomId>,
    /// Rooms that Chatwork refused to show.
    pub(super) refused: Vec<RoomId>,
    /// Why no more rooms were read.
    pub(super) stopped: Option<String>,
    /// Rooms with messages that are older than the API shows.
    pub(super) beyond: Vec<RoomId>,
    /// Rooms with a hole between the archive and what the API shows.
    pub(super) holes: Vec<RoomId>,
    /// Rooms of which the archive lacks messages.
    pub(super) gaps: Vec<RoomId>,
    /// Rooms with more messages than were asked for of each.
    cut: Vec<String>,
    /// Rooms of which the API shows fewer messages than it counts.
    fewer: Vec<String>,
}

impl Lacks {
    /// Nothing is missing yet of a list with so many messages of each room.
    pub(super) fn of(per_room: usize) -> Self {
        Self { per_room, ..Self::default() }
    }

    /// Compares what is shown of a room, and what was found, with how many messages are counted.
    pub(super) fn compare(&mut self, room: RoomId, (shown, found): (i64, usize), counted: i64) {
        let found = i64::try_from(found).unwrap_or(i64::MAX);
        let entry = format!("{} ({shown} of {})", room.0, counted.max(found));
        if shown < found {
            self.cut.push(entry);
        } else if shown < counted {
            self.fewer.push(entry);
        }
    }

    /// Returns the reasons; none if nothing is missing.
    pub(super) fn reasons(&self) -> Vec<String> {
        let say = |text: &str, rooms: Vec<String>| {
            (!rooms.is_empty()).then(|| format!("{text}: {}", named(&rooms)))
        };
        let ids = |rooms: &[RoomId]| rooms.iter().map(|room| room.0.to_string()).collect();
        let reasons = [
            (self.unreadable > 0).then(|| format!("{} messages cannot be read", self.unreadable)),
            say("Chatwork failed, so these are left out: room", ids(&self.failed)),
            say("Chatwork refused to show room", ids(&self.refused)),
            self.stopped.as_ref().map(|fault| format!("stopped: {}", fault.trim_end_matches('.'))),
            say(
                match self.per_room < MOST {
                    true => "raise `per_room`, there are more in room",
                    false => "there are more, in list_room_messages, in room",
                },
                self.cut.clone(),
            ),
            say("the API shows fewer than it counts in room", self.fewer.clone()),
            say("only the newest 100 messages were looked at in room", ids(&self.beyond)),
            say(
                "messages between the archive and the newest 100 may be missing in room",
                ids(&self.holes),
            ),
            say("the archive lacks messages of room", ids(&self.gaps)),
        ];
        reasons.into_iter().flatten().collect()
    }
}

fn named(rooms: &[String]) -> String {
    let more = rooms.len().saturating_sub(NAMED);
    let names = rooms.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(" ");
    if more > 0 { format!("{names} and {more} more") } else { names }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_shows_all_that_is_counted_lacks_nothing() {
        let mut lacks = Lacks::default();
        lacks.compare(RoomId(1), (3, 3), 3);
        // A message of my own that is marked as unread is counted as well.
        lacks.compare(RoomId(2), (3, 3), 2);
        assert_eq!(lacks.reasons(), [""; 0]);
    }

    #[test]
    fn a_room_of_which_fewer_are_shown_is_named_with_the_reason() {
        let mut lacks = Lacks { unreadable: 2, ..Lacks::default() };
        lacks.compare(RoomId(1), (20, 57), 57);
        lacks.compare(RoomId(2), (100, 100), 250);
        assert_eq!(
            lacks.reasons(),
            [
                "2 messages cannot be read",
                "raise `per_room`, there are more in room: 1 (20 of 57)",
                "the API shows fewer than it counts in room: 2 (100 of 250)",
            ]
        );
    }

    #[test]
    fn more_than_can_be_asked_for_is_read_by_another_tool() {
        for (per_room, begin) in [(99, "raise `per_room`"), (100, "there are more, in list_room")] {
            let mut lacks = Lacks::of(per_room);
            lacks.compare(RoomId(1), (100, 120), 0);
            assert!(lacks.reasons()[0].starts_with(begin), "{:?}", lacks.reasons());
        }
    }

    #[test]
    fn of_many_rooms_a_few_are_named() {
        let beyond = (1..=8).map(RoomId).collect();
        let lacks = Lacks { beyond, ..Lacks::default() };
        let expected = "only the newest 100 messages were looked at in room: 1 2 3 4 5 and 3 more";
        assert_eq!(lacks.reasons(), [expected]);
    }
}
