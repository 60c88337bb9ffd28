//! A reply that is not what the API documents.

use std::fmt;

use chatwork_api::reqwest::StatusCode;
use chatwork_api::reqwest::header::HeaderMap;
use chatwork_api::{Operation, Unreadable, UnreadableFault};

use super::place;

/// A reply that does not parse: where in it, and never what stands there.
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
                place::path(body, line, column)
            }
            // What is no JSON has no places, and what stands before the fault may be private.
            _ => String::new(),
        };
        Self { operation, path, reply }
    }

    /// The operation that was answered.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The place in the reply, for example `[3].account.account_id`; `.` is the whole of it.
    /// Empty when the reply is no JSON.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The status of the reply.
    pub fn status(&self) -> StatusCode {
        self.reply.status()
    }

    /// The headers of the reply.
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
