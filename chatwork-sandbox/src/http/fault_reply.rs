//! Replaces replies by those of a fault.

use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderName, Response, StatusCode};
use bytes::Bytes;
use chatwork_api::types::AccountId;

use super::app::App;
use super::call::Rejection;
use super::cut::cut;
use super::incoming::Incoming;
use super::lag::without;
use super::reply::{Reply, rejected};
use super::serve::Close;
use crate::fault::{Fault, FaultLimit};
use crate::state::texts;

impl App {
    /// Replaces the reply by that of the fault.
    pub(super) fn apply_fault(&self, incoming: &Incoming, fault: &Fault, reply: &mut Reply) {
        replace_reply(reply, fault);
        if let Some(count) = fault.lagging() {
            lag(incoming, reply, count);
        }
        if let Some(limit) = fault.limit() {
            *reply = self.limited(incoming, limit);
        }
    }

    /// The 429 of a limit that is not reached.
    fn limited(&self, incoming: &Incoming, limit: FaultLimit) -> Reply {
        let now = self.clock.now();
        let core = self.core();
        let credential = incoming.token.check(&core.state, now);
        let account = credential.map_or(AccountId(0), |credential| credential.account);
        let mut meter = core.limits.meter(account, now);
        match limit {
            FaultLimit::Account => {
                meter.remaining = 0;
                Reply::error(429, texts::ACCOUNT_LIMIT).metered(meter)
            }
            FaultLimit::RoomPosting => rejected(&Rejection::RoomLimit).metered(meter),
        }
    }

    /// Sends a reply. A fault may close the connection or cut the body.
    pub(super) fn send(&self, reply: Reply, fault: Option<&Fault>) -> Response<Body> {
        let body = reply.body.clone();
        let mut response = reply.into_response(self.clock.now());
        let Some(fault) = fault else {
            return response;
        };
        if fault.closes() {
            response.extensions_mut().insert(Close);
        }
        match fault.cut_after() {
            Some(after) => cut(response, &body, after),
            None => response,
        }
    }
}

/// Drops the newest entries of a list. An empty list is 204, as at the service.
fn lag(incoming: &Incoming, reply: &mut Reply, count: usize) {
    let oldest_first = incoming.operation() == Some("listRoomMessages");
    let text = std::str::from_utf8(&reply.body).unwrap_or_default();
    match without(text, count, oldest_first) {
        None => {}
        Some((_, 0)) => {
            reply.status = StatusCode::NO_CONTENT;
            reply.body = Bytes::new();
            reply.headers.remove(CONTENT_TYPE);
        }
        Some((text, _)) => reply.body = Bytes::from(text),
    }
}

/// Replaces the reply if the fault has a status.
pub(super) fn replace_reply(reply: &mut Reply, fault: &Fault) {
    let Some((status, headers, body)) = fault.reply() else {
        return;
    };
    *reply = Reply::empty(status);
    reply.body = Bytes::copy_from_slice(body.as_bytes());
    for (name, value) in headers {
        if let Ok(name) = HeaderName::try_from(name.as_str()) {
            *reply = reply.clone().with(name, value);
        }
    }
}
