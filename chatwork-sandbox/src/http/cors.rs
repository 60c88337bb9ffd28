//! Lets pages of other sites call `/v2`, if that was asked for. Never the control API.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD, ORIGIN,
};
use axum::http::{HeaderName, HeaderValue, Method, Request, Response};
use axum::middleware::Next;

use super::app::App;
use super::reply::Reply;

/// The headers of replies that a page may read.
const SHOWN: &str = "X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, \
                     chatwork-message-limitation, chatwork-message-limitation-description, \
                     WWW-Authenticate";

/// Whether pages of other sites may use a path.
pub(super) fn opens(app: &App, path: &str) -> bool {
    app.cors && (path == "/v2" || path.starts_with("/v2/"))
}

/// Answers a preflight, and adds the headers to other replies.
pub(super) async fn allow(
    State(app): State<Arc<App>>,
    request: Request<Body>,
    next: Next,
) -> Response<Body> {
    if !opens(&app, request.uri().path()) || !request.headers().contains_key(ORIGIN) {
        return next.run(request).await;
    }
    let is_preflight = *request.method() == Method::OPTIONS
        && request.headers().contains_key(ACCESS_CONTROL_REQUEST_METHOD);
    let mut response = match is_preflight {
        true => Reply::empty(204)
            .with(ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, PUT, DELETE")
            .with(ACCESS_CONTROL_ALLOW_HEADERS, "X-ChatWorkToken, Authorization, Content-Type")
            .with(ACCESS_CONTROL_MAX_AGE, "600")
            .into_response(app.clock.now()),
        false => next.run(request).await,
    };
    let mut add = |name: HeaderName, value: &'static str| {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    };
    add(ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    add(ACCESS_CONTROL_EXPOSE_HEADERS, SHOWN);
    response
}
