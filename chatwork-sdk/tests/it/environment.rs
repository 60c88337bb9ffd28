//! `CHATWORK_API_TOKEN` and `CHATWORK_API_BASE_URL`.
//!
//! The environment belongs to the whole process, so each test asks a process of its own.

use std::process::Command;

use chatwork_sdk::{Client, ClientBuilder};

use crate::support::{Server, TOKEN};

/// Where the process of its own says what it got.
const MARK: &str = "from_env: ";

/// What `Client::from_env` gives in this environment, as `Debug` shows it.
fn from_env(variables: &[(&str, &str)]) -> String {
    let this = std::env::current_exe().expect("a path");
    let mut command = Command::new(this);
    command.args(["environment::in_a_process_of_its_own", "--exact", "--ignored", "--nocapture"]);
    command.env_remove("CHATWORK_API_TOKEN").env_remove("CHATWORK_API_BASE_URL");
    let output = command.envs(variables.iter().copied()).output().expect("a process");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let line = text.lines().find_map(|line| line.split_once(MARK)).expect("a mark");
    line.1.to_owned()
}

#[test]
#[ignore = "the tests below run it in a process of its own"]
fn in_a_process_of_its_own() {
    match Client::from_env() {
        Ok(client) => println!("{MARK}{client:?}"),
        Err(error) => println!("{MARK}{error}"),
    }
}

#[test]
fn a_token_is_enough_for_the_service() {
    let client = from_env(&[("CHATWORK_API_TOKEN", TOKEN)]);
    assert!(client.contains("\"https://api.chatwork.com/v2\""), "{client}");
}

#[test]
fn another_base_url_is_taken() {
    let base_url = "http://127.0.0.1:8080/v2";
    let client = from_env(&[("CHATWORK_API_TOKEN", TOKEN), ("CHATWORK_API_BASE_URL", base_url)]);
    assert!(client.contains("\"http://127.0.0.1:8080/v2\""), "{client}");
}

#[test]
fn no_token_is_an_error_that_names_the_variable() {
    let text = "the client cannot be built: CHATWORK_API_TOKEN is not set: expected an API token";
    assert_eq!(from_env(&[]), text);
}

#[test]
fn an_empty_token_is_an_error() {
    let text = "the client cannot be built: the token cannot be sent: it is empty";
    assert_eq!(from_env(&[("CHATWORK_API_TOKEN", "")]), text);
}

#[test]
fn a_base_url_that_is_none_is_an_error() {
    let variables = [("CHATWORK_API_TOKEN", TOKEN), ("CHATWORK_API_BASE_URL", "nowhere")];
    let text = "the client cannot be built: the base URL is no URL: expected one such as \
                https://api.chatwork.com/v2";
    assert_eq!(from_env(&variables), text);
}

#[tokio::test]
async fn the_token_of_a_client_is_the_one_that_was_given() {
    let server = Server::spec().await;
    let client = ClientBuilder::default().token(TOKEN).base_url(server.base_url()).build().unwrap();
    client.me().await.unwrap();
    assert_eq!(server.only().header("x-chatworktoken"), Some(TOKEN));
}
