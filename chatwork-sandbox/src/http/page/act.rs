//! `POST /_sandbox/act`: calls an operation of the API as an account, without its token.
//!
//! `{"account": "ken", "method": "POST", "path": "/rooms/1/messages", "form": {"body": "Hi"}}`. Rights
//! and parameters are checked as for a program. Rate limits, faults and the log of requests belong to
//! the program under test, so such a call neither counts, nor fails by a fault, nor is logged.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Method, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

use super::json;
use super::news::Change;
use crate::http::app::App;
use crate::http::body::Whole;
use crate::http::call::{Call, Payload};
use crate::http::form::Form;
use crate::http::handlers;
use crate::http::limits::Limits;
use crate::http::reply::{Reply, rejected};
use crate::http::route::{self, Route};
use crate::http::upload::Upload;
use crate::state::{Actor, CredentialId};
use crate::world::LimitSeeds;

/// A call of an operation.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Act {
    /// The key of the account.
    account: String,
    method: String,
    /// The path below `/v2`.
    path: String,
    #[serde(default)]
    query: BTreeMap<String, String>,
    #[serde(default)]
    form: BTreeMap<String, String>,
    /// The file of an upload.
    file: Option<File>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    base64: String,
}

/// The credential of such calls: no token has this id, so no token's cursor moves.
const CREDENTIAL: CredentialId = CredentialId(0);

pub(super) async fn serve(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Whole,
) -> Response<Body> {
    let act = match json::read::<Act>(&headers, &body) {
        Ok(act) => act,
        Err(text) => return json::refuse(&app, 400, &text),
    };
    let change = Change::of(&act.method, &format!("/v2{}", act.path));
    let reply = perform(&app, act).unwrap_or_else(|text| Reply::error(400, &text));
    let mut response = reply.into_response(app.clock.now());
    if let Some(change) = change {
        response.extensions_mut().insert(change);
    }
    response
}

/// Calls the operation. An error says what is wrong with the call itself.
fn perform(app: &App, act: Act) -> Result<Reply, String> {
    let route = find(&act.method, &act.path)?;
    let query = form(act.query);
    let payload = payload(act.form, act.file)?;
    let now_millis = app.clock.now_millis();
    let at = now_millis.div_euclid(1_000);
    let mut core = app.core();
    let key = &act.account;
    let account = core.state.accounts().find(|account| account.profile.key == *key);
    let account =
        account.ok_or_else(|| format!("Invalid `account`: no account has the key `{key}`"))?.id;
    let mut call = Call {
        app,
        state: &mut core.state,
        limits: &mut Limits::new(false, LimitSeeds::default()),
        actor: Actor { account, credential: CREDENTIAL, at },
        now_millis,
        route: &route,
        query: &query,
        payload: &payload,
        body_read: false.into(),
        notes: &mut Vec::new(),
    };
    let reply = handlers::operate(&mut call).unwrap_or_else(|rejection| rejected(&rejection));
    app.announce(&mut core, at);
    Ok(reply)
}

fn find(method: &str, path: &str) -> Result<Route, String> {
    let known = Method::from_bytes(method.as_bytes()).ok();
    let route = known.and_then(|method| route::find(&method, path));
    route.ok_or_else(|| format!("Invalid `path`: no operation has {method} {path}"))
}

fn form(fields: BTreeMap<String, String>) -> Form {
    let mut form = Form::default();
    for (name, value) in fields {
        form.push(&name, value.into_bytes());
    }
    form
}

fn payload(fields: BTreeMap<String, String>, file: Option<File>) -> Result<Payload, String> {
    let fields = form(fields);
    let Some(File { name, base64 }) = file else {
        return Ok(Payload::Form(fields));
    };
    let bytes = STANDARD.decode(base64).map_err(|error| format!("Invalid `base64`: {error}"))?;
    Ok(Payload::Multipart(Upload::new(name, bytes.into(), fields)))
}
