//! One delivery of a webhook: its body, and sending it again.
//!
//! | path | |
//! |---|---|
//! | `GET /_sandbox/webhooks/deliveries/{number}` | `{"body": "…"}`, the body that was sent |
//! | `POST /_sandbox/webhooks/deliveries/{number}/resend` | sends the same body again; 404 if the webhook was removed |

use std::sync::Arc;

use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::Response;
use serde::Serialize;

use super::json::{refuse, show};
use crate::http::app::App;

const UNKNOWN: &str = "Unknown delivery: expected one of the newest 100 of GET \
                       /_sandbox/webhooks/deliveries, of a webhook that was not removed";

type Number = Result<Path<u64>, PathRejection>;

#[derive(Serialize)]
struct Sent {
    body: String,
}

#[derive(Serialize)]
struct Again {
    queued: bool,
}

pub(super) async fn body(State(app): State<Arc<App>>, number: Number) -> Response<Body> {
    let body = number.ok().and_then(|Path(number)| app.webhooks.body_of(number));
    match body {
        Some(body) => show(&app, &Sent { body: String::from_utf8_lossy(&body).into_owned() }),
        None => unknown(&app),
    }
}

pub(super) async fn resend(State(app): State<Arc<App>>, number: Number) -> Response<Body> {
    let queued = number.is_ok_and(|Path(number)| app.webhooks.resend(number, app.clock.now()));
    match queued {
        true => show(&app, &Again { queued }),
        false => unknown(&app),
    }
}

fn unknown(app: &App) -> Response<Body> {
    refuse(app, 404, UNKNOWN)
}
