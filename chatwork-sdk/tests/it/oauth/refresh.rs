//! When tokens are refreshed, and what is done with them.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use chatwork_sdk::oauth::{
    Error, Grant, MemoryStore, SaveIf, SaveOutcome, StoreLock, StoredGrant, TokenStore,
};
use chatwork_sdk::{Secret, TokenFuture, TokenSource, Upload};
use tokio::time::{advance, pause, resume};

use super::party::{Party, app, ended, given, good, old};
use crate::support::files::{Pieces, bytes};
use crate::support::{Server, refused};

/// Lets time pass.
async fn after(seconds: u64) {
    pause();
    advance(Duration::from_secs(seconds)).await;
    resume();
}

#[tokio::test]
async fn a_valid_token_is_not_refreshed() {
    let party = Party::confidential().await;
    let client = party.client(&party.app.source(MemoryStore::new(party.consent().await)));
    client.me().await.unwrap();
    after(1700).await;
    client.me().await.unwrap();
    assert!(party.refreshes().is_empty());
}

#[tokio::test]
async fn a_token_is_refreshed_a_minute_before_it_expires() {
    let party = Party::confidential().await;
    let client = party.client(&party.app.source(MemoryStore::new(party.consent().await)));
    client.me().await.unwrap();
    after(1745).await;
    client.me().await.unwrap();
    assert_eq!(party.refreshes(), [Some(200)]);
}

#[tokio::test]
async fn a_token_that_expired_while_the_program_did_not_run_is_refreshed_before_the_first_call() {
    let party = Party::confidential().await;
    let client = party.client(&party.app.source(MemoryStore::new(party.ended().await)));
    client.me().await.unwrap();
    let calls: Vec<_> = party.sandbox.requests().into_iter().map(|request| request.path).collect();
    assert_eq!(calls[2..], ["/token", "/v2/me"]);
}

#[tokio::test]
async fn a_token_that_the_api_rejects_is_refreshed_once_and_the_call_is_sent_again() {
    let party = Party::confidential().await;
    let client = party.client(&party.app.source(MemoryStore::new(party.consent().await)));
    party.sandbox.clock().advance(Duration::from_secs(1800));
    client.me().await.unwrap();
    let statuses: Vec<_> = party.sandbox.requests().iter().map(|it| it.status.unwrap()).collect();
    assert_eq!(statuses[2..], [401, 200, 200]);
}

#[tokio::test]
async fn a_call_that_gets_a_second_401_refreshes_once() {
    let party = Party::confidential().await;
    let source = party.app.source(MemoryStore::new(party.consent().await));
    let fault = chatwork_sandbox::Fault::status(401).operation("getMe").times(9);
    party.sandbox.faults().add(fault).unwrap();
    assert!(refused(party.client(&source).me().await).is_unauthorized());
    assert_eq!(party.refreshes(), [Some(200)]);
}

#[tokio::test]
async fn an_upload_from_a_stream_is_sent_with_a_refreshed_token() {
    let server = Server::always(given(1)).await;
    let source = app(&server).source(MemoryStore::new(old()));
    let client = crate::support::builder(&server.base_url()).token_source(source).build().unwrap();
    let upload = Upload::stream("a", Pieces::of(&bytes(10)));
    let _ = client.room(crate::support::ROOM).upload(upload).await;
    assert_eq!(server.got()[1].header("authorization"), Some("Bearer access-1"));
}

#[tokio::test]
async fn the_result_of_a_refresh_is_stored() {
    let server = Server::always(given(1)).await;
    let store = MemoryStore::new(old());
    let token = app(&server).source(store.clone()).access_token().await.unwrap();
    assert_eq!(token.expose(), "access-1");
    let stored = store.grant().unwrap();
    assert_eq!(
        (stored.access_token.expose(), stored.refresh_token.unwrap().expose()),
        ("access-1", "refresh-1")
    );
}

#[tokio::test]
async fn the_next_refresh_uses_the_newest_refresh_token() {
    let server = Server::script([given(1).into(), given(2).into()]).await;
    let source = app(&server).source(MemoryStore::new(old()));
    source.access_token().await.unwrap();
    after(1800).await;
    source.access_token().await.unwrap();
    let bodies: Vec<_> = server.got().iter().map(|got| got.text()).collect();
    let form = |number| format!("grant_type=refresh_token&refresh_token=refresh-{number}");
    assert_eq!(bodies, [form(0), form(1)]);
}

#[tokio::test]
async fn a_rejection_of_a_token_that_was_replaced_already_causes_no_refresh() {
    let server = Server::script([given(1).into(), given(2).into()]).await;
    let source = app(&server).source(MemoryStore::new(old()));
    source.access_token().await.unwrap();
    assert!(source.refresh(&Secret::from("access-0".to_owned())).await.unwrap());
    assert_eq!(source.access_token().await.unwrap().expose(), "access-1");
    assert_eq!(server.got().len(), 1);
}

