//! What a call needs of an operation: its arguments, its limits, how it is sent.

use chatwork_api::reqwest::header::HeaderMap;
use std::future::Future;

use chatwork_api::types::RoomId;
use chatwork_api::{Client as Api, Operation, ResponseValue};

use crate::error::Result;
use crate::room_locks::RoomLock;

/// A call of one operation: its type says what a [`Request`](crate::Request) returns.
///
/// The types in [`calls`](crate::calls) implement it. It is sealed: no other type can implement it,
/// since the error of one attempt has no public name.
pub trait Endpoint: Send + Sync + 'static {
    /// What the API replies.
    #[doc(hidden)]
    type Reply: Send;

    /// What an awaited [`Request`](crate::Request) returns if the call succeeds.
    type Output: Send;

    /// The operation: its method, its path, its scopes and its rate limits.
    const OPERATION: &'static Operation;

    /// The operation of a call whose type does not stand for a single operation.
    #[doc(hidden)]
    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    /// Refuses arguments that the API would refuse, before they cost a request.
    #[doc(hidden)]
    fn validate(&self) -> Result<()> {
        Ok(())
    }

    /// The room of the call, for its rate limit.
    #[doc(hidden)]
    fn room(&self) -> Option<RoomId> {
        None
    }

    /// The value of a parameter that decides whether the call may be retried.
    #[doc(hidden)]
    fn parameter(&self, name: &str) -> Option<&str> {
        let _ = name;
        None
    }

    /// What to lock while this call runs, for calls that overwrite state that `edit` reads first.
    #[doc(hidden)]
    fn locks_room(&self) -> Option<RoomLock> {
        None
    }

    /// Whether the call can be sent a second time. A stream that was read cannot.
    #[doc(hidden)]
    fn is_repeatable(&self) -> bool {
        true
    }

    /// Sends the call once.
    #[doc(hidden)]
    fn send(
        &self,
        api: &Api,
    ) -> impl Future<Output = Result<ResponseValue<Self::Reply>, SendError>> + Send;

    /// Turns a reply and its headers into what the caller gets.
    #[doc(hidden)]
    fn output(reply: Self::Reply, headers: &HeaderMap) -> Self::Output;
}

/// Why an attempt failed.
#[derive(Debug)]
pub enum SendError {
    /// The transport or the API.
    Api(chatwork_api::Error),
    /// On this machine, before anything was sent.
    Local(crate::error::Error),
}

impl From<chatwork_api::Error> for SendError {
    fn from(error: chatwork_api::Error) -> Self {
        Self::Api(error)
    }
}
