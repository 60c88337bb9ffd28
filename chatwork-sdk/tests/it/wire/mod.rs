//! Every operation and convenience: the request that goes out, and what the user gets.

mod account;
mod contacts;
mod headers;
mod link;
mod members;
mod messages;
mod meta;
mod raw;
mod rooms;
mod tasks;

/// Tests that a call sends exactly these requests: method, target and form body.
///
/// ```ignore
/// sends! {
///     a_profile_is_asked_for: |client| client.me(), ["GET /me"];
/// }
/// ```
macro_rules! sends {
    ($($name:ident: |$client:ident| $call:expr, $lines:expr;)+) => {$(
        #[tokio::test]
        async fn $name() {
            let server = $crate::support::Server::spec().await;
            let $client = server.client();
            $call.await.expect("the call succeeds");
            assert_eq!(server.lines(), $lines);
        }
    )+};
}

/// Tests what a call gives when the server answers with the document's example.
macro_rules! gives {
    ($($name:ident: |$client:ident| $call:expr, $value:expr;)+) => {$(
        #[tokio::test]
        async fn $name() {
            let server = $crate::support::Server::spec().await;
            let $client = server.client();
            assert_eq!($call.await.expect("the call succeeds"), $value);
        }
    )+};
}

/// Tests that a call gives an empty list on 204.
macro_rules! empty_on_204 {
    ($($name:ident: |$client:ident| $call:expr;)+) => {$(
        #[tokio::test]
        async fn $name() {
            use $crate::support::{Reply, Server};
            let server = Server::always(Reply::nothing()).await;
            let $client = server.client();
            assert!($call.await.expect("the call succeeds").is_empty());
        }
    )+};
}

use {empty_on_204, gives, sends};
