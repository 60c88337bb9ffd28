//! One refresh, however many want it, and whoever stops waiting.

use std::sync::Arc;
use std::time::Duration;

use chatwork_sandbox::Fault;
use chatwork_sdk::oauth::{
    Grant, MemoryStore, SaveIf, SaveOutcome, StoreLock, StoredGrant, TokenStore,
};
use chatwork_sdk::{TokenFuture, TokenSource};
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::party::{Party, app, given, good};
use crate::support::{Server, hurried};

/// Fifty calls at once, each by a clone of its own.
async fn fifty(client: &chatwork_sdk::Client) {
    let mut calls = JoinSet::new();
    for _ in 0..50 {
        let client = client.clone();
        calls.spawn(async move { client.me().await });
    }
    for result in calls.join_all().await {
        result.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_simultaneous_calls_with_an_expired_token_make_one_refresh() {
    let party = Party::confidential().await;
    let source = party.app.source(MemoryStore::new(party.ended().await));
    fifty(&party.client(&source)).await;
    assert_eq!(party.refreshes(), [Some(200)]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_simultaneous_calls_with_a_rejected_token_make_one_refresh() {
    let party = Party::confidential().await;
    let source = party.app.source(MemoryStore::new(party.consent().await));
    party.sandbox.clock().advance(Duration::from_secs(1800));
    fifty(&party.client(&source)).await;
    assert_eq!(party.refreshes(), [Some(200)]);
}

/// A store that keeps nobody out.
struct Open(MemoryStore);

impl TokenStore for Open {
    fn load(&self) -> TokenFuture<'_, Option<StoredGrant>> {
        self.0.load()
    }

    fn save<'a>(&'a self, grant: &'a Grant, condition: SaveIf<'a>) -> TokenFuture<'a, SaveOutcome> {
        self.0.save(grant, condition)
    }

    fn remove(&self) -> TokenFuture<'_, ()> {
        self.0.remove()
    }

    fn lock(&self) -> TokenFuture<'_, StoreLock> {
        Box::pin(async { Ok(StoreLock::none()) })
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_source_needs_no_lock_to_refresh_once() {
    let party = Party::confidential().await;
    let source = party.app.source(Open(MemoryStore::new(party.ended().await)));
    fifty(&party.client(&source)).await;
    assert_eq!(party.refreshes(), [Some(200)]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn clients_of_one_source_share_the_refresh() {
    let party = Party::confidential().await;
    let source = party.app.source(MemoryStore::new(party.ended().await));
    let (one, other) = (party.client(&source), party.client(&source.clone()));
    tokio::join!(fifty(&one), fifty(&other));
    assert_eq!(party.refreshes(), [Some(200)]);
}

#[tokio::test]
async fn sources_of_one_store_share_the_refresh() {
    let party = Party::confidential().await;
    let store = MemoryStore::new(party.ended().await);
    let (one, other) = (party.app.source(store.clone()), party.app.source(store));
    let tokens = tokio::join!(one.access_token(), other.access_token());
    assert_eq!(tokens.0.unwrap(), tokens.1.unwrap());
    assert_eq!(party.refreshes(), [Some(200)]);
}

#[tokio::test]
async fn every_call_that_waits_for_a_failed_refresh_gets_its_error() {
    let party = Party::confidential().await;
    let source = party.app.source(MemoryStore::new(party.ended().await));
    let fault = Fault::status(400).operation("oauthToken");
    party.sandbox.faults().add(fault).unwrap();
    let results = tokio::join!(source.access_token(), source.access_token());
    let errors = [results.0.unwrap_err(), results.1.unwrap_err()].map(|it| it.to_string());
    assert_eq!(errors[0], errors[1]);
    assert_eq!(party.refreshes(), [Some(400)]);
}

#[tokio::test]
async fn a_dropped_call_does_not_stop_the_refresh() {
    let party = Party::confidential().await;
    let old = party.ended().await;
    let source = party.app.source(MemoryStore::new(old.clone()));
    let fault = Fault::delay(Duration::from_secs(10)).operation("oauthToken");
    party.sandbox.faults().add(fault).unwrap();
    let token = hurried(async {
        let impatient = timeout(Duration::from_secs(1), source.access_token()).await;
        assert!(impatient.is_err());
        source.access_token().await
    });
    assert_ne!(token.await.unwrap(), old.access_token);
    assert_eq!(party.refreshes(), [Some(200)]);
}

#[test]
fn a_runtime_that_ends_in_the_middle_of_a_refresh_leaves_a_source_that_works() {
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (serving, ending) = (tokio::runtime::Runtime::new().unwrap(), runtime());
    let party = serving.block_on(Party::confidential());
    let source =
        serving.block_on(async { party.app.source(MemoryStore::new(party.ended().await)) });
    let fault = Fault::status(503).delayed(Duration::from_secs(3600)).operation("oauthToken");
    party.sandbox.faults().add(fault).unwrap();
    ending.block_on(async {
        let waiting = tokio::spawn({
            let source = source.clone();
            async move { source.access_token().await }
        });
        // The refresh has begun once the fault is taken.
        while !party.sandbox.faults().pending().is_empty() {
            tokio::task::yield_now().await;
        }
        assert!(!waiting.is_finished());
    });
    drop(ending);
    assert!(serving.block_on(source.access_token()).is_ok());
}

#[test]
fn without_a_runtime_there_is_an_error_and_no_panic() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let party = runtime.block_on(Party::confidential());
    let source = party.app.source(MemoryStore::default());
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let polled = std::pin::pin!(source.access_token()).poll(&mut context);
    let std::task::Poll::Ready(Err(error)) = polled else { panic!("{polled:?}") };
    assert!(matches!(error, chatwork_sdk::oauth::Error::Runtime));
}

/// A store whose first load waits for a word.
#[derive(Clone, Default)]
struct SlowToLoad {
    store: MemoryStore,
    loading: Arc<tokio::sync::Notify>,
    go: Arc<tokio::sync::Notify>,
}

impl TokenStore for SlowToLoad {
    fn load(&self) -> TokenFuture<'_, Option<StoredGrant>> {
        Box::pin(async {
            self.loading.notify_one();
            self.go.notified().await;
            self.go.notify_one();
            self.store.load().await
        })
    }

    fn save<'a>(&'a self, grant: &'a Grant, condition: SaveIf<'a>) -> TokenFuture<'a, SaveOutcome> {
        self.store.save(grant, condition)
    }

    fn remove(&self) -> TokenFuture<'_, ()> {
        self.store.remove()
    }

    fn lock(&self) -> TokenFuture<'_, StoreLock> {
        self.store.lock()
    }
}

#[tokio::test]
async fn a_call_whose_token_was_rejected_does_not_get_that_token_from_the_refresh_of_another() {
    let server = Server::always(given(1)).await;
    let slow = SlowToLoad { store: MemoryStore::new(good()), ..SlowToLoad::default() };
    let source = app(&server).source(slow.clone());
    let other = tokio::spawn({
        let source = source.clone();
        async move { source.access_token().await }
    });
    slow.loading.notified().await;
    let rejected = good().access_token;
    let mut refreshed = std::pin::pin!(source.refresh(&rejected));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    assert!(refreshed.as_mut().poll(&mut context).is_pending());
    slow.go.notify_one();
    assert!(refreshed.await.unwrap());
    assert_eq!(other.await.unwrap().unwrap(), rejected);
    assert_eq!(server.got().len(), 1);
    assert_eq!(source.access_token().await.unwrap().expose(), "access-1");
}
