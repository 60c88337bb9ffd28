//! `/_sandbox/webhooks`: adds, lists, switches and removes webhooks. The service offers this on its
//! pages only.

use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::Response;
use serde::Deserialize;

use super::{Shared, read, refuse, refuse_with, show};
use crate::http::{App, Whole};
use crate::webhook::Webhook;
use crate::world::WebhookSeed;

/// The id in the path; an error if it is not UTF-8.
type Id = Result<Path<String>, PathRejection>;

pub(super) async fn list(State(app): Shared) -> Response<Body> {
    show(&app, &app.webhooks.all())
}

pub(super) async fn add(State(app): Shared, body: Whole) -> Response<Body> {
    let seed: WebhookSeed = match read(&body) {
        Ok(seed) => seed,
        Err(text) => return refuse(&app, &text),
    };
    match app.add_webhook(&seed) {
        Ok(webhook) => show(&app, &webhook),
        Err(refused) => refuse(&app, &refused.to_string()),
    }
}

pub(super) async fn remove(State(app): Shared, id: Id) -> Response<Body> {
    found(&app, &id, |id| app.webhooks.remove(id))
}

/// The change of a webhook.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Switch {
    enabled: bool,
}

pub(super) async fn switch(State(app): Shared, id: Id, body: Whole) -> Response<Body> {
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
fn found(app: &App, id: &Id, act: impl FnOnce(i64) -> Option<Webhook>) -> Response<Body> {
    let id = id.as_ref().ok().and_then(|Path(id)| id.parse().ok());
    match id.and_then(act) {
        Some(webhook) => show(app, &webhook),
        None => refuse_with(app, 404, "Unknown webhook: GET /_sandbox/webhooks lists all"),
    }
}
