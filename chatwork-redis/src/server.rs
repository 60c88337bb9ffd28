//! One connection to a server.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use redis::aio::MultiplexedConnection;
use redis::{
    AsyncConnectionConfig, Client, Cmd, ConnectionAddr, ErrorKind, FromRedisValue,
    IntoConnectionInfo, RedisError, Script, ServerErrorKind, Value, from_redis_value,
};

use crate::error::{Error, wants_another_server};

/// Less than the two seconds after which a client of `chatwork-sdk` paces by itself.
const TIMEOUT: Duration = Duration::from_millis(1500);

/// The crate `redis` knows no certificate if both features are enabled.
const BOTH_TLS: bool = cfg!(all(feature = "rustls", feature = "native-tls"));

/// A Redis or Valkey server, with one connection that all clones share.
///
/// The connection is made by the first call, and made anew after it is lost. The address holds the
/// user, the password and the number of the database:
///
/// | address | connection |
/// |---|---|
/// | `redis://127.0.0.1:6379` | without TLS |
/// | `redis://user:password@host:6379/2` | as an ACL user, database 2 |
/// | `rediss://user:password@host:6380` | by TLS: the feature `rustls` or `native-tls`, not both |
/// | `redis+unix:///run/redis.sock` | by a socket of this machine |
///
/// `Debug` shows neither the address nor the user.
#[derive(Clone)]
pub struct Server {
    inner: Arc<Inner>,
    timeout: Duration,
    prefix: Arc<str>,
}

struct Inner {
    client: Client,
    /// The connection with its number.
    current: Mutex<Option<(u64, MultiplexedConnection)>>,
    /// Held while a connection is made. Holds the number of the latest one.
    connecting: tokio::sync::Mutex<u64>,
}

impl Server {
    /// Returns the server of an address. Sends nothing yet.
    ///
    /// # Errors
    ///
    /// [`Error::Address`] if the address is invalid or needs a feature that is not enabled.
    pub fn open(address: &str) -> Result<Self, Error> {
        let invalid = |error: RedisError| Error::Address(Box::new(error));
        let info = address.into_connection_info().map_err(invalid)?;
        if BOTH_TLS && matches!(info.addr(), ConnectionAddr::TcpTls { .. }) {
            return Err(Error::Address("TLS by both `rustls` and `native-tls`".into()));
        }
        // A name of the client is one more command that an ACL would have to allow.
        let settings = info.redis_settings().clone().set_skip_set_lib_name();
        let client = Client::open(info.set_redis_settings(settings)).map_err(invalid)?;
        let (current, connecting) = (Mutex::default(), tokio::sync::Mutex::default());
        let inner = Arc::new(Inner { client, current, connecting });
        Ok(Self { inner, timeout: TIMEOUT, prefix: "chatwork".into() })
    }

    /// Sets the time limit of a call, connecting included. The default is 1.5 seconds.
    ///
    /// `chatwork-sdk` waits two seconds for a store of limits.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets what all keys begin with. The default is `chatwork`. Programs share limits and tokens
    /// only if their prefixes are equal.
    #[must_use]
    pub fn prefix(mut self, prefix: impl Into<Arc<str>>) -> Self {
        self.prefix = prefix.into();
        self
    }

    /// Returns a key below the prefix.
    pub(crate) fn key(&self, rest: impl fmt::Display) -> String {
        format!("{}:{rest}", self.prefix)
    }

    /// Calls the server within the time limit.
    ///
    /// A connection that was lost while no call used it is noticed by the next call, which then runs
    /// once more. A call may so run twice: its script has to allow that.
    pub(crate) async fn call<T: FromRedisValue>(&self, call: &Call<'_>) -> Result<T, Error> {
        let mut unfinished = Unfinished { server: self, used: 0 };
        let done = tokio::time::timeout(self.timeout, self.attempts(call, &mut unfinished.used));
        let done = done.await;
        let used = std::mem::take(&mut unfinished.used);
        match done {
            Ok(Ok(value)) => from_redis_value(value).map_err(|error| Error::of(error.into(), call)),
            Ok(Err(error)) => {
                if wants_another_server(&error) {
                    self.forget(used);
                }
                Err(Error::of(error, call))
            }
            Err(_) => {
                // A server that is gone without a word would hold all further calls, too.
                self.forget(used);
                Err(Error::Timeout(self.timeout))
            }
        }
    }

