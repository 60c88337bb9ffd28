//! No token goes to another host.

use chatwork_sdk::{Client, Error};

use crate::support::{Reply, Server, TOKEN, builder, refused, room};

/// A server that sends everything on to another one.
async fn sending_on(status: u16) -> (Server, Server) {
    let other = Server::always(Reply::of("getMe")).await;
    let on = Reply::new(status, "").header("location", &other.url("localhost", "/v2/me"));
    (Server::always(on).await, other)
}

async fn call(status: u16, make: impl AsyncFn(&Client) -> Error) -> (Option<u16>, usize) {
    let (server, other) = sending_on(status).await;
    let error = make(&server.client()).await;
    (error.status().map(|status| status.as_u16()), other.got().len())
}

#[tokio::test]
async fn a_read_is_not_sent_on() {
    for status in [301, 302, 303, 307, 308] {
        let sent = call(status, async |client| refused(client.me().await)).await;
        assert_eq!(sent, (Some(status), 0));
    }
}

#[tokio::test]
async fn a_write_is_not_sent_on() {
    for status in [301, 302, 303, 307, 308] {
        let sent = call(status, async |client| refused(room(client).post("Hello").await)).await;
        assert_eq!(sent, (Some(status), 0));
    }
}

#[tokio::test]
async fn a_bearer_token_is_not_sent_on() {
    let (server, other) = sending_on(302).await;
    let client = builder(&server.base_url()).bearer(TOKEN).build().unwrap();
    refused(client.me().await);
    assert_eq!(other.lines(), [""; 0]);
}

#[tokio::test]
async fn a_call_is_not_sent_on_within_the_server_either() {
    let on = Reply::new(302, "").header("location", "/v2/rooms");
    let server = Server::always(on).await;
    refused(server.client().me().await);
    assert_eq!(server.lines(), ["GET /me"]);
}
