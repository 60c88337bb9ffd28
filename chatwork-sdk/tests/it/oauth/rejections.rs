//! An API that rejects access tokens, whatever the token endpoint returns.

use std::time::Duration;

use chatwork_sdk::oauth::{App, GrantSource, MemoryStore};
use chatwork_sdk::{Client, TokenSource};
use serde_json::json;
use tokio::time::{advance, pause, resume};

use super::party::{good, old, tokens};
use crate::support::{Reply, Server, refused};

async fn after(seconds: u64) {
    pause();
    advance(Duration::from_secs(seconds)).await;
    resume();
}

/// A token endpoint that gives another token each time, and an API that accepts none.
async fn rejecting() -> (Server, Client, GrantSource) {
    let mut number = 0;
    let server = Server::start(move |got| {
        if !got.text().contains("grant_type") {
            return Reply::refusal(401, "Invalid API token").into();
        }
        number += 1;
        Reply::json(200, &tokens(number)).into()
    })
    .await;
    let token_url = server.url("127.0.0.1", "/token");
    let app = App::builder("a").endpoints("http://127.0.0.1:9/login", token_url).build().unwrap();
    let source = app.source(MemoryStore::new(good()));
    let client = Client::builder().base_url(server.base_url()).token_source(source.clone());
    (server, client.build().unwrap(), source)
}

fn refreshes(server: &Server) -> usize {
    server.got().iter().filter(|got| got.text().contains("grant_type")).count()
}

#[tokio::test]
async fn an_api_that_rejects_every_token_does_not_cost_one_refresh_per_call() {
    let (server, client, _) = rejecting().await;
    for _ in 0..20 {
        assert!(refused(client.me().await).is_unauthorized());
    }
    assert_eq!(refreshes(&server), 1);
}

#[tokio::test]
async fn each_further_refresh_waits_twice_as_long() {
    let (server, client, _) = rejecting().await;
    for (seconds, refreshed) in [(0, 1), (59, 1), (1, 2), (119, 2), (1, 3), (239, 3), (1, 4)] {
        after(seconds).await;
        refused(client.me().await);
        assert_eq!(refreshes(&server), refreshed, "{seconds}");
    }
}

#[tokio::test]
async fn the_delay_starts_again_after_a_token_that_was_valid_for_a_while() {
    let (server, client, _) = rejecting().await;
    for (seconds, refreshed) in [(0, 1), (120, 2), (59, 2), (1, 3)] {
        after(seconds).await;
        refused(client.me().await);
        assert_eq!(refreshes(&server), refreshed, "{seconds}");
    }
}

#[tokio::test]
async fn a_new_consent_that_is_rejected_is_refreshed_at_once() {
    let (server, client, source) = rejecting().await;
    refused(client.me().await);
    source.replace(good()).await.unwrap();
    refused(client.me().await);
    assert_eq!(refreshes(&server), 2);
}

#[tokio::test]
async fn a_refresh_because_of_the_time_is_not_delayed() {
    let (server, client, source) = rejecting().await;
    for (seconds, refreshed) in [(0, 1), (1800, 3), (0, 3)] {
        after(seconds).await;
        source.access_token().await.unwrap();
        refused(client.me().await);
        assert_eq!(refreshes(&server), refreshed, "{seconds}");
    }
}

#[tokio::test]
async fn a_lifetime_of_nothing_or_a_second_does_not_cost_one_refresh_per_call() {
    for life in [json!(0), json!(-1), json!("0"), json!(1)] {
        let mut reply = tokens(1);
        reply["expires_in"] = life;
        let server = Server::always(Reply::json(200, &reply)).await;
        let source = super::party::app(&server).source(MemoryStore::new(old()));
        for _ in 0..20 {
            source.access_token().await.unwrap();
            after(2).await;
        }
        assert_eq!(server.got().len(), 1);
        after(60).await;
        source.access_token().await.unwrap();
        assert_eq!(server.got().len(), 2);
    }
}

#[tokio::test]
async fn a_rejection_during_the_delay_tells_the_client_that_there_is_no_other_token() {
    let (_server, client, source) = rejecting().await;
    refused(client.me().await);
    let rejected = source.access_token().await.unwrap();
    assert!(!source.refresh(&rejected).await.unwrap());
}
