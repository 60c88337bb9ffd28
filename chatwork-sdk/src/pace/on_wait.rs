//! What a program is told of a call that waits for a rate limit.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use chatwork_api::Operation;
use chatwork_api::operations::RateLimitName;
use chatwork_api::types::RoomId;

/// A call that begins to wait for a rate limit: see
/// [`ClientBuilder::on_wait`](crate::ClientBuilder::on_wait).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Wait {
    /// The operation of the call.
    pub operation: &'static Operation,
    /// The limit that the call waits for.
    pub limit: RateLimitName,
    /// The room that the call posts to. `None` for a call that posts to no room.
    pub room: Option<RoomId>,
    /// How long the wait takes, as far as it is known. Other calls and other programs may make it
    /// longer. `None` if requests under way decide.
    pub expected: Option<Duration>,
}

/// The function of the program, in what all clones of a client share.
#[derive(Clone)]
pub(crate) struct OnWait(Arc<dyn Fn(&Wait) + Send + Sync>);

impl OnWait {
    pub(crate) fn new(report: impl Fn(&Wait) + Send + Sync + 'static) -> Self {
        Self(Arc::new(report))
    }

    pub(crate) fn report(&self, wait: &Wait) {
        (self.0)(wait);
    }
}

impl fmt::Debug for OnWait {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OnWait")
    }
}
