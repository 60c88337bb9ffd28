//! Which part of the sandbox a path belongs to.

use std::sync::Arc;

use axum::Router;
use axum::routing::get;

use super::app::App;
use super::{download, invitation, oauth, pipeline};
use crate::control;

/// The whole sandbox.
pub(crate) fn router(app: Arc<App>) -> Router {
    let control = control::router().route("/download/{room_id}/{file_id}", get(download::serve));
    Router::new()
        .nest("/_sandbox", control)
        .route("/g/{code}", get(invitation::show))
        .merge(oauth::router())
        .fallback(pipeline::serve)
        .with_state(app)
}
