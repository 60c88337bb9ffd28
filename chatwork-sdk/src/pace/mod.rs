//! Keeps both rate limits, so that the API refuses no call.
//!
//! All clones of a client share one [`RateLimiter`]. A call acquires a permit, which waits until
//! both limits have capacity, and completes the permit with what the reply reported. There is no
//! background task. Each waiting call sets a timer; the first to wake grants permits to every call
//! that may proceed.

// | file | holds |
// |---|---|
// | `limiter` | both limits, and the calls that wait for them |
// | `permit` | the permit of a call, from its request to its reply |
// | `queue` | the calls that wait for a permit |
// | `pacing` | the settings |
// | `headers` | the rate limit in the headers of a reply |
// | `on_wait` | what a program is told of a call that waits |
// | `remote` | the part that asks a store of shared limits |

pub(crate) mod headers;
mod limiter;
mod on_wait;
mod pacing;
mod permit;
mod queue;
#[cfg(feature = "limits")]
mod remote;

use std::time::Duration;

use chatwork_api::operations::RateLimitName;
use chatwork_api::types::RoomId;
use tokio::time::Instant;

pub(crate) use crate::policy::{Outcome, RateLimitHeaders, Refused, WaitSource, back_off};
pub(crate) use limiter::RateLimiter;
pub(crate) use on_wait::OnWait;
pub use on_wait::Wait;
pub use pacing::Pacing;
pub(crate) use permit::Permit;

/// Why a call cannot be sent yet, and when it can, if that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotUntil {
    pub(crate) limit: RateLimitName,
    pub(crate) until: Option<Instant>,
}

/// Why a call gets no permit.
#[derive(Debug)]
pub(crate) enum NoPermit {
    /// A limit delays the call for longer than it may wait.
    NotUntil(NotUntil),
    /// The store of shared limits failed, and the client must not pace by itself.
    #[cfg(feature = "limits")]
    Store(std::sync::Arc<dyn std::error::Error + Send + Sync>),
}

/// The limits that a call counts against, besides the account's.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct LimitKey {
    /// The room whose posting limit it counts against.
    pub(crate) room: Option<RoomId>,
}

/// The first wait after a 429 that does not tell how long to wait.
pub(crate) const SOON: Duration = Duration::from_secs(1);

/// The largest jitter after a refusal, so that programs with one token do not return together.
const JITTER: Duration = Duration::from_millis(500);

/// Nothing was sent.
const UNSENT: Outcome = Outcome { account: None, refused: None, unsent: true, answered: false };
