//! How a request says who is calling. That an API token goes out is in the tests of every call.

use chatwork_api::{Auth, Client, ClientInfo, Settings};
use tests::sent::{Sent, TOKEN};
use tests::server::Server;
use tests::spec;

use crate::one_for_each_operation;

/// What `getMe` sends through a client that is made of one with an API token.
async fn sent_by(change: impl Fn(&Client) -> Client) -> Sent {
    let server = Server::start(spec::success("getMe").reply()).await;
    change(&server.client()).get_me().await.unwrap();
    server.take().remove(0)
}

#[tokio::test]
async fn every_operation_sends_a_bearer_token_and_no_api_token() {
    let bearer = format!("Bearer {TOKEN}");
    let server = Server::start(spec::success("getMe").reply()).await;
    let client = server.client().with_settings(Auth::bearer(TOKEN).unwrap());
    for call in one_for_each_operation() {
        server.answer(spec::success(call.operation.id).reply());
        (call.run)(client.clone()).await.unwrap();
        let sends = call.sends.without("x-chatworktoken").header("authorization", &bearer);
        assert_eq!(server.take(), [sends], "{}", call.operation.id);
    }
}

#[tokio::test]
async fn without_a_token_no_token_header_is_sent() {
    let sent = sent_by(|client| client.with_settings(Auth::none())).await;
    assert_eq!(sent, Sent::get("/me").without("x-chatworktoken"));
}

#[tokio::test]
async fn a_second_token_replaces_the_first() {
    let sent = sent_by(|client| client.with_settings(Auth::api_token("another").unwrap())).await;
    assert_eq!(sent, Sent::get("/me").header("x-chatworktoken", "another"));
}

#[tokio::test]
async fn a_time_limit_does_not_change_the_request() {
    let limit = std::time::Duration::from_secs(60);
    let settings = |client: &Client| Settings::timeout(client.inner().clone(), limit);
    let sent = sent_by(|client| client.with_settings(settings(client))).await;
    assert_eq!(sent, Sent::get("/me"));
}
