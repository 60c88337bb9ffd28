//! What goes wrong between a program and its server.

use std::error::Error as StdError;
use std::time::Duration;

use redis::{ErrorKind, RedisError, ServerErrorKind};

use crate::server::Call;

/// An error of this crate. Its texts hold no password, token, key or content.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The address is not one of a server, or its scheme needs a feature of this crate.
    #[error(
        "invalid address of a Redis server: expected e.g. redis://127.0.0.1:6379/0, or rediss:// \
         with one of the features `rustls` and `native-tls`"
    )]
    Address(#[source] Box<dyn StdError + Send + Sync>),
    /// No connection could be made, or it was lost.
    #[error("no connection to the Redis server: {0}")]
    Connection(#[source] Box<dyn StdError + Send + Sync>),
    /// The server did not answer in time.
    #[error("the Redis server did not answer within {} ms", .0.as_millis())]
    Timeout(Duration),
    /// A newer program has stored a state that this one cannot read. It is left as it is.
    #[error("the state in Redis has version {found}: expected version {expected}")]
    Version {
        /// The version that is stored.
        found: String,
        /// The version that this crate reads and writes.
        expected: u64,
    },
    /// The server refused a command: no permission, no memory, a replica, or no Redis 7.
    #[error("the Redis server refused a command: {0}")]
    Refused(#[source] Box<dyn StdError + Send + Sync>),
    /// A stored grant cannot be read or written.
    #[error("the grant in Redis: {0}")]
    Grant(&'static str),
    /// Another program has held the lock of a grant for too long.
    #[error("another program has locked the grant for more than {} seconds", .0.as_secs())]
    Locked(Duration),
    /// The server's reply is not one of this crate's scripts.
    #[error("unexpected reply of the Redis server: {0}")]
    Reply(String),
}

/// The code of a script's answer to a state of another version.
const OTHER_VERSION: &str = "CWVERSION";

impl Error {
    /// Sorts an error of a command.
    pub(crate) fn of(error: RedisError, call: &Call<'_>) -> Self {
        if let (Some(OTHER_VERSION), Call::Script { version: expected, .. }) = (error.code(), call)
        {
            let expected = *expected;
            let found = error.detail().unwrap_or("unknown").to_owned();
            return Self::Version { found, expected };
        }
        match error.kind() {
            // Of the client: TLS by the system's library.
            ErrorKind::Io
            | ErrorKind::AuthenticationFailed
            | ErrorKind::InvalidClientConfig
            | ErrorKind::Client => Self::Connection(Box::new(error)),
            ErrorKind::Parse | ErrorKind::UnexpectedReturnType => Self::Reply(error.to_string()),
            _ => Self::Refused(Box::new(error)),
        }
    }
}

/// Returns `true` if another connection may reach a server that can write: after a failover the old
/// one answers as a replica, or is starting.
pub(crate) fn wants_another_server(error: &RedisError) -> bool {
    use ServerErrorKind::{BusyLoading, ClusterDown, MasterDown, ReadOnly};
    let ErrorKind::Server(kind) = error.kind() else { return error.is_io_error() };
    matches!(kind, BusyLoading | ClusterDown | MasterDown | ReadOnly)
}
