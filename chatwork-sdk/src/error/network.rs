//! No reply, or not all of one.

use std::fmt;

use chatwork_api::reqwest::{self, StatusCode};
use chatwork_api::{Operation, Unreadable};

use super::{Effect, Error};
use crate::client::http::ProxyHint;

/// What failed on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NetworkFault {
    /// No connection was made, so the API did nothing.
    Connect,
    /// The call took longer than its time limit; the API may have acted on it.
    Timeout,
    /// The reply began and did not come to an end; the API acted on the call.
    Body,
    /// The connection failed after the request was sent; the API may have acted on it.
    Other,
    /// The host of a file did not send it.
    FileHost,
    /// The API gave no address to download a file from.
    NoAddress,
}

/// A call that the network failed.
#[derive(Debug)]
pub struct NetworkError {
    operation: &'static Operation,
    fault: NetworkFault,
    cause: Cause,
    /// The proxy on the way, if the connection failed.
    proxy: Option<ProxyHint>,
    /// Whether the HTTP client is known to follow no redirects. After a redirect, a connection
    /// that fails is a second one, and the API may have done the call.
    follows_none: bool,
}

#[derive(Debug)]
enum Cause {
    Transport(reqwest::Error),
    Broken(Unreadable),
    FileHost(StatusCode),
    /// The fault says it all.
    None,
}

impl NetworkError {
    /// A request without a reply.
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

    /// A reply without its end.
    pub(crate) fn body(operation: &'static Operation, reply: Unreadable) -> Self {
        let timeout = reply.broken_by().is_some_and(reqwest::Error::is_timeout);
        let fault = if timeout { NetworkFault::Timeout } else { NetworkFault::Body };
        Self { operation, fault, cause: Cause::Broken(reply), proxy: None, follows_none: false }
    }

    /// An answer that is not the file.
    pub(crate) fn file_host(operation: &'static Operation, status: StatusCode) -> Self {
        let (fault, cause) = (NetworkFault::FileHost, Cause::FileHost(status));
        Self { operation, fault, cause, proxy: None, follows_none: false }
    }

    /// What was seen here, and not by the HTTP client.
    pub(crate) fn seen(operation: &'static Operation, fault: NetworkFault) -> Self {
        Self { operation, fault, cause: Cause::None, proxy: None, follows_none: false }
    }

    /// The operation that failed.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// What failed.
    pub fn fault(&self) -> NetworkFault {
        self.fault
    }

    /// The status, when the reply had begun.
    pub fn status(&self) -> Option<StatusCode> {
        match &self.cause {
            Cause::Transport(_) | Cause::None => None,
            Cause::Broken(reply) => Some(reply.status()),
            Cause::FileHost(status) => Some(*status),
        }
    }
}

impl NetworkError {
    /// What a write has done that failed like this.
    pub(super) fn effect(&self) -> Effect {
        match self.fault {
            NetworkFault::Connect if self.follows_none => Effect::None,
            NetworkFault::Connect | NetworkFault::Other => Effect::Unknown,
            // The reply had begun with a success.
            NetworkFault::Timeout if self.status().is_some() => Effect::Done,
            NetworkFault::Timeout => Effect::Unknown,
            NetworkFault::Body => Effect::Done,
            NetworkFault::FileHost | NetworkFault::NoAddress => Effect::None,
        }
    }
}

impl Error {
    /// Names the proxy if the connection failed.
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
            NetworkFault::Body => "the reply broke off",
            NetworkFault::Other => "the connection failed",
            NetworkFault::FileHost => "the file's host did not give the file",
            NetworkFault::NoAddress => "the reply has no address to download the file from",
        };
        write!(f, "{}: {what}", self.operation.id)?;
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
            Cause::FileHost(_) | Cause::None => None,
        }
    }
}
