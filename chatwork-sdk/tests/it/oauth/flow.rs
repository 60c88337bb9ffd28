//! The whole flow, from the consent to the first call, over real HTTP.

use chatwork_sdk::oauth::MemoryStore;
use chatwork_sdk::{Error, RoomId};

use super::party::Party;
use crate::support::refused;

#[tokio::test]
async fn a_confidential_client_works_from_consent_to_first_call() {
    let party = Party::confidential().await;
    let grant = party.consent().await;
    assert_eq!(grant.scopes(), super::party::SCOPES);
    let client = party.client(&party.app.source(MemoryStore::new(grant)));
    assert_eq!(client.me().await.unwrap().name, "山田 花子");
}

#[tokio::test]
async fn a_public_client_works_from_consent_to_first_refresh() {
    let party = Party::public().await;
    let source = party.app.source(MemoryStore::new(party.ended().await));
    assert_eq!(party.client(&source).me().await.unwrap().name, "山田 花子");
    assert_eq!(party.refreshes(), [Some(200)]);
}

#[tokio::test]
async fn a_grant_lasts_through_many_refreshes() {
    let party = Party::confidential().await;
    let source = party.app.source(MemoryStore::new(party.consent().await));
    let client = party.client(&source);
    for _ in 0..3 {
        let half_an_hour = std::time::Duration::from_secs(1800);
        party.sandbox.clock().advance(half_an_hour);
        tokio::time::pause();
        tokio::time::advance(half_an_hour).await;
        tokio::time::resume();
        client.me().await.unwrap();
    }
    assert_eq!(party.refreshes(), [Some(200); 3]);
}

#[tokio::test]
async fn a_scope_that_is_missing_is_named_with_the_403() {
    let party = Party::confidential().await;
    let client = party.client(&party.app.source(MemoryStore::new(party.consent().await)));
    let error = refused(client.room(RoomId(93_207_172)).post("Hello").await);
    let Error::Api(refusal) = &error else { panic!("{error:?}") };
    assert!(error.is_forbidden() && refusal.scopes().len() == 3, "{error:?}");
    let scopes = "rooms.all:read_write, rooms.all:write, rooms.messages:write";
    assert!(error.to_string().contains(scopes), "{error}");
}

#[tokio::test]
async fn a_403_for_an_api_token_names_no_scope() {
    let party = Party::confidential().await;
    let builder = chatwork_sdk::Client::builder().base_url(party.sandbox.base_url());
    let client = builder.token(party.sandbox.token("alex")).build().unwrap();
    let error = refused(client.room(RoomId(93_207_172)).post("Hello").await);
    assert!(error.is_forbidden() && !error.to_string().contains("scope"), "{error}");
}
