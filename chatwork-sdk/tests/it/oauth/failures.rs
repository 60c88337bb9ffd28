//! Refreshes that fail: what is tried again, what is not, and what is kept.

use std::error::Error as _;
use std::time::Duration;

use chatwork_sandbox::Fault;
use chatwork_sdk::oauth::{Error, MemoryStore};
use chatwork_sdk::{TokenSource, UnixTime};
use tokio::time::{advance, pause, resume};

use super::doubles::Full;
use super::party::{Party, app, given, good, old, put};
use crate::support::{Answer, Reply, Server, refused};

async fn after(seconds: u64) {
    pause();
    advance(Duration::from_secs(seconds)).await;
    resume();
}

fn no() -> Reply {
    Reply::json(400, &serde_json::json!({ "error": "invalid_grant" }))
}

#[tokio::test]
async fn a_refresh_whose_reply_was_lost_is_not_repeated_by_the_same_call() {
    let server = Server::script([Answer::Close, given(1).into()]).await;
    let error = app(&server).source(MemoryStore::new(old())).access_token().await.unwrap_err();
    assert!(error.is_uncertain() && server.got().len() == 1, "{error:?}");
}

#[tokio::test]
async fn the_error_of_a_lost_reply_has_the_cause_of_the_connection_as_its_source() {
    let server = Server::script([Answer::Close]).await;
    let error = app(&server).refresh(&old()).await.unwrap_err();
    assert!(matches!(error, Error::Network(_)) && error.source().is_some(), "{error:?}");
}

#[tokio::test]
async fn a_refresh_whose_reply_was_lost_is_repeated_only_after_the_backoff() {
    let server = Server::script([Answer::Close, given(1).into()]).await;
    let source = app(&server).source(MemoryStore::new(old()));
    source.access_token().await.unwrap_err();
    for _ in 0..10 {
        assert!(source.access_token().await.unwrap_err().is_uncertain());
    }
    assert_eq!(server.got().len(), 1);
    after(5).await;
    assert_eq!(source.access_token().await.unwrap().expose(), "access-1");
}

#[tokio::test]
async fn each_failed_refresh_doubles_the_backoff() {
    let server = Server::always(Reply::html(503)).await;
    let source = app(&server).source(MemoryStore::new(old()));
    for (seconds, attempts) in [(0, 1), (4, 1), (1, 2), (9, 2), (1, 3), (19, 3), (1, 4)] {
        after(seconds).await;
        source.access_token().await.unwrap_err();
        assert_eq!(server.got().len(), attempts, "{seconds}");
    }
}

#[tokio::test]
async fn a_token_that_is_still_valid_is_used_if_the_refresh_fails() {
    let server = Server::script([given(1).into(), Answer::Close]).await;
    let source = app(&server).source(MemoryStore::new(old()));
    source.access_token().await.unwrap();
    after(1745).await;
    for _ in 0..3 {
        assert_eq!(source.access_token().await.unwrap().expose(), "access-1");
    }
    assert_eq!(server.got().len(), 2);
    after(60).await;
    assert!(source.access_token().await.is_err());
}

#[tokio::test]
async fn a_rejected_refresh_token_is_not_sent_again() {
    let server = Server::always(no()).await;
    let source = app(&server).source(MemoryStore::new(old()));
    for _ in 0..3 {
        assert!(source.access_token().await.unwrap_err().is_consent_needed());
        after(1000).await;
    }
    assert_eq!(server.got().len(), 1);
}

#[tokio::test]
async fn the_second_empty_400_or_401_for_a_refresh_token_needs_a_consent() {
    for (reply, needed) in [
        (Reply::new(400, ""), true),
        (Reply::new(401, "\r\n"), true),
        (Reply::new(403, ""), false),
        (Reply::new(503, ""), false),
        (Reply::new(400, "{}"), false),
        (Reply::html(401), false),
        (Reply::json(401, &serde_json::json!({ "error": "invalid_client" })), false),
    ] {
        let server = Server::always(reply.clone()).await;
        let source = app(&server).source(MemoryStore::new(old()));
        assert!(!source.access_token().await.unwrap_err().is_consent_needed(), "{reply:?}");
        after(5).await;
        let error = source.access_token().await.unwrap_err();
        assert_eq!(error.is_consent_needed(), needed, "{reply:?}: {error:?}");
        assert_eq!(server.got().len(), 2);
    }
}

