//! Signing out, and what it wins against.

use std::time::Duration;

use chatwork_sdk::oauth::{Error, GrantSource, MemoryStore, TokenStore as _, Users};
use chatwork_sdk::{Client, Secret};
use tokio::time::timeout;

use super::doubles::{Gated, Order};
use super::party::{Party, app, given, good, old};
use crate::support::{Server, refused};

#[tokio::test]
async fn a_grant_that_is_cleared_is_gone_here_and_in_the_store() {
    let server = Server::always(given(1)).await;
    let store = MemoryStore::new(good());
    let source = app(&server).source(store.clone());
    source.access_token().await.unwrap();
    source.clear().await.unwrap();
    assert_eq!(store.grant(), None);
    assert!(matches!(source.access_token().await, Err(Error::NoGrant)));
    assert!(server.got().is_empty());
}

#[tokio::test]
async fn a_new_consent_after_a_sign_out_works() {
    let server = Server::always(given(1)).await;
    let source = app(&server).source(MemoryStore::new(good()));
    source.clear().await.unwrap();
    source.access_token().await.unwrap_err();
    source.replace(good()).await.unwrap();
    assert_eq!(source.access_token().await.unwrap().expose(), "access-0");
}

#[tokio::test]
async fn the_token_of_a_new_consent_is_used_without_reading_the_store() {
    let server = Server::always(given(1)).await;
    let store = MemoryStore::default();
    let source = app(&server).source(store.clone());
    source.replace(good()).await.unwrap();
    store.remove().await.unwrap();
    assert_eq!(source.access_token().await.unwrap().expose(), "access-0");
}

/// Starts a refresh, and does something when its grant is about to be saved, or has just been
/// saved. Returns the result of the call that waited for the refresh.
async fn during_a_refresh<F: Future<Output = ()>>(
    order: Order,
    meanwhile: impl FnOnce(GrantSource) -> F,
) -> (MemoryStore, GrantSource, Result<Secret, Error>) {
    let server = Server::always(given(1)).await;
    let store = Gated::new(old(), order);
    let source = app(&server).source(store.clone());
    let waiting = tokio::spawn({
        let source = source.clone();
        async move { source.access_token().await }
    });
    store.reached().await;
    meanwhile(source.clone()).await;
    store.go();
    let result = waiting.await.unwrap();
    source.settle().await.unwrap();
    (store.inner(), source, result)
}

#[tokio::test]
async fn a_sign_out_wins_against_a_refresh_that_is_about_to_be_saved() {
    let clear = |source: GrantSource| async move { source.clear().await.unwrap() };
    let (store, source, result) = during_a_refresh(Order::GateThenSave, clear).await;
    assert!(matches!(result, Err(Error::NoGrant)), "{result:?}");
    assert!(matches!(source.access_token().await, Err(Error::NoGrant)));
    assert_eq!(store.grant(), None);
}

#[tokio::test]
async fn a_sign_out_wins_against_a_refresh_that_has_just_been_saved() {
    let clear = |source: GrantSource| async move { source.clear().await.unwrap() };
    let (store, source, result) = during_a_refresh(Order::SaveThenGate, clear).await;
    assert!(matches!(result, Err(Error::NoGrant)), "{result:?}");
    assert!(matches!(source.access_token().await, Err(Error::NoGrant)));
    assert_eq!(store.grant(), None);
}

#[tokio::test]
async fn a_new_consent_wins_against_a_refresh_of_the_old_one() {
    for order in [Order::GateThenSave, Order::SaveThenGate] {
        let replace = |source: GrantSource| async move {
            // The gate is for the save of the refresh alone.
            source.replace(good()).await.unwrap();
        };
        let (store, source, result) = during_a_refresh(order, replace).await;
        assert_eq!(result.unwrap().expose(), "access-0");
        assert_eq!(source.access_token().await.unwrap().expose(), "access-0");
        assert_eq!(store.grant(), Some(good()));
    }
}

#[tokio::test]
async fn a_call_after_a_sign_out_does_not_wait_for_a_refresh_that_is_running() {
    let calls = |source: GrantSource| async move {
        source.clear().await.unwrap();
        let call = timeout(Duration::from_secs(60), source.access_token()).await;
        assert!(matches!(call, Ok(Err(Error::NoGrant))), "{call:?}");
    };
    during_a_refresh(Order::GateThenSave, calls).await.2.unwrap_err();
}

#[tokio::test]
async fn a_call_after_a_new_consent_does_not_wait_for_a_refresh_that_is_running() {
    let calls = |source: GrantSource| async move {
        source.replace(good()).await.unwrap();
        let call = timeout(Duration::from_secs(60), source.access_token()).await;
        assert_eq!(call.unwrap().unwrap().expose(), "access-0");
    };
    during_a_refresh(Order::GateThenSave, calls).await.2.unwrap();
}

#[tokio::test]
async fn another_process_stops_at_its_next_refresh() {
    let server = Server::always(given(1)).await;
    let store = MemoryStore::new(good());
    let (one, other) = (app(&server).source(store.clone()), app(&server).source(store));
    other.access_token().await.unwrap();
    one.clear().await.unwrap();
    let rejected = Secret::from("access-0".to_owned());
    let error = chatwork_sdk::TokenSource::refresh(&other, &rejected).await.unwrap_err();
    assert!(error.to_string().contains("a consent is needed"), "{error}");
    assert!(matches!(other.access_token().await, Err(Error::NoGrant)));
    assert!(server.got().is_empty());
}

#[tokio::test]
async fn a_person_who_signs_out_needs_a_new_consent_with_every_client() {
    let party = Party::confidential().await;
    let (store, builder) = (MemoryStore::default(), Client::builder());
    let of_user = store.clone();
    let builder = builder.base_url(party.sandbox.base_url());
    let users = Users::new(party.app.clone(), builder, move |_: &u8| of_user.clone()).unwrap();
    let client = users.sign_in(&1, party.consent().await).await.unwrap();
    client.me().await.unwrap();
    users.sign_out(&1).await.unwrap();
    assert_eq!(store.grant(), None);
    assert!(refused(client.me().await).is_consent_needed());
    assert!(refused(users.client(&1).unwrap().me().await).is_consent_needed());
}
