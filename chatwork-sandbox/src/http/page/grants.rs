//! `GET /_sandbox/grants`: which accounts have allowed which apps what, without tokens.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;

use super::json::show;
use crate::http::app::App;

pub(super) async fn list(State(app): State<Arc<App>>) -> Response<Body> {
    let grants = app.core().state.grants();
    show(&app, &grants)
}