#[tokio::test]
async fn a_new_consent_replaces_the_old_one() {
    let server = Server::always(given(1)).await;
    let store = MemoryStore::new(old());
    let source = app(&server).source(store.clone());
    source.access_token().await.unwrap();
    source.replace(good()).await.unwrap();
    assert_eq!(source.clone().access_token().await.unwrap().expose(), "access-0");
    assert_eq!(store.grant(), Some(good()));
}

/// A store that takes as long as it takes.
#[derive(Clone, Default)]
struct Slow {
    store: MemoryStore,
    go: Arc<tokio::sync::Notify>,
}

impl TokenStore for Slow {
    fn load(&self) -> TokenFuture<'_, Option<StoredGrant>> {
        self.store.load()
    }

    fn save<'a>(&'a self, grant: &'a Grant, condition: SaveIf<'a>) -> TokenFuture<'a, SaveOutcome> {
        Box::pin(async move {
            self.go.notified().await;
            self.store.save(grant, condition).await
        })
    }

    fn remove(&self) -> TokenFuture<'_, ()> {
        self.store.remove()
    }

    fn lock(&self) -> TokenFuture<'_, StoreLock> {
        self.store.lock()
    }
}

#[tokio::test]
async fn a_new_consent_is_stored_although_its_caller_was_dropped() {
    let server = Server::always(given(1)).await;
    let slow = Slow::default();
    let source = app(&server).source(slow.clone());
    {
        let mut replacing = std::pin::pin!(source.replace(good()));
        assert!(now(replacing.as_mut()).is_none());
    }
    slow.go.notify_one();
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    assert_eq!(slow.store.grant(), Some(good()));
}

/// What a future gives without waiting.
fn now<F: Future>(future: std::pin::Pin<&mut F>) -> Option<F::Output> {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match future.poll(&mut context) {
        std::task::Poll::Ready(output) => Some(output),
        std::task::Poll::Pending => None,
    }
}

#[tokio::test]
async fn an_empty_store_asks_for_consent_and_sends_nothing() {
    let party = Party::confidential().await;
    let client = party.client(&party.app.source(MemoryStore::default()));
    let error = refused(client.me().await);
    assert!(matches!(error.oauth(), Some(Error::NoGrant)), "{error:?}");
    assert!(error.oauth().unwrap().is_consent_needed() && party.sandbox.requests().is_empty());
}

#[tokio::test]
async fn a_grant_without_a_refresh_token_ends_with_its_access_token() {
    let server = Server::always(given(1)).await;
    let mut grant = good();
    grant.refresh_token = None;
    let source = app(&server).source(MemoryStore::new(grant.clone()));
    assert_eq!(source.access_token().await.unwrap().expose(), "access-0");
    let source = app(&server).source(MemoryStore::new(ended(grant)));
    assert!(matches!(source.access_token().await, Err(Error::NoRefreshToken)));
    assert!(server.got().is_empty());
}

/// Records the calls, in order.
#[derive(Clone, Default)]
struct Recording {
    store: MemoryStore,
    recorded: Arc<Mutex<Vec<&'static str>>>,
}

impl Recording {
    fn record(&self, what: &'static str) {
        self.recorded.lock().unwrap().push(what);
    }
}

impl TokenStore for Recording {
    fn load(&self) -> TokenFuture<'_, Option<StoredGrant>> {
        self.record("load");
        self.store.load()
    }

    fn save<'a>(&'a self, grant: &'a Grant, condition: SaveIf<'a>) -> TokenFuture<'a, SaveOutcome> {
        self.record("save");
        self.store.save(grant, condition)
    }

    fn remove(&self) -> TokenFuture<'_, ()> {
        self.store.remove()
    }

    fn lock(&self) -> TokenFuture<'_, StoreLock> {
        self.record("lock");
        let recorded = self.clone();
        Box::pin(async move {
            let lock = self.store.lock().await?;
            Ok(StoreLock::new(async move {
                recorded.record("release");
                lock.release().await
            }))
        })
    }
}

#[tokio::test]
async fn a_refresh_locks_loads_saves_and_releases_in_this_order() {
    let server = Server::always(given(1)).await;
    let recording = Recording { store: MemoryStore::new(old()), ..Recording::default() };
    let recorded = Arc::clone(&recording.recorded);
    let source = app(&server).source(recording);
    source.access_token().await.unwrap();
    source.access_token().await.unwrap();
    source.settle().await.unwrap();
    assert_eq!(*recorded.lock().unwrap(), ["load", "lock", "load", "save", "release"]);
}

#[tokio::test]
async fn valid_tokens_need_no_lock() {
    let server = Server::always(given(1)).await;
    let recording = Recording { store: MemoryStore::new(good()), ..Recording::default() };
    let recorded = Arc::clone(&recording.recorded);
    app(&server).source(recording).access_token().await.unwrap();
    assert_eq!(*recorded.lock().unwrap(), ["load"]);
}
