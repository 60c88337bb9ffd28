//! Says on stderr that a call waits for a rate limit.

use std::io::IsTerminal;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use chatwork_sdk::{RateLimitName, RoomId, Wait};

use super::note;
use crate::words;

/// A shorter wait is not worth a line: on a terminal, and elsewhere.
const LEAST: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(2));
/// Waits whose ends are closer than this are one.
const SAME: Duration = Duration::from_secs(2);

/// The waits that were noted. Many calls may wait for the same.
#[derive(Default)]
pub(crate) struct Waits(Mutex<Option<Noted>>);

/// The limit and the end of the wait that was noted last.
struct Noted {
    room: Option<RoomId>,
    end: Instant,
}

impl Waits {
    pub(crate) fn report(&self, wait: &Wait) {
        let is_terminal = std::io::stderr().is_terminal();
        let least = if is_terminal { LEAST.0 } else { LEAST.1 };
        let room = wait.room.filter(|_| wait.limit == RateLimitName::RoomPosting);
        let expected = wait.expected.filter(|expected| *expected >= least);
        let Some(expected) = expected else { return };
        if let Some(text) = self.text(room, expected, Instant::now()) {
            note(&text);
        }
    }

    /// Returns what to say of a wait, or `None` if the same was said before.
    fn text(&self, room: Option<RoomId>, expected: Duration, now: Instant) -> Option<String> {
        let end = now.checked_add(expected)?;
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_known = noted.as_ref().is_some_and(|noted| {
            let (first, last) = (noted.end.min(end), noted.end.max(end));
            noted.room == room && last.saturating_duration_since(first) < SAME
        });
        if is_known {
            return None;
        }
        *noted = Some(Noted { room, end });
        let seconds = expected.as_secs_f64().ceil();
        Some(match room {
            Some(room) => words::WAIT_ROOM.fill(&[("seconds", &seconds), ("room", &room)]),
            None => words::WAIT_ACCOUNT.fill(&[("seconds", &seconds)]),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn a_wait_is_said_in_whole_seconds() {
        let (waits, now) = (Waits::default(), Instant::now());
        let text = waits.text(Some(RoomId(7)), Duration::from_millis(11_200), now);
        assert_eq!(text.as_deref(), Some("Waiting 12 s for the limit of room 7."));
        let text = waits.text(None, 30 * SECOND, now);
        assert_eq!(text.as_deref(), Some("Waiting 30 s for the rate limit of the account."));
    }

    #[test]
    fn the_same_wait_of_many_calls_is_said_once() {
        let (waits, now) = (Waits::default(), Instant::now());
        assert!(waits.text(None, 30 * SECOND, now).is_some());
        assert_eq!(waits.text(None, 29 * SECOND, now + SECOND), None);
        assert!(waits.text(None, 30 * SECOND, now + 10 * SECOND).is_some());
    }
}
