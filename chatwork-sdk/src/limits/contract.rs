//! Holds a store against the policy, with random histories. For the tests of stores.
//!
//! The clock of the store is set by the test, so no history waits.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use chatwork_api::operations::RateLimitName;
use chatwork_api::types::RoomId;

use super::policy::{
    Lease, LimitState, Millis, Outcome, RateLimitHeaders, Refused, Rules, WaitSource,
};
use super::store::{Delay, Granted, LimitStore, Settled, Want, acquire, settle};

/// A clock that a test sets. Clones are one clock.
#[derive(Clone, Debug)]
pub struct Clock(Arc<AtomicU64>);

impl Clock {
    /// Returns a clock that shows a time, in milliseconds since 1970.
    pub fn new(now: Millis) -> Self {
        Self(Arc::new(AtomicU64::new(now)))
    }

    /// Returns the time.
    pub fn now(&self) -> Millis {
        self.0.load(Ordering::SeqCst)
    }

    /// Sets the time.
    pub fn set(&self, now: Millis) {
        self.0.store(now, Ordering::SeqCst);
    }
}

/// The rules of the histories: short windows, so that each passes several of them.
pub const RULES: Rules = Rules {
    account_requests: 12,
    account_window: 20_000,
    account_margin: 1000,
    room_posts: 3,
    room_window: 2_000,
    room_margin: 50,
    probe_patience: 1500,
};

/// Rules that differ from [`RULES`] by one figure each: the contract notices a store with them.
pub const OTHER_RULES: [Rules; 4] = [
    Rules { room_posts: 4, ..RULES },
    Rules { room_window: 1_900, ..RULES },
    Rules { account_window: 21_000, ..RULES },
    Rules { probe_patience: 1_400, ..RULES },
];

/// Runs one random history on a store and on the policy, and compares each answer.
///
/// The store must follow [`RULES`] and the clock, and must know nothing of the account yet.
///
/// # Errors
///
/// Says which step of the history has another answer, or what the store failed with.
pub async fn check(
    store: &dyn LimitStore,
    clock: &Clock,
    account: &str,
    seed: u64,
) -> Result<(), String> {
    let mut history = History::new(seed);
    let mut state = LimitState::with_rules(RULES);
    // The lease of the policy, with that of the store: they may have different numbers.
    let mut leases: Vec<(Lease, Lease)> = Vec::new();
    for step in 0..400 {
        let at = |what: String| format!("history {seed}, step {step}: {what}");
        match history.below(10) {
            0..=3 => {
                let wants: Vec<Want> = (0..=history.below(4)).map(|_| history.want()).collect();
                let expected = acquire(&mut state, clock.now(), &wants);
                let found = store.acquire(account, &wants).await;
                let found = found.map_err(|error| at(error.to_string()))?;
                if found.len() != expected.len() {
                    return Err(at(format!("{} answers to {} wants", found.len(), wants.len())));
                }
                for (expected, found) in expected.iter().zip(&found) {
                    match (expected, found) {
                        (Granted::Go(one), Granted::Go(other)) if one.room == other.room => {
                            leases.push((*one, *other));
                        }
                        (Granted::Wait(one), Granted::Wait(other)) if same(one, other) => {}
                        _ => return Err(at(format!("expected {expected:?}, found {found:?}"))),
                    }
                }
            }
            4..=7 if !leases.is_empty() => {
                let (mut ours, mut theirs) = (Vec::new(), Vec::new());
                for _ in 0..=history.below(3).min(leases.len() as u64 - 1) {
                    let place = history.below(leases.len() as u64) as usize;
                    let (one, other) = leases.swap_remove(place);
                    let outcome = history.outcome(clock.now());
                    ours.push(Settled { lease: one, outcome });
                    theirs.push(Settled { lease: other, outcome });
                }
                settle(&mut state, clock.now(), &ours);
                let settled = store.settle(account, &theirs).await;
                settled.map_err(|error| at(error.to_string()))?;
            }
            // A process that dies forgets its lease.
            8 if !leases.is_empty() && history.below(4) == 0 => {
                leases.swap_remove(history.below(leases.len() as u64) as usize);
            }
            _ => clock.set(history.later(clock.now())),
        }
    }
    Ok(())
}

/// Whole milliseconds may be rounded differently.
fn same(one: &Delay, other: &Delay) -> bool {
    let near = |one: Duration, other: Duration| one.abs_diff(other) <= Duration::from_millis(1);
    let waits = match (one.wait, other.wait) {
        (Some(one), Some(other)) => near(one, other),
        (one, other) => one == other,
    };
    waits
        && (one.limit, one.exhausted, one.crowded) == (other.limit, other.exhausted, other.crowded)
}

/// A random history, the same for each seed (SplitMix64).
struct History(u64);

impl History {
    fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut number = self.0;
        number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (number ^ (number >> 31)) % end
    }

    fn want(&mut self) -> Want {
        let room = self.below(4);
        let room = (room > 0).then_some(RoomId(room as i64));
        Want { room, hold: Duration::from_millis(1000 + self.below(3000)) }
    }

    fn outcome(&mut self, now: Millis) -> Outcome {
        let kind = self.below(12);
        let window = now / RULES.account_window + u64::from(self.below(8) != 0);
        let reset = (window * RULES.account_window).div_ceil(1000) + self.below(2);
        // Mostly enough for the limits of rooms to matter.
        let few = self.below(4) == 0;
        let used = self.below(if few { u64::from(RULES.account_requests) + 1 } else { 3 });
        let remaining = RULES.account_requests - used as u32;
        let empty = kind == 1;
        let reset_in = Duration::from_millis((reset * 1000).saturating_sub(now));
        let account = (kind > 2 || empty).then_some(RateLimitHeaders {
            limit: RULES.account_requests,
            remaining: if empty { 0 } else { remaining },
            reset: reset as i64,
            reset_in,
        });
        let refused = |limit, wait, source| Some(Refused { limit, wait, source });
        let second = Duration::from_secs(1);
        let refused = match kind {
            1 => refused(RateLimitName::Account, reset_in, WaitSource::Window),
            2 => refused(RateLimitName::Account, second, WaitSource::RetryAfter),
            3 => refused(RateLimitName::RoomPosting, 2 * second, WaitSource::Window),
            4 => refused(RateLimitName::Account, second, WaitSource::Guess),
            _ => None,
        };
        match kind {
            0 => Outcome { unsent: true, ..Outcome::default() },
            _ => Outcome { account, refused, unsent: false, answered: kind != 5 },
        }
    }

    /// Time goes on, sometimes for long, and seldom back.
    fn later(&mut self, now: Millis) -> Millis {
        match self.below(40) {
            0 => now - self.below(900),
            1 => now - 5_000 - self.below(60_000),
            2..=5 => now + self.below(30_000),
            _ => now + self.below(600),
        }
    }
}
