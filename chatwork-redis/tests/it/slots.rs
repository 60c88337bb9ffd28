//! Keys in a cluster.

use chatwork_redis::{RedisLimits, Server};
use chatwork_sdk::limits::contract::{Clock, RULES, check};

use crate::support::{ACCOUNT, Redis, take};

/// Returns the slot of a key: the CRC-16 (XMODEM) of its hash tag.
fn slot(key: &str) -> u16 {
    let tag = key.split_once('{').and_then(|(_, rest)| rest.split_once('}')).map(|(tag, _)| tag);
    let hashed = tag.filter(|tag| !tag.is_empty()).unwrap_or(key);
    let crc = hashed.bytes().fold(0_u16, |crc, byte| {
        (0..8).fold(crc ^ (u16::from(byte) << 8), |crc, _| {
            if crc & 0x8000 == 0 { crc << 1 } else { (crc << 1) ^ 0x1021 }
        })
    });
    crc % 16_384
}

#[test]
fn the_slot_is_that_of_the_specification() {
    assert_eq!(slot("123456789"), 0x31C3);
    assert_eq!(slot("{user1000}.following"), slot("{user1000}.followers"));
    // An empty tag is none: the whole key is hashed.
    assert_ne!(slot("foo{}{bar}"), slot("bar"));
}

#[test]
fn the_key_of_an_account_has_one_hash_tag_without_its_name() {
    let server = Server::open("redis://127.0.0.1").unwrap();
    let limits = RedisLimits::new(&server);
    for account in [ACCOUNT, "{", "}{", "日本"] {
        let key = limits.key(account);
        let tag = key.split_once('{').unwrap().1.strip_suffix('}').unwrap();
        assert_eq!(tag.len(), 32);
        assert!(tag.bytes().all(|byte| byte.is_ascii_hexdigit()), "{key}");
        assert_eq!(slot(&key), slot(tag), "only the tag decides");
    }
    assert_ne!(limits.key("1"), limits.key("2"));
    assert_ne!(slot(&limits.key("1")), slot(&limits.key("2")));
}

/// One server that has all slots refuses a script with keys of several slots.
#[tokio::test]
async fn the_scripts_run_in_a_cluster() {
    let redis = Redis::start_with(&["--cluster-enabled", "yes"]);
    let () = redis.send("CLUSTER ADDSLOTSRANGE 0 16383").await;
    loop {
        let info: String = redis.send("CLUSTER INFO").await;
        if info.contains("cluster_state:ok") {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let limits = RedisLimits::new(&redis.server());
    for account in 0..20 {
        let key = limits.key(&account.to_string());
        let found: u16 = redis.send(&format!("CLUSTER KEYSLOT {key}")).await;
        assert_eq!(found, slot(&key));
    }
    #[cfg(feature = "oauth")]
    {
        let grant = chatwork_redis::RedisTokens::new(&redis.server(), "hanako");
        let (key, lock) = (grant.key().to_owned(), format!("{}:lock", grant.key()));
        let found: u16 = redis.send(&format!("CLUSTER KEYSLOT {lock}")).await;
        assert_eq!(found, slot(&key), "a grant and its lock lie in one slot");
    }
    assert_eq!((take(&limits, 1).await, take(&limits, 1).await), (10, 0));
    let clock = Clock::new(1_700_000_000_000);
    let store = RedisLimits::with_clock(&redis.server(), RULES, clock.clone());
    assert_eq!(check(&store, &clock, "a history", 7).await, Ok(()));
}
