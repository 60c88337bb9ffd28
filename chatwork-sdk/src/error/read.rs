//! A reply that is not of the form that the API documents.

use std::fmt;

use chatwork_api::reqwest::StatusCode;
use chatwork_api::reqwest::header::HeaderMap;
use chatwork_api::{Operation, Unreadable, UnreadableFault};

use super::json_path;

/// A reply that cannot be read: names the position in the reply, never its content.
#[derive(Debug)]
pub struct DecodeError {
    operation: &'static Operation,
    path: String,
    reply: Unreadable,
}

impl DecodeError {
    pub(crate) fn new(operation: &'static Operation, reply: Unreadable) -> Self {
        let path = match (reply.fault(), reply.body(), reply.position()) {
            (UnreadableFault::Shape, Some(body), Some((line, column))) => {
                json_path::find(body, line, column)
            }
            // Invalid JSON has no path, and the text before the error may be private.
            _ => String::new(),
        };
        Self { operation, path, reply }
    }

    /// The error of a field that is missing or has another type, in a reply that was read in part.
    pub(crate) fn at(
        operation: &'static Operation,
        path: String,
        status: StatusCode,
        headers: HeaderMap,
    ) -> Self {
        let reply = Unreadable::new(status, headers, UnreadableFault::Shape);
        Self { operation, path, reply }
    }

    /// Returns the operation of the call.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// Returns the path in the reply, for example `[3].account.account_id`, or `.` for the whole
    /// reply. Empty if the reply is not valid JSON.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Reads one field of a reply that is an object. Returns `None` if that field is missing or not
    /// a `T`.
    #[cfg(feature = "watch")]
    pub(crate) fn field<T: serde::de::DeserializeOwned>(&self, name: &str) -> Option<T> {
        let body = self.reply.body().filter(|_| self.reply.fault() == UnreadableFault::Shape)?;
        let mut object: serde_json::Value = serde_json::from_slice(body).ok()?;
        serde_json::from_value(object.get_mut(name)?.take()).ok()
    }

    /// Returns the status of the reply.
    pub fn status(&self) -> StatusCode {
        self.reply.status()
    }

    /// Returns the headers of the reply.
    pub fn headers(&self) -> &HeaderMap {
        self.reply.headers()
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.operation.id, self.reply)?;
        if self.path.is_empty() { Ok(()) } else { write!(f, " ({})", self.path) }
    }
}

impl std::error::Error for DecodeError {}
