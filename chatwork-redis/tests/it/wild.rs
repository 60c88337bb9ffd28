//! Wilder histories than those of the contract: guessed waits one after another, reset times that
//! differ a little, leases of another room or of no state, waits that grow shorter. The store in
//! memory runs the policy itself, so answers are equal, with the numbers of leases.

use std::time::Duration;

use chatwork_redis::RedisLimits;
use chatwork_sdk::RateLimitName;
use chatwork_sdk::limits::contract::{Clock, RULES};
use chatwork_sdk::limits::policy::{Lease, Outcome, RateLimitHeaders, Refused, Rules, WaitSource};
use chatwork_sdk::limits::{Granted, LimitStore, MemoryLimits, Settled, Want};
use chatwork_sdk::types::RoomId;
use fastrand::Rng;

use crate::support::Redis;

const START: u64 = 1_700_000_000_000;
const STEPS: usize = 300;
/// `CHATWORK_REDIS_HISTORIES` runs more of them.
const HISTORIES: u64 = 40;

/// What happens often in a history.
struct Habits {
    refused: bool,
    unsent: bool,
    foreign: bool,
}

fn want(rng: &mut Rng) -> Want {
    let room = [None, Some(RoomId(1)), Some(RoomId(2)), Some(RoomId(-1))][rng.usize(..4)];
    Want { room, hold: Duration::from_millis(rng.u64(..4_000)) }
}

/// Reports of a clock that is wrong by some seconds, and that rounds each time anew.
fn report(rng: &mut Rng, now: u64) -> RateLimitHeaders {
    let reset = (now + rng.u64(..25_000)) / 5_000 * 5 + rng.u64(..6);
    let remaining = if rng.u8(..3) == 0 { 0 } else { rng.u32(..15) };
    let reset_in = Duration::from_millis((reset * 1000).saturating_sub(now));
    RateLimitHeaders { limit: rng.u32(..15), remaining, reset: reset as i64, reset_in }
}

fn outcome(rng: &mut Rng, now: u64, habits: &Habits) -> Outcome {
    let limits = [RateLimitName::Account, RateLimitName::Account, RateLimitName::RoomPosting];
    let sources =
        [WaitSource::Guess, WaitSource::Guess, WaitSource::RetryAfter, WaitSource::Window];
    let is_refused = rng.u8(..if habits.refused { 2 } else { 9 }) == 0;
    let refused = is_refused.then(|| Refused {
        limit: limits[rng.usize(..3)],
        wait: Duration::from_millis(rng.u64(1..3_000)),
        source: sources[rng.usize(..4)],
    });
    let account = (rng.u8(..3) == 0).then(|| report(rng, now));
    let unsent = rng.u8(..if habits.unsent { 3 } else { 20 }) == 0;
    Outcome { account, refused, unsent, answered: rng.u8(..6) != 0 }
}

fn later(rng: &mut Rng, now: u64) -> u64 {
    match rng.u8(..30) {
        0 => now - rng.u64(..2_000),
        1 => now - rng.u64(..40_000),
        2 => now + rng.u64(..60_000),
        3..=8 => now + rng.u64(..5_000),
        _ => now + rng.u64(..300),
    }
}

/// A lease that was not granted so: of another room, or with a number that no lease has.
fn foreign(rng: &mut Rng, lease: Lease, now: u64) -> Lease {
    match rng.u8(..4) {
        0 => Lease { room: want(rng).room, ..lease },
        // A request without a lease.
        3 => Lease { id: 0, granted: 0, ..lease },
        1 => Lease { id: rng.u64(..), granted: now - rng.u64(..9_000), ..lease },
        _ => Lease { granted: now - rng.u64(..9_000), ..lease },
    }
}

#[tokio::test]
async fn wild_histories_have_the_answers_of_the_policy() {
    let redis = Redis::start();
    let server = redis.server();
    let histories = std::env::var("CHATWORK_REDIS_HISTORIES");
    let histories = histories.map_or(HISTORIES, |text| text.parse().expect("a number"));
    for seed in 0..histories {
        let mut rng = Rng::with_seed(seed);
        let habits = Habits { refused: rng.bool(), unsent: rng.bool(), foreign: rng.bool() };
        let room_posts = rng.u32(1..5);
        let rules = Rules { account_requests: rng.u32(2..14), room_posts, ..RULES };
        let clock = Clock::new(START);
        let store = RedisLimits::with_clock(&server, rules, clock.clone());
        let policy = MemoryLimits::with_clock(rules, clock.clone());
        let account = format!("wild {seed}");
        let mut leases = Vec::new();
        for step in 0..STEPS {
            if rng.u8(..3) == 0 {
                clock.set(later(&mut rng, clock.now()));
            }
            if rng.bool() || leases.is_empty() {
                let wants: Vec<Want> = (0..rng.usize(1..4)).map(|_| want(&mut rng)).collect();
                let expected = policy.acquire(&account, &wants).await.unwrap();
                let found = store.acquire(&account, &wants).await.unwrap();
                assert_eq!(found, expected, "history {seed}, step {step}");
                leases.extend(found.iter().filter_map(|it| match it {
                    Granted::Go(lease) => Some(*lease),
                    Granted::Wait(_) => None,
                }));
            } else {
                let mut settled = Vec::new();
                for _ in 0..rng.usize(1..3) {
                    let place = rng.usize(..leases.len());
                    let mut lease = leases[place];
                    if habits.foreign && rng.u8(..4) == 0 {
                        lease = foreign(&mut rng, lease, clock.now());
                    } else if rng.u8(..8) != 0 && leases.len() > 1 {
                        leases.swap_remove(place);
                    }
                    settled
                        .push(Settled { lease, outcome: outcome(&mut rng, clock.now(), &habits) });
                }
                policy.settle(&account, &settled).await.unwrap();
                store.settle(&account, &settled).await.unwrap();
            }
        }
    }
}

#[tokio::test]
async fn guessed_waits_double_as_in_the_policy() {
    let redis = Redis::start();
    let clock = Clock::new(START);
    let store = RedisLimits::with_clock(&redis.server(), RULES, clock.clone());
    let policy = MemoryLimits::with_clock(RULES, clock.clone());
    let want = Want { room: None, hold: Duration::from_secs(60) };
    let limit = RateLimitName::Account;
    let refused = Refused { limit, wait: Duration::from_secs(1), source: WaitSource::Guess };
    let refused = Outcome { refused: Some(refused), answered: true, ..Outcome::default() };
    let mut waits = Vec::new();
    for _ in 0..9 {
        let granted = store.acquire("guesses", &[want]).await.unwrap();
        assert_eq!(policy.acquire("guesses", &[want]).await.unwrap(), granted);
        let [Granted::Go(lease)] = granted[..] else { panic!("{granted:?}") };
        let settled = [Settled { lease, outcome: refused }];
        store.settle("guesses", &settled).await.unwrap();
        policy.settle("guesses", &settled).await.unwrap();
        let granted = store.acquire("guesses", &[want]).await.unwrap();
        assert_eq!(policy.acquire("guesses", &[want]).await.unwrap(), granted);
        let [Granted::Wait(delay)] = granted[..] else { panic!("{granted:?}") };
        let wait = delay.wait.unwrap();
        waits.push(wait.as_secs());
        clock.set(clock.now() + wait.as_millis() as u64);
    }
    assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 64, 64]);
}
