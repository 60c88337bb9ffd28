//! A call that has not been made yet: awaited, it is.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::time::Duration;

use chatwork_api::types::RoomId;
use chatwork_api::{Client as Api, MessageLimitation, Operation, ResponseValue};
use serde::de::DeserializeOwned;

use crate::client::Client;
use crate::error::Result;
use crate::meta::Meta;

/// What an awaited request becomes.
pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// The same, for as long as what it was made of.
pub(crate) type BoxedFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// One operation, with the arguments of one call of it.
///
/// It says what the path that all calls take needs to know, and nothing of how they are made.
pub trait Endpoint: Send + Sync + 'static {
    /// What the API answers.
    type Reply: DeserializeOwned + Send;
    /// What the caller gets.
    type Output: Send;

    /// The row of the operation in the generated table.
    const OPERATION: &'static Operation;

    /// The same, for a call that does not always stand for one operation.
    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    /// Refuses what the API would refuse, before it costs a request.
    fn check(&self) -> Result<()> {
        Ok(())
    }

    /// The room that the call is about.
    fn room(&self) -> Option<RoomId> {
        None
    }

    /// The value of a parameter, as far as it matters to whether the call may be repeated.
    fn parameter(&self, name: &str) -> Option<&str> {
        let _ = name;
        None
    }

    /// The room of which it writes what others read first and write then: it waits for them.
    fn changes(&self) -> Option<RoomId> {
        None
    }

    /// Whether the call can be sent a second time at all: a stream that has been read cannot.
    fn is_repeatable(&self) -> bool {
        true
    }

    /// Sends it once.
    fn send(
        &self,
        api: &Api,
    ) -> impl Future<Output = Result<ResponseValue<Self::Reply>, SendError>> + Send;

    /// Makes of a reply, and of the notice that it may come with, what the caller gets.
    fn output(reply: Self::Reply, limitation: Option<MessageLimitation>) -> Self::Output;
}

/// Why a try failed.
#[derive(Debug)]
pub enum SendError {
    /// On the wire.
    Api(chatwork_api::Error),
    /// On this machine, before anything was sent.
    Local(crate::error::Error),
}

impl From<chatwork_api::Error> for SendError {
    fn from(error: chatwork_api::Error) -> Self {
        Self::Api(error)
    }
}

/// A call that is made when it is awaited.
///
/// What has optional parts has methods for them. Every request can also get a time limit of its
/// own, and give the [`Meta`] of its reply.
///
/// ```no_run
/// # use std::time::Duration;
/// # async fn example(chatwork: chatwork_sdk::Client) -> Result<(), chatwork_sdk::Error> {
/// let me = chatwork.me().timeout(Duration::from_secs(5)).await?;
/// let (rooms, meta) = chatwork.rooms().with_meta().await?;
/// # Ok(())
/// # }
/// ```
#[must_use = "a request does nothing until it is awaited"]
pub struct Request<E> {
    pub(crate) client: Client,
    pub(crate) endpoint: E,
    pub(crate) timeout: Option<Duration>,
}

impl<E> Request<E> {
    pub(crate) fn new(client: &Client, endpoint: E) -> Self {
        Self { client: client.clone(), endpoint, timeout: None }
    }

    /// The most time that one try of this call may take, from connecting to the end of the reply.
    /// Waiting for its turn and for a retry does not count.
    pub fn timeout(self, timeout: Duration) -> Self {
        Self { timeout: Some(timeout), ..self }
    }

    /// The same, where there may be one.
    pub(crate) fn within(self, timeout: Option<Duration>) -> Self {
        Self { timeout: timeout.or(self.timeout), ..self }
    }

    /// Gives what the reply says besides its body, too.
    pub fn with_meta(self) -> WithMeta<E> {
        WithMeta(self)
    }
}

/// A request that gives the [`Meta`] of its reply, too.
#[must_use = "a request does nothing until it is awaited"]
pub struct WithMeta<E>(Request<E>);

impl<E: Endpoint> IntoFuture for Request<E> {
    type Output = Result<E::Output>;
    type IntoFuture = BoxFuture<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { Ok(output::<E>(run(&self).await?)) })
    }
}

impl<E: Endpoint> IntoFuture for WithMeta<E> {
    type Output = Result<(E::Output, Meta)>;
    type IntoFuture = BoxFuture<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let reply = run(&self.0).await?;
            let meta = Meta::new(reply.status(), reply.headers().clone());
            Ok((output::<E>(reply), meta))
        })
    }
}

fn run<E: Endpoint>(
    request: &Request<E>,
) -> impl Future<Output = Result<ResponseValue<E::Reply>>> + Send {
    crate::call::run(&request.client, &request.endpoint, request.timeout)
}

fn output<E: Endpoint>(reply: ResponseValue<E::Reply>) -> E::Output {
    let limitation = MessageLimitation::from_headers(reply.headers());
    E::output(reply.into_inner(), limitation)
}

impl<E> fmt::Debug for Request<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = std::any::type_name::<E>().rsplit("::").next().unwrap_or_default();
        f.debug_tuple("Request").field(&format_args!("{name}")).finish()
    }
}

impl<E> fmt::Debug for WithMeta<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("WithMeta").field(&self.0).finish()
    }
}
