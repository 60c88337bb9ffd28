//! OAuth 2.0 over HTTP: the page that asks for consent, and the token endpoint.

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

/// Where people are asked for their consent: the path is the service's.
pub(crate) const AUTHORIZE: &str = "/packages/oauth2/login.php";
/// Where tokens are had: the path is the service's.
pub(crate) const TOKEN: &str = "/token";

/// What a log may show of a form; codes, tokens, verifiers and secrets are left out.
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

/// The two paths.
pub(super) fn router() -> Router<Arc<App>> {
    Router::new()
        .route(AUTHORIZE, get(authorize::ask).post(authorize::decide))
        .route(TOKEN, post(token::serve))
}

/// A request for the log, without what nobody should read there.
fn logged(app: &App, parts: &Parts, body: &[u8], status: Option<u16>) -> LoggedRequest {
    let names = |bytes: &[u8]| Form::parse(bytes).shown(&SHOWN);
    LoggedRequest {
        number: 0,
        at: app.clock.now(),
        method: parts.method.to_string(),
        path: parts.uri.path().to_owned(),
        query: names(parts.uri.query().unwrap_or_default().as_bytes()),
        operation: None,
        account: None,
        token: None,
        content_type: None,
        body_bytes: body.len(),
        body: (!body.is_empty()).then(|| names(body)),
        status,
        notes: Vec::new(),
    }
}