#[tokio::test]
async fn calls_during_the_backoff_do_not_make_one_empty_refusal_two() {
    let server = Server::always(Reply::new(400, "")).await;
    let source = app(&server).source(MemoryStore::new(old()));
    for _ in 0..3 {
        assert!(!source.access_token().await.unwrap_err().is_consent_needed());
    }
    assert_eq!(server.got().len(), 1);
}

#[tokio::test]
async fn one_empty_refusal_costs_no_consent() {
    let server = Server::script([Reply::new(401, "").into(), given(1).into()]).await;
    let source = app(&server).source(MemoryStore::new(old()));
    source.access_token().await.unwrap_err();
    after(5).await;
    assert_eq!(source.access_token().await.unwrap().expose(), "access-1");
}

#[tokio::test]
async fn an_empty_refusal_before_a_refresh_that_succeeded_does_not_count() {
    let mut kept = super::party::tokens(1);
    kept["refresh_token"] = serde_json::json!("refresh-0");
    let empty = || Answer::from(Reply::new(400, ""));
    let server = Server::script([empty(), Reply::json(200, &kept).into(), empty()]).await;
    let source = app(&server).source(MemoryStore::new(old()));
    source.access_token().await.unwrap_err();
    after(5).await;
    source.access_token().await.unwrap();
    after(1800).await;
    assert!(!source.access_token().await.unwrap_err().is_consent_needed());
}

#[tokio::test]
async fn a_refresh_token_that_was_refused_twice_without_a_reason_is_not_sent_again() {
    let server = Server::always(Reply::new(400, "")).await;
    let source = app(&server).source(MemoryStore::new(old()));
    for _ in 0..4 {
        source.access_token().await.unwrap_err();
        after(1000).await;
    }
    assert_eq!(server.got().len(), 2);
}

#[tokio::test]
async fn a_new_consent_is_used_without_backoff() {
    let server = Server::always(no()).await;
    let source = app(&server).source(MemoryStore::new(old()));
    source.access_token().await.unwrap_err();
    source.replace(good()).await.unwrap();
    assert_eq!(source.access_token().await.unwrap().expose(), "access-0");
}

#[tokio::test]
async fn a_consent_that_another_process_stored_is_used() {
    let server = Server::always(no()).await;
    let store = MemoryStore::new(old());
    let source = app(&server).source(store.clone());
    source.access_token().await.unwrap_err();
    put(&store, &good()).await;
    assert_eq!(source.access_token().await.unwrap().expose(), "access-0");
}

#[tokio::test]
async fn a_call_that_fails_for_another_reason_needs_no_consent() {
    let party = Party::confidential().await;
    let client = party.client(&party.app.source(MemoryStore::new(party.ended().await)));
    let fault = Fault::status(503).operation("oauthToken");
    party.sandbox.faults().add(fault).unwrap();
    assert!(!refused(client.me().await).is_consent_needed());
    party.sandbox.faults().add(Fault::status(401).operation("getMe").times(2)).unwrap();
    let client = party.client(&party.app.source(MemoryStore::new(party.consent().await)));
    let error = refused(client.me().await);
    assert!(error.is_unauthorized() && !error.is_consent_needed(), "{error:?}");
}

#[tokio::test]
async fn a_call_says_that_a_consent_is_needed() {
    let party = Party::confidential().await;
    let source = party.app.source(MemoryStore::new(party.ended().await));
    let account = party.sandbox.account("hanako").unwrap().account_id;
    party.sandbox.revoke("sandbox-confidential-app", account);
    let error = refused(party.client(&source).me().await);
    assert!(error.oauth().is_some_and(Error::is_consent_needed), "{error:?}");
    assert!(error.is_consent_needed());
}

