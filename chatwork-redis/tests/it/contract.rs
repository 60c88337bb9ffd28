//! The scripts against the policy.

use std::time::Duration;

use chatwork_redis::RedisLimits;
use chatwork_sdk::RateLimitName;
use chatwork_sdk::limits::contract::{Clock, OTHER_RULES, RULES, check};
use chatwork_sdk::limits::policy::{Lease, Outcome, RateLimitHeaders, Refused, Rules, WaitSource};
use chatwork_sdk::limits::{Granted, LimitStore, MemoryLimits, Settled, Want};
use chatwork_sdk::types::RoomId;

use crate::support::{ACCOUNT, Redis, take, want};

const NOW: u64 = 1_700_000_000_000;

/// `CHATWORK_REDIS_HISTORIES` runs more of them.
fn histories() -> u64 {
    std::env::var("CHATWORK_REDIS_HISTORIES").map_or(40, |text| text.parse().expect("a number"))
}

#[tokio::test]
async fn the_scripts_keep_the_contract() {
    let redis = Redis::start();
    let clock = Clock::new(NOW);
    let store = RedisLimits::with_clock(&redis.server(), RULES, clock.clone());
    for seed in 0..histories() {
        clock.set(NOW);
        assert_eq!(check(&store, &clock, &format!("{seed} {ACCOUNT}"), seed).await, Ok(()));
    }
}

#[tokio::test]
async fn the_contract_notices_scripts_with_other_rules() {
    let redis = Redis::start();
    for wrong in OTHER_RULES {
        let mut noticed = 0;
        for seed in 0..10 {
            let clock = Clock::new(NOW);
            let store = RedisLimits::with_clock(&redis.server(), wrong, clock.clone());
            let account = format!("{seed} {wrong:?}");
            noticed += usize::from(check(&store, &clock, &account, seed).await.is_err());
        }
        assert!(noticed > 0, "{wrong:?}");
    }
}

#[tokio::test]
async fn the_servers_clock_counts_without_another_one() {
    let redis = Redis::start();
    let rules = Rules { room_window: 1500, room_margin: 0, ..Rules::default() };
    let store = RedisLimits::with_rules(&redis.server(), rules);
    let granted = store.acquire(ACCOUNT, &[want(1); 12]).await.unwrap();
    let leases = granted.iter().filter_map(|it| match it {
        Granted::Go(lease) => Some(*lease),
        Granted::Wait(_) => None,
    });
    let leases: Vec<_> = leases.collect();
    let unix = std::time::UNIX_EPOCH.elapsed().unwrap().as_millis() as u64;
    assert_eq!(leases.len(), 10);
    assert!(leases.iter().all(|lease| lease.granted.abs_diff(unix) < 60_000), "{leases:?}");

    let outcome = Outcome { answered: true, ..Outcome::default() };
    let settled: Vec<_> = leases.iter().map(|&lease| Settled { lease, outcome }).collect();
    store.settle(ACCOUNT, &settled).await.unwrap();
    assert_eq!(take(&store, 1).await, 0);
    tokio::time::sleep(Duration::from_millis(1550)).await;
    assert_eq!(take(&store, 1).await, 10);
}

#[tokio::test]
async fn two_programs_share_one_budget() {
    let redis = Redis::start();
    // Each server is a connection of its own, as two programs have.
    let (one, other) = (RedisLimits::new(&redis.server()), RedisLimits::new(&redis.server()));
    assert_eq!((take(&one, 1).await, take(&other, 1).await, take(&other, 2).await), (10, 0, 10));
    let elsewhere = RedisLimits::new(&redis.server().prefix("staging"));
    assert_eq!(take(&elsewhere, 1).await, 10);
}

/// Doubles would make these two ids one.
#[tokio::test]
async fn rooms_with_huge_ids_are_told_apart() {
    let redis = Redis::start();
    let store = RedisLimits::new(&redis.server());
    assert_eq!((take(&store, i64::MAX).await, take(&store, i64::MAX - 1).await), (10, 10));
    assert_eq!((take(&store, i64::MIN).await, take(&store, i64::MIN).await), (10, 0));
}

