//! The figures of both limits.

use chatwork_api::operations::RateLimitName;

use super::Millis;

/// The figures of both limits, in requests and milliseconds.
///
/// The default holds the documented ones. Others are for tests against a server with short windows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[doc(hidden)]
pub struct Rules {
    /// The requests of an account in a window, until a reply reports another limit.
    pub account_requests: u32,
    /// The window of an account, if no reply reports its end.
    pub account_window: Millis,
    /// The delay between the reset time and the window that is expected next. The server names
    /// whole seconds, and how it rounds is not documented.
    pub account_margin: Millis,
    /// The posts to a room in a window.
    pub room_posts: u32,
    /// The window of a room.
    pub room_window: Millis,
    /// The margin at the end of a room's window: clocks tick in steps, and a request may overtake
    /// the one before it.
    pub room_margin: Millis,
    /// The time after which another call may probe, if the probe has no reply.
    pub probe_patience: Millis,
}

impl Default for Rules {
    fn default() -> Self {
        let requests = |limit: RateLimitName| u32::try_from(limit.requests()).unwrap_or(u32::MAX);
        Self {
            account_requests: requests(RateLimitName::Account),
            account_window: RateLimitName::Account.seconds() * 1000,
            account_margin: 1000,
            room_posts: requests(RateLimitName::RoomPosting),
            room_window: RateLimitName::RoomPosting.seconds() * 1000,
            room_margin: 50,
            probe_patience: 5000,
        }
    }
}

impl Rules {
    /// How long a post counts against its room after its reply.
    pub(super) fn room_memory(&self) -> Millis {
        self.room_window + self.room_margin
    }
}
