//! What the examples share that run against a sandbox of their own when there is no token.
#![allow(dead_code, reason = "no example needs all of it")]

use std::fmt;
use std::process::ExitCode;

use chatwork_client::Client;
use chatwork_sandbox::Sandbox;

pub(crate) type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Whether there is a token for the real service.
pub(crate) fn has_token() -> bool {
    std::env::var_os("CHATWORK_API_TOKEN").is_some_and(|token| !token.is_empty())
}

/// A client of a sandbox, in somebody's name. No proxy is used: the sandbox is on this machine,
/// whatever the environment says.
pub(crate) fn client(sandbox: &Sandbox, who: &str) -> chatwork_client::Result<Client> {
    let client = Client::builder().token(sandbox.token(who)).base_url(sandbox.base_url());
    client.configure_http(|http| http.no_proxy()).build()
}

/// How the program ends; what went wrong is told.
pub(crate) fn exit(name: &str, done: std::result::Result<(), impl fmt::Display>) -> ExitCode {
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{name}: {error}");
            ExitCode::FAILURE
        }
    }
}
