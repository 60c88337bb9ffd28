//! A lock for each room, for changes of its members and its invitation link.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use chatwork_api::types::RoomId;
use tokio::sync::{Mutex as Turn, OwnedMutexGuard};

/// Remove unused locks once the map has this many entries.
const MANY: usize = 64;

/// `edit` reads, then writes. If two edits of one room overlap, the second overwrites the first. An
/// edit also overwrites a replacement that overlaps it. So lock the room. All clones of a client
/// share the locks.
#[derive(Debug, Default)]
pub(crate) struct RoomLocks {
    rooms: Mutex<HashMap<RoomId, Weak<Turn<()>>>>,
}

impl RoomLocks {
    /// Waits for the lock of the room. Dropping the guard releases the lock.
    pub(crate) async fn lock(&self, room: RoomId) -> OwnedMutexGuard<()> {
        let turn = self.of(room);
        // Mostly the lock is free, and then no future is needed.
        match turn.clone().try_lock_owned() {
            Ok(guard) => guard,
            Err(_) => Box::pin(turn.lock_owned()).await,
        }
    }

    fn of(&self, room: RoomId) -> Arc<Turn<()>> {
        let mut rooms = self.rooms.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(turn) = rooms.get(&room).and_then(Weak::upgrade) {
            return turn;
        }
        if rooms.len() >= MANY {
            rooms.retain(|_, turn| turn.strong_count() > 0);
        }
        let turn = Arc::default();
        rooms.insert(room, Arc::downgrade(&turn));
        turn
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: RoomId = RoomId(1);

    #[tokio::test]
    async fn a_room_is_changed_by_one_at_a_time() {
        let locks = RoomLocks::default();
        let first = locks.lock(ONE).await;
        assert!(locks.of(ONE).try_lock().is_err());
        drop(first);
        assert!(locks.of(ONE).try_lock().is_ok());
    }

    #[tokio::test]
    async fn one_room_does_not_hold_up_another() {
        let locks = RoomLocks::default();
        let _first = locks.lock(ONE).await;
        assert!(locks.of(RoomId(2)).try_lock().is_ok());
    }

    #[tokio::test]
    async fn rooms_that_nobody_changes_are_forgotten_in_time() {
        let locks = RoomLocks::default();
        for id in 0..1000 {
            drop(locks.lock(RoomId(id)).await);
        }
        assert!(locks.rooms.lock().unwrap().len() <= MANY);
    }
}
