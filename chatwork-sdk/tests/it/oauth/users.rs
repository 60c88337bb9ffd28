//! One app, many people.

use std::sync::{Arc, OnceLock, Weak};

use chatwork_sdk::Client;
use chatwork_sdk::oauth::{App, FileStore, Grant, MemoryStore, Users};
use tempfile::TempDir;

use super::party::{Party, ended};
use crate::support::refused;

fn users(party: &Party, folder: &TempDir) -> Users<String> {
    let folder = folder.path().to_owned();
    let builder = Client::builder().base_url(party.sandbox.base_url());
    Users::new(party.app.clone(), builder, move |key: &String| FileStore::for_user(&folder, key))
        .unwrap()
}

/// The consent of an account.
async fn consent(party: &Party, key: &str) -> Grant {
    let account = party.sandbox.account(key).unwrap().account_id;
    let mut request = party.ask();
    request.url.query_pairs_mut().append_pair("account_id", &account.to_string());
    let callback = party.open(&request.url, "allow").await;
    party.app.exchange(request.pending.check(&callback).unwrap()).await.unwrap()
}

#[tokio::test]
async fn each_client_acts_for_its_person() {
    let (party, folder) = (Party::confidential().await, tempfile::tempdir().unwrap());
    let users = users(&party, &folder);
    for (key, name) in [("hanako", "山田 花子"), ("ken", "佐藤 健")] {
        let client = users.sign_in(&key.to_owned(), consent(&party, key).await).await.unwrap();
        assert_eq!(client.me().await.unwrap().name, name);
    }
    assert_eq!(users.client(&"hanako".to_owned()).unwrap().me().await.unwrap().name, "山田 花子");
}

#[tokio::test]
async fn a_person_stays_signed_in_after_a_restart() {
    let (party, folder) = (Party::confidential().await, tempfile::tempdir().unwrap());
    let ken = "ken".to_owned();
    users(&party, &folder).sign_in(&ken, consent(&party, "ken").await).await.unwrap();
    let client = users(&party, &folder).client(&ken).unwrap();
    assert_eq!(client.me().await.unwrap().name, "佐藤 健");
}

#[tokio::test]
async fn a_person_without_a_grant_needs_to_consent() {
    let (party, folder) = (Party::confidential().await, tempfile::tempdir().unwrap());
    let client = users(&party, &folder).client(&"nobody".to_owned()).unwrap();
    assert!(refused(client.me().await).is_consent_needed());
}

#[tokio::test]
async fn two_requests_for_one_person_refresh_once() {
    let (party, folder) = (Party::confidential().await, tempfile::tempdir().unwrap());
    let (users, ken) = (users(&party, &folder), "ken".to_owned());
    users.sign_in(&ken, ended(consent(&party, "ken").await)).await.unwrap();
    let (one, other) = (users.client(&ken).unwrap(), users.client(&ken).unwrap());
    let (one, other) = tokio::join!(one.me(), other.me());
    assert!(one.is_ok() && other.is_ok());
    assert_eq!(party.refreshes(), [Some(200)]);
}

#[tokio::test]
async fn signing_in_again_changes_the_token_of_existing_clients() {
    let (party, folder) = (Party::confidential().await, tempfile::tempdir().unwrap());
    let (users, key) = (users(&party, &folder), "the one".to_owned());
    let client = users.client(&key).unwrap();
    refused(client.me().await);
    users.sign_in(&key, consent(&party, "ken").await).await.unwrap();
    assert_eq!(client.me().await.unwrap().name, "佐藤 健");
}

#[tokio::test]
async fn a_forgotten_person_is_loaded_from_the_store() {
    let (party, folder) = (Party::confidential().await, tempfile::tempdir().unwrap());
    let (users, ken) = (users(&party, &folder), "ken".to_owned());
    users.sign_in(&ken, consent(&party, "ken").await).await.unwrap();
    users.forget(&ken);
    assert_eq!(users.client(&ken).unwrap().me().await.unwrap().name, "佐藤 健");
}

#[test]
fn invalid_client_settings_are_refused_by_new() {
    let app = App::builder("a").build().unwrap();
    let builder = Client::builder().base_url("nothing");
    let users = Users::new(app, builder, |_: &u64| FileStore::new("x"));
    assert!(matches!(users, Err(chatwork_sdk::Error::Config(_))));
}

#[tokio::test]
async fn of_two_calls_that_are_the_first_for_a_person_both_get_the_same_source() {
    let party = Party::confidential().await;
    let users: Arc<OnceLock<Weak<Users<u8>>>> = Arc::default();
    let (of_store, nested) = (Arc::clone(&users), OnceLock::new());
    let of_second = Arc::new(OnceLock::new());
    let second = Arc::clone(&of_second);
    let make = move |key: &u8| {
        // The second call comes while the first one makes its store.
        if nested.set(()).is_ok() {
            let users = of_store.get().and_then(Weak::upgrade).unwrap();
            second.set(users.client(key).unwrap()).unwrap();
        }
        MemoryStore::default()
    };
    let builder = Client::builder().base_url(party.sandbox.base_url());
    let all = Arc::new(Users::new(party.app.clone(), builder, make).unwrap());
    users.set(Arc::downgrade(&all)).unwrap();
    let client = all.client(&1).unwrap();
    all.sign_in(&1, consent(&party, "ken").await).await.unwrap();
    for client in [&client, of_second.get().unwrap()] {
        assert_eq!(client.me().await.unwrap().name, "佐藤 健");
    }
}
