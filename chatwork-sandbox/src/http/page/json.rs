//! Bodies and ids in JSON calls.

use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::http::app::App;
use crate::http::body::Whole;
use crate::http::incoming::essence;
use crate::http::reply::Reply;

/// Parses a body. Refuses other content types than JSON: a form of another page can send those
/// without asking.
pub(super) fn read<T: DeserializeOwned>(headers: &HeaderMap, body: &Whole) -> Result<T, String> {
    let given = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if essence(given.unwrap_or_default()) != "application/json" {
        return Err("Invalid content type: expected application/json".to_owned());
    }
    serde_json::from_slice(body.bytes()?).map_err(|error| format!("Invalid body: {error}"))
}

/// 200 with a value.
pub(super) fn show(app: &App, value: &impl Serialize) -> Response<Body> {
    Reply::json(200, value).into_response(app.clock.now())
}

/// A refusal with its reason.
pub(super) fn refuse(app: &App, status: u16, text: &str) -> Response<Body> {
    Reply::error(status, text).into_response(app.clock.now())
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    async fn parsed(kind: Option<&'static str>) -> Result<Vec<i64>, String> {
        use axum::extract::FromRequest;
        let request = axum::http::Request::new(Body::from("[1]"));
        let body = Whole::from_request(request, &()).await.unwrap();
        let kind = kind.map(|kind| (CONTENT_TYPE, HeaderValue::from_static(kind)));
        read(&HeaderMap::from_iter(kind), &body)
    }

    #[tokio::test]
    async fn only_json_is_read() {
        assert_eq!(parsed(Some("application/json; charset=utf-8")).await, Ok(vec![1]));
        for kind in [None, Some("text/plain"), Some("application/x-www-form-urlencoded")] {
            let refused = parsed(kind).await.unwrap_err();
            assert!(refused.contains("application/json"), "{refused}");
        }
    }
}
