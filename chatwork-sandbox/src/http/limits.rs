//! The two rate limits, by the sandbox's clock.
//!
//! The account limit has fixed windows: a window begins with the first request after the previous
//! window. The room limit has a sliding window: a post counts for ten seconds. A refused post counts
//! against the account only.

use std::collections::{HashMap, VecDeque};

use chatwork_api::operations::RateLimitName;
use chatwork_api::types::{AccountId, RoomId};

use crate::world::{LimitSeed, LimitSeeds};

/// The values of the three headers.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Meter {
    pub(super) limit: u32,
    pub(super) remaining: u32,
    pub(super) reset: i64,
}

/// The requests and posts that count.
#[derive(Debug)]
pub(crate) struct Limits {
    on: bool,
    account: LimitSeed,
    posting: LimitSeed,
    windows: HashMap<AccountId, Window>,
    posts: HashMap<RoomId, VecDeque<i64>>,
}

#[derive(Clone, Copy, Debug)]
struct Window {
    used: u32,
    reset: i64,
}

impl Limits {
    pub(crate) fn new(on: bool, figures: LimitSeeds) -> Self {
        Self {
            on,
            account: figures.account.unwrap_or_else(|| documented(RateLimitName::Account)),
            posting: figures.room_posting.unwrap_or_else(|| documented(RateLimitName::RoomPosting)),
            windows: HashMap::new(),
            posts: HashMap::new(),
        }
    }

    /// Counts a request. Returns `Err` if the window is exhausted.
    pub(super) fn request(&mut self, account: AccountId, now: i64) -> Result<Meter, Meter> {
        if !self.on {
            return Ok(self.meter(account, now));
        }
        let figure = self.account;
        let window = self.windows.entry(account).or_insert(Window { used: 0, reset: 0 });
        let length = i64::from(figure.seconds);
        // After the clock was set back, a window must still end within its length.
        if now >= window.reset || window.reset > now + length {
            *window = Window { used: 0, reset: now + length };
        }
        let fits = window.used < figure.requests;
        window.used += u32::from(fits);
        let meter = self.meter(account, now);
        if fits { Ok(meter) } else { Err(meter) }
    }

    /// The values for an account, without counting a request.
    pub(super) fn meter(&self, account: AccountId, now: i64) -> Meter {
        let limit = self.account.requests;
        let window = self.windows.get(&account).filter(|window| now < window.reset);
        Meter {
            limit,
            remaining: limit.saturating_sub(window.map_or(0, |window| window.used)),
            reset: window.map_or(now + i64::from(self.account.seconds), |window| window.reset),
        }
    }

    /// Whether the room's window has capacity for one more post.
    pub(super) fn may_post(&mut self, room: RoomId, now_millis: i64) -> bool {
        let length = i64::from(self.posting.seconds) * 1_000;
        let posts = self.posts.entry(room).or_default();
        posts.retain(|at| (0..length).contains(&(now_millis - at)));
        !self.on || posts.len() < usize::try_from(self.posting.requests).unwrap_or(usize::MAX)
    }

    /// Counts a post to a room.
    pub(super) fn posted(&mut self, room: RoomId, now_millis: i64) {
        if self.on {
            self.posts.entry(room).or_default().push_back(now_millis);
        }
    }
}

fn documented(limit: RateLimitName) -> LimitSeed {
    LimitSeed {
        requests: u32::try_from(limit.requests()).unwrap_or(u32::MAX),
        seconds: u32::try_from(limit.seconds()).unwrap_or(u32::MAX),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANNA: AccountId = AccountId(1);
    const ROOM: RoomId = RoomId(2);

    fn limits() -> Limits {
        Limits::new(true, LimitSeeds::default())
    }

    #[test]
    fn the_three_hundred_and_first_request_is_refused_until_the_reset() {
        let mut limits = limits();
        for used in 1..=300 {
            let meter = limits.request(ANNA, 1_000).unwrap();
            assert_eq!((meter.remaining, meter.reset), (300 - used, 1_300));
        }
        assert_eq!(limits.request(ANNA, 1_299).unwrap_err().remaining, 0);
        assert_eq!(limits.request(ANNA, 1_300).unwrap().remaining, 299);
    }

    #[test]
    fn accounts_have_windows_of_their_own() {
        let mut limits = limits();
        limits.request(ANNA, 0).unwrap();
        assert_eq!(limits.request(AccountId(9), 0).unwrap().remaining, 299);
    }

    #[test]
    fn the_eleventh_post_is_refused_until_the_first_is_ten_seconds_old() {
        let mut limits = limits();
        for index in 0..10 {
            assert!(limits.may_post(ROOM, index * 100));
            limits.posted(ROOM, index * 100);
        }
        assert!(!limits.may_post(ROOM, 9_999));
        assert!(limits.may_post(ROOM, 10_000));
    }

    #[test]
    fn a_clock_that_is_set_back_blocks_no_call() {
        let mut limits = limits();
        for _ in 0..300 {
            limits.request(ANNA, 1_000_000).unwrap();
            limits.posted(ROOM, 1_000_000_000);
        }
        assert!(limits.request(ANNA, 5).is_ok());
        assert!(limits.may_post(ROOM, 5_000));
    }

    #[test]
    fn limits_that_are_off_count_no_request() {
        let mut limits = Limits::new(false, LimitSeeds::default());
        for _ in 0..1_000 {
            assert_eq!(limits.request(ANNA, 0).unwrap().remaining, 300);
        }
    }
}
