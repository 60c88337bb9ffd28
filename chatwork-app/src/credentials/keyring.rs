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

/// Stores a value under the name of an entry. As bytes: Windows keeps 2,560 of them, and a text would
/// take two for each character.
pub(super) fn put(entry: &str, value: &Secret) -> Result<(), String> {
    let (entry, value) = (entry.to_owned(), value.clone());
    run(move || Entry::new(SERVICE, &entry)?.set_secret(value.expose().as_bytes()))
}

pub(super) fn get(entry: &str) -> Result<Option<Secret>, String> {
    let entry = entry.to_owned();
    run(move || match Entry::new(SERVICE, &entry)?.get_secret() {
        Ok(value) => String::from_utf8(value)
            .map(|value| Some(Secret::from(value)))
            .map_err(|error| Error::BadEncoding(error.into_bytes())),
        Err(Error::NoEntry) => Ok(None),
        Err(error) => Err(error),
    })
}

pub(super) fn remove(entry: &str) -> Result<(), String> {
    let entry = entry.to_owned();
    run(move || match Entry::new(SERVICE, &entry)?.delete_credential() {
        Ok(()) | Err(Error::NoEntry) => Ok(()),
        Err(error) => Err(error),
    })
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
