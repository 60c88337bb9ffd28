//! What the client makes of a request that gets no reply.

use chatwork_api::Error;
use tests::raw;
use tests::server::{api_token, client};

use crate::one_for_each_operation;

#[tokio::test]
async fn a_refused_connection_is_a_transport_error() {
    let (_taken, url) = raw::refusing();
    let client = client(&url, api_token());
    for call in one_for_each_operation() {
        let error = (call.run)(client.clone()).await.unwrap_err();
        let refused = matches!(&error, Error::Transport(error) if error.is_connect());
        assert!(refused, "{}: {error:?}", call.operation.id);
    }
}

#[tokio::test]
async fn a_connection_that_closes_without_a_reply_is_a_transport_error() {
    let url = raw::answer_once("").await;
    let error = client(&url, api_token()).get_me().await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
}

#[tokio::test]
async fn a_reply_that_is_not_http_is_a_transport_error() {
    let url = raw::answer_once("SSH-2.0-OpenSSH_9.6\r\n").await;
    let error = client(&url, api_token()).get_me().await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
}

#[tokio::test]
async fn an_error_without_a_reply_has_no_status() {
    let (_taken, url) = raw::refusing();
    let error = client(&url, api_token()).get_me().await.unwrap_err();
    assert_eq!(error.status(), None);
}

#[tokio::test]
async fn an_invalid_base_address_is_refused_before_a_request_is_sent() {
    let error = client("no address", api_token()).get_me().await.unwrap_err();
    assert!(matches!(error, Error::Invalid(_)), "{error:?}");
}
