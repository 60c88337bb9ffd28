//! Calls any path of the API, also operations that this crate has no method for.

use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use chatwork_api::reqwest::Method;
use chatwork_api::reqwest::header::HeaderMap;
use chatwork_api::types::RoomId;
use chatwork_api::{Client as Api, ClientInfo, Error as Fault, Operation};
use chatwork_api::{ResponseValue, Unreadable, UnreadableFault};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::call::{Endpoint, SendError};
use crate::client::Client;
use crate::error::{InputError, Result};
use crate::meta::Meta;
use crate::request::Request;

impl Client {
    /// Returns a request to any path of the API, with the token, limits and retries of this client.
    ///
    /// A documented path keeps its limits and its retry safety: a post to a room waits for a permit
    /// of the room. Any other path is retried only for a `GET`.
    ///
    /// ```no_run
    /// # async fn example(chatwork: chatwork_sdk::Client) -> Result<(), chatwork_sdk::Error> {
    /// use chatwork_sdk::Method;
    /// use chatwork_sdk::types::Message;
    ///
    /// let query = [("force", "1")];
    /// let messages: Vec<Message> =
    ///     chatwork.request(Method::GET, "/rooms/1/messages").query(&query).send().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn request(&self, method: Method, path: impl Into<String>) -> RawRequest {
        let (path, query, form) = (path.into(), None, None);
        RawRequest { client: self.clone(), method, path, query, form, timeout: None, fault: None }
    }
}

/// A request to any path.
#[must_use = "a request does nothing until it is sent"]
pub struct RawRequest {
    client: Client,
    method: Method,
    path: String,
    query: Option<String>,
    form: Option<String>,
    timeout: Option<Duration>,
    fault: Option<InputError>,
}

impl RawRequest {
    /// Sets the parameters of the query.
    pub fn query(mut self, query: &impl Serialize) -> Self {
        self.query = self.encode("query", query);
        self
    }

    /// Sets the fields of a form body.
    pub fn form(mut self, form: &impl Serialize) -> Self {
        self.form = self.encode("form", form);
        self
    }

    /// Sets the longest duration of one attempt, as [`Request::timeout`] does.
    pub fn timeout(self, timeout: Duration) -> Self {
        Self { timeout: Some(timeout), ..self }
    }

    /// Sends the request. A reply without a body (204) becomes an empty list, `None` or `()`.
    ///
    /// # Errors
    ///
    /// Those of any call. [`Error::Input`](crate::Error::Input) also if the path does not begin with
    /// a slash or leaves the base URL. [`Error::Decode`](crate::Error::Decode) also if the reply has
    /// no body and `T` needs one: a write is done then.
    pub async fn send<T: DeserializeOwned + Send + 'static>(self) -> Result<T> {
        Ok(self.send_with_meta().await?.0)
    }

    /// Sends the request. Returns the [`Meta`] of the reply, too.
    ///
    /// # Errors
    ///
    /// As [`RawRequest::send`].
    pub async fn send_with_meta<T: DeserializeOwned + Send + 'static>(self) -> Result<(T, Meta)> {
        if let Some(fault) = self.fault {
            return Err(fault.into());
        }
        check_path(&self.path)?;
        let documented = chatwork_api::Method::try_from(&self.method).ok();
        let operation = documented.and_then(|method| Operation::find(method, &self.path));
        let endpoint = Raw::<T> {
            operation: operation.unwrap_or(unknown(&self.method)),
            method: self.method,
            path: self.path,
            query: self.query,
            form: self.form,
            reply: PhantomData,
        };
        Request::new(&self.client, endpoint).within(self.timeout).with_meta().await
    }

    fn encode(&mut self, field: &'static str, value: &impl Serialize) -> Option<String> {
        let encoded = serde_urlencoded::to_string(value);
        if encoded.is_err() {
            let what = "cannot be encoded: expected pairs of names and plain values";
            self.fault = Some(InputError::other(field, what));
        }
        encoded.ok()
    }
}

impl fmt::Debug for RawRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawRequest").field("method", &self.method).finish_non_exhaustive()
    }
}

