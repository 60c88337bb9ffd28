//! `/_sandbox/clock`: reads and moves the sandbox's clock.

use std::time::Duration;

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use serde::{Deserialize, Serialize};

use super::{Shared, read, refuse, show};
use crate::http::{App, Whole};

/// The changes of the clock, made in this order.
#[derive(Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, default)]
struct Move {
    /// `false` stops it, `true` lets it run.
    run: Option<bool>,
    /// A Unix time in seconds.
    set: Option<i64>,
    /// Seconds to go forward, fractions too.
    advance: Option<f64>,
}

/// The time by the clock, in Unix seconds, and whether the clock runs.
#[derive(Serialize)]
struct Time {
    now: i64,
    runs: bool,
}

pub(super) async fn get(State(app): Shared) -> Response<Body> {
    time(&app)
}

pub(super) async fn set(State(app): Shared, body: Whole) -> Response<Body> {
    let wanted: Move = match read(&body) {
        Ok(wanted) => wanted,
        Err(text) => return refuse(&app, &text),
    };
    if wanted == Move::default() {
        return refuse(&app, "Expected `run`, `set` or `advance`");
    }
    let advance = Duration::try_from_secs_f64(wanted.advance.unwrap_or(0.0));
    let Ok(advance) = advance else {
        return refuse(&app, "Invalid `advance`: expected a finite number of seconds, 0 or more");
    };
    if wanted.set.is_some_and(i64::is_negative) {
        return refuse(&app, "Invalid `set`: expected a Unix time in seconds, 0 or more");
    }
    match wanted.run {
        Some(true) => app.clock.run(),
        Some(false) => app.clock.stop(),
        None => {}
    }
    if let Some(seconds) = wanted.set {
        app.clock.set(seconds);
    }
    app.clock.advance(advance);
    tracing::info!("the clock is set to {}", app.clock.now());
    time(&app)
}

fn time(app: &App) -> Response<Body> {
    show(app, &Time { now: app.clock.now(), runs: app.clock.is_running() })
}
