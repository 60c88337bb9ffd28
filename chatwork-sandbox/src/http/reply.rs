//! Replies, and how they are written.

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, DATE, HeaderName, HeaderValue};
use axum::http::{HeaderMap, Response, StatusCode};
use bytes::Bytes;
use chatwork_api::headers::{
    CHATWORK_MESSAGE_LIMITATION, X_RATELIMIT_LIMIT, X_RATELIMIT_REMAINING, X_RATELIMIT_RESET,
};
use chatwork_api::operations::RateLimitName;
use serde::Serialize;

use super::call::Rejection;
use super::limits::Meter;
use crate::complete::complete;
use crate::state::{RefusalKind, texts};

/// A reply, before it is written to the connection.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    /// Why it refuses the request, for the log.
    pub(super) reason: Option<String>,
}

impl Reply {
    /// A reply without headers and body.
    pub(crate) fn empty(status: u16) -> Self {
        Self {
            status: StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            headers: HeaderMap::new(),
            body: Bytes::new(),
            reason: None,
        }
    }

    /// A reply with a JSON body.
    pub(crate) fn json(status: u16, value: &impl Serialize) -> Self {
        // No type of this crate has a map whose keys are not strings.
        let text = serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned());
        let mut reply = Self::empty(status);
        reply.body = Bytes::from(escape(text));
        reply.with(CONTENT_TYPE, "application/json; charset=utf-8")
    }

    /// 200 with a value.
    pub(super) fn ok(value: &impl Serialize) -> Self {
        Self::json(200, value)
    }

    /// 200 with a list, or 204 if the list is empty.
    pub(super) fn list<T: Serialize>(values: &[T]) -> Self {
        match values.is_empty() {
            true => Self::empty(204),
            false => Self::ok(&values),
        }
    }

    /// An error body. Its text is also the reason in the log.
    pub(crate) fn error(status: u16, text: &str) -> Self {
        let errors = vec![text.to_owned()];
        Self::json(status, &complete!(ErrorResponse { errors })).because(text)
    }

    /// Sets the reason that the log shows.
    pub(crate) fn because(mut self, reason: &str) -> Self {
        self.reason = Some(reason.to_owned());
        self
    }

    /// Adds a header. Drops a value that is invalid in a header.
    pub(crate) fn with(mut self, name: HeaderName, value: impl AsRef<str>) -> Self {
        if let Ok(value) = HeaderValue::from_str(value.as_ref()) {
            self.headers.insert(name, value);
        }
        self
    }

    /// Adds the three headers of the account's limit.
    pub(super) fn metered(mut self, meter: Meter) -> Self {
        let values = [
            (X_RATELIMIT_LIMIT, i64::from(meter.limit)),
            (X_RATELIMIT_REMAINING, i64::from(meter.remaining)),
            (X_RATELIMIT_RESET, meter.reset),
        ];
        for (name, value) in values {
            self.headers.insert(HeaderName::from_static(name), HeaderValue::from(value));
        }
        self
    }

    /// The response. `Date` is by the sandbox's clock, since clients compare it with the reset.
    pub(crate) fn into_response(self, now: i64) -> Response<Body> {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        if let Ok(date) = HeaderValue::from_str(&date(now)) {
            response.headers_mut().insert(DATE, date);
        }
        response
    }
}

/// A Unix time as `Date` writes it.
pub(super) fn date(now: i64) -> String {
    let since = std::time::Duration::from_secs(u64::try_from(now).unwrap_or_default());
    httpdate::fmt_http_date(std::time::UNIX_EPOCH + since)
}

/// Escapes everything outside ASCII as `\uXXXX`, as the service does. JSON has such characters in
/// strings only.
fn escape(json: String) -> String {
    if json.is_ascii() {
        return json;
    }
    let mut escaped = String::with_capacity(json.len() * 2);
    for character in json.chars() {
        if character.is_ascii() {
            escaped.push(character);
        } else {
            for unit in character.encode_utf16(&mut [0; 2]) {
                escaped.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    escaped
}

/// The reply of an operation that refuses.
pub(super) fn rejected(rejection: &Rejection) -> Reply {
    let refusal = match rejection {
        Rejection::Refused(refusal) => refusal,
        Rejection::RoomLimit => {
            let text = RateLimitName::RoomPosting.error().unwrap_or(texts::ACCOUNT_LIMIT);
            return Reply::error(429, text);
        }
        Rejection::NoHandler(operation) => {
            let text = format!(
                "The sandbox has no handler for {operation} yet: write it in \
                 chatwork-sandbox/src/http/handlers"
            );
            return Reply::error(501, &text);
        }
    };
    let status = match refusal.kind {
        RefusalKind::Invalid => 400,
        RefusalKind::Forbidden => 403,
        RefusalKind::NotFound => 404,
    };
    let reply = Reply::error(status, &refusal.text);
    match refusal.hidden {
        true => reply.with(HeaderName::from_static(CHATWORK_MESSAGE_LIMITATION), "true"),
        false => reply,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_outside_ascii_are_escaped() {
        assert_eq!(escape("\"山🍣\"".to_owned()), "\"\\u5c71\\ud83c\\udf63\"");
    }

    #[test]
    fn an_empty_list_is_no_content() {
        assert_eq!(Reply::list::<i64>(&[]).status, 204);
        assert_eq!(Reply::list(&[1]).body, "[1]");
    }

    #[test]
    fn dates_are_those_of_http() {
        assert_eq!(date(1_750_831_200), "Wed, 25 Jun 2025 06:00:00 GMT");
    }
}