/// Ids of leases at the end of `u64`, and replies with absurd figures.
#[tokio::test]
async fn the_largest_numbers_are_answered_as_by_the_policy() {
    let redis = Redis::start();
    let clock = Clock::new(NOW);
    let store = RedisLimits::with_clock(&redis.server(), RULES, clock.clone());
    let policy = MemoryLimits::with_clock(RULES, clock);
    let reset_in = Duration::MAX;
    let report = RateLimitHeaders { limit: u32::MAX, remaining: 0, reset: i64::MAX, reset_in };
    let (limit, source) = (RateLimitName::RoomPosting, WaitSource::Guess);
    let refused = Some(Refused { limit, wait: Duration::MAX, source });
    let outcome = Outcome { account: Some(report), refused, unsent: false, answered: true };
    let lease = Lease { id: u64::MAX, room: Some(RoomId(1)), granted: u64::MAX };
    let want = Want { room: None, hold: Duration::MAX };
    for store in [&store as &dyn LimitStore, &policy] {
        store.settle(ACCOUNT, &[Settled { lease, outcome }]).await.unwrap();
        let granted = store.acquire(ACCOUNT, &[want]).await.unwrap();
        let [Granted::Wait(delay)] = granted[..] else { panic!("{granted:?}") };
        assert!(delay.exhausted && delay.crowded, "{delay:?}");
        assert!(delay.wait.unwrap() > Duration::from_secs(1 << 40), "{delay:?}");
    }
}

#[tokio::test]
async fn a_state_that_is_not_used_ends_after_a_day() {
    let redis = Redis::start();
    let store = RedisLimits::new(&redis.server());
    take(&store, 1).await;
    let mut ttl = redis::cmd("PTTL");
    ttl.arg(store.key(ACCOUNT));
    let left: i64 = redis.cmd(&ttl).await;
    let day = 86_400_000;
    assert!((day..=day + 75_000).contains(&left), "{left}");

    let hold = Duration::from_secs(7 * 86_400);
    store.acquire(ACCOUNT, &[Want { room: None, hold }]).await.unwrap();
    take(&store, 2).await;
    let left: i64 = redis.cmd(&ttl).await;
    assert!(left > 7 * day, "a lease outlives its state: {left}");
}

/// Many leases that end at once, and more rooms than are kept.
#[tokio::test]
async fn thousands_of_rooms_and_leases_fit_into_one_command() {
    let redis = Redis::start();
    let clock = Clock::new(NOW);
    let rules = Rules { account_requests: 100_000, ..Rules::default() };
    let store = RedisLimits::with_clock(&redis.server(), rules, clock.clone());
    let wants: Vec<Want> = (0..3000).map(want).collect();
    let granted = store.acquire(ACCOUNT, &wants).await.unwrap();
    assert!(granted.iter().all(|it| matches!(it, Granted::Go(_))));
    clock.set(NOW + 80_000);
    let granted = store.acquire(ACCOUNT, &wants[..1]).await.unwrap();
    assert!(matches!(granted[..], [Granted::Go(_)]));
    clock.set(NOW + 100_000);
    let [Granted::Go(lease)] = granted[..] else { panic!() };
    let outcome = Outcome { answered: true, ..Outcome::default() };
    store.settle(ACCOUNT, &[Settled { lease, outcome }]).await.unwrap();
    let mut length = redis::cmd("HLEN");
    length.arg(store.key(ACCOUNT));
    let fields: usize = redis.cmd(&length).await;
    assert_eq!(fields, 3, "the version, the account and one room");
}

/// The cost of a call: one round trip before it and one after it.
#[tokio::test]
async fn each_batch_is_one_command() {
    let redis = Redis::start();
    let store = RedisLimits::new(&redis.server());
    let outcome = Outcome { answered: true, ..Outcome::default() };
    for room in 0..5 {
        let granted = store.acquire(ACCOUNT, &[want(room), want(room + 100)]).await.unwrap();
        let settled = granted.iter().filter_map(|it| match it {
            Granted::Go(lease) => Some(Settled { lease: *lease, outcome }),
            Granted::Wait(_) => None,
        });
        store.settle(ACCOUNT, &settled.collect::<Vec<_>>()).await.unwrap();
    }
    let stats: String = redis.send("INFO commandstats").await;
    let calls = |command: &str| {
        let line = stats.lines().find_map(|line| line.strip_prefix(&format!("cmdstat_{command}:")));
        let calls = line.map(|line| line.split(',').next().unwrap()["calls=".len()..].to_owned());
        calls.map_or(0, |calls| calls.parse::<usize>().unwrap())
    };
    // The first call of each script sends its text, too.
    assert_eq!((calls("evalsha"), calls("eval")), (10, 2), "{stats}");
}
