//! `/_sandbox/faults`: adds, lists and removes faults.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;

use super::{Shared, read, refuse, show};
use crate::fault::Fault;
use crate::http::{App, Whole};

pub(super) async fn list(State(app): Shared) -> Response<Body> {
    pending(&app)
}

pub(super) async fn add(State(app): Shared, body: Whole) -> Response<Body> {
    let fault: Fault = match read(&body) {
        Ok(fault) => fault,
        Err(text) => return refuse(&app, &text),
    };
    if let Err(invalid) = fault.validate() {
        return refuse(&app, &invalid.to_string());
    }
    app.core().faults.add(fault);
    pending(&app)
}

pub(super) async fn clear(State(app): Shared) -> Response<Body> {
    app.core().faults.clear();
    pending(&app)
}

fn pending(app: &App) -> Response<Body> {
    let faults = app.core().faults.pending();
    show(app, &faults)
}
