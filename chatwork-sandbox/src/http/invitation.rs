//! The page of an invitation link. It does not let anyone join: the API has no such operation.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{Request, Response};
use bytes::Bytes;

use super::app::App;
use super::log::LoggedRequest;
use super::reply::Reply;

/// `GET /g/{code}`.
pub(super) async fn show(
    State(app): State<Arc<App>>,
    code: Result<Path<String>, PathRejection>,
    request: Request<Body>,
) -> Response<Body> {
    // A path that is not UTF-8 has no link.
    let code = code.map(|Path(code)| code).unwrap_or_default();
    let text = {
        let core = app.core();
        let mut open = core.state.rooms().filter_map(|room| Some((room, room.open_link()?)));
        let found = open.find(|(_, link)| link.code == code);
        found.map(|(room, link)| format!("{}\n{}\n", room.name, link.description))
    };
    let mut reply = match &text {
        Some(_) => Reply::empty(200),
        None => Reply::empty(404).because("no open invitation link has this code"),
    };
    let text = text.unwrap_or_else(|| "Unknown invitation link.\n".to_owned());
    reply.body = Bytes::from(text);
    let (parts, _) = request.into_parts();
    let now = app.clock.now();
    app.core().log.add(LoggedRequest::new(&parts, now).answered(&reply));
    reply.with(CONTENT_TYPE, "text/plain; charset=utf-8").into_response(now)
}
