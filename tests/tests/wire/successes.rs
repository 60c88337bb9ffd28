//! What the client makes of the replies that the document promises for a success.

use serde_json::Value;
use tests::call::Given;
use tests::server::{Reply, Server};
use tests::spec::{self, Promise};

use crate::one_for_each_operation;

/// Makes one call of each operation against each of its promised successes.
async fn successes() -> Vec<(&'static str, Promise, Given)> {
    let server = Server::start(Reply::new(500, "")).await;
    let mut successes = Vec::new();
    for call in one_for_each_operation() {
        let id = call.operation.id;
        for promise in spec::promises(id).into_iter().filter(|promise| promise.status < 300) {
            server.answer(promise.reply());
            let given = (call.run)(server.client()).await;
            let given = given.unwrap_or_else(|error| panic!("{id} {promise:?}: {error}"));
            successes.push((id, promise, given));
        }
    }
    successes
}

#[tokio::test]
async fn every_field_of_a_body_is_parsed() {
    for (id, promise, given) in successes().await {
        let expected = promise.body.unwrap_or(&Value::Null);
        assert_eq!(&given.body, expected, "{id} {} {}", promise.status, promise.name);
    }
}

#[tokio::test]
async fn every_status_is_kept() {
    for (id, promise, given) in successes().await {
        assert_eq!(given.status.as_u16(), promise.status, "{id}");
    }
}

#[tokio::test]
async fn every_documented_header_is_kept() {
    for (id, promise, given) in successes().await {
        for (name, value) in promise.headers {
            assert_eq!(given.headers.get(name).unwrap(), value.as_str(), "{id} {name}");
        }
    }
}

#[tokio::test]
async fn a_204_beside_a_200_is_none() {
    let server = Server::start(spec::promises("listContacts").remove(1).reply()).await;
    let reply = server.client().list_contacts().await.unwrap();
    assert_eq!(reply.status(), 204);
    assert_eq!(reply.into_inner(), None);
}

#[tokio::test]
async fn an_empty_list_with_200_is_not_none() {
    let server = Server::start(Reply::new(200, "[]")).await;
    let reply = server.client().list_contacts().await.unwrap();
    assert_eq!(reply.into_inner(), Some(Vec::new()));
}
