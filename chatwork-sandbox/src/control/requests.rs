//! `/_sandbox/requests`: the log of requests.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;

use super::{Shared, show};

pub(super) async fn list(State(app): Shared) -> Response<Body> {
    let requests = app.core().log.all();
    show(&app, &requests)
}
