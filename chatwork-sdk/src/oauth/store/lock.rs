//! The lock of a store.

use std::any::Any;
use std::fmt;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::time::Instant;

use crate::token::{TokenError, TokenFuture};

/// A lock of a store, held for one refresh.
///
/// [`StoreLock::release`] releases it. A drop does that as well as it can: it drops a
/// [guard](StoreLock::guard), or runs the [release](StoreLock::new) in a task of the tokio runtime.
/// Without a runtime it drops the release, and the store's time limit has to end the lock.
#[must_use = "dropping a lock releases it"]
pub struct StoreLock {
    held: Held,
    /// When a refresh must have begun.
    until: Option<Instant>,
}

enum Held {
    Nothing,
    Guard(Box<dyn Any + Send>),
    Release(TokenFuture<'static, ()>),
}

impl StoreLock {
    /// Returns a lock that the given future releases, for example by a request to a server. The
    /// future should have a time limit.
    pub fn new(release: impl Future<Output = Result<(), TokenError>> + Send + 'static) -> Self {
        Self::of(Held::Release(Box::pin(release)))
    }

    /// Returns a lock that is released by dropping a guard.
    pub fn guard(guard: impl Any + Send) -> Self {
        Self::of(Held::Guard(Box::new(guard)))
    }

    /// Returns a lock that locks nothing, for a store that only one process uses.
    pub fn none() -> Self {
        Self::of(Held::Nothing)
    }

    fn of(held: Held) -> Self {
        Self { held, until: None }
    }

    /// Sets in what time a refresh must begin, for a lock that the store ends by itself after a while.
    ///
    /// A process that stood still in between would otherwise send a refresh token that another process
    /// has spent. The store should hold the lock for some time longer: as long as a refresh takes.
    pub fn valid_for(mut self, time: Duration) -> Self {
        self.until = Instant::now().checked_add(time);
        self
    }

    /// Returns until when a refresh must have begun.
    pub(crate) fn until(&self) -> Option<Instant> {
        self.until
    }

    /// Releases the lock.
    ///
    /// # Errors
    ///
    /// The error of the store. The lock then ends by the store's time limit.
    pub async fn release(mut self) -> Result<(), TokenError> {
        match self.take() {
            Held::Release(release) => release.await,
            Held::Guard(guard) => {
                drop(guard);
                Ok(())
            }
            Held::Nothing => Ok(()),
        }
    }

    fn take(&mut self) -> Held {
        std::mem::replace(&mut self.held, Held::Nothing)
    }
}

impl Drop for StoreLock {
    fn drop(&mut self) {
        if let (Held::Release(release), Ok(runtime)) = (self.take(), Handle::try_current()) {
            runtime.spawn(release);
        }
    }
}

impl fmt::Debug for StoreLock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StoreLock")
    }
}
