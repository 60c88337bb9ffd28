//! An endpoint without its types, so that the execution of a call is compiled once and not for each
//! operation that a program uses.

use std::future::Future;
use std::pin::Pin;

use chatwork_api::reqwest::StatusCode;
use chatwork_api::reqwest::header::HeaderMap;
use chatwork_api::types::RoomId;
use chatwork_api::{Client as Api, Operation, ResponseValue};

use super::endpoint::{Endpoint, SendError};
use crate::error::{InputError, Result};
use crate::room_locks::RoomLock;

/// Like [`BoxFuture`](crate::BoxFuture), but borrows for `'a`.
pub(super) type BoxedFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// One call, sent until it has a reply.
pub(super) trait DynEndpoint: Send {
    fn operation(&self) -> &'static Operation;

    fn room(&self) -> Option<RoomId>;

    fn parameter(&self, name: &str) -> Option<&str>;

    fn locks_room(&self) -> Option<RoomLock>;

    fn is_repeatable(&self) -> bool;

    /// Sends the call once, and keeps the reply.
    fn send<'a>(
        &'a mut self,
        api: &'a Api,
    ) -> BoxedFuture<'a, std::result::Result<ResponseHead<'a>, SendError>>;
}

/// The part of a reply that the limits need.
pub(super) struct ResponseHead<'a> {
    pub(super) status: StatusCode,
    pub(super) headers: &'a HeaderMap,
}

/// An endpoint with its reply.
pub(super) struct TypedEndpoint<'e, E: Endpoint> {
    endpoint: &'e E,
    reply: Option<ResponseValue<E::Reply>>,
}

impl<'e, E: Endpoint> TypedEndpoint<'e, E> {
    pub(super) fn new(endpoint: &'e E) -> Self {
        Self { endpoint, reply: None }
    }

    /// Returns the reply, which is there after a successful attempt.
    pub(super) fn into_reply(self) -> Result<ResponseValue<E::Reply>> {
        self.reply.ok_or_else(|| InputError::other("request", "was not sent").into())
    }
}

impl<E: Endpoint> DynEndpoint for TypedEndpoint<'_, E> {
    fn operation(&self) -> &'static Operation {
        self.endpoint.operation()
    }

    fn room(&self) -> Option<RoomId> {
        self.endpoint.room()
    }

    fn parameter(&self, name: &str) -> Option<&str> {
        self.endpoint.parameter(name)
    }

    fn locks_room(&self) -> Option<RoomLock> {
        self.endpoint.locks_room()
    }

    fn is_repeatable(&self) -> bool {
        self.endpoint.is_repeatable()
    }

    fn send<'a>(
        &'a mut self,
        api: &'a Api,
    ) -> BoxedFuture<'a, std::result::Result<ResponseHead<'a>, SendError>> {
        Box::pin(async {
            let reply = self.reply.insert(self.endpoint.send(api).await?);
            Ok(ResponseHead { status: reply.status(), headers: reply.headers() })
        })
    }
}
