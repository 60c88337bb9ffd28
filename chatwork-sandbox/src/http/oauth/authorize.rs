//! The consent page.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, LOCATION};
use axum::http::request::Parts;
use axum::http::{Request, Response};
use chatwork_api::types::AccountId;

use super::{logged, page};
use crate::http::app::App;
use crate::http::body;
use crate::http::form::Form;
use crate::http::params::id;
use crate::http::reply::Reply;
use crate::state::{Ask, AskRefusal, Asked, OAuthRefusal};

/// `GET`: shows the page, or decides by itself with `auto=allow` or `auto=deny`.
pub(super) async fn ask(State(app): State<Arc<App>>, request: Request<Body>) -> Response<Body> {
    let (parts, _) = request.into_parts();
    let form = Form::parse(parts.uri.query().unwrap_or_default().as_bytes());
    finish(&app, &parts, &[], &form, "auto")
}

/// `POST`: the decision on the page.
pub(super) async fn decide(State(app): State<Arc<App>>, request: Request<Body>) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let received = body::read(body).await;
    let form = Form::parse(received.bytes());
    finish(&app, &parts, received.bytes(), &form, "decision")
}

fn finish(app: &App, parts: &Parts, body: &[u8], form: &Form, decision: &str) -> Response<Body> {
    let mut notes = Vec::new();
    let reply = match try_answer(app, form, decision, &mut notes) {
        Ok(reply) => reply,
        Err(AskRefusal::Page(refusal)) => page::refused(&refusal).because(&refusal.reason()),
        Err(AskRefusal::Back(refusal, address)) => redirect(&address).because(&refusal.reason()),
    };
    let mut request = logged(app, parts, body).answered(&reply);
    request.notes = notes;
    if request.reason.is_none() {
        request.notes.extend(form.notes("parameter"));
    }
    app.core().log.add(request);
    reply.with(CACHE_CONTROL, "no-store").into_response(app.clock.now())
}

fn try_answer(
    app: &App,
    form: &Form,
    decision: &str,
    notes: &mut Vec<String>,
) -> Result<Reply, AskRefusal> {
    let asked = app.core().state.ask(read(form)?)?;
    notes.extend(asked.note());
    match text(form, decision)? {
        Some("allow") => allow(app, form, asked),
        Some("deny") => {
            Ok(redirect(&asked.deny()).because("access_denied: the account refused its consent"))
        }
        None if decision == "auto" => Ok(page::consent(&app.core().state, form, &asked)),
        _ => Err(invalid(&format!("invalid {decision}: expected allow or deny"))),
    }
}

fn allow(app: &App, form: &Form, asked: Asked) -> Result<Reply, AskRefusal> {
    let now = app.clock.now();
    let mut core = app.core();
    let account = match text(form, "account_id")? {
        Some(text) => id(text).map(AccountId).and_then(|id| core.state.account(id)),
        None => core.state.accounts().next(),
    };
    let account =
        account.ok_or_else(|| invalid("unknown account_id: expected the id of an account"))?.id;
    Ok(redirect(&core.state.allow(asked, account, now)))
}

fn read(form: &Form) -> Result<Ask<'_>, AskRefusal> {
    Ok(Ask {
        response_type: text(form, "response_type")?,
        client_id: text(form, "client_id")?,
        redirect_uri: text(form, "redirect_uri")?,
        scope: text(form, "scope")?,
        state: text(form, "state")?,
        code_challenge: text(form, "code_challenge")?,
        code_challenge_method: text(form, "code_challenge_method")?,
    })
}

/// A parameter. An empty value means that it was not sent (RFC 6749, 3.1).
fn text<'a>(form: &'a Form, name: &str) -> Result<Option<&'a str>, AskRefusal> {
    form.value(name).map_err(|refusal| invalid(&refusal.text))
}

fn invalid(text: &str) -> AskRefusal {
    AskRefusal::Page(OAuthRefusal::request(text))
}

fn redirect(address: &str) -> Reply {
    Reply::empty(302).with(LOCATION, address)
}
