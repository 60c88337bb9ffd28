//! What goes wrong with a server, one by one. No call takes longer than its time limit.

use std::time::{Duration, Instant};

use chatwork_redis::{Error, RedisLimits, Server};
use chatwork_sdk::limits::policy::{Lease, Outcome};
use chatwork_sdk::limits::{Granted, LimitStore, Settled};

use crate::support::{ACCOUNT, Redis, take, want};

const LIMIT: Duration = Duration::from_secs(1);

fn store(redis: &Redis) -> RedisLimits {
    RedisLimits::new(&redis.server().timeout(LIMIT))
}

/// Asks for a lease that must not come, within the time limit.
async fn refusal(store: &RedisLimits) -> Error {
    let began = Instant::now();
    let error = store.acquire(ACCOUNT, &[want(1)]).await.unwrap_err();
    assert!(began.elapsed() < LIMIT + Duration::from_millis(800), "{:?}", began.elapsed());
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("api.chatwork.com") && !shown.contains("secret"), "{shown}");
    *error.downcast::<Error>().unwrap()
}

#[tokio::test]
async fn a_server_that_stops_is_an_error_and_is_used_again_once_it_runs() {
    let mut redis = Redis::start();
    let store = store(&redis);
    assert_eq!(take(&store, 1).await, 10);
    redis.stop();
    for _ in 0..3 {
        assert!(matches!(refusal(&store).await, Error::Connection(_)));
    }
    redis.restart();
    assert_eq!(take(&store, 2).await, 10);
}

#[tokio::test]
async fn a_server_that_was_never_there_is_an_error() {
    let mut redis = Redis::start();
    redis.stop();
    assert!(matches!(refusal(&store(&redis)).await, Error::Connection(_)));
}

/// The connection and the scripts are gone, too: the one call notices all three.
#[tokio::test]
async fn a_server_that_restarts_empty_begins_anew_without_an_error() {
    let mut redis = Redis::start();
    let store = store(&redis);
    assert_eq!(take(&store, 1).await, 10);
    redis.restart();
    assert_eq!((take(&store, 1).await, take(&store, 1).await), (10, 0));

    let lease = Lease { id: 5, room: None, granted: 5 };
    redis.restart();
    let settled = Settled { lease, outcome: Outcome::default() };
    store.settle(ACCOUNT, &[settled]).await.unwrap();
}

#[tokio::test]
async fn a_server_that_pauses_is_an_error_after_the_time_limit() {
    let redis = Redis::start();
    let store = store(&redis);
    assert_eq!(take(&store, 1).await, 10);
    let client = redis::Client::open(redis.url()).unwrap();
    let mut connection = client.get_multiplexed_async_connection().await.unwrap();
    connection.set_response_timeout(Duration::from_secs(10));
    let pause = tokio::spawn(async move {
        let mut pause = redis::cmd("DEBUG");
        let () = pause.arg("SLEEP").arg(2).query_async(&mut connection).await.unwrap();
    });
    tokio::time::sleep(Duration::from_millis(100)).await;
    let many = (0..8).map(|_| {
        let store = store.clone();
        tokio::spawn(async move { refusal(&store).await })
    });
    for refused in many.collect::<Vec<_>>() {
        assert!(matches!(refused.await.unwrap(), Error::Timeout(LIMIT)));
    }
    pause.await.unwrap();
    assert_eq!(take(&store, 2).await, 10);
}

#[tokio::test]
async fn a_user_without_a_right_is_refused() {
    let redis = Redis::start();
    let () = redis.send("ACL SETUSER bot on >secret ~chatwork:* -@all +evalsha +eval").await;
    let server = Server::open(&redis.url_of("bot:secret@")).unwrap().timeout(LIMIT);
    let store = RedisLimits::new(&server);
    let error = refusal(&store).await;
    assert!(matches!(error, Error::Refused(_)), "{error:?}");
    let () = redis.send("ACL SETUSER bot -eval -evalsha").await;
    assert!(matches!(refusal(&store).await, Error::Refused(_)));

    let wrong = Server::open(&redis.url_of("bot:secret2@")).unwrap().timeout(LIMIT);
    assert!(matches!(refusal(&RedisLimits::new(&wrong)).await, Error::Connection(_)));
}

