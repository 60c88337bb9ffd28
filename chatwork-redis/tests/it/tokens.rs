//! Grants on a real server.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use chatwork_redis::{Error, RedisTokens, Server};
use chatwork_sdk::Secret;
use chatwork_sdk::TokenFuture;
use chatwork_sdk::oauth::{
    App, Grant, SaveIf, SaveOutcome, StoreLock, StoredGrant, TokenStore, check_store,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::support::Redis;

fn grant() -> Grant {
    Grant::from_refresh_token(Secret::from("a refresh token".to_owned()))
}

fn tokens(redis: &Redis) -> RedisTokens {
    RedisTokens::new(&redis.server(), "hanako")
}

#[tokio::test]
async fn the_store_keeps_the_contract() {
    let redis = Redis::start();
    check_store(|| tokens(&redis)).await.unwrap();
    let keys: Vec<String> = redis.send("KEYS *").await;
    assert!(keys.is_empty(), "{keys:?}");
}

#[cfg(feature = "encryption")]
#[tokio::test]
async fn the_store_keeps_the_contract_with_a_key() {
    let redis = Redis::start();
    check_store(|| tokens(&redis).encrypted(&[7; 32])).await.unwrap();
}

#[tokio::test]
async fn two_names_have_two_grants() {
    let redis = Redis::start();
    let other = RedisTokens::new(&redis.server(), "ichiro");
    let _saved = tokens(&redis).save(&grant(), SaveIf::Always).await.unwrap();
    assert!(other.load().await.unwrap().is_none());
    assert!(!other.key().contains("ichiro"));
    let shown = format!("{other:?}");
    assert!(!shown.contains("ichiro") && !shown.contains(other.key()), "{shown}");
}

/// Returns what a load fails with, whose texts show no token.
async fn fault(store: &RedisTokens) -> Error {
    let error = store.load().await.unwrap_err();
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("refresh token"), "{shown}");
    *error.downcast::<Error>().unwrap()
}

#[tokio::test]
async fn a_grant_that_cannot_be_read_is_an_error_and_not_nothing() {
    let redis = Redis::start();
    let store = tokens(&redis);
    let key = store.key().to_owned();
    for damage in [
        format!("HDEL {key} grant"),
        format!("HDEL {key} generation"),
        format!("HSET {key} grant {{\"access_token\":\"refresh"),
    ] {
        let _saved = store.save(&grant(), SaveIf::Always).await.unwrap();
        let _: i64 = redis.send(&damage).await;
        assert!(matches!(fault(&store).await, Error::Grant(_)), "{damage}");
        let _: i64 = redis.send(&format!("DEL {key}")).await;
    }
}

#[tokio::test]
async fn a_grant_of_a_newer_version_is_left_as_it_is() {
    let redis = Redis::start();
    let store = tokens(&redis);
    let _saved = store.save(&grant(), SaveIf::Always).await.unwrap();
    let _: i64 = redis.send(&format!("HSET {} version 2", store.key())).await;
    assert!(matches!(fault(&store).await, Error::Version { found, .. } if found == "2"));
    let error = store.save(&grant(), SaveIf::Always).await.unwrap_err();
    assert!(error.to_string().contains("version 2: expected version 1"), "{error}");
}

#[cfg(feature = "encryption")]
#[tokio::test]
async fn an_encrypted_grant_is_read_with_its_key_alone_and_cannot_be_moved() {
    let redis = Redis::start();
    let open = tokens(&redis);
    let (one, two) = (open.clone().encrypted(&[1; 32]), open.clone().encrypted(&[2; 32]));
    let _saved = one.save(&grant(), SaveIf::Always).await.unwrap();
    assert_eq!(one.load().await.unwrap().unwrap().grant, grant());
    for wrong in [&open, &two] {
        assert!(matches!(fault(wrong).await, Error::Grant(_)));
    }
    let stored: Vec<u8> = redis.send(&format!("HGET {} grant", open.key())).await;
    let holds = |text: &[u8]| stored.windows(text.len()).any(|window| window == text);
    assert!(!holds(b"a refresh token") && !holds(b"token"), "{stored:?}");

    let moved = RedisTokens::new(&redis.server(), "ken").encrypted(&[1; 32]);
    let _: i64 = redis.send(&format!("COPY {} {}", one.key(), moved.key())).await;
    assert!(matches!(fault(&moved).await, Error::Grant(_)));
    let _: i64 = redis.send(&format!("HSET {} generation 1", one.key())).await;
    assert!(matches!(fault(&one).await, Error::Grant(_)));

    let _saved = open.save(&grant(), SaveIf::Always).await.unwrap();
    assert!(matches!(fault(&one).await, Error::Grant(_)), "it is not encrypted");
    let shown = format!("{one:?}");
    assert!(!shown.contains("[1, 1"), "{shown}");
}

