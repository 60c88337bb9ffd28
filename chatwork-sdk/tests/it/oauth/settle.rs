//! A program that ends during a refresh does not lose the consent.

use std::sync::Arc;

use chatwork_sdk::Client;
use chatwork_sdk::oauth::{Error, MemoryStore, Users};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::Notify;

use super::doubles::Full;
use super::party::{app, given, old};
use crate::support::Server;

#[test]
fn a_program_that_settles_before_it_ends_keeps_the_consent() {
    let serving = Runtime::new().unwrap();
    let (answer, wait) = std::sync::mpsc::channel();
    let requested = Arc::new(Notify::new());
    let asked = Arc::clone(&requested);
    let server = serving.block_on(Server::start(move |_| {
        asked.notify_one();
        wait.recv().unwrap();
        given(1).into()
    }));
    let store = MemoryStore::new(old());
    let program = Builder::new_current_thread().enable_all().build().unwrap();
    program.block_on(async {
        let source = app(&server).source(store.clone());
        tokio::select! {
            _ = source.access_token() => panic!("the server has not answered"),
            () = requested.notified() => {}
        }
        // The program does not want to wait for its call, but it settles.
        answer.send(()).unwrap();
        source.settle().await.unwrap();
    });
    drop(program);
    assert_eq!(store.grant().unwrap().access_token.expose(), "access-1");
}

#[tokio::test]
async fn settling_saves_a_grant_that_could_not_be_saved_and_sends_nothing() {
    let server = Server::always(given(1)).await;
    let full = Full::times(1);
    let source = app(&server).source(full.clone());
    source.access_token().await.unwrap_err();
    source.settle().await.unwrap();
    assert_eq!(full.store.grant().unwrap().access_token.expose(), "access-1");
    assert_eq!(server.got().len(), 1);
}

#[tokio::test]
async fn settling_tells_that_a_grant_still_cannot_be_saved() {
    let server = Server::always(given(1)).await;
    let source = app(&server).source(Full::times(2));
    source.access_token().await.unwrap_err();
    assert!(matches!(source.settle().await, Err(Error::Store(_))));
    source.settle().await.unwrap();
}

#[tokio::test]
async fn settling_without_a_refresh_sends_nothing() {
    let server = Server::always(given(1)).await;
    let store = MemoryStore::new(old());
    app(&server).source(store.clone()).settle().await.unwrap();
    assert!(server.got().is_empty());
    assert_eq!(store.grant(), Some(old()));
}

#[tokio::test]
async fn users_settle_together() {
    let server = Server::always(given(1)).await;
    let full = Full::times(2);
    let store = full.clone();
    let builder = Client::builder().base_url(server.base_url());
    let users = Users::new(app(&server), builder, move |_: &u8| store.clone()).unwrap();
    users.client(&1).unwrap().me().await.unwrap_err();
    assert!(matches!(users.settle().await, Err(Error::Store(_))));
    users.settle().await.unwrap();
    assert_eq!(full.store.grant().unwrap().access_token.expose(), "access-1");
}
