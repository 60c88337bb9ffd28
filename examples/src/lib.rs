//! What the examples share that run against a sandbox of their own when there is no token.

use std::fmt;
use std::process::ExitCode;

use chatwork_sandbox::Sandbox;
use chatwork_sdk::Client;

/// The result of an example: any error ends it.
pub type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Returns whether there is a token for the real service.
#[must_use]
pub fn has_token() -> bool {
    std::env::var_os("CHATWORK_API_TOKEN").is_some_and(|token| !token.is_empty())
}

/// Makes a client of a sandbox that acts for the account called `who`.
///
/// # Errors
///
/// The HTTP client cannot be set up.
pub fn client(sandbox: &Sandbox, who: &str) -> chatwork_sdk::Result<Client> {
    Client::builder().token(sandbox.token(who)).base_url(sandbox.base_url()).build()
}

/// Prints the error of a program that failed, and returns its exit code.
pub fn exit(name: &str, done: std::result::Result<(), impl fmt::Display>) -> ExitCode {
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{name}: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The programs of the READMEs compile.
#[cfg(doctest)]
mod readme {
    #[doc = include_str!("../../README.md")]
    struct English;

    #[doc = include_str!("../../README.ja.md")]
    struct Japanese;
}
