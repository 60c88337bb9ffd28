//! The API refused the call.

use std::fmt;

use chatwork_api::operations::Scope;
use chatwork_api::reqwest::StatusCode;
use chatwork_api::reqwest::header::HeaderMap;
use chatwork_api::{MessageLimitation, Operation, RateLimit, Refusal};

/// A reply whose status is no success.
#[derive(Debug)]
pub struct ApiError {
    operation: &'static Operation,
    refusal: Refusal,
    /// Whether an access token was sent, which has scopes.
    bearer: bool,
}

impl ApiError {
    pub(crate) fn new(operation: &'static Operation, refusal: Refusal, bearer: bool) -> Self {
        Self { operation, refusal, bearer }
    }

    /// The operation that was refused.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The status of the reply.
    pub fn status(&self) -> StatusCode {
        self.refusal.status()
    }

    /// The headers of the reply.
    pub fn headers(&self) -> &HeaderMap {
        self.refusal.headers()
    }

    /// Returns the error texts of the API. Empty if the body was HTML, empty or of another shape,
    /// as behind a gateway.
    pub fn errors(&self) -> &[String] {
        self.refusal.errors()
    }

    /// The account's rate limit, as this reply reports it.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        self.refusal.rate_limit()
    }

    /// The notice that the plan hides messages.
    pub fn message_limitation(&self) -> Option<MessageLimitation> {
        self.refusal.message_limitation()
    }

    /// The scopes of which an access token needs one for this operation. On a 403 under OAuth, the
    /// token may have none of them: `Display` names them then.
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