#[tokio::test]
async fn the_lock_of_a_process_that_died_ends() {
    let redis = Redis::start();
    let store = tokens(&redis).with_lock_time(Duration::from_secs(2));
    let held = store.lock().await.unwrap();
    let began = Instant::now();
    let next = store.lock().await.unwrap();
    assert!(began.elapsed() > Duration::from_millis(1500), "{:?}", began.elapsed());
    // The late holder releases nothing of the next one.
    held.release().await.unwrap();
    let key = format!("{}:lock", store.key());
    let exists: bool = redis.send(&format!("EXISTS {key}")).await;
    assert!(exists);
    next.release().await.unwrap();
    let exists: bool = redis.send(&format!("EXISTS {key}")).await;
    assert!(!exists);
}

#[tokio::test]
async fn a_late_holder_of_a_lock_that_ended_cannot_overwrite() {
    let redis = Redis::start();
    let store = tokens(&redis).with_lock_time(Duration::from_millis(200));
    let _saved = store.save(&grant(), SaveIf::Always).await.unwrap();
    let late = store.lock().await.unwrap();
    let seen = store.load().await.unwrap().unwrap().generation;

    let next = store.lock().await.unwrap();
    let newer = Grant::from_refresh_token(Secret::from("newer".to_owned()));
    let saved = store.save(&newer, SaveIf::Unchanged(&seen)).await.unwrap();
    assert!(matches!(saved, SaveOutcome::Saved(_)));
    next.release().await.unwrap();

    let saved = store.save(&grant(), SaveIf::Unchanged(&seen)).await.unwrap();
    assert_eq!(saved, SaveOutcome::Conflict);
    late.release().await.unwrap();
    assert_eq!(store.load().await.unwrap().unwrap().grant, newer);
}

/// The server takes the lock, and the future that asked for it is gone by then.
#[tokio::test]
async fn a_lock_that_was_dropped_is_not_held() {
    let redis = Redis::start();
    let store = tokens(&redis);
    for micros in (0..40).map(|step| step * 25) {
        let limit = Duration::from_micros(micros);
        drop(tokio::time::timeout(limit, store.lock()).await);
        let lock = tokio::time::timeout(Duration::from_secs(5), store.lock()).await;
        lock.expect("a free lock").unwrap().release().await.unwrap();
    }
}

/// Then a refresh token is not spent.
#[tokio::test]
async fn a_full_server_gives_no_lock() {
    let redis = Redis::start();
    let store = tokens(&redis);
    let _saved = store.save(&grant(), SaveIf::Always).await.unwrap();
    let () = redis.send("CONFIG SET maxmemory 1").await;
    let error = store.lock().await.unwrap_err();
    assert!(error.to_string().contains("OOM"), "{error}");
    assert!(store.save(&grant(), SaveIf::Always).await.is_err());
    assert_eq!(store.load().await.unwrap().unwrap().grant, grant());
}

/// A refresh token that is spent and cannot be saved would be lost.
#[tokio::test]
async fn a_user_who_may_not_save_gets_no_lock() {
    let redis = Redis::start();
    let () = redis.send(&crate::failures::documented_user()).await;
    let () = redis.send("ACL SETUSER bot -hset").await;
    let server = Server::open(&redis.url_of("bot:secret@")).unwrap();
    let error = RedisTokens::new(&server, "hanako").lock().await.unwrap_err();
    assert!(error.to_string().contains("refused a command"), "{error}");
}

/// A store whose holders stand still after they have locked.
struct Slow(RedisTokens);

impl TokenStore for Slow {
    fn load(&self) -> TokenFuture<'_, Option<StoredGrant>> {
        TokenStore::load(&self.0)
    }

    fn save<'a>(&'a self, grant: &'a Grant, condition: SaveIf<'a>) -> TokenFuture<'a, SaveOutcome> {
        TokenStore::save(&self.0, grant, condition)
    }

    fn remove(&self) -> TokenFuture<'_, ()> {
        TokenStore::remove(&self.0)
    }

    fn lock(&self) -> TokenFuture<'_, StoreLock> {
        Box::pin(async {
            let lock = TokenStore::lock(&self.0).await;
            tokio::time::sleep(Duration::from_millis(100)).await;
            lock
        })
    }
}

