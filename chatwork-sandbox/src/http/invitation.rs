//! The page of an invitation link. It does not let anyone join: the API has no such operation.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::Response;
use axum::http::header::CONTENT_TYPE;
use bytes::Bytes;

use super::app::App;
use super::reply::Reply;

/// `GET /g/{code}`.
pub(super) async fn show(
    State(app): State<Arc<App>>,
    code: Result<Path<String>, PathRejection>,
) -> Response<Body> {
    // A path that is not UTF-8 has no link.
    let code = code.map(|Path(code)| code).unwrap_or_default();
    let text = {
        let core = app.core();
        let mut open = core.state.rooms().filter_map(|room| Some((room, room.open_link()?)));
        let found = open.find(|(_, link)| link.code == code);
        found.map(|(room, link)| format!("{}\n{}\n", room.name, link.description))
    };
    let mut reply = Reply::empty(if text.is_some() { 200 } else { 404 });
    let text = text.unwrap_or_else(|| "Unknown invitation link.\n".to_owned());
    reply.body = Bytes::from(text);
    reply.with(CONTENT_TYPE, "text/plain; charset=utf-8").into_response(app.clock.now())
}