#[tokio::test]
async fn a_refresh_whose_reply_is_lost_needs_a_consent_if_the_server_rotates() {
    let party = Party::confidential().await;
    let grant = party.ended().await;
    let store = MemoryStore::new(grant.clone());
    let source = party.app.source(store.clone());
    let fault = Fault::close().after_processing().operation("oauthToken");
    party.sandbox.faults().add(fault).unwrap();
    assert!(source.access_token().await.unwrap_err().is_uncertain());
    assert_eq!(store.grant(), Some(grant));
    after(5).await;
    assert!(source.access_token().await.unwrap_err().is_consent_needed());
}

#[tokio::test]
async fn a_refresh_that_the_server_did_not_process_loses_nothing() {
    let party = Party::confidential().await;
    let source = party.app.source(MemoryStore::new(party.ended().await));
    party.sandbox.faults().add(Fault::close().operation("oauthToken")).unwrap();
    assert!(source.access_token().await.unwrap_err().is_uncertain());
    after(5).await;
    source.access_token().await.unwrap();
    assert_eq!(party.refreshes(), [None, Some(200)]);
}

#[tokio::test]
async fn tokens_that_cannot_be_stored_are_not_returned() {
    let server = Server::always(given(1)).await;
    let error = app(&server).source(Full::times(1)).access_token().await.unwrap_err();
    assert!(matches!(&error, Error::Store(cause) if cause.to_string() == "the disk is full"));
}

#[tokio::test]
async fn tokens_that_cannot_be_stored_are_stored_later_without_another_refresh() {
    let server = Server::always(given(1)).await;
    let full = Full::times(2);
    let source = app(&server).source(full.clone());
    for _ in 0..2 {
        source.access_token().await.unwrap_err();
        after(60).await;
    }
    assert_eq!(source.access_token().await.unwrap().expose(), "access-1");
    assert_eq!(full.store.grant().unwrap().refresh_token.unwrap().expose(), "refresh-1");
    assert_eq!(server.got().len(), 1);
}

#[tokio::test]
async fn an_old_refresh_token_is_not_sent_while_a_newer_one_is_unsaved() {
    let server = Server::script([given(1).into(), given(2).into()]).await;
    let full = Full::times(1);
    let source = app(&server).source(full.clone());
    source.access_token().await.unwrap_err();
    after(2000).await;
    assert_eq!(source.access_token().await.unwrap().expose(), "access-2");
    assert!(server.got()[1].text().ends_with("refresh_token=refresh-1"));
}

#[tokio::test]
async fn a_consent_that_was_stored_in_the_meantime_is_kept() {
    let server = Server::always(given(1)).await;
    let full = Full::times(1);
    let source = app(&server).source(full.clone());
    source.access_token().await.unwrap_err();
    let mut newer = good();
    newer.refresh_token = Some(chatwork_sdk::Secret::from("newer".to_owned()));
    put(&full.store, &newer).await;
    after(5).await;
    assert_eq!(source.access_token().await.unwrap().expose(), "access-0");
    assert_eq!(full.store.grant(), Some(newer));
}

#[tokio::test]
async fn an_old_access_token_is_used_while_the_new_grant_cannot_be_stored() {
    let server = Server::always(given(1)).await;
    let mut grant = good();
    grant.obtained_at = UnixTime(UnixTime::now().0 - 1_770);
    grant.expires_at = UnixTime(UnixTime::now().0 + 30);
    let source = app(&server).source(Full::with(grant, 2));
    assert_eq!(source.access_token().await.unwrap().expose(), "access-0");
    after(31).await;
    assert!(matches!(source.access_token().await, Err(Error::Store(_))));
    after(60).await;
    assert_eq!(source.access_token().await.unwrap().expose(), "access-1");
    assert_eq!(server.got().len(), 1);
}

#[tokio::test]
async fn a_rejected_token_is_not_returned_once_the_new_grant_can_be_stored() {
    let server = Server::always(given(1)).await;
    let source = app(&server).source(Full::with(good(), 1));
    let rejected = source.access_token().await.unwrap();
    source.refresh(&rejected).await.unwrap_err();
    // The rejected token has not expired, and is the one that this call gets for the moment.
    assert_eq!(source.access_token().await.unwrap(), rejected);
    after(5).await;
    assert_eq!(source.access_token().await.unwrap().expose(), "access-1");
    assert_eq!(server.got().len(), 1);
}
