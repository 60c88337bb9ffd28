//! A call without a complete reply.

use std::fmt;

use chatwork_api::reqwest::{self, StatusCode};
use chatwork_api::{Operation, Unreadable};

use super::{Effect, Error};
use crate::client::http::ProxyHint;

/// What failed between this machine and the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NetworkFault {
    /// No connection was made, so the API did not receive the call.
    Connect,
    /// The call took longer than its time limit. The API may have processed it.
    Timeout,
    /// The reply began and is incomplete or has a wrong size. The API processed the call.
    Body,
    /// The connection failed after the request was sent. The API may have processed it.
    Other,
    /// The host of a file answered with an error status.
    FileHost,
    /// The reply of the API has no address to download the file from.
    NoAddress,
}

/// A call without a complete reply.
#[derive(Debug)]
pub struct NetworkError {
    operation: &'static Operation,
    fault: NetworkFault,
    cause: Cause,
    /// The proxy that was used, if the connection failed.
    proxy: Option<ProxyHint>,
    /// Whether the HTTP client follows no redirects for certain. If it follows one, a connect error
    /// may be that of the second connection, and the API may have processed the call.
    follows_none: bool,
}

#[derive(Debug)]
enum Cause {
    Transport(reqwest::Error),
    Broken(Unreadable),
    FileHost(StatusCode),
    /// A file of another size than the API says.
    Size {
        expected: u64,
        got: u64,
    },
    /// No further cause: the fault is enough.
    None,
}

impl NetworkError {
    /// The error of a request without a reply.
    pub(crate) fn transport(operation: &'static Operation, error: reqwest::Error) -> Self {
        let fault = fault(&error);
        Self {
            operation,
            fault,
            cause: Cause::Transport(error.without_url()),
            proxy: None,
            follows_none: false,
        }
    }

    /// The error of an incomplete reply.
    pub(crate) fn body(operation: &'static Operation, reply: Unreadable) -> Self {
        let timeout = reply.broken_by().is_some_and(reqwest::Error::is_timeout);
        let fault = if timeout { NetworkFault::Timeout } else { NetworkFault::Body };
        Self { operation, fault, cause: Cause::Broken(reply), proxy: None, follows_none: false }
    }

    /// The error of a file's host that answers with an error status.
    pub(crate) fn file_host(operation: &'static Operation, status: StatusCode) -> Self {
        let (fault, cause) = (NetworkFault::FileHost, Cause::FileHost(status));
        Self { operation, fault, cause, proxy: None, follows_none: false }
    }

    /// The error of a file of another size than the API says. At `got` bytes it was given up.
    pub(crate) fn size(operation: &'static Operation, expected: u64, got: u64) -> Self {
        let (fault, cause) = (NetworkFault::Body, Cause::Size { expected, got });
        Self { operation, fault, cause, proxy: None, follows_none: false }
    }

    /// An error that this crate found, not the HTTP client.
    pub(crate) fn seen(operation: &'static Operation, fault: NetworkFault) -> Self {
        Self { operation, fault, cause: Cause::None, proxy: None, follows_none: false }
    }

    /// Returns the operation of the call.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// Returns what failed.
    pub fn fault(&self) -> NetworkFault {
        self.fault
    }

    /// Returns the status, if the reply had begun.
    pub fn status(&self) -> Option<StatusCode> {
        match &self.cause {
            Cause::Transport(_) | Cause::Size { .. } | Cause::None => None,
            Cause::Broken(reply) => Some(reply.status()),
            Cause::FileHost(status) => Some(*status),
        }
    }
}

impl NetworkError {
    /// Returns what a write that failed like this did on the server.
    pub(super) fn effect(&self) -> Effect {
        match self.fault {
            NetworkFault::Connect if self.follows_none => Effect::None,
            NetworkFault::Connect | NetworkFault::Other => Effect::Unknown,
            // A reply with a status of success had begun.
            NetworkFault::Timeout if self.status().is_some() => Effect::Done,
            NetworkFault::Timeout => Effect::Unknown,
            NetworkFault::Body => Effect::Done,
            NetworkFault::FileHost | NetworkFault::NoAddress => Effect::None,
        }
    }
}

impl Error {
    /// Adds the proxy and the redirect policy to a transport error.
    pub(crate) fn through(mut self, proxy: Option<&ProxyHint>, follows_none: bool) -> Self {
        if let Self::Network(error) = &mut self
            && matches!(error.cause, Cause::Transport(_))
        {
            error.proxy = proxy.cloned();
            error.follows_none = follows_none;
        }
        self
    }
}

/// Returns what failed, by reqwest's error.
pub(crate) fn fault(error: &reqwest::Error) -> NetworkFault {
    if error.is_connect() {
        NetworkFault::Connect
    } else if error.is_timeout() {
        NetworkFault::Timeout
    } else if error.is_body() || error.is_decode() {
        NetworkFault::Body
    } else {
        NetworkFault::Other
    }
}

impl fmt::Display for NetworkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.fault {
            NetworkFault::Connect => "no connection could be made",
            NetworkFault::Timeout => "the call took longer than its time limit",
            NetworkFault::Body => "the reply is incomplete",
            NetworkFault::Other => "the connection failed",
            NetworkFault::FileHost => "the file's host did not send the file",
            NetworkFault::NoAddress => "the reply has no address to download the file from",
        };
        write!(f, "{}: ", self.operation.id)?;
        match self.cause {
            Cause::Size { expected, got } if got > expected => {
                return write!(
                    f,
                    "the file has more than the {expected} bytes that the API reports"
                );
            }
            Cause::Size { expected, got } => {
                return write!(
                    f,
                    "the file has {got} bytes: expected the {expected} that the API reports"
                );
            }
            _ => f.write_str(what)?,
        }
        match (&self.cause, &self.proxy) {
            (Cause::FileHost(status), _) => write!(f, ", but status {}", status.as_u16()),
            (_, Some(proxy)) => write!(f, ", {proxy}"),
            _ => Ok(()),
        }
    }
}

impl std::error::Error for NetworkError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.cause {
            Cause::Transport(error) => Some(error),
            Cause::Broken(reply) => reply.broken_by().map(|error| error as _),
            Cause::FileHost(_) | Cause::Size { .. } | Cause::None => None,
        }
    }
}
