//! Refuses a known path with another method.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{Request, Response};

use super::app::App;
use super::log::{LoggedRequest, excerpt};
use super::reply::Reply;

/// Answers 405. The router adds the header `Allow`.
pub(super) async fn refuse(State(app): State<Arc<App>>, request: Request<Body>) -> Response<Body> {
    let (parts, _) = request.into_parts();
    let method = excerpt(parts.method.as_str().as_bytes());
    let text = format!("{method} is not possible at this path: the header Allow lists the methods");
    let reply = Reply::error(405, &text);
    let now = app.clock.now();
    app.core().log.add(LoggedRequest::new(&parts, now).answered(&reply));
    reply.into_response(now)
}
