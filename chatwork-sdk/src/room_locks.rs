//! Changes of a room's members and of its link: one after another for each room.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use chatwork_api::types::RoomId;
use tokio::sync::{Mutex as Turn, OwnedMutexGuard};

/// From how many rooms on those that nobody changes are looked for.
const MANY: usize = 64;

/// Two changes of one room that read first and write then would both read, and the second to write
/// would undo the first; so would one of them undo a call that replaces the whole. All clones of a
/// client share this, so between them nothing is lost.
#[derive(Debug, Default)]
pub(crate) struct RoomLocks {
    rooms: Mutex<HashMap<RoomId, Weak<Turn<()>>>>,
}

impl RoomLocks {
    /// Waits until nobody else changes the room; the room is the caller's until the guard goes.
    pub(crate) async fn lock(&self, room: RoomId) -> OwnedMutexGuard<()> {
        let turn = self.of(room);
        // As a rule nobody else is at it, and no future is needed to find that out.
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
