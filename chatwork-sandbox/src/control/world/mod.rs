//! The world while it runs: accounts, tokens, rooms, members, messages and contact requests, made and
//! changed without the rights and limits of the API.
//!
//! The bodies have the fields of a world. `read` checks them with the checks of a world, and
//! `state/edit` changes the state.

mod accounts;
mod load;
mod messages;
mod read;
mod requests;
mod rooms;
mod tokens;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::Response;
use axum::routing::{delete, post};
use serde::Serialize;
use serde_json::{Map, Value};

use super::{refuse_with, show};
use crate::http::{App, Core};

/// The paths below `/_sandbox`.
pub(super) fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/world", post(load::load))
        .route("/accounts", post(accounts::create))
        .route("/accounts/{account}", post(accounts::change))
        .route("/tokens", post(tokens::create).delete(tokens::remove))
        .route("/rooms", post(rooms::create))
        .route("/rooms/{room_id}", post(rooms::change).delete(rooms::remove))
        .route("/rooms/{room_id}/members", post(rooms::add_member).delete(rooms::remove_member))
        .route("/rooms/{room_id}/messages", post(messages::create))
        .route("/rooms/{room_id}/messages/{message_id}", post(messages::change))
        .route("/contact_requests", post(requests::create))
        .route("/contact_requests/{request_id}", delete(requests::remove))
}

/// A JSON object.
type Fields = Map<String, Value>;

/// Why a change is refused: the status and the text.
pub(super) struct Refused(u16, String);

impl From<String> for Refused {
    fn from(text: String) -> Self {
        Self(400, text)
    }
}

impl Refused {
    fn missing(text: &str) -> Self {
        Self(404, text.to_owned())
    }
}

/// Changes the state, and answers with what the change returns. Webhooks and subscribers get the
/// events of the change.
fn answer<T: Serialize>(
    app: &App,
    change: impl FnOnce(&mut Core, i64) -> Result<T, Refused>,
) -> Response<Body> {
    let now = app.clock.now();
    let mut core = app.core();
    let result = change(&mut core, now);
    app.announce(&mut core, now);
    drop(core);
    match result {
        Ok(value) => show(app, &value),
        Err(Refused(status, text)) => refuse_with(app, status, &text),
    }
}
