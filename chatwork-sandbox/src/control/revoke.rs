//! `/_sandbox/revoke`: revokes what an account has granted to an app.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use chatwork_api::types::AccountId;
use serde::{Deserialize, Serialize};

use super::{Shared, read, refuse, show};
use crate::http::Whole;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Revoke {
    client_id: String,
    account_id: AccountId,
}

/// Whether there was a grant.
#[derive(Serialize)]
struct Revoked {
    revoked: bool,
}

pub(super) async fn revoke(State(app): Shared, body: Whole) -> Response<Body> {
    let wanted: Revoke = match read(&body) {
        Ok(wanted) => wanted,
        Err(text) => return refuse(&app, &text),
    };
    let revoked = app.core().state.revoke(&wanted.client_id, wanted.account_id);
    show(&app, &Revoked { revoked })
}
