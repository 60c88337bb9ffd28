//! The policy of both limits: a pure function of state, time and event.
//!
//! [`LimitState`] is what is known of one account's limits. [`LimitState::apply`] takes the time and
//! an [`Event`], changes the state, and returns an [`Answer`]. It reads no clock, makes no random
//! choice and waits for nothing. The limiter of one process and every store of shared limits follow
//! it.
//!
//! 1. `Acquire` asks for a lease: the right to send one request until a deadline. It is granted if
//!    the account and, for a post, the room have capacity. Otherwise the answer is how long to wait.
//! 2. The account's capacity is the lowest `remaining` of this window's replies, minus the leases and
//!    the requests that ended without a report. After a used-up window one request probes, and the
//!    others follow its reply.
//! 3. A room's capacity is its limit minus its leases and the posts that were answered in the last
//!    ten seconds. After a refusal one post probes.
//! 4. `Settle` ends a lease with what the reply said. A newer reset time begins a window, and its
//!    `remaining` holds; within a window the lowest `remaining` holds. An account's 429 leaves
//!    nothing until the reset. A room's 429 closes the room. A request that was not sent gives its
//!    lease back.
//! 5. A lease past its deadline counts as sent: its process may have died before or after it sent
//!    the request. A post counts against its room for ten more seconds.
//! 6. Time that goes back by more than a second moves all known times back: the clock was set, or
//!    another machine's clock counts now.

pub use crate::policy::{
    Answer, DecodeFault, Event, Lease, LimitState, Millis, Outcome, RateLimitHeaders, Refused,
    Rules, STATE_VERSION, Wait, WaitSource,
};
