//! A handle by which a webhook makes the watch read a room now.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chatwork_api::types::{MessageId, RoomId, UnixTime};
use tokio::sync::Notify;
use tokio::time::Instant;

use super::page::MessagePage;

/// Rings within this time are one look.
const COLLECT: Duration = Duration::from_secs(1);
/// How often a room is read for a rung message that it does not show: after 1, 2, 4, … seconds.
const ATTEMPTS: u32 = 6;
/// How many rung messages of a room are waited for.
const MOST: usize = 100;

/// Makes a [`Watch`](super::Watch) read a room now, though its next round is not due yet.
///
/// A webhook rings it, and the watch then emits what has happened: one ordered source of events,
/// with names, edits and gaps, each once. A delivery that is lost costs the wait for the next round
/// and loses no message.
///
/// Rings of a room within a second are one request. If the room does not show the rung message
/// yet, the watch reads it again, up to six times within a minute. Rings for rooms that are not
/// watched are ignored. Clones ring the same watch; a ring costs nothing and never waits.
///
/// ```no_run
/// use chatwork_sdk::RoomId;
/// use chatwork_sdk::watch::{Doorbell, Rooms};
///
/// # async fn example(chatwork: chatwork_sdk::Client) {
/// let mut watch = chatwork.watch(Rooms::All);
/// let doorbell: Doorbell = watch.doorbell();
/// // In the handler of a webhook:
/// doorbell.ring(RoomId(42));
/// while let Some(event) = watch.next().await {
///     println!("{event:?}");
/// }
/// # }
/// ```
#[derive(Clone)]
pub struct Doorbell {
    bell: Bell,
}

impl Doorbell {
    pub(super) fn new(bell: Bell) -> Self {
        Self { bell }
    }

    /// Has the room read once, within a second or as soon as the rate limit allows.
    pub fn ring(&self, room: RoomId) {
        self.bell.ring(Ring { room, wanted: None });
    }

    /// Has the room read until it shows this message.
    pub fn ring_for(&self, room: RoomId, message: &MessageId) {
        self.ring_until(room, message, UnixTime(0));
    }

    /// Has the room read until it shows this message as edited at `updated` or later.
    pub fn ring_until(&self, room: RoomId, message: &MessageId, updated: UnixTime) {
        let wanted = Some(Wanted { id: message.clone(), updated });
        self.bell.ring(Ring { room, wanted });
    }

    /// Has the room of a webhook's event read until it shows the event's message. Returns `false`
    /// if the event names no message, and rings then for no room.
    #[cfg(feature = "webhooks")]
    pub fn ring_event(&self, event: &crate::webhook::WebhookEvent) -> bool {
        use crate::webhook::WebhookEvent::{MentionToMe, MessageCreated, MessageUpdated};
        let (room, id, updated) = match event {
            MessageCreated(it) => message(&it.webhook_event),
            MessageUpdated(it) => message(&it.webhook_event),
            MentionToMe(it) => {
                let it = &it.webhook_event;
                (it.room_id, &it.message_id, it.update_time)
            }
            _ => return false,
        };
        self.ring_until(room, id, updated);
        true
    }
}

#[cfg(feature = "webhooks")]
fn message(it: &chatwork_api::types::MessageEventBody) -> (RoomId, &MessageId, UnixTime) {
    (it.room_id, &it.message_id, it.update_time)
}

impl fmt::Debug for Doorbell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Doorbell")
    }
}

/// One ring.
pub(super) struct Ring {
    room: RoomId,
    wanted: Option<Wanted>,
}

/// A message that the room has to show.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Wanted {
    id: MessageId,
    updated: UnixTime,
}

/// The rings that the watch has not taken yet.
#[derive(Clone, Default)]
pub(super) struct Bell {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    rings: Mutex<Vec<Ring>>,
    notify: Notify,
}

/// A watch that is not polled must not grow: more rings than these are one per room anyway.
const MOST_RINGS: usize = 10_000;

impl Bell {
    fn ring(&self, ring: Ring) {
        let mut rings = self.shared.rings.lock().unwrap_or_else(PoisonError::into_inner);
        if rings.len() < MOST_RINGS {
            rings.push(ring);
        }
        drop(rings);
        self.shared.notify.notify_one();
    }

    /// Waits for a ring. One that came before ends the wait at once.
    pub(super) async fn rung(&self) {
        self.shared.notify.notified().await;
    }

    /// Takes the rings.
    pub(super) fn take(&self) -> Vec<Ring> {
        let mut rings = self.shared.rings.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *rings)
    }
}

/// The rooms that the doorbell rang for.
#[derive(Default)]
pub(super) struct RungRooms {
    rooms: BTreeMap<RoomId, RungRoom>,
}

struct RungRoom {
    due: Instant,
    /// How often the room was read for this.
    attempts: u32,
    /// A look that covers the latest ring is under way.
    served: bool,
    wanted: Vec<Wanted>,
}

impl RungRooms {
    /// Notes a ring. The room is due a second after the first ring.
    pub(super) fn add(&mut self, ring: Ring, now: Instant) {
        let fresh = || RungRoom { due: now + COLLECT, attempts: 0, served: false, wanted: vec![] };
        let room = self.rooms.entry(ring.room).or_insert_with(fresh);
        if room.served || room.attempts > 0 {
            (room.due, room.attempts) = (room.due.min(now + COLLECT), 0);
        }
        room.served = false;
        if let Some(wanted) = ring.wanted
            && !room.wanted.contains(&wanted)
        {
            room.wanted.push(wanted);
            let surplus = room.wanted.len().saturating_sub(MOST);
            room.wanted.drain(..surplus);
        }
    }

    /// Returns the room to read now.
    pub(super) fn due(&self, now: Instant) -> Option<RoomId> {
        let due = self.rooms.iter().filter(|(_, room)| room.due <= now);
        due.min_by_key(|(_, room)| room.due).map(|(id, _)| *id)
    }

    /// Returns when the next room is due.
    pub(super) fn next(&self) -> Option<Instant> {
        self.rooms.values().map(|room| room.due).min()
    }

    /// A look at this room begins.
    pub(super) fn begin(&mut self, id: RoomId) {
        if let Some(room) = self.rooms.get_mut(&id) {
            room.served = true;
        }
    }

    /// A look at a room has shown this page.
    pub(super) fn looked(&mut self, page: &MessagePage, now: Instant) {
        let Some(room) = self.rooms.get_mut(&page.room_id) else { return };
        room.wanted.retain(|wanted| !page.covers(&wanted.id, wanted.updated));
        if room.served && room.wanted.is_empty() {
            self.rooms.remove(&page.room_id);
        } else if room.served {
            self.postpone(page.room_id, now);
        }
    }

    /// A look at a room did not show what was rung for: looks again later, or stops.
    pub(super) fn postpone(&mut self, id: RoomId, now: Instant) {
        let Some(room) = self.rooms.get_mut(&id) else { return };
        room.attempts += 1;
        room.served = false;
        room.due = now + COLLECT * (1 << room.attempts.min(ATTEMPTS));
        if room.attempts >= ATTEMPTS {
            self.rooms.remove(&id);
        }
    }

    /// A room could not be read before that time.
    pub(super) fn failed(&mut self, id: RoomId, until: Instant) {
        if let Some(room) = self.rooms.get_mut(&id) {
            (room.due, room.served) = (room.due.max(until), false);
        }
    }

    pub(super) fn remove(&mut self, id: RoomId) {
        self.rooms.remove(&id);
    }
}