/// Returns the command of the README that makes a user.
pub(crate) fn documented_user() -> String {
    let readme = include_str!("../../README.md");
    let block = readme.split("```text\n").nth(1).unwrap().split("```").next().unwrap();
    let command = block.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(command.starts_with("ACL SETUSER bot on >secret "), "{command}");
    command
}

#[tokio::test]
async fn a_user_with_the_documented_rights_is_enough() {
    let redis = Redis::start();
    let () = redis.send(&documented_user()).await;
    let url = redis.url_of("bot:secret@") + "/1";
    let store = RedisLimits::new(&Server::open(&url).unwrap());
    assert_eq!((take(&store, 1).await, take(&store, 1).await), (10, 0));
    let granted = store.acquire(ACCOUNT, &[want(2)]).await.unwrap();
    let [Granted::Go(lease)] = granted[..] else { panic!("{granted:?}") };
    let outcome = Outcome { answered: true, ..Outcome::default() };
    store.settle(ACCOUNT, &[Settled { lease, outcome }]).await.unwrap();
    crate::client::remembers(&store).await;

    let elsewhere = RedisLimits::new(&Server::open(&url).unwrap().prefix("other"));
    assert!(matches!(refusal(&elsewhere).await, Error::Refused(_)));
}

#[tokio::test]
async fn a_full_server_refuses_and_changes_nothing() {
    let redis = Redis::start();
    let store = store(&redis);
    assert_eq!(take(&store, 1).await, 10);
    let before = state(&redis, &store).await;
    let () = redis.send("CONFIG SET maxmemory-policy noeviction").await;
    let () = redis.send("CONFIG SET maxmemory 1").await;
    let error = refusal(&store).await;
    assert!(matches!(&error, Error::Refused(_)), "{error:?}");
    assert!(error.to_string().contains("OOM"), "{error}");
    assert_eq!(state(&redis, &store).await, before);
    let () = redis.send("CONFIG SET maxmemory 0").await;
    assert_eq!((take(&store, 1).await, take(&store, 2).await), (0, 10));
}

#[tokio::test]
async fn a_full_server_begins_no_state() {
    let redis = Redis::start();
    let store = store(&redis);
    let () = redis.send("CONFIG SET maxmemory 1").await;
    assert!(refusal(&store).await.to_string().contains("OOM"));
    let keys: i64 = redis.send("DBSIZE").await;
    assert_eq!(keys, 0);
}

/// As the client of `chatwork-sdk` does after two seconds: the connection may be dead.
#[tokio::test]
async fn a_call_that_is_given_up_is_not_followed_by_another_on_its_connection() {
    let redis = Redis::start();
    let store = RedisLimits::new(&redis.server().timeout(Duration::from_secs(600)));
    assert_eq!(take(&store, 1).await, 10);
    let () = redis.send("CLIENT PAUSE 500 WRITE").await;
    let wants = [want(1)];
    let given_up = tokio::time::timeout(Duration::from_millis(50), store.acquire(ACCOUNT, &wants));
    assert!(given_up.await.is_err());
    tokio::time::sleep(Duration::from_millis(600)).await;
    let before: String = redis.send("INFO stats").await;
    take(&store, 2).await;
    let after: String = redis.send("INFO stats").await;
    let connections = |info: &str| -> u64 {
        let line = info.lines().find_map(|line| line.strip_prefix("total_connections_received:"));
        line.unwrap().trim().parse().unwrap()
    };
    // One is of this test's own question.
    assert_eq!(connections(&after) - connections(&before), 2);
}

#[tokio::test]
async fn a_script_that_was_flushed_is_sent_again_in_the_same_call() {
    let redis = Redis::start();
    let store = store(&redis);
    for room in 0..3 {
        let () = redis.send("SCRIPT FLUSH").await;
        assert_eq!((take(&store, room).await, take(&store, room).await), (10, 0));
    }
}

