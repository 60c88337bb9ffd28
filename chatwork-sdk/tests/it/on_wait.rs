//! What a program is told of calls that wait for a rate limit.

use std::future::IntoFuture;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chatwork_sdk::{Client, Pacing, RateLimitName, Wait};

use crate::support::{Answer, ROOM, Reply, Server, builder, hurried, room};

const SECOND: Duration = Duration::from_secs(1);

/// The waits that a client has reported.
#[derive(Clone, Default)]
struct Waits(Arc<Mutex<Vec<Wait>>>);

impl Waits {
    fn all(&self) -> Vec<Wait> {
        self.0.lock().unwrap().clone()
    }
}

/// A client that notes its waits.
fn client(server: &Server, pacing: Pacing) -> (Client, Waits) {
    let waits = Waits::default();
    let noted = waits.clone();
    let builder = builder(&server.base_url()).pacing(pacing);
    let client = builder.on_wait(move |wait| noted.0.lock().unwrap().push(*wait)).build().unwrap();
    (client, waits)
}

#[tokio::test]
async fn a_call_that_is_sent_at_once_is_not_reported() {
    let server = Server::spec().await;
    let (client, waits) = client(&server, Pacing::default());
    hurried(async {
        for _ in 0..10 {
            room(&client).post("Hello").await.unwrap();
        }
    })
    .await;
    assert_eq!(waits.all(), []);
}

#[tokio::test]
async fn a_post_to_a_full_room_is_reported_once_with_the_room_and_the_time() {
    let server = Server::spec().await;
    let (client, waits) = client(&server, Pacing::default());
    hurried(async {
        for _ in 0..11 {
            room(&client).post("Hello").await.unwrap();
        }
    })
    .await;
    let waits = waits.all();
    let [wait] = waits.as_slice() else { panic!("{waits:?}") };
    assert_eq!(wait.operation.id, "createRoomMessage");
    assert_eq!((wait.limit, wait.room), (RateLimitName::RoomPosting, Some(ROOM)));
    let expected = wait.expected.unwrap();
    assert!(expected > 5 * SECOND && expected <= 11 * SECOND, "{expected:?}");
}

#[tokio::test]
async fn a_call_without_a_request_left_is_reported_with_the_limit_of_the_account() {
    let server = Server::always(Reply::of("getMe").limits(0, 60)).await;
    let (client, waits) = client(&server, Pacing::default());
    hurried(async {
        client.me().await.unwrap();
        client.me().await.unwrap();
    })
    .await;
    let waits = waits.all();
    let [wait] = waits.as_slice() else { panic!("{waits:?}") };
    assert_eq!((wait.operation.id, wait.limit), ("getMe", RateLimitName::Account));
    assert_eq!(wait.room, None);
    let expected = wait.expected.unwrap();
    assert!(expected > 55 * SECOND && expected <= 63 * SECOND, "{expected:?}");
}

/// A server that refuses the first post with the room's 429.
async fn refusing() -> Server {
    let refused: Answer = Reply::refusal(429, "Rate limit for message posting per room exceeded.")
        .limits(200, 60)
        .into();
    Server::script([refused, Reply::of("createRoomMessage").into()]).await
}

#[tokio::test]
async fn a_wait_after_a_429_is_reported_with_and_without_pacing() {
    for pacing in [Pacing::default(), Pacing::off()] {
        let server = refusing().await;
        let (client, waits) = client(&server, pacing);
        hurried(room(&client).post("Hello").into_future()).await.unwrap();
        let waits = waits.all();
        assert!(!waits.is_empty(), "{pacing:?}");
        let is_of_the_room = |wait: &Wait| wait.limit == RateLimitName::RoomPosting;
        assert!(waits.iter().all(is_of_the_room), "{pacing:?}: {waits:?}");
    }
}

#[tokio::test]
async fn the_function_may_use_the_client() {
    let server = Server::spec().await;
    let shared: Arc<Mutex<Option<Client>>> = Arc::default();
    let known = shared.clone();
    let builder = builder(&server.base_url());
    let look = move |_: &Wait| {
        let _ = known.lock().unwrap().as_ref().map(Client::rate_limit);
    };
    let client = builder.on_wait(look).build().unwrap();
    *shared.lock().unwrap() = Some(client.clone());
    hurried(async {
        for _ in 0..11 {
            room(&client).post("Hello").await.unwrap();
        }
    })
    .await;
    // The client holds the function, which holds the client.
    shared.lock().unwrap().take();
}