/// As a machine that slept: the lock may be another one's by now.
#[tokio::test]
async fn a_holder_that_stood_still_sends_no_refresh() {
    let redis = Redis::start();
    let (url, refreshes) = endpoint().await;
    let store = tokens(&redis).with_lock_time(Duration::from_millis(100));
    let _saved = store.save(&grant(), SaveIf::Always).await.unwrap();
    let app = App::builder("client").secret("secret").endpoints("http://127.0.0.1:9/login", url);
    let error = app.build().unwrap().source(Slow(store)).access_token().await.unwrap_err();
    assert!(error.to_string().contains("nothing was sent"), "{error}");
    assert_eq!(refreshes.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_server_that_stops_is_an_error_within_the_time_limit() {
    let mut redis = Redis::start();
    let limit = Duration::from_millis(700);
    let store = RedisTokens::new(&redis.server().timeout(limit), "hanako");
    let lock = store.lock().await.unwrap();
    redis.stop();
    let began = Instant::now();
    assert!(store.load().await.is_err());
    assert!(store.save(&grant(), SaveIf::Always).await.is_err());
    assert!(store.remove().await.is_err());
    assert!(store.lock().await.is_err());
    assert!(lock.release().await.is_err());
    assert!(began.elapsed() < 5 * limit + Duration::from_secs(1), "{:?}", began.elapsed());
}

#[tokio::test]
async fn a_save_over_a_connection_that_was_closed_is_one_save() {
    let redis = Redis::start();
    let store = tokens(&redis);
    for _ in 0..3 {
        let before = store.load().await.unwrap().map(|stored| stored.generation);
        let _: i64 = redis.send("CLIENT KILL TYPE normal SKIPME yes").await;
        let condition = before.as_ref().map_or(SaveIf::Always, SaveIf::Unchanged);
        let SaveOutcome::Saved(generation) = store.save(&grant(), condition).await.unwrap() else {
            panic!("a conflict")
        };
        assert_eq!(store.load().await.unwrap().unwrap().generation, generation);
    }
}

/// A token endpoint that counts the refreshes.
async fn endpoint() -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/token", listener.local_addr().unwrap());
    let refreshes = Arc::new(AtomicUsize::new(0));
    let counted = refreshes.clone();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = vec![0; 8192];
            assert!(stream.read(&mut request).await.unwrap() > 0);
            let number = counted.fetch_add(1, Ordering::SeqCst);
            tokio::time::sleep(Duration::from_millis(100)).await;
            let body = format!(
                r#"{{"access_token":"access {number}","token_type":"Bearer","expires_in":1800,
                "refresh_token":"refresh {number}","scope":"users.all:read"}}"#
            );
            let length = body.len();
            let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n";
            let reply = format!("{head}content-length: {length}\r\n\r\n{body}");
            stream.write_all(reply.as_bytes()).await.unwrap();
        }
    });
    (url, refreshes)
}

/// Each source has a connection of its own, as the processes of a fleet have.
#[tokio::test]
async fn a_fleet_of_24_makes_one_refresh_of_an_expired_token() {
    let redis = Redis::start();
    let (url, refreshes) = endpoint().await;
    let _saved = tokens(&redis).save(&grant(), SaveIf::Always).await.unwrap();
    let fleet = (0..24).map(|_| {
        let app = App::builder("a client").endpoints("http://127.0.0.1:9", &url).build().unwrap();
        let source = app.source(RedisTokens::new(&redis.server(), "hanako"));
        tokio::spawn(async move { source.access_token().await.unwrap().expose().to_owned() })
    });
    for token in fleet.collect::<Vec<_>>() {
        assert_eq!(token.await.unwrap(), "access 0");
    }
    assert_eq!(refreshes.load(Ordering::SeqCst), 1);
}

/// The line of the README.
#[tokio::test]
async fn a_user_with_the_documented_rights_is_enough() {
    let redis = Redis::start();
    let () = redis.send(&crate::failures::documented_user()).await;
    let url = redis.url_of("bot:secret@");
    check_store(|| RedisTokens::new(&Server::open(&url).unwrap(), "hanako")).await.unwrap();
}