    async fn attempts(&self, call: &Call<'_>, used: &mut u64) -> Result<Value, RedisError> {
        let (number, mut connection, is_new) = self.connection().await?;
        *used = number;
        match call.send(&mut connection).await {
            Err(error) if error.is_connection_dropped() && !is_new => self.forget(number),
            done => return done,
        }
        let (number, mut connection, _) = self.connection().await?;
        *used = number;
        call.send(&mut connection).await
    }

    /// Returns the connection, its number, and whether it was made just now.
    async fn connection(&self) -> Result<(u64, MultiplexedConnection, bool), RedisError> {
        if let Some((number, connection)) = self.known() {
            return Ok((number, connection, false));
        }
        let mut latest = self.inner.connecting.lock().await;
        if let Some((number, connection)) = self.known() {
            return Ok((number, connection, false));
        }
        prepare_tls();
        // The time limit of the whole call holds for both.
        let config =
            AsyncConnectionConfig::new().set_connection_timeout(None).set_response_timeout(None);
        let client = &self.inner.client;
        let connection = client.get_multiplexed_async_connection_with_config(&config).await?;
        *latest += 1;
        let mut current = self.inner.current.lock().unwrap_or_else(PoisonError::into_inner);
        *current = Some((*latest, connection.clone()));
        Ok((*latest, connection, true))
    }

    fn known(&self) -> Option<(u64, MultiplexedConnection)> {
        self.inner.current.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Forgets a connection, if another call has not done so and made a new one.
    fn forget(&self, number: u64) {
        let mut current = self.inner.current.lock().unwrap_or_else(PoisonError::into_inner);
        if current.as_ref().is_some_and(|(known, _)| *known == number) {
            *current = None;
        }
    }
}

/// A call that has no answer yet. A caller that gives up earlier than [`Server::timeout`] drops it:
/// then its connection may be dead, too.
struct Unfinished<'a> {
    server: &'a Server,
    /// The number of the connection; 0 is none.
    used: u64,
}

impl Drop for Unfinished<'_> {
    fn drop(&mut self) {
        self.server.forget(self.used);
    }
}

/// A script and its SHA-1, by which the server knows it.
pub(crate) struct KnownScript {
    text: &'static str,
    code: Script,
}

impl KnownScript {
    pub(crate) fn new(text: &'static str) -> Self {
        Self { text, code: Script::new(text) }
    }
}

/// One call of a server.
pub(crate) enum Call<'a> {
    /// A script that works on one key.
    Script {
        /// The script.
        script: &'a KnownScript,
        /// The version of the state that the script expects.
        version: u64,
        /// The key.
        key: &'a str,
        /// The arguments.
        arguments: &'a [Vec<u8>],
    },
    /// One command.
    Command(&'a Cmd),
}

impl Call<'_> {
    async fn send(&self, connection: &mut MultiplexedConnection) -> Result<Value, RedisError> {
        let (script, key, arguments) = match self {
            Self::Command(command) => return command.query_async(connection).await,
            Self::Script { script, key, arguments, .. } => (script, key, arguments),
        };
        let run = |command: &str, script: &str| {
            let mut command = redis::cmd(command);
            command.arg(script).arg(1).arg(key).arg(*arguments);
            command
        };
        match run("EVALSHA", script.code.get_hash()).query_async(connection).await {
            Err(error) if error.kind() == ErrorKind::Server(ServerErrorKind::NoScript) => {
                run("EVAL", script.text).query_async(connection).await
            }
            other => other,
        }
    }
}

/// Sets up the cryptography of rustls, unless the program has done so: rustls would panic.
fn prepare_tls() {
    #[cfg(feature = "rustls")]
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        // An error means that the program has set up one in the meantime.
        _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("timeout", &self.timeout).finish_non_exhaustive()
    }
}