fn unknown(method: &Method) -> &'static Operation {
    const READ: &Operation = &Operation::UNDOCUMENTED_READ;
    const WRITE: &Operation = &Operation::UNDOCUMENTED_WRITE;
    if *method == Method::GET { READ } else { WRITE }
}

/// Refuses a path that leaves the base URL: the token would be sent to another address.
fn check_path(path: &str) -> Result<()> {
    let dots = |segment: &str| [".", ".."].contains(&segment.replace("%2e", ".").as_str());
    let outside = path.to_ascii_lowercase().split('/').any(dots);
    // When a URL is parsed, tabs and line breaks are removed, and a backslash becomes a slash.
    let unclean = path.contains(['?', '#', '\\']) || path.contains(char::is_control);
    let refused = !path.starts_with('/') || path.starts_with("//") || unclean;
    if outside || refused {
        let what = "is not a path of the API: expected e.g. /rooms/1, without a query";
        return Err(InputError::other("path", what).into());
    }
    Ok(())
}

/// Returns the value for a reply without a body: `None`, `()` or an empty list. `None` if `T` needs
/// a body.
fn without_body<T: DeserializeOwned>() -> Option<T> {
    let empty = serde_json::from_str("null").or_else(|_| serde_json::from_str("[]"));
    empty.ok()
}

/// Reads a reply. The API has processed the call, so a missing body is an error of the reply.
fn read<T: DeserializeOwned>(reply: ResponseValue<Option<T>>) -> Result<ResponseValue<T>, Fault> {
    let (status, headers) = (reply.status(), reply.headers().clone());
    match reply.into_inner().or_else(without_body) {
        Some(value) => Ok(ResponseValue::new(value, status, headers)),
        None => {
            let reply = Unreadable::new(status, headers, UnreadableFault::Empty);
            Err(Fault::Unreadable(Box::new(reply)))
        }
    }
}

/// One request of [`Client::request`].
struct Raw<T> {
    operation: &'static Operation,
    method: Method,
    path: String,
    query: Option<String>,
    form: Option<String>,
    reply: PhantomData<fn() -> T>,
}

impl<T: DeserializeOwned + Send + 'static> Endpoint for Raw<T> {
    type Reply = T;
    type Output = T;
    const OPERATION: &'static Operation = &Operation::UNDOCUMENTED_WRITE;

    fn operation(&self) -> &'static Operation {
        self.operation
    }

    fn room(&self) -> Option<RoomId> {
        self.operation.path_parameter(&self.path, "room_id")?.parse().ok()
    }

    fn parameter(&self, name: &str) -> Option<&str> {
        let mut pairs = self.query.as_deref()?.split('&').filter_map(|pair| pair.split_once('='));
        pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    async fn send(&self, api: &Api) -> std::result::Result<ResponseValue<Self::Reply>, SendError> {
        let mut url = format!("{}{}", api.baseurl(), self.path);
        if let Some(query) = &self.query {
            url = format!("{url}?{query}");
        }
        let mut request = api.client().request(self.method.clone(), url);
        request = request.header("accept", "application/json");
        if let Some(form) = &self.form {
            let kind = "application/x-www-form-urlencoded";
            request = request.header("content-type", kind).body(form.clone());
        }
        Ok(read(api.send(request).await?)?)
    }

    fn output(reply: Self::Reply, _: &HeaderMap) -> Self::Output {
        reply
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_stays_below_the_base_url() {
        for path in ["rooms", "//host/rooms", "/rooms/../me", "/rooms?force=1", "/rooms#1"] {
            assert!(check_path(path).is_err(), "{path}");
        }
        assert!(check_path("/rooms/1").is_ok());
    }

    #[test]
    fn no_body_is_an_empty_list_an_option_or_a_unit() {
        assert_eq!(without_body::<Vec<u8>>(), Some(Vec::new()));
        assert_eq!(without_body::<Option<u8>>(), Some(None));
        assert_eq!(without_body::<()>(), Some(()));
        assert_eq!(without_body::<u8>(), None);
    }
}
