//! Waits that have an end, and are not for a rate limit: for a token, and for another change of the
//! same room.

use std::future::Future;
use std::time::Duration;

use chatwork_api::Operation;
use tokio::sync::OwnedMutexGuard;
use tokio::time::timeout;

use crate::client::Client;
use crate::error::{Error, Result, WaitError, WaitedFor};
use crate::room_locks::RoomLock;

/// Waits until no other change of the same part of the room is under way. Dropping the guard ends
/// the change.
///
/// The other change may wait for permits, as long as `max_wait` allows, and is sent within the time
/// limit of its attempts. So the wait has the longer of the two as its limit.
pub(crate) async fn lock_room(
    client: &Client,
    lock: RoomLock,
    operation: &'static Operation,
    timeout: Option<Duration>,
) -> Result<OwnedMutexGuard<()>> {
    let shared = client.shared();
    let lock = shared.room_locks.of(lock);
    // Mostly the lock is free, and then no future is needed.
    match lock.clone().try_lock_owned() {
        Ok(guard) => Ok(guard),
        Err(_) => {
            let limit = timeout.or(shared.timeout).map(|limit| limit.max(shared.max_wait));
            let other = lock.lock_owned();
            Box::pin(within(limit, other, operation, WaitedFor::OtherChange)).await
        }
    }
}

/// Waits for at most this time.
pub(super) async fn within<T>(
    limit: Option<Duration>,
    future: impl Future<Output = T>,
    operation: &'static Operation,
    waited_for: WaitedFor,
) -> Result<T> {
    let Some(limit) = limit else { return Ok(future.await) };
    let result = timeout(limit, future).await;
    result.map_err(|_| Error::Wait(Box::new(WaitError::new(operation, waited_for, limit))))
}
