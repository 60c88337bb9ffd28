//! A store that hangs.

use std::future::pending;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chatwork_sdk::TokenFuture;
use chatwork_sdk::oauth::{
    App, Error, Grant, GrantSource, MemoryStore, SaveIf, SaveOutcome, StoreLock, StoredGrant,
    TokenStore,
};
use tokio::sync::Notify;
use tokio::time::{Instant, advance, pause, resume};

use super::party::{app, given, good, old, put};
use crate::support::Server;

/// A store in which the first call of one method never ends.
#[derive(Clone)]
struct Hung {
    store: MemoryStore,
    method: &'static str,
    has_hung: Arc<AtomicBool>,
    reached: Arc<Notify>,
}

impl Hung {
    fn at(method: &'static str) -> Self {
        let (has_hung, reached) = (Arc::default(), Arc::default());
        Self { store: MemoryStore::new(old()), method, has_hung, reached }
    }

    async fn pass(&self, method: &str) {
        if self.method == method && !self.has_hung.swap(true, Ordering::Relaxed) {
            self.reached.notify_one();
            pending::<()>().await;
        }
    }
}

impl TokenStore for Hung {
    fn load(&self) -> TokenFuture<'_, Option<StoredGrant>> {
        Box::pin(async {
            self.pass("load").await;
            self.store.load().await
        })
    }

    fn save<'a>(&'a self, grant: &'a Grant, condition: SaveIf<'a>) -> TokenFuture<'a, SaveOutcome> {
        Box::pin(async move {
            self.pass("save").await;
            self.store.save(grant, condition).await
        })
    }

    fn remove(&self) -> TokenFuture<'_, ()> {
        Box::pin(async {
            self.pass("remove").await;
            self.store.remove().await
        })
    }

    fn lock(&self) -> TokenFuture<'_, StoreLock> {
        Box::pin(async {
            self.pass("lock").await;
            self.store.lock().await
        })
    }
}

fn source(store: &Hung) -> GrantSource {
    App::builder("the-client").build().unwrap().source(store.clone())
}

fn text(error: &Error) -> String {
    assert!(matches!(error, Error::Store(_)), "{error:?}");
    error.to_string()
}

#[tokio::test(start_paused = true)]
async fn a_load_or_a_lock_that_hangs_is_an_error_after_its_time_limit() {
    for (method, seconds) in [("load", 30), ("lock", 180)] {
        let start = Instant::now();
        let error = source(&Hung::at(method)).access_token().await.unwrap_err();
        let expected =
            format!("the token store failed: `{method}` did not end within {seconds} seconds");
        assert_eq!((text(&error), start.elapsed().as_secs()), (expected, seconds));
    }
}

#[tokio::test(start_paused = true)]
async fn a_source_works_again_after_a_load_or_a_lock_that_hung() {
    for method in ["load", "lock"] {
        let store = Hung::at(method);
        let source = source(&store);
        source.access_token().await.unwrap_err();
        put(&store.store, &good()).await;
        advance(Duration::from_secs(5)).await;
        assert_eq!(source.access_token().await.unwrap().expose(), "access-0", "{method}");
    }
}

#[tokio::test]
async fn a_grant_whose_save_hung_is_saved_later_without_another_refresh() {
    let server = Server::always(given(1)).await;
    let store = Hung::at("save");
    let source = app(&server).source(store.clone());
    let call = tokio::spawn({
        let source = source.clone();
        async move { source.access_token().await }
    });
    store.reached.notified().await;
    pause();
    let error = call.await.unwrap().unwrap_err();
    assert!(text(&error).contains("`save`"), "{error}");
    assert_eq!(store.store.grant(), Some(old()));
    advance(Duration::from_secs(5)).await;
    resume();
    assert_eq!(source.access_token().await.unwrap().expose(), "access-1");
    assert_eq!(store.store.grant().unwrap().access_token.expose(), "access-1");
    assert_eq!(server.got().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_new_consent_whose_save_hangs_is_an_error_and_can_be_saved_again() {
    let store = Hung::at("save");
    let source = source(&store);
    assert!(text(&source.replace(good()).await.unwrap_err()).contains("`save`"));
    source.replace(good()).await.unwrap();
    assert_eq!(store.store.grant(), Some(good()));
}

#[tokio::test(start_paused = true)]
async fn a_sign_out_that_hangs_is_an_error_and_can_be_repeated() {
    let store = Hung::at("remove");
    let source = source(&store);
    assert!(text(&source.clear().await.unwrap_err()).contains("`remove`"));
    source.clear().await.unwrap();
    assert_eq!(store.store.grant(), None);
}
