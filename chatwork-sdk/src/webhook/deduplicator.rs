//! Recognises messages that were handled before.

use std::collections::{HashSet, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chatwork_api::types::{MessageId, RoomId, UnixTime, WebhookEvent};
use serde::{Deserialize, Serialize};

/// Remembers the newest messages, so that each is handled once.
///
/// Two events concern the same version of a message if their [`MessageVersion`]s are equal,
/// of any kind and from any webhook: a mention in a watched room arrives as
/// `mention_to_me` and as `message_created`. An edit is another version, also a second edit within
/// the same second. Clones share one memory, which ends with the program.
///
/// [`claim`](Self::claim) reserves a message while you work on it. Confirm the claim after the
/// work is done. If the work fails or panics, dropping the claim releases the message, and a later
/// event of it is handled.
///
/// ```
/// use chatwork_sdk::webhook::{Deduplicator, WebhookEvent};
///
/// # async fn answer(event: &WebhookEvent) -> Result<(), chatwork_sdk::Error> { Ok(()) }
/// # async fn example(event: WebhookEvent) -> Result<(), chatwork_sdk::Error> {
/// let deduplicator = Deduplicator::default(); // one, for the whole program
/// if matches!(event, WebhookEvent::MentionToMe(_))
///     && let Some(claim) = deduplicator.claim(&event)
/// {
///     answer(&event).await?; // an error drops the claim, which releases the message
///     claim.confirm();
/// }
/// # Ok(())
/// # }
/// ```
///
/// Claim only events that you act on: a claimed and confirmed event makes the other event of the
/// same message a duplicate.
#[derive(Clone)]
pub struct Deduplicator(Arc<Memory>);

/// Identifies one version of one message, whichever event reported it.
///
/// The text is in it as a checksum: two edits within one second have the same update time. Store
/// it where several processes share one address; it serialises with `serde`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct MessageVersion {
    room_id: RoomId,
    message_id: MessageId,
    update_time: UnixTime,
    text: u64,
}

impl MessageVersion {
    /// Identifies a version of a message by its ids, its update time (0 if it was never edited)
    /// and its text, as a webhook or the list of messages has them.
    pub fn new(room_id: RoomId, message_id: MessageId, update_time: UnixTime, body: &str) -> Self {
        Self { room_id, message_id, update_time, text: checksum(body) }
    }

    /// Identifies the message of an event; `None` for an event of an unknown kind.
    pub fn of(event: &WebhookEvent) -> Option<Self> {
        let id = event.message_id()?.clone();
        Some(Self::new(event.room_id()?, id, event.update_time()?, event.body()?))
    }

    /// The room of the message.
    pub fn room_id(&self) -> RoomId {
        self.room_id
    }

    /// The message.
    pub fn message_id(&self) -> &MessageId {
        &self.message_id
    }

    /// When the message was edited, 0 for never.
    pub fn update_time(&self) -> UnixTime {
        self.update_time
    }
}

/// FNV-1a with 64 bits. The result must be the same in every process and version: it is stored.
fn checksum(text: &str) -> u64 {
    let step = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    text.bytes().fold(0xcbf2_9ce4_8422_2325, step)
}

struct Memory {
    capacity: usize,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// Handled messages, oldest first.
    order: VecDeque<MessageVersion>,
    /// Handled messages, and those that are claimed.
    known: HashSet<MessageVersion>,
}

/// How many messages are remembered by default.
const CAPACITY: usize = 1_000;

impl Deduplicator {
    /// Remembers the newest `capacity` handled messages, at least one; about 200 bytes each.
    pub fn new(capacity: usize) -> Self {
        Self(Arc::new(Memory { capacity: capacity.max(1), state: Mutex::default() }))
    }

    /// Reserves the message of an event; `None` if it was handled, or is being handled.
    ///
    /// An event of an unknown kind is never a duplicate: its message is not known.
    ///
    /// An event that gets `None` while another claim is open is not handled later, even if that
    /// claim is dropped. So retry within the claim what may succeed the second time.
    #[must_use = "dropping the claim releases the message"]
    pub fn claim(&self, event: &WebhookEvent) -> Option<Claim> {
        let version = MessageVersion::of(event);
        if let Some(version) = &version
            && !self.0.lock().known.insert(version.clone())
        {
            return None;
        }
        Some(Claim { memory: self.0.clone(), version })
    }

    /// Returns whether the message of an event was handled, or is being handled, and marks it as
    /// handled. Use [`claim`](Self::claim) for work that can fail: this marks before the work.
    pub fn is_duplicate(&self, event: &WebhookEvent) -> bool {
        self.claim(event).map(Claim::confirm).is_none()
    }
}

/// A reserved message: see [`Deduplicator::claim`]. Dropping it releases the message.
#[must_use = "dropping a claim releases the message"]
pub struct Claim {
    memory: Arc<Memory>,
    /// Taken when the claim is confirmed; `None` also for an event of an unknown kind.
    version: Option<MessageVersion>,
}

impl Claim {
    /// Marks the message as handled. Call it after the work is done.
    pub fn confirm(mut self) {
        if let Some(version) = self.version.take() {
            self.memory.confirm(version);
        }
    }

    /// Releases the message, as dropping the claim does.
    pub fn release(self) {}
}

impl Drop for Claim {
    fn drop(&mut self) {
        if let Some(version) = self.version.take() {
            self.memory.lock().known.remove(&version);
        }
    }
}

impl Memory {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn confirm(&self, version: MessageVersion) {
        let mut state = self.lock();
        state.order.push_back(version);
        if state.order.len() > self.capacity
            && let Some(oldest) = state.order.pop_front()
        {
            state.known.remove(&oldest);
        }
    }
}

impl Default for Deduplicator {
    /// Remembers the newest 1,000 messages.
    fn default() -> Self {
        Self::new(CAPACITY)
    }
}

impl fmt::Debug for Deduplicator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Deduplicator").field("capacity", &self.0.capacity).finish_non_exhaustive()
    }
}

impl fmt::Debug for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Claim").finish_non_exhaustive()
    }
}
