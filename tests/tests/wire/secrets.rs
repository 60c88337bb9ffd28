//! A token is in nothing that can be printed.

use chatwork_api::{Auth, Client, Error, Settings};
use tests::raw;
use tests::sent::TOKEN;
use tests::server::{Reply, Server, client};

use crate::one_for_each_operation;

fn both() -> [Auth; 2] {
    [Auth::api_token(TOKEN).unwrap(), Auth::bearer(TOKEN).unwrap()]
}

fn assert_hidden(shown: &str) {
    assert!(!shown.contains(TOKEN), "{shown}");
}

/// Makes one call of each operation with each kind of token, and looks at all errors.
async fn assert_hidden_in_errors(base_url: &str) {
    for auth in both() {
        let client = client(base_url, auth);
        for call in one_for_each_operation() {
            let error = (call.run)(client.clone()).await.unwrap_err();
            assert_hidden(&everything(&error));
        }
    }
}

fn everything(error: &dyn std::error::Error) -> String {
    let source = error.source().map(everything).unwrap_or_default();
    format!("{error} {error:?} {error:#?} {source}")
}

#[test]
fn no_token_is_in_the_debug_of_a_client() {
    for auth in both() {
        assert_hidden(&format!("{:?}", Client::new(auth).unwrap()));
    }
}

#[test]
fn no_token_is_in_the_debug_of_settings() {
    for auth in both() {
        assert_hidden(&format!("{:?}", Settings::new(auth)));
    }
}

#[test]
fn no_token_is_in_the_error_for_a_token_that_cannot_be_sent() {
    let token = format!("{TOKEN}\n");
    for result in [Auth::api_token(&token), Auth::bearer(&token)] {
        assert_hidden(&everything(&result.unwrap_err()));
    }
}

#[tokio::test]
async fn no_token_is_in_the_error_of_a_refused_connection() {
    let (_taken, url) = raw::refusing();
    assert_hidden_in_errors(&url).await;
}

#[tokio::test]
async fn no_token_is_in_the_error_for_an_invalid_address() {
    assert_hidden_in_errors("no address").await;
}

#[tokio::test]
async fn no_token_is_in_a_refusal_whose_page_repeats_the_request() {
    let page = format!("<html>X-ChatWorkToken: {TOKEN}</html>");
    let server = Server::start(Reply::new(502, page)).await;
    assert_hidden_in_errors(&server.base_url()).await;
}

#[tokio::test]
async fn no_token_is_in_the_error_for_a_reply_that_repeats_the_request() {
    let server = Server::start(Reply::new(200, format!("\"{TOKEN}\""))).await;
    for auth in both() {
        let result = client(&server.base_url(), auth).get_me().await;
        let error: Error = result.unwrap_err();
        assert_hidden(&everything(&error));
    }
}
