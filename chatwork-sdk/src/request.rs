//! A request: a call that is sent when it is awaited.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::time::Duration;

use chatwork_api::ResponseValue;

use crate::call::Endpoint;
use crate::client::Client;
use crate::error::Result;
use crate::meta::Meta;

/// The future of a request: boxed, `Send`, and without borrows.
pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// A call that is sent when it is awaited.
///
/// A request with optional parameters has a method for each. Every request also takes a time limit
/// of its own, and returns the [`Meta`] of its reply if asked.
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

    /// Sets the longest duration of one attempt, from asking the token source to the end of the
    /// reply. Waiting for permits and delays between attempts do not count: see
    /// [`ClientBuilder::timeout`](crate::ClientBuilder::timeout).
    pub fn timeout(self, timeout: Duration) -> Self {
        Self { timeout: Some(timeout), ..self }
    }

    /// Like [`timeout`](Self::timeout), where a limit may be set.
    pub(crate) fn within(self, timeout: Option<Duration>) -> Self {
        Self { timeout: timeout.or(self.timeout), ..self }
    }

    /// Returns a request that also returns the status, headers and limits of its reply.
    pub fn with_meta(self) -> WithMeta<E> {
        WithMeta(self)
    }
}

impl<E: Endpoint> Request<E> {
    /// Checks the arguments as sending does, and sends nothing: for a preview of what a program would
    /// send.
    ///
    /// ```
    /// # async fn example(room: chatwork_sdk::RoomHandle) {
    /// assert!(room.post("").validate().is_err());
    /// assert!(room.post("Build is green").validate().is_ok());
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Input`](crate::Error::Input) if sending would refuse the arguments.
    pub fn validate(&self) -> Result<()> {
        self.endpoint.validate()
    }

    /// Returns the future that sends the request, as `.await` does.
    ///
    /// The future is `Send` and `'static`. `tokio::spawn`, `tokio::time::timeout` and
    /// `join_all` take it.
    ///
    /// ```no_run
    /// # use std::time::Duration;
    /// # async fn example(chatwork: chatwork_sdk::Client) -> Result<(), Box<dyn std::error::Error>>
    /// { let me = tokio::spawn(chatwork.me().send());
    /// let rooms = tokio::time::timeout(Duration::from_secs(5), chatwork.rooms().send()).await??;
    /// println!("{} is in {} rooms", me.await??.name, rooms.len());
    /// # Ok(())
    /// # }
    /// ```
    pub fn send(self) -> BoxFuture<Result<E::Output>> {
        self.into_future()
    }
}

/// A request that also returns the [`Meta`] of its reply.
#[must_use = "a request does nothing until it is awaited"]
pub struct WithMeta<E>(Request<E>);

impl<E: Endpoint> WithMeta<E> {
    /// Returns the future that sends the request, as `.await` does: see [`Request::send`].
    pub fn send(self) -> BoxFuture<Result<(E::Output, Meta)>> {
        self.into_future()
    }
}

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
    let (body, headers) = reply.into_parts();
    E::output(body, &headers)
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