#[tokio::test]
async fn a_state_of_a_newer_version_is_named_and_left_as_it_is() {
    let redis = Redis::start();
    let store = store(&redis);
    take(&store, 1).await;
    let () = redis.send(&format!("HSET {} version 2", store.key(ACCOUNT))).await;
    let before = state(&redis, &store).await;
    let error = refusal(&store).await;
    assert_eq!(error.to_string(), "the state in Redis has version 2: expected version 1");
    let lease = Lease { id: 5, room: None, granted: 5 };
    let settled = Settled { lease, outcome: Outcome::default() };
    let error = store.settle(ACCOUNT, &[settled]).await.unwrap_err();
    assert!(error.to_string().contains("version 2"), "{error}");
    assert_eq!(state(&redis, &store).await, before);
}

#[tokio::test]
async fn a_state_that_was_cut_begins_anew() {
    let redis = Redis::start();
    let store = store(&redis);
    let key = store.key(ACCOUNT);
    for damage in [
        format!("HSET {key} account 300"),
        format!("HDEL {key} version"),
        format!("HDEL {key} account"),
    ] {
        let () = redis.send(&format!("DEL {key}")).await;
        assert_eq!(take(&store, 1).await, 10);
        let () = redis.send(&damage).await;
        assert_eq!((take(&store, 1).await, take(&store, 1).await), (10, 0), "{damage}");
    }
}

#[tokio::test]
async fn a_key_of_something_else_is_an_error() {
    let redis = Redis::start();
    let store = store(&redis);
    let () = redis.send(&format!("SET {} text", store.key(ACCOUNT))).await;
    assert!(matches!(refusal(&store).await, Error::Refused(_)));
}

/// A replica refuses writes. After a failover the same address leads to another server.
#[tokio::test]
async fn a_replica_is_refused_and_the_next_call_connects_anew() {
    let redis = Redis::start();
    let store = store(&redis);
    assert_eq!(take(&store, 1).await, 10);
    let () = redis.send("REPLICAOF 127.0.0.1 1").await;
    assert!(matches!(refusal(&store).await, Error::Refused(_)));
    let () = redis.send("REPLICAOF NO ONE").await;
    assert_eq!(take(&store, 2).await, 10);
}

/// A balancer that closes idle connections costs no call.
#[tokio::test]
async fn a_connection_that_was_closed_is_made_anew_within_the_call() {
    let redis = Redis::start();
    let store = store(&redis);
    for room in 0..3 {
        assert_eq!(take(&store, room).await, 10);
        let closed: i64 = redis.send("CLIENT KILL TYPE normal SKIPME yes").await;
        assert!(closed > 0);
    }
}

#[test]
fn a_connection_of_a_runtime_that_ended_is_made_anew() {
    let redis = Redis::start();
    let store = store(&redis);
    for room in 0..3 {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        assert_eq!(runtime.block_on(take(&store, room)), 10);
    }
}

#[test]
fn addresses_that_are_invalid_or_need_a_feature_are_errors_without_their_password() {
    for address in ["", "127.0.0.1", "http://bot:secret@a", "redis://bot:secret@a/x"] {
        let error = Server::open(address).unwrap_err();
        let source = std::error::Error::source(&error).unwrap();
        let shown = format!("{error} {error:?} {source} {source:?}");
        assert!(matches!(error, Error::Address(_)) && !shown.contains("secret"), "{shown}");
    }
    let tls = Server::open("rediss://bot:secret@127.0.0.1");
    assert_eq!(tls.is_ok(), cfg!(feature = "rustls") != cfg!(feature = "native-tls"));
    let server = Server::open("redis://bot:secret@127.0.0.1").unwrap();
    let shown = format!("{server:?} {:?}", RedisLimits::new(&server));
    assert!(!shown.contains("secret") && !shown.contains("bot"), "{shown}");
}

async fn state(redis: &Redis, store: &RedisLimits) -> Vec<u8> {
    let mut dump = redis::cmd("DUMP");
    dump.arg(store.key(ACCOUNT));
    redis.cmd(&dump).await
}
