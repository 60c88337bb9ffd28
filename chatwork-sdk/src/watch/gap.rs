//! Whether more messages came between two looks than the API shows.

use chatwork_api::types::{MessageId, RoomId};

use super::ask::Ask;
use super::event::{Event, Gap};
use super::look::Look;
use super::memory::{Head, Memory, Start};
use super::number::is_after;
use super::pending::{Learns, Pending};

/// How often a look is repeated to see one during which nothing came.
const TRIES: u32 = 3;

/// A look at a room that may show nothing that was there at the look before. Then there is a gap
/// between the two, or just as many came as are shown (100, or fewer where the plan hides some): the room's count of messages decides, if it
/// is the same before and after a look.
pub(super) struct Doubt {
    pub(super) room_id: RoomId,
    pub(super) head: Option<Head>,
    /// The count before the look.
    pub(super) listed: Option<i64>,
    /// The look; nothing while another one is due.
    pub(super) look: Option<Look>,
    pub(super) tries: u32,
}

impl Doubt {
    pub(super) fn new(look: Look, head: Option<Head>) -> Self {
        let (room_id, listed) = (look.room_id, head.map(|head| head.mark.count));
        Self { room_id, head, listed, look: Some(look), tries: 1 }
    }

    /// What decides it.
    pub(super) fn ask(&self) -> Ask {
        match self.look {
            Some(_) => Ask::Room(self.room_id),
            None => Ask::Messages(self.room_id),
        }
    }

    /// Whether the look leaves that open.
    pub(super) fn is_open(&self, memory: &Memory) -> bool {
        let shown = self.look.as_ref().filter(|look| look.is_cut());
        let Some(oldest) = shown.and_then(Look::oldest) else { return false };
        match (memory.last(), &memory.start) {
            (Some(last), _) => is_after(&oldest.message_id, &last.id),
            (None, Start::Now) => false,
            (None, Start::Since(time)) => oldest.send_time > *time,
            (None, Start::After(id) | Start::From(id)) => is_after(&oldest.message_id, id),
        }
    }

    /// The same about another look, with this as the count before it, if there is to be one.
    pub(super) fn again(&self, listed: i64) -> Option<Self> {
        let (room_id, head, tries) = (self.room_id, self.head, self.tries + 1);
        (tries <= TRIES).then_some(Self { room_id, head, listed: Some(listed), look: None, tries })
    }
}

/// What lies between two looks that do not overlap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Between {
    Nothing,
    /// So many messages, if the count makes sense.
    Messages(Option<u64>),
    /// Something came during the look.
    Unknown,
}

/// Counts what lies between and is not shown, by the room's count of messages at the look before,
/// in front of this look, and after it. It is known where nothing came during the look.
pub(super) fn between(before: i64, shown: usize, listed: Option<i64>, after: i64) -> Between {
    let shown = i64::try_from(shown).unwrap_or(i64::MAX);
    let missing = after.checked_sub(before).and_then(|came| came.checked_sub(shown));
    match missing.and_then(|missing| u64::try_from(missing).ok()) {
        Some(0) => Between::Nothing,
        missing if listed == Some(after) => Between::Messages(missing),
        _ => Between::Unknown,
    }
}

/// The gap in front of a look.
pub(super) fn pending(memory: &Memory, look: &Look, missing: Option<u64>) -> Option<Pending> {
    let oldest = look.oldest()?;
    let gap = Gap {
        room_id: look.room_id,
        after: last_known(memory),
        since: memory.newest,
        before: oldest.message_id.clone(),
        until: oldest.send_time,
        missing,
    };
    let learns = Learns::Gap(look.room_id, oldest.message_id.clone());
    Some(Pending::event(Event::Gap(gap), learns))
}

fn last_known(memory: &Memory) -> Option<MessageId> {
    match (memory.last(), &memory.start) {
        (Some(last), _) => Some(last.id.clone()),
        (None, Start::After(id)) => Some(id.clone()),
        (None, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exactly_as_many_as_are_shown_leave_no_gap() {
        assert_eq!(between(7, 100, Some(107), 107), Between::Nothing);
        assert_eq!(between(7, 100, Some(50), 107), Between::Nothing);
    }

    #[test]
    fn one_more_leaves_a_gap_of_one() {
        assert_eq!(between(7, 100, Some(108), 108), Between::Messages(Some(1)));
    }

    #[test]
    fn what_came_during_the_look_leaves_it_open() {
        assert_eq!(between(7, 100, Some(107), 108), Between::Unknown);
        assert_eq!(between(7, 100, None, 108), Between::Unknown);
    }

    #[test]
    fn a_count_that_makes_no_sense_is_not_believed() {
        assert_eq!(between(7, 100, Some(50), 50), Between::Messages(None));
        assert_eq!(between(i64::MIN, 100, Some(i64::MAX), i64::MAX), Between::Messages(None));
    }
}
