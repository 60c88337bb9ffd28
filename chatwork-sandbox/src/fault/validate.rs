//! Refuses faults that cannot happen.

use axum::http::header::{CONTENT_LENGTH, TRANSFER_ENCODING};
use axum::http::{HeaderName, HeaderValue};
use chatwork_api::operations;

use super::{Fault, TOKEN_ENDPOINT};

/// A fault that cannot happen. Names the field and what would be right.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("invalid fault: {0}")]
pub struct InvalidFault(String);

impl Fault {
    /// Checks that the parts of the fault go together.
    pub(crate) fn validate(&self) -> Result<(), InvalidFault> {
        let reason =
            self.parts().or_else(|| self.figures()).or_else(|| self.headers()).or(self.target());
        reason.map_or(Ok(()), |reason| Err(InvalidFault(reason)))
    }

    fn parts(&self) -> Option<String> {
        let replies = [self.status.is_some(), self.rate_limit.is_some(), self.close];
        let text = if replies.iter().filter(|is| **is).count() > 1 {
            "`status`, `rate_limit` and `close` exclude each other: expected one of them"
        } else if self.status.is_none() && (self.body.is_some() || !self.headers.is_empty()) {
            "`body` and `headers` need a `status`"
        } else if replies == [false; 3]
            && self.cut.is_none()
            && self.lag.is_none()
            && self.delay_ms == 0
        {
            "expected one of `status`, `rate_limit`, `close`, `cut`, `lag`, `delay_ms`"
        } else if self.lag.is_some() && replies != [false; 3] {
            "`lag` changes the real reply: expected no `status`, `rate_limit` or `close` beside it"
        } else if self.close && self.cut.is_some() {
            "`close` sends no reply that `cut` could shorten: expected one of them"
        } else {
            return None;
        };
        Some(text.to_owned())
    }

    fn figures(&self) -> Option<String> {
        let text = if self.status.is_some_and(|status| !(200..=599).contains(&status)) {
            "invalid `status`: expected 200 to 599"
        } else if self.times == Some(0) {
            "invalid `times`: expected 1 or more"
        } else if !self.probability.is_none_or(|it| (0.0..=1.0).contains(&it)) {
            "invalid `probability`: expected 0 to 1"
        } else if !self.sequence.is_empty() && !self.sequence.contains(&true) {
            "invalid `sequence`: expected at least one true"
        } else if self.from.zip(self.until).is_some_and(|(from, until)| from >= until) {
            "`until` is not after `from`"
        } else if self.lag == Some(0) {
            "invalid `lag`: expected 1 or more"
        } else if self.path.as_deref().is_some_and(|path| !path.starts_with('/')) {
            "invalid `path`: expected one with a slash at its start, as `/v2/me`"
        } else if matches!(self.status, Some(204 | 304)) && self.body.is_some() {
            "a reply with `status` 204 or 304 has no `body`"
        } else {
            return None;
        };
        Some(text.to_owned())
    }

    /// A wrong length would end the connection in another way than `cut` does, so the length is
    /// not a header that a fault may set.
    fn headers(&self) -> Option<String> {
        self.headers.iter().find_map(|(name, value)| match HeaderName::try_from(name) {
            Err(_) => Some(format!("invalid header name `{name}`")),
            Ok(CONTENT_LENGTH | TRANSFER_ENCODING) => {
                Some(format!("the sandbox sets `{name}` itself; use `cut` for a reply cut short"))
            }
            Ok(_) if HeaderValue::from_str(value).is_err() => {
                Some(format!("invalid value of the header `{name}`: expected visible ASCII"))
            }
            Ok(_) => None,
        })
    }

    fn target(&self) -> Option<String> {
        let id = self.operation.as_deref()?;
        let is_endpoint = id == TOKEN_ENDPOINT;
        if is_endpoint && self.rate_limit.is_some() {
            return Some("the token endpoint has no rate limit".to_owned());
        }
        let known = is_endpoint || operations::ALL.iter().any(|operation| operation.id == id);
        let text = || format!("unknown operation `{id}`: expected an operationId, as `getMe`");
        (!known).then(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fault::FaultLimit;

    #[test]
    fn a_fault_that_cannot_happen_is_refused() {
        for fault in [
            Fault::none(),
            Fault::status(99),
            Fault::close().body("x"),
            Fault::close().times(0),
            Fault::close().probability(1.5, 0),
            Fault::close().probability(f64::NAN, 0),
            Fault::close().sequence([false]),
            Fault::close().from(5).until(5),
            Fault::close().path("v2/me"),
            Fault::lag(0),
            Fault { lag: Some(1), ..Fault::close() },
            Fault { cut: Some(3), ..Fault::close() },
            Fault::status(204).body("x"),
            Fault::status(500).header("Content-Length", "3").body("hello"),
            Fault::status(500).header("transfer-encoding", "chunked"),
            Fault::status(500).header("no name", "x"),
            Fault::status(500).header("x", "a\nb"),
            Fault::close().operation("listRoom"),
            Fault::rate_limit(FaultLimit::Account).operation(TOKEN_ENDPOINT),
        ] {
            assert!(fault.validate().is_err(), "{fault:?}");
        }
        assert_eq!(Fault::cut(3).validate(), Ok(()));
    }
}
