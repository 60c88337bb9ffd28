//! OAuth 2.0 over HTTP: the consent page and the token endpoint.
//!
//! The README lists what is assumed of the service, with evidence and confidence ("Assumptions").

mod authorize;
mod basic;
mod page;
mod texts;
mod token;

use std::sync::Arc;

use axum::Router;
use axum::http::request::Parts;
use axum::routing::{get, post};

use super::app::App;
use super::form::Form;
use super::log::LoggedRequest;

/// The path of the consent page, as on the service.
pub(crate) const AUTHORIZE: &str = "/packages/oauth2/login.php";
/// The path of the token endpoint, as on the service.
pub(crate) const TOKEN: &str = "/token";

/// The parameters whose values a log may show; not codes, tokens, verifiers and secrets.
const SHOWN: [&str; 8] = [
    "account_id",
    "client_id",
    "code_challenge_method",
    "decision",
    "grant_type",
    "redirect_uri",
    "response_type",
    "scope",
];

/// The parameters of an authorization request. The page sends them with the decision.
const PARAMETERS: [&str; 7] = [
    "response_type",
    "client_id",
    "redirect_uri",
    "scope",
    "state",
    "code_challenge",
    "code_challenge_method",
];

/// The two paths.
pub(super) fn router() -> Router<Arc<App>> {
    Router::new()
        .route(AUTHORIZE, get(authorize::ask).post(authorize::decide))
        .route(TOKEN, post(token::serve))
}

/// A request for the log, without secrets.
fn logged(app: &App, parts: &Parts, body: &[u8]) -> LoggedRequest {
    let names = |bytes: &[u8]| Form::parse(bytes).shown(&SHOWN);
    LoggedRequest {
        query: names(parts.uri.query().unwrap_or_default().as_bytes()),
        body_bytes: body.len(),
        body: (!body.is_empty()).then(|| names(body)),
        ..LoggedRequest::new(parts, app.clock.now())
    }
}
