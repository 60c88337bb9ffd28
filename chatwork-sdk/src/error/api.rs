//! The API refused the call.

use std::fmt;

use chatwork_api::operations::Scope;
use chatwork_api::reqwest::StatusCode;
use chatwork_api::reqwest::header::HeaderMap;
use chatwork_api::{MessageLimitation, Operation, RateLimit, Refusal};

/// A reply whose status is not a success (2xx).
#[derive(Debug)]
pub struct ApiError {
    operation: &'static Operation,
    refusal: Refusal,
    /// Whether the call sent an access token. An API token has no scopes.
    bearer: bool,
}

impl ApiError {
    pub(crate) fn new(operation: &'static Operation, refusal: Refusal, bearer: bool) -> Self {
        Self { operation, refusal, bearer }
    }

    /// Returns the operation that was refused.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// Returns the status of the reply.
    pub fn status(&self) -> StatusCode {
        self.refusal.status()
    }

    /// Returns the headers of the reply.
    pub fn headers(&self) -> &HeaderMap {
        self.refusal.headers()
    }

    /// Returns the error texts of the API. Empty if the body was HTML, empty or of another shape,
    /// as behind a gateway.
    pub fn errors(&self) -> &[String] {
        self.refusal.errors()
    }

    /// Returns the account's rate limit, if the reply reports it.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        self.refusal.rate_limit()
    }

    /// Returns the notice that the plan hides messages, if the reply has it.
    pub fn message_limitation(&self) -> Option<MessageLimitation> {
        self.refusal.message_limitation()
    }

    /// Returns whether the call sent an access token (OAuth 2.0) rather than an API token. An API
    /// token has no scopes: with it, a 403 never means that one is missing.
    pub fn is_bearer(&self) -> bool {
        self.bearer
    }

    /// Returns the scopes that allow this operation: an access token needs one of them. A 403 under
    /// OAuth may mean that the token has none, so `Display` names them then.
    pub fn scopes(&self) -> &'static [Scope] {
        self.operation.scopes
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.operation.id, self.refusal)?;
        if self.bearer && self.status() == StatusCode::FORBIDDEN && !self.scopes().is_empty() {
            let scopes: Vec<_> = self.scopes().iter().map(|scope| scope.as_str()).collect();
            write!(f, " (an access token needs one of the scopes {})", scopes.join(", "))?;
        }
        Ok(())
    }
}

impl std::error::Error for ApiError {}
