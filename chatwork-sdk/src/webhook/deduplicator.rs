//! Events that were there before.

use std::collections::{HashSet, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use chatwork_api::types::{MessageId, RoomId, UnixTime, WebhookEvent};

/// Knows the newest messages, so that each is answered once.
///
/// Two events are of the same message when its id and its update time are the same, whichever kind
/// they are and whichever webhook sent them: a mention in a watched room comes as `mention_to_me`
/// and as `message_created`. An edited message counts as another one. Clones share what they know,
/// and the program's end ends it.
///
/// ```
/// use chatwork_sdk::webhook::{Deduplicator, WebhookEvent};
///
/// # fn example(event: WebhookEvent) {
/// let deduplicator = Deduplicator::default(); // one, for the whole program
/// if matches!(event, WebhookEvent::MentionToMe(_)) && !deduplicator.is_duplicate(&event) {
///     // Answer it.
/// }
/// # }
/// ```
///
/// Ask it last, about what you would act on: an event that was looked at and left alone would make
/// the other one of the same message a repeat.
#[derive(Clone)]
pub struct Deduplicator(Arc<Memory>);

struct Memory {
    capacity: usize,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    order: VecDeque<Version>,
    known: HashSet<Version>,
}

/// One version of one message.
type Version = (RoomId, MessageId, UnixTime);

/// How many messages are known if nobody says otherwise.
const CAPACITY: usize = 1_000;

impl Deduplicator {
    /// Knows the newest `capacity` messages, at least one; about 150 bytes each.
    pub fn new(capacity: usize) -> Self {
        Self(Arc::new(Memory { capacity: capacity.max(1), seen: Mutex::default() }))
    }

    /// Whether the message of an event was there before. From now on it was. An event of an unknown
    /// kind never is a repeat, since nobody knows what it is about.
    pub fn is_duplicate(&self, event: &WebhookEvent) -> bool {
        version(event).is_some_and(|version| !self.0.is_new(version))
    }
}

impl Memory {
    fn is_new(&self, version: Version) -> bool {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if !seen.known.insert(version.clone()) {
            return false;
        }
        seen.order.push_back(version);
        if seen.order.len() > self.capacity
            && let Some(oldest) = seen.order.pop_front()
        {
            seen.known.remove(&oldest);
        }
        true
    }
}

fn version(event: &WebhookEvent) -> Option<Version> {
    Some((event.room_id()?, event.message_id()?.clone(), event.update_time()?))
}

impl Default for Deduplicator {
    /// Knows the newest 1,000 messages.
    fn default() -> Self {
        Self::new(CAPACITY)
    }
}

impl fmt::Debug for Deduplicator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Deduplicator").field("capacity", &self.0.capacity).finish_non_exhaustive()
    }
}
