//! A client of `chatwork-sdk` on the store.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, UNIX_EPOCH};

use chatwork_redis::RedisLimits;
use chatwork_sdk::Client;
use chatwork_sdk::limits::LimitStore;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::support::Redis;

/// An API that answers each request as account 7, and counts the requests.
async fn api() -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = asked.clone();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut head = vec![0; 8192];
            let length = stream.read(&mut head).await.unwrap();
            if head[..length].starts_with(b"GET /me ") {
                counted.fetch_add(1, Ordering::SeqCst);
            }
            let body = ME;
            let reset = (UNIX_EPOCH.elapsed().unwrap() + Duration::from_secs(200)).as_secs();
            let reply = format!(
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n\
                 x-ratelimit-limit: 300\r\nx-ratelimit-remaining: 200\r\n\
                 x-ratelimit-reset: {reset}\r\ncontent-length: {}\r\n\r\n{body}",
                body.len()
            );
            stream.write_all(reply.as_bytes()).await.unwrap();
        }
    });
    (url, asked)
}

const ME: &str = r#"{"account_id":7,"room_id":8,"name":"花子","chatwork_id":"","organization_id":1,
    "organization_name":"","department":"","title":"","url":"","introduction":"","mail":"",
    "tel_organization":"","tel_extension":"","tel_mobile":"","skype":"","facebook":"",
    "twitter":"","avatar_image_url":"","login_mail":""}"#;

/// Makes two clients with one token. The account is asked for once.
pub(crate) async fn remembers(store: &RedisLimits) {
    let (url, asked) = api().await;
    for _ in 0..2 {
        let client = Client::builder().base_url(&url).token("a-secret-token");
        let client = client.limits(store.clone()).build().unwrap();
        assert_eq!(client.me().await.unwrap().account_id.0, 7);
        client.settle_limits().await;
    }
    assert_eq!(asked.load(Ordering::SeqCst), 3, "two calls, and one to find the account");
}

#[tokio::test]
async fn two_clients_find_their_account_by_one_request() {
    let redis = Redis::start();
    let store = RedisLimits::new(&redis.server());
    remembers(&store).await;
    let keys: Vec<String> = redis.send("KEYS *").await;
    assert_eq!(keys.len(), 2, "{keys:?}");
    let mut left = Vec::new();
    for key in &keys {
        assert!(key.starts_with("chatwork:") && !key.contains("secret"), "{key}");
        let ttl: i64 = redis.send(&format!("TTL {key}")).await;
        left.push(ttl);
    }
    left.sort_unstable();
    assert!(left[0] > 86_000 && left[1] > 6 * 86_400, "{left:?}");
    let waits = store.acquire("another account", &[]).await.unwrap();
    assert!(waits.is_empty());
}
