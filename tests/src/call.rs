//! One call of the low-level client, with the request that it must send.

use std::pin::Pin;

use chatwork_api::reqwest::StatusCode;
use chatwork_api::reqwest::header::HeaderMap;
use chatwork_api::{Client, Error, Operation, ResponseValue};
use serde::Serialize;
use serde_json::Value;

use crate::sent::Sent;
use crate::server::Server;
use crate::spec;

/// The reply of a call, with the body as JSON again: null without a body.
#[derive(Clone, Debug)]
pub struct Given {
    /// The status of the reply.
    pub status: StatusCode,
    /// The headers of the reply.
    pub headers: HeaderMap,
    /// The body, from the type that it was parsed into.
    pub body: Value,
}

impl Given {
    /// Takes what a method of the client returns.
    pub fn of<T: Serialize>(value: &ResponseValue<T>) -> Self {
        Self {
            status: value.status(),
            headers: value.headers().clone(),
            body: serde_json::to_value(value.as_ref()).expect("a reply can be written as JSON"),
        }
    }
}

/// A call that is under way.
pub type Running = Pin<Box<dyn Future<Output = Result<Given, Error>>>>;

/// A call of one operation with certain arguments.
pub struct Call {
    /// The name of its test.
    pub name: &'static str,
    /// The operation.
    pub operation: Operation,
    /// Makes the call.
    pub run: Box<dyn Fn(Client) -> Running>,
    /// The request that it must send.
    pub sends: Sent,
}

/// Makes the calls of one tag, and a test for each: that it sends exactly the request beside it.
///
/// ```text
/// calls! {
///     a_profile_is_asked_for_without_parameters: GET_ME,
///         |client| client.get_me(),
///         Sent::get("/me");
/// }
/// ```
#[macro_export]
macro_rules! calls {
    ($($name:ident: $operation:ident, |$client:ident| $call:expr, $sends:expr;)+) => {
        /// The calls of this tag.
        pub(crate) fn calls() -> Vec<$crate::call::Call> {
            vec![$($crate::call::Call {
                name: stringify!($name),
                operation: chatwork_api::operations::$operation,
                run: Box::new(|client| Box::pin(async move {
                    let $client = &client;
                    $call.await.map(|value| $crate::call::Given::of(&value))
                })),
                sends: $sends,
            }),+]
        }

        $(
            #[tokio::test]
            async fn $name() {
                $crate::call::sends_exactly(calls(), stringify!($name)).await;
            }
        )+
    };
}

/// Makes the call of this name, and compares all that came over the wire.
///
/// # Panics
///
/// When another request was sent, or none, or more than one; or when the call fails although the
/// server answers with the document's example.
pub async fn sends_exactly(calls: Vec<Call>, name: &str) {
    let call = calls.into_iter().find(|call| call.name == name).expect("the call exists");
    let server = Server::start(spec::success(call.operation.id).reply()).await;
    let given = (call.run)(server.client()).await;
    assert_eq!(server.take(), [call.sends], "{}", call.operation.id);
    given.unwrap_or_else(|error| panic!("{} failed: {error}", call.operation.id));
}
