//! Locks for changes that overwrite the members or the invitation link of a room.

use std::sync::{Arc, Mutex, PoisonError};

use chatwork_api::types::RoomId;
use tokio::sync::Mutex as AsyncMutex;

/// Look for unused locks only when the list has this many entries.
const MANY: usize = 64;

/// What a change overwrites. Members and link of a room do not collide: each has its own lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RoomLock {
    /// The members of a room.
    Members(RoomId),
    /// The invitation link of a room.
    Link(RoomId),
}

/// `edit` reads, then writes. If two edits of one room overlap, the second overwrites the first. An
/// edit also overwrites a replacement that overlaps it. So a change locks what it overwrites. All
/// clones of a client share the locks.
#[derive(Debug, Default)]
pub(crate) struct RoomLocks {
    /// Few locks are in use at a time: a search of the list is quicker than hashing the key. A tree
    /// would be a tenth more code to compile in this crate, as rustc estimates it.
    locks: Mutex<Vec<(RoomLock, Arc<AsyncMutex<()>>)>>,
}

impl RoomLocks {
    /// Returns the lock, which is kept at least as long as a call uses it.
    pub(crate) fn of(&self, key: RoomLock) -> Arc<AsyncMutex<()>> {
        let mut locks = self.locks.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, lock)) = locks.iter().find(|(other, _)| *other == key) {
            return Arc::clone(lock);
        }
        // Only when the list would grow: each search for unused locks is then paid by many new ones.
        if locks.len() >= MANY && locks.len() == locks.capacity() {
            locks.retain(|(_, lock)| Arc::strong_count(lock) > 1);
        }
        let lock = Arc::default();
        locks.push((key, Arc::clone(&lock)));
        lock
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: RoomId = RoomId(1);

    #[tokio::test]
    async fn a_room_is_changed_by_one_at_a_time() {
        for key in [RoomLock::Members(ONE), RoomLock::Link(ONE)] {
            let locks = RoomLocks::default();
            let first = locks.of(key).lock_owned().await;
            assert!(locks.of(key).try_lock().is_err());
            drop(first);
            assert!(locks.of(key).try_lock().is_ok());
        }
    }

    #[tokio::test]
    async fn one_room_does_not_hold_up_another() {
        let locks = RoomLocks::default();
        let _first = locks.of(RoomLock::Members(ONE)).lock_owned().await;
        assert!(locks.of(RoomLock::Members(RoomId(2))).try_lock().is_ok());
    }

    #[tokio::test]
    async fn the_members_of_a_room_do_not_hold_up_its_link() {
        let locks = RoomLocks::default();
        let _members = locks.of(RoomLock::Members(ONE)).lock_owned().await;
        assert!(locks.of(RoomLock::Link(ONE)).try_lock().is_ok());
    }

    #[test]
    fn locks_that_no_call_uses_are_removed() {
        let locks = RoomLocks::default();
        for id in 0..1000 {
            drop(locks.of(RoomLock::Members(RoomId(id))));
        }
        assert!(locks.locks.lock().unwrap().len() <= MANY);
    }

    #[test]
    fn locks_that_a_call_uses_are_kept() {
        let locks = RoomLocks::default();
        let used = locks.of(RoomLock::Members(RoomId(0)));
        for id in 1..1000 {
            drop(locks.of(RoomLock::Members(RoomId(id))));
        }
        assert!(Arc::ptr_eq(&used, &locks.of(RoomLock::Members(RoomId(0)))));
    }
}
