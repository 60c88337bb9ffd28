//! A store of shared limits that fails.

use std::error::Error as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use chatwork_sdk::error::Effect;
use chatwork_sdk::limits::{Granted, LimitStore, MemoryLimits, Settled, StoreFuture, Want};
use chatwork_sdk::{Client, Error, MessageId};

use crate::support::clock::timed;
use crate::support::{Reply, Server, builder, hurried, refused, room};

/// A store whose first answers are failures, or never come.
#[derive(Clone)]
struct Failing {
    failures: Arc<AtomicU32>,
    hangs: bool,
    store: MemoryLimits,
}

fn failing(failures: u32) -> Failing {
    let failures = Arc::new(AtomicU32::new(failures));
    Failing { failures, hangs: false, store: MemoryLimits::new() }
}

impl LimitStore for Failing {
    fn acquire<'a>(&'a self, account: &'a str, wants: &'a [Want]) -> StoreFuture<'a, Vec<Granted>> {
        let left = self.failures.load(Ordering::SeqCst);
        if left == 0 {
            return self.store.acquire(account, wants);
        }
        self.failures.store(left - 1, Ordering::SeqCst);
        if self.hangs {
            return Box::pin(std::future::pending());
        }
        Box::pin(async { Err("the store is away".into()) })
    }

    fn settle<'a>(&'a self, account: &'a str, settled: &'a [Settled]) -> StoreFuture<'a, ()> {
        self.store.settle(account, settled)
    }
}

async fn server() -> Server {
    Server::always(Reply::of("createRoomMessage")).await
}

fn client(server: &Server, store: Failing, required: bool) -> Client {
    let builder = builder(&server.base_url()).limits(store).limits_name("the account");
    builder.limits_required(required).build().unwrap()
}

async fn post(client: &Client) -> Result<MessageId, Error> {
    room(client).post("Build is green").await
}

#[tokio::test]
async fn a_store_that_fails_does_not_stop_a_call() {
    let server = server().await;
    post(&client(&server, failing(1), false)).await.unwrap();
    assert_eq!(server.got().len(), 1);
}

#[tokio::test]
async fn a_required_store_that_fails_stops_a_call_before_it_is_sent() {
    let server = server().await;
    let error = refused(post(&client(&server, failing(1), true)).await);
    let text = "createRoomMessage: the store of shared limits failed, so nothing was sent: the store \
                is away";
    assert_eq!(error.to_string(), text);
    assert_eq!(error.source().map(ToString::to_string), Some("the store is away".to_owned()));
    assert_eq!(error.effect(), Effect::None);
    assert!(server.got().is_empty());
}

#[tokio::test]
async fn a_required_store_is_asked_again_by_the_next_call() {
    let server = server().await;
    let client = client(&server, failing(2), true);
    refused(post(&client).await);
    refused(post(&client).await);
    post(&client).await.unwrap();
    assert_eq!(server.got().len(), 1);
}

#[tokio::test]
async fn a_required_store_that_does_not_answer_stops_a_call_after_two_seconds() {
    let server = server().await;
    let store = Failing { hangs: true, ..failing(1) };
    let client = client(&server, store, true);
    let (posted, time) = timed(post(&client)).await;
    assert!(matches!(refused(posted), Error::LimitStore(_)));
    assert!(time >= Duration::from_secs(2) && time < Duration::from_secs(4), "{time:?}");
}

#[tokio::test]
async fn calls_that_wait_together_are_all_stopped() {
    let server = server().await;
    let client = client(&server, Failing { hangs: true, ..failing(9) }, true);
    let calls = async { tokio::join!(post(&client), post(&client), post(&client)) };
    let (one, two, three) = hurried(calls).await;
    for posted in [one, two, three] {
        assert!(matches!(refused(posted), Error::LimitStore(_)));
    }
    assert!(server.got().is_empty());
}
