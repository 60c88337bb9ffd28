//! Whether more messages came between two looks than the API shows.

use chatwork_api::types::{MessageId, RoomId};

use super::event::{Event, Gap};
use super::number::is_after;
use super::page::MessagePage;
use super::poll::PollRequest;
use super::room::{RoomState, RoomSummary, Start};
use super::update::{Pending, StateUpdate};

/// How often a look is repeated to get one during which no message came.
const ATTEMPTS: u32 = 3;

/// A page that does not overlap the previous one. Either messages are missing between them, or
/// exactly one page arrived. The room's message count decides, if it is the same before and after
/// the look.
pub(super) struct GapCheck {
    pub(super) room_id: RoomId,
    pub(super) listed: Option<RoomSummary>,
    /// The message count before the look.
    pub(super) count: Option<i64>,
    /// The page; `None` while another look is due.
    pub(super) page: Option<MessagePage>,
    pub(super) attempts: u32,
}

impl GapCheck {
    pub(super) fn new(page: MessagePage, listed: Option<RoomSummary>) -> Self {
        let (room_id, count) = (page.room_id, listed.map(|listed| listed.version.count));
        Self { room_id, listed, count, page: Some(page), attempts: 1 }
    }

    /// Returns the request that decides.
    pub(super) fn request(&self) -> PollRequest {
        match self.page {
            Some(_) => PollRequest::Room(self.room_id),
            None => PollRequest::Messages(self.room_id),
        }
    }

    /// Returns whether messages may be missing before this page.
    pub(super) fn is_open(&self, room: &RoomState) -> bool {
        let cut = self.page.as_ref().filter(|page| page.is_cut());
        let Some(oldest) = cut.and_then(MessagePage::oldest) else { return false };
        let is_later = |id| is_after(&oldest.0, id);
        match (room.last(), &room.start) {
            // The room was left and joined: what came in between is not promised.
            (Some(last), Start::Since(time)) => is_later(&last.id) && oldest.1 > *time,
            (Some(last), _) => is_later(&last.id),
            (None, Start::Now) => false,
            (None, Start::Since(time)) => oldest.1 > *time,
            (None, Start::After(id) | Start::From(id)) => is_later(id),
        }
    }

    /// Returns whether no message can be missing before this page: it shows the last message that was
    /// seen, or an older one, or all of the room. A page that is not open may still not follow, in a
    /// room that was left and joined again.
    pub(super) fn follows(&self, room: &RoomState) -> bool {
        let Some(page) = &self.page else { return false };
        let shows = |last: &MessageId| page.oldest().is_some_and(|it| !is_after(&it.0, last));
        !page.is_cut() || room.last().is_some_and(|last| shows(&last.id))
    }

    /// Returns the check for another look, with `count` as the message count before it. `None`
    /// after the last attempt.
    pub(super) fn again(&self, count: i64) -> Option<Self> {
        let (room_id, listed, attempts) = (self.room_id, self.listed, self.attempts + 1);
        let next = Self { room_id, listed, count: Some(count), page: None, attempts };
        (attempts <= ATTEMPTS).then_some(next)
    }
}

/// What lies between two pages that do not overlap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum GapSize {
    Nothing,
    /// So many messages; `None` if the message count makes no sense.
    Messages(Option<u64>),
    /// A message came during the look.
    Unknown,
}

/// Computes how many messages lie between two pages and are not shown, from the room's message
/// count at the look before, in front of this look, and after it.
pub(super) fn between(before: i64, shown: usize, count: Option<i64>, after: i64) -> GapSize {
    let shown = i64::try_from(shown).unwrap_or(i64::MAX);
    let missing = after.checked_sub(before).and_then(|came| came.checked_sub(shown));
    match missing.and_then(|missing| u64::try_from(missing).ok()) {
        Some(0) => GapSize::Nothing,
        missing if count == Some(after) => GapSize::Messages(missing),
        _ => GapSize::Unknown,
    }
}

/// Computes the same for a page of which some messages have no readable id. One of them may be the
/// last known message, so fewer new messages than are shown are no gap.
pub(super) fn between_unreadable(
    before: i64,
    page: &MessagePage,
    count: Option<i64>,
    after: i64,
) -> GapSize {
    let fits = usize::try_from(after.saturating_sub(before)).is_ok_and(|came| came <= page.len());
    match fits && page.unidentified() > 0 {
        true => GapSize::Nothing,
        false => between(before, page.len(), count, after),
    }
}

/// Returns the gap in front of a page.
pub(super) fn pending(
    room: &RoomState,
    page: &MessagePage,
    missing: Option<u64>,
) -> Option<Pending> {
    let (before, until) = page.oldest()?;
    let gap = Gap {
        room_id: page.room_id,
        after: last_known(room),
        since: room.newest,
        before: before.clone(),
        until,
        missing,
    };
    let update = StateUpdate::Gap(page.room_id, before);
    Some(Pending::event(Event::Gap(gap), update))
}

fn last_known(room: &RoomState) -> Option<MessageId> {
    match (room.last(), &room.start) {
        (Some(last), _) => Some(last.id.clone()),
        (None, Start::After(id)) => Some(id.clone()),
        (None, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use chatwork_api::types::{Message, UnixTime};

    use super::*;

    #[test]
    fn exactly_as_many_as_are_shown_leave_no_gap() {
        assert_eq!(between(7, 100, Some(107), 107), GapSize::Nothing);
        assert_eq!(between(7, 100, Some(50), 107), GapSize::Nothing);
    }

    #[test]
    fn only_messages_after_the_start_can_be_missing_before_a_page() {
        let is_open = |since| {
            let messages = (0..100).map(|number| {
                let mut message = Message::default();
                message.message_id = number.to_string().into();
                message.send_time = UnixTime(100 + number);
                message
            });
            let page = MessagePage::new(RoomId(1), messages.collect(), UnixTime(300));
            GapCheck::new(page, None).is_open(&RoomState::new(Start::Since(UnixTime(since))))
        };
        assert!(is_open(99));
        assert!(!is_open(100));
    }

    #[test]
    fn a_page_follows_only_what_was_seen() {
        let follows = |seen: &[&str]| {
            let messages = (100..200).map(|number| {
                let mut message = Message::default();
                message.message_id = number.to_string().into();
                message
            });
            let page = MessagePage::new(RoomId(1), messages.collect(), UnixTime(300));
            let mut room = RoomState::new(Start::Since(UnixTime(1_000)));
            for id in seen {
                let json = serde_json::json!([id, 0, 0, null]);
                room.note(serde_json::from_value(json).unwrap());
            }
            let check = GapCheck::new(page, None);
            (check.is_open(&room), check.follows(&room))
        };
        assert_eq!(follows(&["99", "100"]), (false, true));
        assert_eq!(follows(&["50"]), (false, false));
        assert_eq!(follows(&[]), (false, false));
    }

    #[test]
    fn one_more_leaves_a_gap_of_one() {
        assert_eq!(between(7, 100, Some(108), 108), GapSize::Messages(Some(1)));
    }

    #[test]
    fn what_came_during_the_look_leaves_it_open() {
        assert_eq!(between(7, 100, Some(107), 108), GapSize::Unknown);
        assert_eq!(between(7, 100, None, 108), GapSize::Unknown);
    }

    #[test]
    fn a_count_that_makes_no_sense_is_not_believed() {
        assert_eq!(between(7, 100, Some(50), 50), GapSize::Messages(None));
        assert_eq!(between(i64::MIN, 100, Some(i64::MAX), i64::MAX), GapSize::Messages(None));
    }
}
