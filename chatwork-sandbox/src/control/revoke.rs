//! `/_sandbox/revoke`: revokes what an account has granted to an app.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use bytes::Bytes;
use chatwork_api::types::AccountId;
use serde::Deserialize;

use super::{Shared, read, refuse, show};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Revoke {
    client_id: String,
    account_id: AccountId,
}

pub(super) async fn revoke(State(app): Shared, body: Bytes) -> Response<Body> {
    let wanted: Revoke = match read(&body) {
        Ok(wanted) => wanted,
        Err(text) => return refuse(&app, &text),
    };
    let revoked = app.core().state.revoke(&wanted.client_id, wanted.account_id);
    show(&app, &serde_json::json!({ "revoked": revoked }))
}
