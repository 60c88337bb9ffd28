//! A reply, and how it is put into bytes.

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, DATE, HeaderName, HeaderValue};
use axum::http::{HeaderMap, Response, StatusCode};
use bytes::Bytes;
use chatwork_api::headers::{X_RATELIMIT_LIMIT, X_RATELIMIT_REMAINING, X_RATELIMIT_RESET};
use serde::Serialize;

use super::limits::Meter;
use crate::complete::complete;

/// A reply.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

impl Reply {
    /// A status and nothing else.
    pub(crate) fn empty(status: u16) -> Self {
        Self {
            status: StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            headers: HeaderMap::new(),
            body: Bytes::new(),
        }
    }

    /// JSON of a status.
    pub(crate) fn json(status: u16, value: &impl Serialize) -> Self {
        // The types of this crate have no map with keys that JSON cannot say.
        let text = serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned());
        let mut reply = Self::empty(status);
        reply.body = Bytes::from(escape(text));
        reply.with(CONTENT_TYPE, "application/json; charset=utf-8")
    }

    /// 200 with a value.
    pub(super) fn ok(value: &impl Serialize) -> Self {
        Self::json(200, value)
    }

    /// 200 with a list, or 204 when there is nothing in it.
    pub(super) fn list<T: Serialize>(values: &[T]) -> Self {
        match values.is_empty() {
            true => Self::empty(204),
            false => Self::ok(&values),
        }
    }

    /// The body of an error.
    pub(crate) fn error(status: u16, text: &str) -> Self {
        let errors = vec![text.to_owned()];
        Self::json(status, &complete!(ErrorResponse { errors }))
    }

    /// Adds a header. A value that no header can have is left out.
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

    /// The reply as it goes out, dated by the sandbox's clock: clients compare it with the reset.
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

/// Writes everything outside ASCII as `\uXXXX`, as the service does. Outside of strings JSON has
/// no such character, so nothing else can be hit.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_outside_ascii_goes_over_the_wire() {
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
