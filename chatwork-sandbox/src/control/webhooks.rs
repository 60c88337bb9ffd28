//! `/_sandbox/webhooks`: adds, lists, switches and removes webhooks. The service offers this on its
//! pages only.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::Response;
use bytes::Bytes;
use serde::Deserialize;

use super::{Shared, read, refuse, show};
use crate::http::{App, Reply};
use crate::webhook::Webhook;
use crate::world::WebhookSeed;

pub(super) async fn list(State(app): Shared) -> Response<Body> {
    show(&app, &app.webhooks.all())
}

pub(super) async fn add(State(app): Shared, body: Bytes) -> Response<Body> {
    let seed: WebhookSeed = match read(&body) {
        Ok(seed) => seed,
        Err(text) => return refuse(&app, &text),
    };
    match app.add_webhook(&seed) {
        Ok(webhook) => show(&app, &webhook),
        Err(refused) => refuse(&app, &refused.to_string()),
    }
}

pub(super) async fn remove(State(app): Shared, Path(id): Path<String>) -> Response<Body> {
    found(&app, &id, |id| app.webhooks.remove(id))
}

/// The change of a webhook.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Switch {
    enabled: bool,
}

pub(super) async fn switch(
    State(app): Shared,
    Path(id): Path<String>,
    body: Bytes,
) -> Response<Body> {
    match read::<Switch>(&body) {
        Ok(Switch { enabled }) => found(&app, &id, |id| app.webhooks.switch(id, enabled)),
        Err(text) => refuse(&app, &text),
    }
}

pub(super) async fn deliveries(State(app): Shared) -> Response<Body> {
    show(&app, &app.webhooks.deliveries())
}

/// Waits until every delivery has ended, then lists them.
pub(super) async fn idle(State(app): Shared) -> Response<Body> {
    app.webhooks.idle().await;
    show(&app, &app.webhooks.deliveries())
}

/// Changes the webhook of an id and shows it, or 404.
fn found(app: &App, id: &str, act: impl FnOnce(i64) -> Option<Webhook>) -> Response<Body> {
    match id.parse().ok().and_then(act) {
        Some(webhook) => show(app, &webhook),
        None => Reply::error(404, "Unknown webhook").into_response(app.clock.now()),
    }
}
