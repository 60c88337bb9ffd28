//! The variables that `from_env` reads. Each test asks a process of its own.

use chatwork_sdk::{Client, ClientBuilder};

use crate::support::{Server, TOKEN, process};

/// The test that makes clients in a process of its own.
const THIS: &str = "environment::a_token_is_enough_for_the_service";

const SANDBOX: &str = "http://sandbox:8899/v2";

/// What `Client::from_env` makes in this environment, as `Debug` shows it; with an argument, what
/// the builder makes whose later options that argument names.
async fn made(argument: &str, variables: &[(&str, &str)]) -> String {
    process::run(THIS, argument, variables).await
}

fn make(argument: &str) -> chatwork_sdk::Result<Client> {
    match argument {
        "later base URL" => ClientBuilder::from_env()?.base_url("http://127.0.0.1:1/v2").build(),
        "later token" => ClientBuilder::from_env()?.token(TOKEN).build(),
        _ => Client::from_env(),
    }
}

#[tokio::test]
async fn a_token_is_enough_for_the_service() {
    if let Some(argument) = process::argument() {
        return match make(&argument) {
            Ok(client) => process::print(format_args!("{client:?}")),
            Err(error) => process::print(error),
        };
    }
    let client = made("", &[("CHATWORK_API_TOKEN", TOKEN)]).await;
    assert!(client.contains("\"https://api.chatwork.com/v2\""), "{client}");
}

#[tokio::test]
async fn another_base_url_is_taken() {
    let base_url = "http://127.0.0.1:8080/v2";
    let variables = [("CHATWORK_API_TOKEN", TOKEN), ("CHATWORK_API_BASE_URL", base_url)];
    let client = made("", &variables).await;
    assert!(client.contains("\"http://127.0.0.1:8080/v2\""), "{client}");
}

#[tokio::test]
async fn no_token_is_an_error_that_names_the_variable() {
    let text = "the client cannot be built: CHATWORK_API_TOKEN is not set: expected an API token";
    assert_eq!(made("", &[]).await, text);
}

#[tokio::test]
async fn an_empty_token_is_an_error() {
    let text = "the client cannot be built: the token cannot be sent: it is empty";
    assert_eq!(made("", &[("CHATWORK_API_TOKEN", "")]).await, text);
}

#[tokio::test]
async fn an_invalid_base_url_is_an_error() {
    let variables = [("CHATWORK_API_TOKEN", TOKEN), ("CHATWORK_API_BASE_URL", "nowhere")];
    let text = "the client cannot be built: invalid base URL: expected an http or https URL, for \
                example https://api.chatwork.com/v2";
    assert_eq!(made("", &variables).await, text);
}

#[tokio::test]
async fn plain_http_to_another_machine_needs_a_variable_that_allows_it() {
    let token = ("CHATWORK_API_TOKEN", TOKEN);
    let at = ("CHATWORK_API_BASE_URL", SANDBOX);
    let allow = |value| ("CHATWORK_API_ALLOW_INSECURE_HTTP", value);
    for refused in [&[token, at][..], &[token, at, allow("0")], &[token, at, allow("false")]] {
        let said = made("", refused).await;
        assert!(said.contains("CHATWORK_API_ALLOW_INSECURE_HTTP=1"), "{said}");
    }
    for value in ["1", "true"] {
        let client = made("", &[token, at, allow(value)]).await;
        assert!(client.contains(SANDBOX), "{client}");
    }
    let text = "the client cannot be built: invalid CHATWORK_API_ALLOW_INSECURE_HTTP: expected 1 \
                or 0";
    assert_eq!(made("", &[token, at, allow("yes")]).await, text);
}

#[tokio::test]
async fn an_option_that_is_set_later_wins_over_the_environment() {
    let variables = [("CHATWORK_API_TOKEN", TOKEN), ("CHATWORK_API_BASE_URL", SANDBOX)];
    let client = made("later base URL", &variables).await;
    assert!(client.contains("\"http://127.0.0.1:1/v2\""), "{client}");
    let client = made("later token", &[]).await;
    assert!(client.contains("\"https://api.chatwork.com/v2\""), "{client}");
}

#[tokio::test]
async fn the_token_of_a_client_is_the_one_that_was_given() {
    let server = Server::spec().await;
    let client = ClientBuilder::default().token(TOKEN).base_url(server.base_url()).build().unwrap();
    client.me().await.unwrap();
    assert_eq!(server.only().header("x-chatworktoken"), Some(TOKEN));
}
