//! Which scopes what one wants to do needs, asked before any call.

use chatwork_sdk::Scope;
use chatwork_sdk::oauth::{MemoryStore, operations, scopes_for};

use super::party::Party;

#[tokio::test]
async fn the_scopes_that_are_chosen_suffice_and_no_more_is_possible() {
    let party = Party::confidential().await;
    let scopes = scopes_for([operations::GET_ME, operations::LIST_ROOMS]);
    assert_eq!(scopes, [Scope::UsersProfileMeRead, Scope::RoomsInfoRead]);
    let request = party.app.authorize(scopes).unwrap();
    let code = request.pending.check(&party.open(&request.url, "allow").await).unwrap();
    let grant = party.app.exchange(code).await.unwrap();
    let client = party.client(&party.app.source(MemoryStore::new(grant)));
    assert!(client.me().await.is_ok() && client.rooms().await.is_ok());
    assert!(client.my_status().await.unwrap_err().is_forbidden());
}

#[tokio::test]
async fn a_grant_returns_the_operations_that_it_does_not_allow() {
    let party = Party::confidential().await;
    let missing = party.consent().await.missing(operations::ALL);
    let ids: Vec<_> = missing.iter().map(|operation| operation.id).collect();
    assert!(ids.contains(&"createRoomMessage") && ids.contains(&"listContacts"), "{ids:?}");
    assert!(!ids.contains(&"getMe") && !ids.contains(&"listRoomFiles"), "{ids:?}");
}
