//! The keyring of the system.

use chatwork_sdk::Secret;
use keyring::{Entry, Error};

const SERVICE: &str = "chatwork";

/// Stores, reads and removes a value that is no secret.
pub(super) fn test() -> Result<(), String> {
    run(|| {
        let entry = Entry::new(SERVICE, "test of the keyring")?;
        entry.set_password("no secret")?;
        let read = entry.get_password()?;
        entry.delete_credential()?;
        Ok(read == "no secret")
    })
    .and_then(|works| works.then_some(()).ok_or_else(|| "it returned another value".to_owned()))
}

pub(super) fn put(profile: &str, base_url: &str, token: &Secret) -> Result<(), String> {
    let (user, token) = (user(profile, base_url), token.clone());
    run(move || Entry::new(SERVICE, &user)?.set_password(token.expose()))
}

pub(super) fn get(profile: &str, base_url: &str) -> Result<Option<Secret>, String> {
    let user = user(profile, base_url);
    run(move || match Entry::new(SERVICE, &user)?.get_password() {
        Ok(token) => Ok(Some(Secret::from(token))),
        Err(Error::NoEntry) => Ok(None),
        Err(error) => Err(error),
    })
}

pub(super) fn remove(profile: &str, base_url: &str) -> Result<(), String> {
    let user = user(profile, base_url);
    run(move || match Entry::new(SERVICE, &user)?.delete_credential() {
        Ok(()) | Err(Error::NoEntry) => Ok(()),
        Err(error) => Err(error),
    })
}

/// The address is in the name of the entry, so that no other address can find the token.
fn user(profile: &str, base_url: &str) -> String {
    format!("{profile} {base_url}")
}

/// Runs work on a thread of its own: it blocks, and must not do so in the caller's async runtime.
fn run<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, String> {
    match std::thread::spawn(work).join() {
        Ok(done) => done.map_err(|error| reason(&error)),
        Err(_) => Err("it failed in an unexpected way".to_owned()),
    }
}

/// Returns the text of an error. That of a badly encoded entry would hold the value.
fn reason(error: &Error) -> String {
    match error {
        Error::BadEncoding(_) => "the stored value is not a text".to_owned(),
        error => error.to_string(),
    }
}
